"""The writer: commands that wait together are committed together.

A caller gives a command (a function of a `Tx`) and gets its answer after a durable commit. While one commit waits for
the disk, further commands queue up and share the next one (group commit). Each runs in its own SAVEPOINT, so that one
refusal never undoes a neighbour. If the commit itself fails, every command of the group fails with `busy` and nothing
has happened; screens send the same Idempotency-Key again.

Batches of a group run before its single commands: a ballot that waited beside the command that closes its poll is in
the count of that close.
"""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

import structlog
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from server.core import clock
from server.core.access import Actor
from server.core.db import Database
from server.core.errors import Refused
from server.core.journal import Chain, Draft, Json, TopicVersion
from server.core.offload import offload

T = TypeVar("T")
Item = TypeVar("Item")
log = structlog.get_logger(__name__)

MOST_AT_ONCE = 512
followers: list[Callable[[Session, frozenset[str]], set[str]]] = []
"""(session, topics a command touched) → further topics that look different then, of features above that command."""
JOURNAL_LOCK = 0x4E53  # "NS": the advisory lock that lets one PostgreSQL transaction at a time extend the chain


class Tx(Session):
    """The session a command writes in: rows, exactly one journal row, and the topics that changed."""

    now: datetime
    chain: Chain

    def __init__(self, bind: Any, now: datetime) -> None:  # Session's own signature is wider
        super().__init__(bind, expire_on_commit=False)
        self.now = now
        self.touched: dict[str, int] = {}
        self._drafts: list[Draft] = []
        self._topics: set[str] = set()

    @property
    def seq(self) -> int:
        """The journal sequence number this command's row will have."""
        return self.chain.seq + 1

    def record(self, action: str, actor: Actor, meeting_id: int | None = None, **data: object) -> None:
        """Say what this command did; called once by each command that changes anything."""
        self._drafts.append(
            Draft(action, actor.key, actor.name, actor.origin, meeting_id, cast("Json", data))
        )

    def touch(self, *topics: str) -> None:
        """These topics look different after this command."""
        self._topics.update(topics)

    def settle(self) -> None:
        """End one command: flush its rows, append its journal row, note the topics' new versions."""
        self.flush()
        if self._topics:
            for follow in followers:
                self._topics |= follow(self, frozenset(self._topics))
        if len(self._drafts) > 1:
            raise RuntimeError("a command records exactly one journal row")
        if self._topics and not self._drafts:
            raise RuntimeError("a command that changes topics must record itself")
        for draft in self._drafts:
            seq = self.chain.append(draft, clock.epoch_ms(self.now))
            self.touched.update(dict.fromkeys(self._topics, seq))
        self.forget()

    def forget(self) -> None:
        """Drop what a refused command had said."""
        self._drafts, self._topics = [], set()

    def append_many(self, drafts: Sequence[Draft], topics: Sequence[set[str]]) -> list[int]:
        """Journal rows of a batch handler: one per item, with the topics each touches. Returns their numbers."""
        at = clock.epoch_ms(self.now)
        numbers = [self.chain.append(draft, at) for draft in drafts]
        for seq, names in zip(numbers, topics, strict=True):
            self.touched.update(dict.fromkeys(names, seq))
        return numbers


@dataclass
class _Job(Generic[T]):
    command: Callable[[Tx], T] | None
    batch: "Callable[[Tx, list[Any]], Sequence[T | Refused]] | None" = None
    item: Any = None
    done: threading.Event = field(default_factory=threading.Event)
    answer: T | None = None
    error: BaseException | None = None

    def finish(self, answer: T | None = None, error: BaseException | None = None) -> None:
        self.answer, self.error = answer, error


