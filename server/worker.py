"""The worker process: carries out slow and dangerous jobs (rendering pages), one after another."""

from server.core import config, logs


def main() -> None:
    """Run until SIGTERM."""
    settings = config.load()
    logs.configure(settings.log_level)
    from server.jobs import consume  # noqa: PLC0415  (settings must be right before the queue opens)
    from server.setup import migrate_or_end  # noqa: PLC0415

    migrate_or_end(settings)
    consume(settings)


if __name__ == "__main__":
    main()
