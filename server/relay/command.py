"""`nghisu relay`: the media processes of the centre."""

import click

from server.core import config, logs


@click.command()
def relay() -> None:
    """The relay alone (for systemd): media for conferences that run."""
    from server.relay.daemon.__main__ import run  # noqa: PLC0415  (media libraries load only here)

    loaded = config.load()
    loaded.require_data_folder()
    logs.configure(loaded.log_level)
    run(loaded)
