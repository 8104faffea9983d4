"""Result records: what a vote came to, written once, signed, and read by everything that shows or prints it.

A record is canonical JSON (keys sorted, no spaces, UTF-8) with an Ed25519 signature (RFC 8032) of the server's signing
key over those bytes. Its SHA-256 stands in the journal row of the close, so that neither the record nor the row can be
exchanged alone. Wall, seats, console, exports and minutes read `body` and nothing else.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel
from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.core.db import Base
from server.core.journal import JournalEntry
from server.core.keys import Keys
from server.core.writer import Tx


class RecordKind(StrEnum):
    """What a record is the result of; `subject_id` is that row's id."""

    POLL = "poll"
    PAPER = "paper"


class ResultRecord(Base):
    """One result. Never changed and never removed; an annulled vote keeps its record."""

    __tablename__ = "result_record"
    __table_args__ = (
        UniqueConstraint("kind", "subject_id"), Index("ix_result_record_meeting", "meeting_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    kind: Mapped[RecordKind] = mapped_column(String(10))
    subject_id: Mapped[int]
    sealed_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text, doc="canonical JSON")
    sha256: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(128), doc="hex Ed25519 over the UTF-8 text")
    public_key: Mapped[str] = mapped_column(String(64), doc="hex; which of the server's keys signed")

    @property
    def body(self) -> dict[str, Any]:
        """What was recorded."""
        return dict(json.loads(self.text))


def canonical(body: BaseModel | dict[str, Any]) -> str:
    """The one text of a body: sorted keys, no spaces, letters as they are."""
    plain = body.model_dump(mode="json") if isinstance(body, BaseModel) else body
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def seal(
    tx: Tx, keys: Keys, meeting_id: int, *, kind: RecordKind, subject_id: int, body: BaseModel | dict[str, Any]
) -> ResultRecord:
    """Write and sign a record in the transaction that closes the vote.

    The caller puts `record=<sha256>` into the journal row of the close. A second record of one vote is refused by the
    database (IntegrityError).
    """
    text = canonical(body)
    record = ResultRecord(
        meeting_id=meeting_id, kind=kind, subject_id=subject_id, sealed_at=tx.now, text=text, sha256=digest(text),
        signature=keys.sign(text.encode()), public_key=keys.public_key,
    )
    tx.add(record)
    tx.flush()
    return record


def digest(text: str) -> str:
    """Hex SHA-256 of a record's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def of(session: Session, kind: RecordKind, subject_id: int) -> ResultRecord | None:
    """The record of a vote; None before it is closed."""
    return session.scalar(
        select(ResultRecord).where(ResultRecord.kind == kind, ResultRecord.subject_id == subject_id)
    )


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that is not what was sealed."""

    kind: str
    subject_id: int
    reason: str

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}, result record: {self.reason}"


def check(session: Session, keys: Keys, closed_actions: dict[RecordKind, tuple[str, str]]) -> list[BadRecord]:
    """Every record of these kinds whose text, signature or journal row does not fit; every close without its record.

    `closed_actions`: for each kind, the journal action of its close and the name of the id in that row's data, for
    example {POLL: ("poll.closed", "poll")}. It stands on the journal, so walk the chain first.
    """
    sealed = _sealed(session, closed_actions)
    bad: list[BadRecord] = []
    kept = select(ResultRecord).where(ResultRecord.kind.in_(closed_actions)).order_by(ResultRecord.id)
    for record in session.scalars(kept):
        said = sealed.pop((record.kind, record.subject_id), None)
        reason = _trouble(record, said, keys)
        if reason:
            bad.append(BadRecord(record.kind, record.subject_id, reason))
    return bad + [BadRecord(kind, subject, "was removed") for kind, subject in sealed]


def is_valid(record: ResultRecord, keys: Keys) -> bool:
    """Whether the text is the one this server signed."""
    mine = record.public_key == keys.public_key and digest(record.text) == record.sha256
    return mine and keys.verify(record.text.encode(), record.signature)


def _trouble(record: ResultRecord, said: str | None, keys: Keys) -> str | None:
    if digest(record.text) != record.sha256:
        return "was changed after it was sealed"
    if said is None:
        return "was added without a close in the journal"
    if said != record.sha256:
        return "is not the one that the journal names"
    if not is_valid(record, keys):
        return "is not signed by this server"
    return None


def _sealed(session: Session, closed_actions: dict[RecordKind, tuple[str, str]]) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for kind, (action, name) in closed_actions.items():
        rows = session.scalars(select(JournalEntry.data).where(JournalEntry.action == action))
        found.update({(kind.value, data[name]): data["record"] for data in rows if "record" in data})
    return found
