"""Slow jobs: a feature names its jobs, any process asks for one, the worker carries it out.

A message in the queue is only a hint that there is something to do. What is to be done stands in rows, so a hint that
is lost, doubled or taken by a worker that was killed does no harm: jobs marked `tick` are asked for at the worker's
start and every minute, look at the rows, and do what is left.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import structlog
from huey import SqliteHuey, crontab

from server.core import clock
from server.core.bus import Bus
from server.core.config import Settings
from server.core.db import Database
from server.core.writer import Writer

log = structlog.get_logger(__name__)

Argument = int | str


@dataclass(frozen=True)
class Workshop:
    """What a job works with."""

    settings: Settings
    database: Database
    writer: Writer
    bus: Bus
    jobs: "Jobs"


@dataclass(frozen=True)
class Job:
    """One kind of job. It may run again at any moment and must then do only what is missing."""

    name: str
    work: Callable[..., None]
    tick: bool


kinds: dict[str, Job] = {}


def job(name: str, *, tick: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a job: a function (workshop, *arguments). A `tick` job has none, and looks for work by itself."""

    def declare(work: Callable[..., None]) -> Callable[..., None]:
        kinds[name] = Job(name, work, tick)
        return work

    return declare


class Jobs:
    """The queue of one data folder (huey on SQLite). Any process adds; one worker takes, one job at a time."""

    def __init__(self, folder: Path) -> None:
        # fsync=False: hints need no disk to be safe, and the web process must not wait for one.
        self._queue = SqliteHuey("nghisu", filename=str(folder / "jobs.db"), fsync=False, results=False)
        self._workshop: Workshop | None = None
        self._asked: dict[tuple[Argument, ...], float] = {}
        self._run = self._queue.task(name="run")(self._carry_out)

    def add(self, name: str, *arguments: Argument) -> None:
        """Ask for a job. Call it after the commit that made it necessary: what is done is done, so it never fails."""
        kind = kinds[name]
        try:
            self._run(kind.name, *arguments)
        except Exception as error:  # the queue's disk is full or its file is busy: the next tick finds the work
            log.error("job_not_asked", job=name, error=repr(error))

    def add_once(self, name: str, *arguments: Argument, within: float) -> None:
        """Ask for a job, unless this process asked for the same in the last `within` seconds."""
        moment = clock.monotonic()
        self._asked = {what: until for what, until in self._asked.items() if until > moment}
        if (name, *arguments) not in self._asked:
            self._asked[name, *arguments] = moment + within
            self.add(name, *arguments)

    def tick(self) -> None:
        """Ask for every job that looks for work by itself."""
        for one in kinds.values():
            if one.tick:
                self.add(one.name)

    def consume(self, workshop: Workshop) -> None:
        """Work off the queue until SIGTERM. Old hints are dropped: ticking jobs find what is left to do."""
        self._workshop = workshop
        self._queue.flush()
        self.tick()
        self._queue.periodic_task(crontab(minute="*"), name="tick")(self.tick)
        self._queue.create_consumer(workers=1, initial_delay=0.05, max_delay=0.5).run()

    def close(self) -> None:
        """Close the queue's file."""
        self._queue.storage.close()

    def _carry_out(self, name: str, *arguments: Argument) -> None:
        if self._workshop is None:
            raise RuntimeError("only the worker carries out jobs")
        log.debug("job", name=name, arguments=arguments)
        try:
            kinds[name].work(self._workshop, *arguments)
        except Exception as error:  # one job that fails must not stop the others
            log.error("job_failed", job=name, arguments=arguments, exc_info=error)
