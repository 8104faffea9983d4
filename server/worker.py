"""The worker process: a huey consumer for slow and dangerous work (rendering pages)."""

from server.core import config, logs


def main() -> None:
    """Run until SIGTERM."""
    settings = config.load()
    logs.configure(settings.log_level)
    from server.jobs import consume  # noqa: PLC0415  (settings must be right before the queue opens)

    consume(settings)


if __name__ == "__main__":
    main()
