"""The same request sent again gets the same answer, and is done once (DESIGN §2, Idempotency).

The answer is stored in the transaction that does the work: whatever process dies, either both exist or neither.
A key belongs to one actor and one request; refusals are not stored, because a refused request did nothing.
"""

import re
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import JSON, CursorResult, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.core import clock
from server.core.db import Base
from server.core.errors import Refused
from server.core.writer import Tx

KEEP = timedelta(hours=48)
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")


class StoredAnswer(Base):
    """One answered write."""

    __tablename__ = "stored_answer"

    actor: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), doc="SHA-256 of method, path and body")
    answer: Mapped[Any] = mapped_column(JSON, nullable=True)
    at: Mapped[datetime] = mapped_column(index=True)



def checked_key(key: str | None) -> str:
    """The header's value, or Refused `idempotency_key_missing`."""
    if key is None or not _KEY.fullmatch(key):
        raise Refused("idempotency_key_missing")
    return key


def find(tx: Tx, actor: str, key: str, fingerprint: str) -> StoredAnswer | None:
    """The stored answer of this request, if it was answered. Refused if the key was another request's."""
    stored = tx.get(StoredAnswer, (actor, key))
    if stored is not None and stored.fingerprint != fingerprint:
        raise Refused("idempotency_key_reused")
    return stored


def keep(tx: Tx, actor: str, key: str, fingerprint: str, answer: Any) -> None:
    """Store `answer` (JSON) for a repetition of this request."""
    tx.add(StoredAnswer(actor=actor, key=key, fingerprint=fingerprint, answer=answer, at=tx.now))


def is_due(session: Session) -> bool:
    """Whether there are answers older than KEEP."""
    return session.scalar(select(StoredAnswer.key).where(StoredAnswer.at < clock.now() - KEEP).limit(1)) is not None


def purge(tx: Tx) -> int:
    """Delete answers older than KEEP; returns how many there were."""
    result = tx.execute(delete(StoredAnswer).where(StoredAnswer.at < tx.now - KEEP))
    return cast("CursorResult[Any]", result).rowcount
