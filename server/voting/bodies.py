"""What voting is told over HTTP."""

from typing import Annotated, Literal

from pydantic import Field

from server.core.views import Input
from server.people.inputs import Heading
from server.voting.rules import Choice, CountedOf

Motion = Annotated[str, Field(max_length=1000)]
RowId = Annotated[int, Field(ge=1, le=2**53)]
Part = Annotated[int, Field(ge=1, le=1000)]
Seconds = Annotated[int, Field(ge=10, le=3600)]


class PollIn(Input):
    """A new poll. Without figures: more than half of those entitled."""

    title: Heading
    motion: Motion = ""
    agenda_item_id: RowId | None = None
    base: CountedOf = CountedOf.ENTITLED
    numerator: Part = 1
    denominator: Part = 2
    strict: bool = True
    changeable: bool = False
    seconds: Seconds | None = None


class PollPatch(Input):
    """What changes of a draft; what is not named stays."""

    title: Heading | None = None
    motion: Motion | None = None
    agenda_item_id: RowId | None = None
    base: CountedOf | None = None
    numerator: Part | None = None
    denominator: Part | None = None
    strict: bool | None = None
    changeable: bool | None = None
    seconds: Seconds | None = None


class StepIn(Input):
    """Opening or publishing; `wall` shows it on the wall in the same step."""

    wall: bool = False


class BallotIn(Input):
    """A ballot."""

    choice: Literal[Choice.FOR, Choice.AGAINST, Choice.NOT_VOTING]
