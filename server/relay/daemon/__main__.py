"""`python -m server.relay.daemon`: the relay's supervisor with its children."""

import asyncio

import server.core.refusals
import server.relay.refusals  # noqa: F401  (declares what this process can refuse)
from server.core import config, logs
from server.core.config import ConfigError, Settings
from server.relay.daemon.limits import raise_limit
from server.relay.daemon.supervisor import serve


def run(settings: Settings) -> None:
    """Run until SIGTERM. Raises ConfigError in the isolated profile, which has no relay (DESIGN §6)."""
    if settings.profile == "isolated":
        raise ConfigError("setting profile: the isolated profile has no relay")
    raise_limit()
    asyncio.run(serve(settings))


def main() -> None:
    """Start with the environment's settings."""
    settings = config.load()
    logs.configure(settings.log_level)
    run(settings)


if __name__ == "__main__":
    main()
