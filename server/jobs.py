"""The queue of slow jobs (huey on SQLite in the data folder) and its consumer."""

from huey import SqliteHuey

from server.core.config import Settings


def make_queue(settings: Settings) -> SqliteHuey:
    """The queue of this data folder."""
    return SqliteHuey("nghisu", filename=str(settings.folder("run") / "jobs.db"), fsync=True)


def consume(settings: Settings) -> None:
    """Work off the queue until SIGTERM."""
    queue = make_queue(settings)
    queue.create_consumer(workers=1, initial_delay=0.05, max_delay=0.5).run()
