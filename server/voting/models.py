"""Tables of voting."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base
from server.voting.rules import BallotKind, CountedOf, Majority, RuleSet


class PollState(StrEnum):
    """draft → open → closed → published; or annulled, from any but draft."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"
    ANNULLED = "annulled"


class BatchState(StrEnum):
    """running → done, or stopped by hand."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class Poll(Base):
    """One question put to the vote. Its result is its record (records.py); every later view reads it from there."""

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

    rule_code: Mapped[str] = mapped_column(String(60))
    rule: Mapped[dict[str, Any]] = mapped_column(JSON, doc="the rule set as it was when last saved or opened")
    kind: Mapped[BallotKind] = mapped_column(String(12), default=BallotKind.MOTION)
    options: Mapped[list[str]] = mapped_column(JSON, default=list, doc="labels, for choice and confidence")
    choose_most: Mapped[int | None] = mapped_column(doc="the k of k of n")
    named: Mapped[bool] = mapped_column(default=False, doc="the result says who chose what")
    members: Mapped[int | None] = mapped_column(doc="size of the whole body, where that is the base")

    # The rule's figures, with what it lets a single vote change:
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
    annulled_at: Mapped[datetime | None]
    annulled_reason: Mapped[str | None] = mapped_column(String(500))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("poll.id"), doc="the annulled vote it repeats")
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("poll_batch.id"))
    batch_place: Mapped[int | None] = mapped_column(doc="counts from 1")

    # Frozen at the opening:
    convened: Mapped[int | None]
    entitled: Mapped[int | None]
    entitled_present: Mapped[int | None]
    quorum_needed: Mapped[int | None]
    quorum_present: Mapped[int | None]
    base_from: Mapped[int | None] = mapped_column(doc="before the exclusions")
    base_count: Mapped[int | None] = mapped_column(doc="at the close when the base is the ballots cast")
    needed: Mapped[int | None]
    # Moves with people coming and going until the close:
    reach: Mapped[int | None] = mapped_column(doc="electors who are in the room or have cast a ballot")

    @property
    def majority(self) -> Majority:
        """Its figures."""
        return Majority(CountedOf(self.counted_of), self.numerator, self.denominator, self.strict)

    @property
    def rule_set(self) -> RuleSet:
        """Its rule."""
        return RuleSet.model_validate(self.rule)


class PollBatch(Base):
    """Motions that are voted one after another by themselves."""

    __tablename__ = "poll_batch"
    __table_args__ = (
        Index(
            "uq_poll_batch_running", "meeting_id", unique=True,
            sqlite_where=text("state = 'running'"), postgresql_where=text("state = 'running'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    state: Mapped[BatchState] = mapped_column(String(8), default=BatchState.RUNNING)
    seconds: Mapped[int] = mapped_column(doc="for each vote")
    pause_seconds: Mapped[int] = mapped_column(doc="the result is shown so long before the next vote opens")
    on_wall: Mapped[bool] = mapped_column(default=True)
    size: Mapped[int]
    next_at: Mapped[datetime] = mapped_column(doc="when the next vote opens")
    stopped_by: Mapped[str | None] = mapped_column(String(64), doc="code of a refusal; none: a person stopped it")


class Exclusion(Base):
    """Somebody convened who is left out of a poll's base, for a reason of the rule's closed list."""

    __tablename__ = "poll_exclusion"

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id", ondelete="CASCADE"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    code: Mapped[str] = mapped_column(String(60))
    note: Mapped[str] = mapped_column(String(300), default="")


class Elector(Base):
    """Who may vote in a poll: the list is made when it opens, so that nobody outside of the base ever counts."""

    __tablename__ = "poll_elector"

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id", ondelete="CASCADE"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Ballot(Base):
    """A participant's ballot in an open vote; exactly one each. `choice` is written as marks.py says."""

    __tablename__ = "ballot"
    __table_args__ = (UniqueConstraint("poll_id", "participant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    choice: Mapped[str] = mapped_column(String(400))
    opinion: Mapped[str] = mapped_column(Text, default="", server_default="", doc="the other opinion, in words")
    cast_ms: Mapped[int] = mapped_column(BigInteger, doc="server clock, epoch milliseconds, of this choice")
    serial: Mapped[int] = mapped_column(default=1, doc="how many choices there were; the last one counts")


class ReservedOpinion(Base):
    """A dissenter keeps his opinion on record (bảo lưu ý kiến). The newest one of a person and poll counts."""

    __tablename__ = "reserved_opinion"
    __table_args__ = (UniqueConstraint("poll_id", "participant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    stated_at: Mapped[datetime]
    sha256: Mapped[str] = mapped_column(String(64), doc="of the text; the journal's row has it too")
