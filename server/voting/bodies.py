"""What voting is told over HTTP."""

from typing import Annotated

from pydantic import Field

from server.core.views import Input
from server.people.inputs import Heading, Lines, OneLine, RowId
from server.voting.rules import BallotKind, Choice, CountedOf, Level

Motion = Annotated[str, Lines, Field(max_length=1000)]
Part = Annotated[int, Field(ge=1, le=1000)]
Seconds = Annotated[int, Field(ge=10, le=3600)]
RuleCode = Annotated[str, Field(min_length=1, max_length=60)]
Option = Annotated[str, OneLine, Field(max_length=120)]
MOST_OPTIONS = 60
Options = Annotated[list[Option], Field(max_length=MOST_OPTIONS)]
Members = Annotated[int, Field(ge=1, le=5000)]
Reason = Annotated[str, Lines, Field(min_length=3, max_length=500)]
Opinion = Annotated[str, Field(max_length=2000)]


class ExclusionIn(Input):
    """Somebody left out of the base; `code` is one of the rule's list."""

    participant_id: RowId
    code: RuleCode
    note: Annotated[str, OneLine, Field(max_length=300)] = ""


Exclusions = Annotated[list[ExclusionIn], Field(max_length=500)]


class PollIn(Input):
    """A new poll. Base, threshold and changeable come from the rule; some rules let a vote set its own."""

    title: Heading
    motion: Motion = ""
    agenda_item_id: RowId | None = None
    rule: RuleCode = "open-vote"
    kind: BallotKind = BallotKind.MOTION
    options: Options = Field(default=[])
    choose_most: Annotated[int, Field(ge=1, le=MOST_OPTIONS)] | None = None
    named: bool | None = None
    members: Members | None = None
    exclusions: Exclusions = Field(default=[])
    base: CountedOf | None = None
    numerator: Part | None = None
    denominator: Part | None = None
    strict: bool | None = None
    changeable: bool | None = None
    seconds: Seconds | None = None


class PollPatch(Input):
    """What changes of a draft; what is not named stays. Another rule brings its own figures along."""

    title: Heading | None = None
    motion: Motion | None = None
    agenda_item_id: RowId | None = None
    rule: RuleCode | None = None
    kind: BallotKind | None = None
    options: Options | None = None
    choose_most: Annotated[int, Field(ge=1, le=MOST_OPTIONS)] | None = None
    named: bool | None = None
    members: Members | None = None
    exclusions: Exclusions | None = None
    base: CountedOf | None = None
    numerator: Part | None = None
    denominator: Part | None = None
    strict: bool | None = None
    changeable: bool | None = None
    seconds: Seconds | None = None


class StepIn(Input):
    """Opening or publishing; `wall` shows it on the wall in the same step."""

    wall: bool = False


class AnnulIn(Input):
    """Annulling a vote; `again` makes a draft that repeats it."""

    reason: Reason
    again: bool = True


class BatchIn(Input):
    """Motions to be voted one after another, in this order."""

    polls: Annotated[list[RowId], Field(min_length=1, max_length=50)]
    seconds: Annotated[int, Field(ge=10, le=600)] = 60
    pause_seconds: Annotated[int, Field(ge=0, le=120)] = 8
    wall: bool = True


class BallotIn(Input):
    """A ballot: exactly one of `choice`, `options` (numbers from 1) and `levels`, as the poll's kind asks."""

    choice: Choice | None = None
    options: Annotated[list[Annotated[int, Field(ge=1, le=MOST_OPTIONS)]], Field(max_length=MOST_OPTIONS)] | None = None
    levels: Annotated[list[Level], Field(max_length=MOST_OPTIONS)] | None = None
    opinion: Opinion = ""


class ReservedIn(Input):
    """A reserved opinion in words; `participant_id` only from the secretary, who writes it down for somebody."""

    text: Annotated[str, Field(min_length=1, max_length=2000)]
    participant_id: RowId | None = None
