"""Tables of meetings."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.core.db import Base
from server.people.models import Person, Unit


class MeetingState(StrEnum):
    """Life cycle: draft → convened → in_session ⇄ paused → closed."""

    DRAFT = "draft"
    CONVENED = "convened"
    IN_SESSION = "in_session"
    PAUSED = "paused"
    CLOSED = "closed"


class MeetingKind(StrEnum):
    """Kinds of meeting (glossary)."""

    MEETING = "meeting"          # cuộc họp
    CONFERENCE = "conference"    # hội nghị
    CONGRESS = "congress"        # đại hội


class ItemState(StrEnum):
    """Where the meeting is with an agenda item."""

    PENDING = "pending"
    CURRENT = "current"
    DONE = "done"


class ParticipantRole(StrEnum):
    """The part somebody has in a meeting."""

    DELEGATE = "delegate"
    ALTERNATE = "alternate"
    GUEST = "guest"
    CHAIR = "chair"
    SECRETARY = "secretary"


class Meeting(Base):
    """A meeting, conference or congress."""

    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    kind: Mapped[MeetingKind] = mapped_column(String(20))
    room: Mapped[str] = mapped_column(String(200), default="")
    starts_at: Mapped[datetime]
    state: Mapped[MeetingState] = mapped_column(String(12), default=MeetingState.DRAFT)
    state_since: Mapped[datetime]
    join_code: Mapped[str] = mapped_column(String(12), unique=True, doc="in the meeting's QR; A-Z2-7")
    rehearsal: Mapped[bool] = mapped_column(default=False)
    secret: Mapped[bool] = mapped_column(default=False, doc="state secrets are discussed: nothing of it is relayed")
    quorum_numerator: Mapped[int] = mapped_column(default=2, doc="ordinary quorum 2/3 is a setting (facts §5)")
    quorum_denominator: Mapped[int] = mapped_column(default=3)

    unit: Mapped[Unit] = relationship()


class AgendaItem(Base):
    """One item; sub-items have a parent. `position` orders siblings."""

    __tablename__ = "agenda_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(500))
    rapporteur: Mapped[str] = mapped_column(String(200), default="")
    minutes: Mapped[int] = mapped_column(default=0, doc="planned length")
    internal_note: Mapped[str] = mapped_column(Text, default="", doc="console only")
    state: Mapped[ItemState] = mapped_column(String(12), default=ItemState.PENDING)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Participant(Base):
    """Somebody convened or invited to a meeting."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"), UniqueConstraint("meeting_id", "seat", name="uq_participant_seat"),
        # An id must never be given again: the invitation of a removed participant would open the door to the next one.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[ParticipantRole] = mapped_column(String(12))
    entitled: Mapped[bool] = mapped_column(doc="entitled to vote; a guest never is")
    seat: Mapped[str | None] = mapped_column(String(12))
    pin_mac: Mapped[str | None] = mapped_column(String(64), doc="HMAC of the PIN under the server's key")
    pin_failures: Mapped[int] = mapped_column(default=0)
    pin_locked_until: Mapped[datetime | None]
    invitation: Mapped[int] = mapped_column(default=1, doc="serial of the valid invitation; raised to revoke")
    excused_reason: Mapped[str | None] = mapped_column(String(300), doc="absent with this reason")
    teller: Mapped[bool] = mapped_column(default=False, doc="counts paper ballots (ban kiểm phiếu)")
    teller_head: Mapped[bool] = mapped_column(default=False, doc="leads the tellers (trưởng ban)")

    person: Mapped[Person] = relationship(lazy="joined")


class Notice(Base):
    """A notice of the secretary to all screens. The newest not withdrawn is shown."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(String(500))
    sent_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
