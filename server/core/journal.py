"""The journal: one append-only, hash-chained row per command (DESIGN §2).

Each row's hash is SHA-256 over the hash of the row before and the canonical JSON of the row, so that changing, removing
or inserting any earlier row breaks the chain at a place that can be named. What a chain cannot show is that its newest
rows were cut off: print the head (`nghisu verify` shows it) and keep it with the minutes.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import JSON, BigInteger, Integer, String, Table, Text, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.core.db import Base

GENESIS = "0" * 64

Json = dict[str, Any]  # journal data is whatever JSON the command finds worth keeping


class JournalEntry(Base):
    """One command that was carried out."""

    __tablename__ = "journal"

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[int] = mapped_column(BigInteger, doc="server clock, epoch milliseconds")
    actor: Mapped[str] = mapped_column(String(64), index=True, doc="account:3, participant:17, device:2 or system")
    actor_name: Mapped[str] = mapped_column(String(200))
    origin: Mapped[str] = mapped_column(String(120), doc="surface and device or address")
    action: Mapped[str] = mapped_column(String(64), index=True)
    meeting_id: Mapped[int | None] = mapped_column(index=True)
    data: Mapped[Json] = mapped_column(JSON)
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class TopicVersion(Base):
    """The journal sequence number that last changed a topic: the topic's version."""

    __tablename__ = "topic_version"

    topic: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column(BigInteger)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a command wants written of itself."""

    action: str
    actor: str
    actor_name: str
    origin: str
    meeting_id: int | None = None
    data: Json = field(default_factory=dict)


def row_hash(row: dict[str, Any]) -> str:
    """Hex SHA-256 of a journal row given as a dict of its columns (`hash` itself is left out)."""
    names = ("seq", "at", "actor", "actor_name", "origin", "action", "meeting_id", "data", "prev")
    kept = {name: row[name] for name in names}
    canonical = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class Chain:
    """Appends to the journal within one transaction. Rows are written together by `flush`."""

    def __init__(self, session: Session) -> None:
        last = session.execute(
            select(JournalEntry.seq, JournalEntry.hash).order_by(JournalEntry.seq.desc()).limit(1)
        ).first()
        self.seq, self._hash = (last[0], last[1]) if last else (0, GENESIS)
        self._rows: list[dict[str, Any]] = []

    def append(self, draft: Draft, at: int) -> int:
        """Add one row and return its sequence number."""
        row: Json = {
            "seq": self.seq + 1, "at": at, "actor": draft.actor, "actor_name": draft.actor_name, "origin": draft.origin,
            "action": draft.action, "meeting_id": draft.meeting_id, "data": draft.data, "prev": self._hash,
        }
        row["hash"] = row_hash(row)  # raises on data that is no JSON: nothing has been counted yet
        self.seq, self._hash = self.seq + 1, row["hash"]
        self._rows.append(row)
        return self.seq

    def mark(self) -> tuple[int, str, int]:
        """Where the chain stands, for `rewind`."""
        return self.seq, self._hash, len(self._rows)

    def rewind(self, mark: tuple[int, str, int]) -> None:
        """Forget the rows appended since `mark` (their transaction was rolled back)."""
        self.seq, self._hash, kept = mark
        del self._rows[kept:]

    @property
    def hash(self) -> str:
        """Hash of the newest row."""
        return self._hash

    def flush(self, session: Session) -> None:
        """Write the rows appended so far."""
        if self._rows:
            # The table, not the class: the ORM's bulk insert costs a third more for the same rows.
            session.execute(insert(cast("Table", JournalEntry.__table__)), self._rows)
            self._rows = []


class Fault(StrEnum):
    """What can be wrong with a row."""

    MISSING = "missing"
    UNCHAINED = "unchained"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the chain does not hold."""

    seq: int
    fault: Fault
    reason: str


def verify(session: Session) -> Break | None:
    """Walk the whole chain; None when it holds, else the first broken row and why."""
    expected_seq, expected_prev = 1, GENESIS
    for row in _rows(session):
        if row["seq"] != expected_seq:
            return Break(expected_seq, Fault.MISSING, f"row {expected_seq} is missing (next found: {row['seq']})")
        if row["prev"] != expected_prev:
            return Break(row["seq"], Fault.UNCHAINED, f"row {row['seq']} does not follow the row before it")
        if row["hash"] != row_hash(row):
            return Break(row["seq"], Fault.CHANGED, f"row {row['seq']} was changed after it was written")
        expected_seq, expected_prev = row["seq"] + 1, row["hash"]
    return None


def head(session: Session) -> tuple[int, str]:
    """Sequence number and hash of the newest row."""
    chain = Chain(session)
    return chain.seq, chain.hash


def _rows(session: Session) -> Iterator[dict[str, Any]]:
    table = JournalEntry.__table__
    for row in session.execute(select(table).order_by(table.c.seq)).yield_per(1000).mappings():
        yield dict(row)
