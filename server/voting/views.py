"""What screens see of votes. Partial results are in no view but the console's, and there only after close."""

from server.core.views import View


class RuleWords(View):
    """A rule in words: its name, where it stands, what a tie means, and what is doubtful about its figures."""

    code: str
    name: str
    name_en: str
    citation: str
    note: str
    tie: str
    tie_en: str
    remarks: list[str]
    remarks_en: list[str]


class ExclusionCount(View):
    """How many are left out of the base for one reason of the rule's list."""

    code: str
    text: str
    text_en: str
    count: int


class Rule(View):
    """The rule of a poll in numbers. `base`: convened, members (all of the body), entitled, present, cast or valid.

    `base_count` and `needed` are None while the base is not known yet (ballots cast, before close). `base_from` is the
    number before the exclusions. `words` are there where one poll is shown; the console has them in its list of rules.
    """

    code: str
    base: str
    base_from: int | None
    base_count: int | None
    exclusions: list[ExclusionCount]
    numerator: int
    denominator: int
    strict: bool
    needed: int | None
    quorum_needed: int
    quorum_present: int
    words: RuleWords | None


class TallyLine(View):
    """One option or name: `votes` for it (choice), or the three levels (confidence).

    `chosen`: it is among those chosen; `tied`: it ties for the last place, which equality does not give; `notices`:
    codes of the thresholds it reached.
    """

    label: str
    votes: int | None
    high: int | None
    plain: int | None
    low: int | None
    chosen: bool
    tied: bool
    notices: list[str]


class Tally(View):
    """Counts after close, and the verdict: passed or failed; None where the vote has no single verdict (`lines`)."""

    votes_for: int
    votes_against: int
    not_voting: int
    other: int
    cast: int
    not_cast: int
    base_count: int
    needed: int
    passed: bool | None
    lines: list[TallyLine]
    record: str


class Obstacle(View):
    """Why a draft cannot be opened now."""

    code: str
    text: str
    text_en: str


class BatchPlace(View):
    """Which vote of a batch this is: "2/5"."""

    id: int
    place: int
    size: int


class PollView(View):
    """One poll. `state`: draft, open, closed, published or annulled; `kind`: motion, opinion, choice or confidence.

    Seats and walls get `tally` only when it is published. In the console's list `options` and the lines of `tally` are
    there for the poll shown now only (16 kB a topic); `option_count` always is.
    """

    id: int
    agenda_item_id: int | None
    title: str
    motion: str
    state: str
    kind: str
    options: list[str]
    option_count: int
    choose_most: int | None
    named: bool
    changeable: bool
    rule: Rule
    opened_ms: int | None
    deadline_ms: int | None
    closed_ms: int | None
    cast: int
    entitled_present: int
    tally: Tally | None
    annulled_ms: int | None
    annulled_reason: str | None
    replaces_id: int | None
    batch: BatchPlace | None
    may_reserve: bool
    obstacles: list[Obstacle]


class VoteView(View):
    """Topic `vote` for seat and wall: the open poll, else the one closed or published last, else None.

    A wall that shows the result of an earlier poll gets that one.
    """

    poll: PollView | None


class BatchView(View):
    """The running batch, or the one that ran last. `stopped_by`: code of the refusal that stopped it, with words."""

    id: int
    state: str
    done: int
    size: int
    seconds: int
    pause_seconds: int
    next_ms: int | None
    stopped_by: Obstacle | None


class ConsoleVoteView(View):
    """Topic `vote` for the console: all polls of the meeting in agenda order, and which one is open.

    `shown_id` is the one with options and lines: the open one, else the one closed or published last.
    """

    polls: list[PollView]
    open_id: int | None
    shown_id: int | None
    rules: list[RuleWords]
    batch: BatchView | None


class ExclusionView(View):
    """Somebody left out of a poll's base."""

    participant_id: int
    name: str
    code: str
    note: str


class PollDetails(PollView):
    """One poll with everything the console edits."""

    seconds: int | None
    members: int | None
    excluded: list[ExclusionView]


class Receipt(View):
    """Answer to a ballot. `choice` as stored: "for", "1,4", "high,low" (marks.py)."""

    poll_id: int
    choice: str
    cast_ms: int
    changed: bool


class TurnoutRow(View):
    """One elector: in the room, his seat on the line, and whether his ballot is in; never what it says."""

    participant_id: int
    name: str
    unit: str
    seat: str | None
    present: bool
    online: bool
    voted: bool


class TurnoutView(View):
    """Who is ready, who has voted. `voted` of an unnamed vote is known only after its close."""

    rows: list[TurnoutRow]


class ReservedView(View):
    """A reserved opinion."""

    participant_id: int
    name: str
    unit: str
    text: str
    stated_ms: int
    sha256: str


class ReservedList(View):
    """Reserved opinions of one poll, in the order they were stated."""

    opinions: list[ReservedView]


class RecordView(View):
    """A signed result record and whether its signature holds."""

    text: str
    sha256: str
    signature: str
    public_key: str
    sealed_ms: int
    valid: bool


class RuleReason(View):
    """One reason for leaving somebody out of the base."""

    code: str
    text: str
    text_en: str
    article: str


class RuleSetView(RuleWords):
    """A rule to choose from. `own`: the unit's own; `adjustable`: base, threshold, changeable."""

    subject: str
    forms: list[str]
    kinds: list[str]
    base: str
    numerator: int
    denominator: int
    strict: bool
    quorum_numerator: int | None
    quorum_denominator: int | None
    names: str
    changeable: bool
    late_arrivals: bool
    reserved_opinions: bool
    adjustable: list[str]
    exclusions: list[RuleReason]
    own: bool


class RuleSetList(View):
    """Rules that a meeting or a unit may use, those for open votes first."""

    rules: list[RuleSetView]
