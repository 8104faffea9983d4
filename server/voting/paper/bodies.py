"""What paper votes are told over HTTP."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from server.core.views import Input
from server.people.inputs import Heading, Name, OneLine, OptionalLabel, Reason, RowId
from server.voting.paper.models import MOST_BALLOTS, MOST_LINES, Invalid, PaperKind, Source

MOST_IN_A_BULK = 50
Count = Annotated[int, Field(ge=0, le=10_000)]
BallotNumber = Annotated[int, Field(ge=1, le=MOST_BALLOTS)]
Seats = Annotated[int, Field(ge=0, le=MOST_LINES)]
RuleCode = Annotated[str, Field(min_length=1, max_length=60)]
Code = Annotated[str, Field(min_length=1, max_length=60)]
Birth = Annotated[str, OneLine, Field(max_length=40)]
Detail = Annotated[str, OneLine, Field(max_length=300)]
Note = Annotated[str, OneLine, Field(max_length=300)]
Marks = Annotated[str, Field(pattern=r"^[a-z]+$", min_length=1, max_length=MOST_LINES)]


class PaperVoteIn(Input):
    """A new paper vote. `seats`: how many are elected; 0 for a confidence vote."""

    title: Heading
    kind: PaperKind
    rule: RuleCode
    seats: Seats = 0
    agenda_item_id: RowId | None = None


class PaperVotePatch(Input):
    """What changes of a draft; what is not named stays."""

    title: Heading | None = None
    kind: PaperKind | None = None
    rule: RuleCode | None = None
    seats: Seats | None = None
    agenda_item_id: RowId | None = None


class CandidateIn(Input):
    """A new candidate, or whom a confidence vote is about. `left_out`: why a confidence vote leaves the person out."""

    name: Name
    title: OptionalLabel = ""
    unit: OptionalLabel = ""
    birth: Birth = ""
    detail: Detail = ""
    participant_id: RowId | None = None
    source: Source = Source.CONVENER
    nominators: Annotated[list[Name], Field(max_length=30)] = Field(default_factory=list)
    nomination_votes: Count | None = None
    nomination_attending: Count | None = None
    left_out: Reason | None = None


class CandidatePatch(Input):
    """What changes of a candidate of a draft; what is not named stays. null empties."""

    name: Name | None = None
    title: OptionalLabel | None = None
    unit: OptionalLabel | None = None
    birth: Birth | None = None
    detail: Detail | None = None
    participant_id: RowId | None = None
    source: Source | None = None
    nominators: Annotated[list[Name], Field(max_length=30)] | None = None
    nomination_votes: Count | None = None
    nomination_attending: Count | None = None
    left_out: Reason | None = None


class PaperReasonIn(Input):
    """Why: of withdrawing, releasing or reopening a station, annulling."""

    reason: Reason


class BallotOrderIn(Input):
    """The whole order of the list by candidate ids; without it alphabetical by given name, as Vietnamese sorts."""

    order: Annotated[list[RowId], Field(max_length=2 * MOST_LINES)] | None = None


class PaperExclusionIn(Input):
    """Somebody who does not count in the base: `code` of the rule's list, `reason` in words (a decision's number)."""

    participant_id: RowId
    code: Code
    reason: Reason


class PaperExclusionsIn(Input):
    """The whole list."""

    exclusions: Annotated[list[PaperExclusionIn], Field(max_length=500)]


class BallotIssueIn(Input):
    """How many ballots were handed out."""

    issued: BallotNumber


class StationCommitIn(Input):
    """How many ballots this station counted in its pile."""

    returned: Annotated[int, Field(ge=0, le=MOST_BALLOTS)]


class ReadingIn(Input):
    """One whole paper ballot: its marks, one letter a line, or why it is invalid."""

    marks: Marks | None = None
    invalid: Invalid | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "ReadingIn":
        if (self.marks is None) == (self.invalid is None):
            raise ValueError("give either marks or invalid")
        return self


class BallotEntryIn(ReadingIn):
    """A ballot by its place in the pile."""

    number: BallotNumber


class BallotEntriesIn(Input):
    """Up to 50 ballots; all are stored, or none."""

    ballots: Annotated[list[BallotEntryIn], Field(min_length=1, max_length=MOST_IN_A_BULK)]

    @model_validator(mode="after")
    def _each_once(self) -> "BallotEntriesIn":
        if len({one.number for one in self.ballots}) != len(self.ballots):
            raise ValueError("each number once")
        return self


class SettleIn(Input):
    """What the paper says. For one line: `marks` is its single letter. For a whole ballot: marks, invalid or absent."""

    marks: Marks | None = None
    invalid: Invalid | None = None
    absent: Literal[True] | None = None
    note: Reason

    @model_validator(mode="after")
    def _exactly_one(self) -> "SettleIn":
        if sum(one is not None for one in (self.marks, self.invalid, self.absent)) != 1:
            raise ValueError("give exactly one of marks, invalid and absent")
        return self


class ReopenIn(Input):
    """What all three stations agree on and the paper may not: `line` 0 is the whole ballot."""

    ballot: BallotNumber
    line: Annotated[int, Field(ge=0, le=MOST_LINES)] = 0
    reason: Reason


class PaperCloseIn(Input):
    """How many ballots came back, as the tellers announce it; it must be what was counted."""

    returned: Annotated[int, Field(ge=0, le=MOST_BALLOTS)]


class TellersIn(Input):
    """The whole list of tellers; `head_id` leads them (trưởng ban)."""

    participant_ids: Annotated[list[RowId], Field(max_length=60)]
    head_id: RowId | None = None

    @model_validator(mode="after")
    def _head_is_one_of_them(self) -> "TellersIn":
        if self.head_id is not None and self.head_id not in self.participant_ids:
            raise ValueError("the head is one of the tellers")
        return self


class BallotsQuery(Input):
    """Which ballots to print: paper size and how many copies."""

    size: Literal["a4", "a5"] = "a4"
    copies: BallotNumber = 1


class DifferencesQuery(Input):
    """A page of differences by ballot and line. `open`: only those that are not settled."""

    skip: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    open: bool = False
