"""Tables of voting."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base
from server.voting.rules import Choice, Count, CountedOf, Majority


class PollState(StrEnum):
    """draft → open → closed → published."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


class Poll(Base):
    """One motion put to the vote. What is counted at the close is the result; every later view reads it from here."""

    __tablename__ = "poll"
    __table_args__ = (
        Index(
            "uq_poll_open", "meeting_id", unique=True,
            sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    motion: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[PollState] = mapped_column(String(10), default=PollState.DRAFT)

    counted_of: Mapped[CountedOf] = mapped_column(String(10))
    numerator: Mapped[int]
    denominator: Mapped[int]
    strict: Mapped[bool]
    changeable: Mapped[bool] = mapped_column(default=False, doc="a ballot may change until the close")
    seconds: Mapped[int | None] = mapped_column(doc="time limit; none: closed by hand")

    opened_at: Mapped[datetime | None]
    deadline_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]

    # Frozen at the opening:
    convened: Mapped[int | None]
    entitled: Mapped[int | None]
    entitled_present: Mapped[int | None]
    quorum_needed: Mapped[int | None]
    base_count: Mapped[int | None] = mapped_column(doc="at the close when the base is the ballots cast")
    needed: Mapped[int | None]
    # Moves with people coming and going until the close:
    reach: Mapped[int | None] = mapped_column(doc="electors who are in the room or have cast a ballot")
    # The result, stored at the close:
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    not_voting: Mapped[int | None]
    passed: Mapped[bool | None]

    @property
    def majority(self) -> Majority:
        """Its rule."""
        return Majority(self.counted_of, self.numerator, self.denominator, self.strict)

    @property
    def count(self) -> Count | None:
        """The stored result; None before the close."""
        if self.passed is None:
            return None
        return Count(
            votes_for=self.votes_for or 0, votes_against=self.votes_against or 0, not_voting=self.not_voting or 0,
            base_count=self.base_count or 0, needed=self.needed or 0, passed=self.passed,
        )


class Elector(Base):
    """Who may vote in a poll: the list is made when it opens, so that nobody outside of the base ever counts."""

    __tablename__ = "poll_elector"

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id", ondelete="CASCADE"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Ballot(Base):
    """A participant's ballot in an open vote; exactly one each."""

    __tablename__ = "ballot"
    __table_args__ = (UniqueConstraint("poll_id", "participant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    choice: Mapped[Choice] = mapped_column(String(12))
    cast_ms: Mapped[int] = mapped_column(BigInteger, doc="server clock, epoch milliseconds, of this choice")
    serial: Mapped[int] = mapped_column(default=1, doc="how many choices there were; the last one counts")
