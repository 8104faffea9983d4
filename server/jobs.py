"""The worker's side of the queue of slow jobs: what jobs work with, and how they tell the web process."""

import server.features  # noqa: F401  (declares every job, table and refusal)
from server.core.bus import Bus
from server.core.config import Settings
from server.core.db import Database
from server.core.jobs import Jobs, Workshop
from server.core.writer import Writer


def make_workshop(settings: Settings) -> Workshop:
    """Everything a job needs. What its commands change is told to the web process, which shows it to the screens."""
    database = Database(settings.database)
    bus = Bus(settings.folder("run"))
    writer = Writer(database, lambda touched: bus.tell("topics", touched=touched))
    return Workshop(settings, database, writer, bus, Jobs(settings.folder("run")))


def consume(settings: Settings) -> None:
    """Work off the queue until SIGTERM."""
    workshop = make_workshop(settings)
    workshop.jobs.consume(workshop)
