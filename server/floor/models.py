"""Tables of the floor."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.core.db import Base
from server.meetings.models import Participant


class RequestState(StrEnum):
    """waiting → speaking → done; or skipped by the secretary, or withdrawn by the speaker."""

    WAITING = "waiting"
    SPEAKING = "speaking"
    DONE = "done"
    SKIPPED = "skipped"
    WITHDRAWN = "withdrawn"


_OPEN = text("state IN ('waiting', 'speaking')")
_SPEAKING = text("state = 'speaking'")


class SpeakingRequest(Base):
    """A request to speak. At most one open a participant or site, and one speaker a meeting."""

    __tablename__ = "speaking_request"
    __table_args__ = (
        Index("uq_request_open", "participant_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("uq_request_open_site", "site_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("uq_request_speaking", "meeting_id", unique=True, sqlite_where=_SPEAKING, postgresql_where=_SPEAKING),
        Index("ix_request_state", "meeting_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), doc="None: a site of the relay asks"
    )
    site_id: Mapped[int | None] = mapped_column(doc="the site that asks; the relay checks it")
    site_name: Mapped[str] = mapped_column(String(200), default="")
    topic: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[RequestState] = mapped_column(String(10), default=RequestState.WAITING)
    position: Mapped[int] = mapped_column(doc="order among those waiting; gaps are fine")
    requested_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    participant: Mapped[Participant | None] = relationship()
