"""Tables of attendance."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base


class Presence(Base):
    """An interval in which a participant was in the room. Open while `left_at` is empty; at most one open each."""

    __tablename__ = "presence"
    __table_args__ = (
        Index(
            "uq_presence_open", "participant_id", unique=True,
            sqlite_where=text("left_at IS NULL"), postgresql_where=text("left_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    entered_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    method: Mapped[str] = mapped_column(String(12), doc="scan, search, seat or console")
    origin: Mapped[str] = mapped_column(String(120), default="")


class Scan(Base):
    """Every scan at a door, also the refused ones."""

    __tablename__ = "scan"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(40), doc='"welcome" or the code of the refusal')
    origin: Mapped[str] = mapped_column(String(120), default="")