class Writer:
    """Runs commands one group after another on a thread (a greenlet under gevent) of its own."""

    def __init__(self, database: Database, published: Callable[[dict[str, int]], None] | None = None) -> None:
        self.database = database
        self.published = published or (lambda _touched: None)
        self.groups = 0
        self._queue: queue.Queue[_Job[Any]] = queue.Queue()
        self._start = threading.Lock()
        self._thread: threading.Thread | None = None

    def run(self, command: Callable[[Tx], T]) -> T:
        """Carry out `command`; returns its answer once it is durable. Raises Refused, or what it raised."""
        return self._submit(_Job(command))

    def run_batched(self, batch: Callable[[Tx, list[Item]], Sequence[T | Refused]], item: Item) -> T:
        """Carry out `item` with all others that wait for the same `batch` handler, in one call of it.

        The handler gets the items in arrival order and answers one result or Refused for each; it must write only what
        it answers as done. Use it where hundreds of the same small write arrive at once (ballots).
        """
        return self._submit(_Job(None, batch, item))

    def _submit(self, job: _Job[T]) -> T:
        if threading.current_thread() is self._thread:
            raise RuntimeError("a command cannot wait for another one: it would wait for itself")
        self._ensure_thread()
        self._queue.put(job)
        job.done.wait()
        if job.error is not None:
            raise job.error
        return cast("T", job.answer)

    def _ensure_thread(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            with self._start:  # two callers may arrive together
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._loop, name="writer", daemon=True)
                    self._thread.start()

    def _loop(self) -> None:
        while True:
            jobs = [self._queue.get()]
            while len(jobs) < MOST_AT_ONCE and not self._queue.empty():
                jobs.append(self._queue.get())
            self._carry_out(jobs)

    def _carry_out(self, jobs: list[_Job[Any]]) -> None:
        touched: dict[str, int] = {}
        try:
            touched = self._transaction(jobs)
        except BaseException as error:  # whatever broke the group is each waiter's answer
            log.error("group_failed", jobs=len(jobs), error=repr(error))
            for job in jobs:  # also those that were refused: what refused them may be what was not committed
                job.finish(error=Refused("busy"))
        if touched:
            self._announce(touched)
        for job in jobs:
            job.done.set()

    def _announce(self, touched: dict[str, int]) -> None:
        try:
            self.published(touched)
        except Exception as error:  # the rows are safe; whoever announces must not end the writer
            log.error("publish_failed", topics=len(touched), error=repr(error))

    def _transaction(self, jobs: list[_Job[Any]]) -> dict[str, int]:
        with Tx(self.database.writer, clock.now()) as tx:
            if self.database.is_sqlite:
                offload(tx.connection)  # another process may be writing: waiting for it must not stop the loop
            else:
                tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": JOURNAL_LOCK})
            tx.chain = Chain(tx)
            for batch in dict.fromkeys(job.batch for job in jobs if job.batch is not None):
                # "==", because a bound method is another object each time it is looked up
                _run_batch(tx, batch, [job for job in jobs if job.batch == batch])
                self._require_whole(tx)
            for job in jobs:
                if job.command is not None:
                    _run_one(tx, job)
                    self._require_whole(tx)
            tx.chain.flush(tx)
            _store_versions(tx, self.database.is_sqlite)
            self.groups += 1
            if self.database.is_sqlite:
                offload(tx.commit)  # the fsync must not stop the loop: the next group gathers meanwhile
            else:
                tx.commit()
            return tx.touched

    def _require_whole(self, tx: Tx) -> None:
        # Some errors (a full or failing disk) make SQLite undo the whole transaction by itself. What ran after that
        # would be stored without its neighbours, and the journal would tell of what was undone.
        raw: Any = tx.connection().connection.driver_connection
        if self.database.is_sqlite and not raw.in_transaction:
            raise RuntimeError("the database has undone the whole group")


def _run_one(tx: Tx, job: _Job[Any]) -> None:
    try:
        with _savepoint(tx):
            answer = job.command(tx) if job.command else None
            tx.settle()
        job.finish(answer)
    except Exception as error:  # the caller's own error goes back to the caller
        job.finish(error=error)


def _run_batch(tx: Tx, batch: Callable[[Tx, list[Any]], Sequence[Any]], jobs: list[_Job[Any]]) -> None:
    try:
        with _savepoint(tx):
            answers = batch(tx, [job.item for job in jobs])
            if len(answers) != len(jobs):
                raise RuntimeError(f"{len(jobs)} items got {len(answers)} answers")
            tx.settle()
        for job, answer in zip(jobs, answers, strict=True):
            if isinstance(answer, Refused):
                job.finish(error=answer)
            else:
                job.finish(answer)
    except Exception as error:  # one broken batch must not break the single commands beside it
        log.error("batch_failed", jobs=len(jobs), error=repr(error))
        for job in jobs:
            job.finish(error=Refused("busy"))


@contextmanager
def _savepoint(tx: Tx) -> Iterator[None]:
    """Rows, journal rows and touched topics of the body: all of them, or none."""
    mark, touched = tx.chain.mark(), dict(tx.touched)
    try:
        with tx.begin_nested():
            yield
    except BaseException:
        tx.forget()
        tx.chain.rewind(mark)
        tx.touched = touched
        raise


def _store_versions(tx: Tx, sqlite: bool) -> None:
    if not tx.touched:
        return
    statement = (sqlite_insert if sqlite else postgres_insert)(TopicVersion)
    upsert = statement.on_conflict_do_update(
        index_elements=[TopicVersion.topic], set_={"version": statement.excluded.version}
    )
    tx.execute(upsert, [{"topic": topic, "version": version} for topic, version in tx.touched.items()])
