"""What the printed sheets of a paper vote are made from: plain frozen data, nothing read from tables or clocks.

Every text is plain text in Vietnamese as it shall be read; the sheets escape it, drop what cannot be printed and break
long lines. Times are local times of the meeting (aware datetimes are printed as they are, not converted). Counts are
integers ≥ 0. Tuples of candidates are in ballot order.

    ballot_pdf(BallotSheet) -> bytes       one paper ballot, `copies` times
    log_pdf(StationLog) -> bytes           what one station entered
    minutes_pdf(CountingMinutes) -> bytes  the counting minutes (biên bản kiểm phiếu)
    minutes_docx(CountingMinutes) -> bytes the same, to be signed from Word
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal


class Kind(StrEnum):
    """The three forms of a paper ballot (190-QĐ/TW Điều 30; 96-QĐ/TW). Values as in `PaperVote.kind`."""

    SURPLUS = "election_surplus"
    NO_SURPLUS = "election_no_surplus"
    CONFIDENCE = "confidence"


class Mark(StrEnum):
    """What stands on one line of one ballot."""

    KEPT = "kept"            # surplus: the name was left standing
    STRUCK = "struck"        # surplus: the name was struck out
    FOR = "for"              # no surplus: "đồng ý"
    AGAINST = "against"      # no surplus: "không đồng ý"
    BOTH = "both"            # no surplus: both boxes; uncounted for this person
    NEITHER = "neither"      # no surplus: no box; uncounted for this person
    HIGH = "high"            # confidence
    PLAIN = "plain"
    LOW = "low"
    NONE = "none"            # confidence: no box; uncounted for this line
    SEVERAL = "several"      # confidence: more than one box; uncounted for this line


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who convenes, as printed at the top left: `parent` (14 upright, may be empty) above `name` (14 bold).

    Both are printed in capitals. `place` is the place of the date line ("Mẫu Sơn Hạ").
    """

    name: str
    parent: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate (or one person of a confidence vote). `number` as on the ballot, from 1.

    `detail`: title and unit, printed small below the name; may be empty.
    """

    number: int
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class BallotSheet:
    """One ballot paper.

    `title` is what is elected, without the word "phiếu": "Ban Chấp hành Đảng bộ tỉnh khóa XIX, nhiệm kỳ 2025–2030".
    `seats` is how many may be elected; it is 0 for a confidence vote. `round` 2 and more is printed below the title.
    `copies` (1…5000) is how many identical ballots the PDF holds; page numbers count within one ballot. `day` is the
    day of the vote, on the date line; None leaves that line out. `proof` writes across every page that it is none.
    """

    kind: Kind
    issuer: Issuer
    title: str
    seats: int
    lines: tuple[Line, ...]
    size: Literal["a4", "a5"] = "a4"
    copies: int = 1
    round: int = 1
    day: date | None = None
    proof: bool = False


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One paper ballot as a station entered it: `number` is its place in the pile.

    Either `invalid` holds why in words ("không do Ban kiểm phiếu phát ra") and `marks` is empty, or `marks` has one
    mark a line in ballot order. An invalid ballot may carry both, when the server found it invalid by its marks.
    """

    number: int
    marks: tuple[Mark, ...] = ()
    invalid: str = ""


@dataclass(frozen=True, slots=True)
class StationLog:
    """The entry log of one station (Nhật ký nhập phiếu bầu).

    `returned` is how many ballots this station counted. `committed_at` is None while the station still enters: the
    log then says that it is a draft. `seal` is the keyed commitment or hash that the journal holds; may be empty.
    """

    kind: Kind
    issuer: Issuer
    meeting: str
    title: str
    station: int
    teller: str
    lines: tuple[Line, ...]
    entries: tuple[LogEntry, ...]
    returned: int | None
    committed_at: datetime | None
    seal: str = ""
    round: int = 1


@dataclass(frozen=True, slots=True)
class Excluded:
    """People taken out of the base for one reason, with the article that allows it ("Điều 30, khoản 1")."""

    reason: str
    count: int
    article: str = ""


