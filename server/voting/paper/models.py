"""Tables of paper votes."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base

STATIONS = (1, 2, 3)
MOST_LINES = 150
MOST_BALLOTS = 5000


class PaperKind(StrEnum):
    """The form of the ballot (190-QĐ/TW Điều 30; 96-QĐ/TW)."""

    SURPLUS = "election_surplus"
    NO_SURPLUS = "election_no_surplus"
    CONFIDENCE = "confidence"


class PaperState(StrEnum):
    """draft → printed → issued → counting → compared → closed → published; annulled from any but draft."""

    DRAFT = "draft"
    PRINTED = "printed"
    ISSUED = "issued"
    COUNTING = "counting"
    COMPARED = "compared"
    CLOSED = "closed"
    PUBLISHED = "published"
    ANNULLED = "annulled"


class Source(StrEnum):
    """Who put a candidate forward."""

    CONVENER = "convener"  # cấp ủy triệu tập
    FLOOR = "floor"        # đề cử tại đại hội, hội nghị
    SELF = "self"          # ứng cử


class Standing(StrEnum):
    """Whether a candidate can be chosen."""

    STANDING = "standing"
    WITHDRAWN = "withdrawn"
    LEFT_OUT = "left_out"  # of a confidence vote (96-QĐ/TW): not on the ballot


class Invalid(StrEnum):
    """Why a ballot is invalid (190-QĐ/TW Điều 30)."""

    NOT_ISSUED = "not_issued"    # không do ban kiểm phiếu phát ra
    TOO_MANY = "too_many"        # bầu quá số lượng
    NOBODY = "nobody"            # không bầu cho ai
    OTHER_NAMES = "other_names"  # ghi thêm tên, ký tên, đánh dấu riêng
    OTHER = "other"


class PaperVote(Base):
    """One election or one confidence vote on paper in one meeting."""

    __tablename__ = "paper_vote"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("paper_vote.id"), doc="the round before this one")
    title: Mapped[str] = mapped_column(String(300), doc="what is elected, without the word for ballot")
    kind: Mapped[PaperKind] = mapped_column(String(20))
    seats: Mapped[int] = mapped_column(doc="how many may be elected; 0 for a confidence vote")
    round: Mapped[int] = mapped_column(default=1)
    state: Mapped[PaperState] = mapped_column(String(10), default=PaperState.DRAFT)
    rule_code: Mapped[str] = mapped_column(String(60))
    rule: Mapped[Any] = mapped_column(JSON, nullable=True, doc="the rule set as it was when the ballots were printed")

    printed_at: Mapped[datetime | None]
    issued_at: Mapped[datetime | None]
    issued: Mapped[int | None] = mapped_column(doc="ballots handed out")
    # Frozen when the ballots are handed out:
    whole: Mapped[int | None] = mapped_column(doc="the base before exclusions")
    convened: Mapped[int | None]
    present: Mapped[int | None]

    compared_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(String(200), default="")
    published_at: Mapped[datetime | None]
    annulled_at: Mapped[datetime | None]
    annulled_reason: Mapped[str] = mapped_column(String(300), default="")
    record_hash: Mapped[str] = mapped_column(String(64), default="", doc="SHA-256 of the result record")


class Candidate(Base):
    """Somebody on the list: a candidate, or whom a confidence vote is about. `place` is the line on the ballot."""

    __tablename__ = "paper_candidate"

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_vote_id: Mapped[int] = mapped_column(ForeignKey("paper_vote.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"), index=True)
    position: Mapped[int] = mapped_column(doc="orders the list while it is drafted")
    place: Mapped[int | None] = mapped_column(doc="line on the printed ballot, from 1; none: not printed")
    name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(200), default="")
    unit: Mapped[str] = mapped_column(String(200), default="")
    birth: Mapped[str] = mapped_column(String(40), default="")
    detail: Mapped[str] = mapped_column(String(300), default="")
    source: Mapped[Source] = mapped_column(String(10), default=Source.CONVENER)
    nominators: Mapped[Any] = mapped_column(JSON, default=list, doc="names")
    nomination_votes: Mapped[int | None]
    nomination_attending: Mapped[int | None]
    standing: Mapped[Standing] = mapped_column(String(10), default=Standing.STANDING)
    reason: Mapped[str] = mapped_column(String(300), default="", doc="of withdrawing or leaving out")
    withdrawn_at: Mapped[datetime | None]


class Exclusion(Base):
    """A participant who is not counted in the base, for a reason of the rule's closed list (190-QĐ/TW Điều 30)."""

    __tablename__ = "paper_exclusion"
    __table_args__ = (UniqueConstraint("paper_vote_id", "participant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_vote_id: Mapped[int] = mapped_column(ForeignKey("paper_vote.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(300))


class Station(Base):
    """One of the three places where tellers enter the ballots, each without knowing of the others."""

    __tablename__ = "paper_station"
    __table_args__ = (UniqueConstraint("paper_vote_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_vote_id: Mapped[int] = mapped_column(ForeignKey("paper_vote.id", ondelete="CASCADE"))
    number: Mapped[int]
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"), index=True)
    held_since: Mapped[datetime | None]
    committed_at: Mapped[datetime | None]
    returned: Mapped[int | None] = mapped_column(doc="ballots as this station counted them")


class StationHand(Base):
    """Who has ever held a station: in one vote, nobody sees the entries of two."""

    __tablename__ = "paper_station_hand"
    __table_args__ = (UniqueConstraint("paper_vote_id", "participant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_vote_id: Mapped[int] = mapped_column(ForeignKey("paper_vote.id", ondelete="CASCADE"))
    number: Mapped[int]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)


class Entry(Base):
    """One paper ballot as one station entered it: either `invalid`, or one letter of `marks` a line (marks.py)."""

    __tablename__ = "paper_entry"
    __table_args__ = (UniqueConstraint("paper_vote_id", "station", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_vote_id: Mapped[int] = mapped_column(ForeignKey("paper_vote.id", ondelete="CASCADE"))
    station: Mapped[int]
    number: Mapped[int] = mapped_column(doc="its place in the pile, from 1")
    marks: Mapped[str] = mapped_column(String(MOST_LINES), default="")
    invalid: Mapped[Invalid | None] = mapped_column(String(12))
    entered_by: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    entered_ms: Mapped[int] = mapped_column(BigInteger, doc="server clock, epoch milliseconds, of this value")
    serial: Mapped[int] = mapped_column(default=1, doc="how many values there were; the last one counts")


class Difference(Base):
    """Where the stations do not agree, or what two tellers opened again, and what the paper says.

    `line` 0 is the whole ballot. Values are readings (marks.py): "m:kks…", "i:other", "-" (no such ballot); of one line
    they are single letters.
    """

    __tablename__ = "paper_difference"
    __table_args__ = (UniqueConstraint("paper_vote_id", "ballot", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_vote_id: Mapped[int] = mapped_column(ForeignKey("paper_vote.id", ondelete="CASCADE"))
    ballot: Mapped[int]
    line: Mapped[int]
    values: Mapped[Any] = mapped_column(JSON, doc="three readings, of stations 1, 2 and 3")
    reopened_reason: Mapped[str] = mapped_column(String(300), default="", doc="empty: found by comparing")
    reopened_by: Mapped[int | None] = mapped_column(ForeignKey("participant.id"), index=True)
    seconded_by: Mapped[int | None] = mapped_column(ForeignKey("participant.id"), index=True)
    settled: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str] = mapped_column(String(300), default="")
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("participant.id"), index=True)
    settled_at: Mapped[datetime | None]
