"""Rows: engines, the typed base, and the writer that groups waiting commands into one durable commit.

Reading and writing use two engines. Readers are `query_only` on SQLite, so that a view can never write. All writes of a
process go through one `Writer`: SQLite has a single writer anyway (`BEGIN IMMEDIATE`, facts: select-then-write still
answers BUSY), and one fsync for many waiting ballots is what makes a vote of five hundred quick.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Engine, MetaData, create_engine, event, text
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware UTC in Python; without a zone in the column, because SQLite keeps none."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse naive values: a moment without a zone is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012  (SQLAlchemy's own way to declare it)


class Database:
    """The two engines of one database URL."""

    def __init__(self, url: str, address: str = "") -> None:
        self.url = url
        self.info = {"address": address}  # what views must know besides rows: the server's base URL
        self.is_sqlite = url.startswith("sqlite")
        if self.is_sqlite and (name := url.removeprefix("sqlite:///")):
            Path(name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.reader = self._engine(write=False)
        self.writer = self._engine(write=True)

    def _engine(self, *, write: bool) -> Engine:
        if not self.is_sqlite:
            # A reader sees one moment, as it does in SQLite: a topic and its version, ballots and their journal.
            level = "READ COMMITTED" if write else "REPEATABLE READ"
            return create_engine(
                self.url, pool_size=2 if write else 10, pool_pre_ping=True, isolation_level=level, hide_parameters=True
            )
        engine = create_engine(
            self.url,
            poolclass=QueuePool,
            pool_size=1 if write else 8,
            max_overflow=0 if write else 32,
            hide_parameters=True,  # errors go to the log; hashes of passwords, PINs and sessions do not
            connect_args={"check_same_thread": False, "timeout": 10},
        )
        event.listen(engine, "connect", _sqlite_for_writing if write else _sqlite_for_reading)
        event.listen(engine, "begin", _begin_immediate if write else _begin_deferred)
        event.listen(engine, "checkin", _end_transaction)
        return engine

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for views; it cannot write."""
        with Session(self.reader, expire_on_commit=False, info=self.info) as session:
            yield session

    def dispose(self) -> None:
        """Close every connection (after a fork, before a restore, at the end of a test)."""
        self.reader.dispose()
        self.writer.dispose()


def _pragmas(connection: Any, *lines: str) -> None:  # the DBAPI connection has no useful type
    # SQLAlchemy begins transactions itself ("begin" events); sqlite3's own guessing would break SAVEPOINT.
    connection.isolation_level = None
    cursor = connection.cursor()
    for line in lines:
        cursor.execute(f"PRAGMA {line}")
    cursor.close()


def _sqlite_for_writing(connection: Any, _record: object) -> None:
    # FULL: an acknowledged ballot survives a power cut, not only a crash (facts/web.md).
    _pragmas(connection, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000")


def _sqlite_for_reading(connection: Any, _record: object) -> None:
    _pragmas(connection, "busy_timeout=10000", "query_only=ON")


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")


def _end_transaction(connection: Any, _record: object) -> None:
    # A COMMIT that fails (the disk is full) leaves SQLite in its transaction, and SQLAlchemy takes it for ended:
    # without this, every later write would fail until a restart.
    if connection is not None and connection.in_transaction:
        connection.rollback()


def ping(database: Database) -> bool:
    """Whether the database answers (for /healthz)."""
    with database.read() as session:
        return bool(session.execute(text("SELECT 1")).scalar() == 1)
