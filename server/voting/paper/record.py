"""The result record of a paper vote: everything that is shown or printed of it afterwards, in one frozen model.

All times are epoch milliseconds, all days ISO 8601, all counts integers. `lines` are in ballot order; `elected` holds
lines from high to low.
"""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A frozen part of the record."""

    model_config = ConfigDict(frozen=True)


class MeetingPart(Part):
    """Where it was. `parent` is the unit above, "" for none."""

    id: int
    title: str
    room: str
    unit: str
    parent: str
    kind: str


class ExcludedPart(Part):
    """Somebody not counted in the base."""

    name: str
    code: str
    text: str
    text_en: str
    article: str
    reason: str


class BasePart(Part):
    """`whole` less `excluded` is `count`; of bases of ballots, `whole` is None."""

    of: str
    whole: int | None
    excluded: list[ExcludedPart]
    count: int


class RulePart(Part):
    """The rule as it was applied. `custody` and `uncounted` are the articles of keeping and of uncounted lines."""

    code: str
    name: str
    name_en: str
    citation: str
    numerator: int
    denominator: int
    strict: bool
    custody: str
    uncounted: str


class QuorumPart(Part):
    """How many of those convened had to be present, and which share of them that is."""

    numerator: int
    denominator: int
    needed: int


class FiguresPart(Part):
    """issued = returned + not_returned; returned = valid + invalid. `invalid_by` holds every category."""

    issued: int
    returned: int
    not_returned: int
    valid: int
    invalid: int
    invalid_by: dict[str, int]


class LinePart(Part):
    """One line of the ballot; see views.PaperResultLine. `reason`: of withdrawing."""

    line: int
    candidate_id: int
    name: str
    title: str
    unit: str
    votes: int
    against: int
    uncounted: int
    high: int
    plain: int
    low: int
    share_hundredths: int
    outcome: str
    notices: list[str]
    reason: str


class TextPart(Part):
    """A text in both languages, with a code where it has one."""

    code: str = ""
    vi: str
    en: str


class LeftOutPart(Part):
    """Whom a confidence vote leaves out."""

    name: str
    reason: str


class TellerPart(Part):
    """Who counted."""

    name: str
    head: bool


class StationPart(Part):
    """A station, who committed it, and how many ballots it counted."""

    number: int
    teller: str
    returned: int


class PaperRecord(Part):
    """The record's body."""

    version: int = 1
    vote_id: int
    kind: str
    title: str
    round: int
    follows_id: int | None
    seats: int
    meeting: MeetingPart
    rule: RulePart
    convened: int
    present: int
    quorum: QuorumPart | None
    base: BasePart
    needed: int
    figures: FiguresPart
    lines: list[LinePart]
    elected: list[int]
    tied: list[int]
    seats_left: int
    next: TextPart
    notices: list[TextPart]
    left_out: list[LeftOutPart]
    tellers: list[TellerPart]
    stations: list[StationPart]
    settled: int
    issued_ms: int
    compared_ms: int
    closed_ms: int
    sealed_until: str
    complaints_until: str
