"""What a rule set is. One TOML file each; the sources and their doubts are in the files themselves.

Figures that sources dispute, or that were not found in print, are listed under `settings` with a remark, and screens
show the remark beside the figure.
"""

import functools
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from server.people.inputs import OneLine
from server.voting.rules.arithmetic import CountedOf, is_fit, needed

Code = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9:-]{0,58}[a-z0-9])?$")]
Line = Annotated[str, OneLine, Field(min_length=1, max_length=300)]
Text = Annotated[str, OneLine, Field(max_length=1000)]
Part = Annotated[int, Field(ge=1, le=1000)]
Percent = Annotated[int, Field(ge=0, le=100)]


class Piece(BaseModel):
    """A frozen part of a rule set; an unknown field is an error, because a rule with a typo is another rule."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RuleForm(StrEnum):
    """How a vote may be held (190-QĐ/TW, Điều 3)."""

    OPEN = "open"                            # on the seats, not secret
    PAPER_SECRET = "paper_secret"  # noqa: S105  (no password: phiếu kín on paper, counted by tellers)
    ELECTRONIC_SECRET = "electronic_secret"  # noqa: S105  (only where an organisation's own regulation allows it)


class Subject(StrEnum):
    """What is decided."""

    MOTION = "motion"
    RESOLUTION = "resolution"
    WORKING_BODIES = "working_bodies"
    ELECTION = "election"
    CONFIDENCE = "confidence"
    CONSULTATION = "consultation"
    QUICK = "quick"


class BallotKind(StrEnum):
    """What a ballot asks."""

    MOTION = "motion"          # for, against, not voting
    OPINION = "opinion"        # for, against, another opinion, which is written
    CHOICE = "choice"          # up to k of n
    CONFIDENCE = "confidence"  # high, plain, low, for each name


class Names(StrEnum):
    """Whether a result says who chose what."""

    NAMED = "named"
    UNNAMED = "unnamed"
    EITHER = "either"  # the secretary chooses before the vote opens


class Words(Piece):
    """One text in both languages."""

    vi: Line
    en: Line


class Citation(Piece):
    """Where a rule stands. `note` says what is doubtful about it, "" when nothing is."""

    regulation: Line
    number: Annotated[str, OneLine, Field(max_length=60)] = ""
    date: Annotated[str, OneLine, Field(max_length=20, description="dd/mm/yyyy, or empty")] = ""
    article: Annotated[str, OneLine, Field(max_length=120)] = ""
    note: Text = ""

    @property
    def text(self) -> str:
        """In one line: "Quy chế bầu cử trong Đảng, 190-QĐ/TW, 10/10/2024, Điều 30"."""
        return ", ".join(part for part in (self.regulation, self.number, self.date, self.article) if part)


class Fraction(Piece):
    """A share of a number of people. `strict`: more than; else at least."""

    numerator: Part
    denominator: Part
    strict: bool = False

    def needed(self, of: int) -> int:
        """The smallest number that is enough of `of`: 2/3 of 9 is 6, more than 1/2 of 10 is 6."""
        return needed(of, self.numerator, self.denominator, self.strict)


class Threshold(Fraction):
    """What passes. No tie does (`arithmetic.is_fit`)."""

    strict: bool = True

    @model_validator(mode="after")
    def _fit(self) -> "Threshold":
        if not is_fit(self.numerator, self.denominator, self.strict):
            raise ValueError("a threshold lies between more than half and all")
        return self


class Exclusion(Words):
    """One reason for which somebody convened is left out of the base; the list of reasons is closed."""

    code: Code
    article: Annotated[str, OneLine, Field(max_length=120)] = ""
    absent: bool = Field(default=False, description="holds only for who is not there at all")


class Tie(Words):
    """What an equality means: nothing passes by it; `code` names the next step."""

    code: Code = "not-passed"


class Notice(Words):
    """A threshold with consequences that is shown when it is reached, without any advice."""

    code: Code
    of: Annotated[str, Field(pattern=r"^(high|plain|low)$")]
    numerator: Part
    denominator: Part
    strict: bool

    def reached(self, votes: int, base: int) -> bool:
        """Whether so many votes of `base` reach it."""
        return votes >= needed(base, self.numerator, self.denominator, self.strict)


class ElectionRule(Piece):
    """What an election adds."""

    most_surplus_percent: Percent
    floor_nominee_percent: Percent
    surplus_article: Line
    floor_article: Line
    uncounted_article: Line


class Custody(Piece):
    """What happens to the papers."""

    sealed_months: Annotated[int, Field(ge=0, le=120)]
    complaint_working_days: Annotated[int, Field(ge=0, le=250)]
    article: Line


class Setting(Words):
    """A figure of this rule set that is disputed or not confirmed in print: `field`, and the remark."""

    field: Annotated[str, Field(pattern=r"^[a-z_.]+$", max_length=60)]


class RuleSet(Piece):
    """One rule. `adjustable` fields may be changed for a single vote; everything else is the rule's."""

    code: Code
    name: Words
    citation: Citation
    subject: Subject
    forms: Annotated[tuple[RuleForm, ...], Field(min_length=1, max_length=3)]
    kinds: Annotated[tuple[BallotKind, ...], Field(min_length=1, max_length=4)]
    base: CountedOf
    threshold: Threshold
    quorum: Fraction | None = Field(default=None, description="of those convened; none: the meeting's own quorum")
    needs_quorum: bool = True
    names: Names = Names.EITHER
    changeable: bool = False
    late_arrivals: bool = Field(default=True, description="who comes while the vote is open may still vote")
    reserved_opinions: bool = False
    exclusions: Annotated[tuple[Exclusion, ...], Field(max_length=20)] = ()
    tie: Tie
    adjustable: Annotated[tuple[str, ...], Field(max_length=5)] = ()
    election: ElectionRule | None = None
    notices: Annotated[tuple[Notice, ...], Field(max_length=5)] = ()
    custody: Custody | None = None
    settings: Annotated[tuple[Setting, ...], Field(max_length=10)] = ()

    @model_validator(mode="after")
    def _sound(self) -> "RuleSet":
        if self.late_arrivals and self.base == CountedOf.PRESENT:
            raise ValueError("who comes later is not in a base of those present at the opening")
        if not set(self.adjustable) <= {"base", "threshold", "changeable"}:
            raise ValueError("adjustable: base, threshold, changeable")
        for listed in (self.exclusions, self.notices):
            codes = [one.code for one in listed]
            if len(set(codes)) != len(codes):
                raise ValueError("an exclusion or notice is listed twice")
        # More than all are never there, and no vote of this rule could ever be opened.
        if self.quorum is not None and self.quorum.needed(self.quorum.denominator) > self.quorum.denominator:
            raise ValueError("a quorum is at most everybody")
        return self

    def exclusion(self, code: str) -> Exclusion | None:
        """The reason of that code; None when the rule does not know it."""
        return next((one for one in self.exclusions if one.code == code), None)


@functools.cache
def shipped() -> dict[str, RuleSet]:
    """The rule sets that come with the program, by code. Raises ValueError when a file is not sound."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        one = RuleSet.model_validate(tomllib.loads(path.read_text("utf-8")))
        if one.code != path.stem:
            raise ValueError(f"{path.name} holds the rule set {one.code}")
        found[one.code] = one
    return found