@dataclass(frozen=True, slots=True)
class Base:
    """What votes are measured against: `whole` less every exclusion is `count`.

    `words` names it: "tổng số đại biểu được triệu tập". `whole_words`: what `whole` counts; empty: as `words`.
    """

    words: str
    whole: int
    count: int
    excluded: tuple[Excluded, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule set in words. `citation`: "Quy định số 190-QĐ/TW, ngày 10/10/2024, Điều 30".

    `threshold`: "quá một phần hai (1/2)", followed in print by `Base.words`; `needed`: how many votes that is; None
    where nothing is elected. `quorum` in words: "ít nhất 2/3 số người được triệu tập có mặt (cần 32, có mặt 45)"; may
    be empty.
    """

    name: str
    citation: str
    threshold: str = ""
    needed: int | None = None
    quorum: str = ""


@dataclass(frozen=True, slots=True)
class Invalid:
    """Invalid ballots of one category, in words, with their count (0 is printed too)."""

    reason: str
    count: int


Outcome = Literal["elected", "not_elected", "tied", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Result:
    """What one candidate got in an election.

    `against`: struck out, or "không đồng ý". `uncounted`: both or neither box; None for a surplus ballot.
    `note` is printed in the last column besides the outcome's own words.
    """

    line: Line
    votes: int
    against: int
    outcome: Outcome
    uncounted: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Confidence:
    """What one person got in a confidence vote. `notice` names the threshold that was reached; no advice."""

    line: Line
    high: int
    plain: int
    low: int
    uncounted: int = 0
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """Candidates with equal votes for fewer seats than they are: nobody of them is elected."""

    names: tuple[str, ...]
    votes: int
    seats: int
    next_step: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A candidate who withdrew after the ballots were printed: on the paper, but not counted."""

    line: Line
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A person whom a confidence vote leaves out (96-QĐ/TW): retirement notified, appointed or elected that year."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Teller:
    """A member of the tellers. `duty`: "Trưởng ban" or "Ủy viên"."""

    name: str
    duty: str = "Ủy viên"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs at the end: `authority` ("T/M ĐOÀN CHỦ TỊCH"), `title` ("CHỦ TRỊ"); `name` may be empty: left blank."""

    authority: str
    title: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class CountingMinutes:
    """The counting minutes of one paper vote, from the result record alone (190-QĐ/TW Điều 33, 35).

    `body` is what is elected, as in BallotSheet.title; `meeting` the name of the congress or conference. `started_at`
    and `ended_at` bound the counting. issued = returned + not_returned and returned = valid + invalid, always: the
    sheet refuses (ValueError) figures that do not add up, rather than print them.
    `results` (election) or `confidence` is in ballot order; `elected` holds ballot numbers from high to low.
    `head` without a name is signed by the teller whose duty is "Trưởng ban"; `chair` without one is left blank.
    `shortfall`: what the rule says when fewer than `seats` are elected, in words; empty when all seats are filled.
    `settled`: how many differences between the stations the tellers settled against the paper.
    `record`: SHA-256 of the result record, hexadecimal, printed small; may be empty.
    """

    kind: Kind
    issuer: Issuer
    meeting: str
    body: str
    room: str
    started_at: datetime
    ended_at: datetime
    tellers: tuple[Teller, ...]
    rule: Rule
    seats: int
    convened: int
    present: int
    base: Base
    issued: int
    returned: int
    valid: int
    invalid: tuple[Invalid, ...]
    results: tuple[Result, ...]
    sealed_until: date
    complaints_until: date
    elected: tuple[int, ...] = ()
    confidence: tuple[Confidence, ...] = ()
    ties: tuple[Tie, ...] = ()
    shortfall: str = ""
    withdrawn: tuple[Withdrawn, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    round: int = 1
    stations: int = 3
    settled: int = 0
    custody_citation: str = ""
    number: str = ""
    head: Signer = field(default_factory=lambda: Signer("T/M BAN KIỂM PHIẾU", "TRƯỞNG BAN"))
    chair: Signer = field(default_factory=lambda: Signer("T/M ĐOÀN CHỦ TỊCH"))
    copies: int = 2
    record: str = ""
