"""What screens see of paper votes. Before the comparison nothing here tells what another station entered.

`line`s count from 1 and are the ballot's own; marks are one letter a line (marks.py). Times are epoch milliseconds.
"""

from server.core.views import View


class PaperRuleView(View):
    """The rule of a vote in words and numbers. Integers only: `threshold` is numerator/denominator, strict or not.

    `base_count` and `needed` are None until the ballots are handed out (or, of ballots, counted). `whole` is the base
    before `excluded`. `surplus_article`, `floor_article`: what the two percentages rest on, "" without them.
    """

    code: str
    name: str
    name_en: str
    citation: str
    note: str
    base: str
    whole: int | None
    excluded: int
    base_count: int | None
    numerator: int
    denominator: int
    strict: bool
    needed: int | None
    convened: int
    present: int
    quorum_needed: int | None
    most_surplus_percent: int | None
    floor_nominee_percent: int | None
    surplus_article: str
    floor_article: str


class ExclusionChoice(View):
    """One entry of the rule's closed list of exclusions."""

    code: str
    text: str
    text_en: str
    article: str


class PaperExclusionView(View):
    """Somebody who is not counted in the base, and why."""

    participant_id: int
    name: str
    code: str
    text: str
    text_en: str
    reason: str


class SurplusView(View):
    """Candidates over seats against what the rule allows (190-QĐ/TW Điều 14). `most` None: no limit is set."""

    standing: int
    seats: int
    surplus: int
    most: int | None
    ok: bool


class CandidateView(View):
    """One candidate, or whom a confidence vote is about.

    `line`: on the printed ballot, None before printing and for who is not on it. `standing`: standing, withdrawn or
    left_out. `on_paper_only`: withdrew after the ballots were printed; the name stands on the paper and does not count.
    """

    id: int
    line: int | None
    participant_id: int | None
    name: str
    title: str
    unit: str
    birth: str
    detail: str
    source: str
    nominators: list[str]
    nomination_votes: int | None
    nomination_attending: int | None
    standing: str
    reason: str
    on_paper_only: bool


class TellerView(View):
    """A teller of the meeting. `head`: he leads the tellers (trưởng ban)."""

    participant_id: int
    name: str
    title: str
    unit: str
    head: bool


class TellerList(View):
    """The tellers, the head first."""

    tellers: list[TellerView]


class StationView(View):
    """A station. `state`: free, held or committed. `entered` (how many ballots) is for the console only."""

    number: int
    state: str
    holder_id: int | None
    holder: str | None
    held_since_ms: int | None
    committed_ms: int | None
    entered: int | None


class InvalidCount(View):
    """How many ballots are invalid for one reason."""

    category: str
    count: int


class PaperFigures(View):
    """issued = returned + not_returned; returned = valid + invalid, always. All categories are listed, 0 too."""

    issued: int
    returned: int
    not_returned: int
    valid: int
    invalid: int
    invalid_by: list[InvalidCount]


class PaperResultLine(View):
    """What one line of the ballot got, in ballot order.

    Election: `votes` (kept or for), `against` (struck or against). Confidence: `high`, `plain`, `low`. `uncounted`:
    valid ballots that say nothing of this person. `share_hundredths`: votes (confidence: none) of the base, in
    hundredths of a percent, rounded half up. `outcome`: elected, not_elected, tied, withdrawn, or "" for confidence.
    `notices`: codes of the thresholds that were reached (96-QĐ/TW).
    """

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


class PaperNotice(View):
    """What a notice of a confidence vote says: the threshold only, no advice."""

    code: str
    text: str
    text_en: str


class PaperResultView(View):
    """The result, from the result record alone.

    `elected` and `tied` hold ballot lines; elected from high to low. `seats_left`: not filled. `next` and `next_en`:
    the rule's next step after a tie or with seats left, "" otherwise. `share`s are of `base_count`.
    """

    figures: PaperFigures
    base_count: int
    needed: int
    seats: int
    seats_left: int
    lines: list[PaperResultLine]
    elected: list[int]
    tied: list[int]
    next: str
    next_en: str
    notices: list[PaperNotice]
    settled: int
    sealed_until: str
    complaints_until: str
    record_hash: str


class PaperVoteRow(View):
    """One paper vote in a list.

    `kind`: election_surplus, election_no_surplus or confidence. `state`: draft, printed, issued, counting, compared,
    closed, published or annulled. `lines`: names on the ballot. `returned`: known once compared. `open_differences`:
    None before the comparison.
    """

    id: int
    agenda_item_id: int | None
    follows_id: int | None
    round: int
    title: str
    kind: str
    seats: int
    state: str
    lines: int
    issued: int | None
    returned: int | None
    stations: list[StationView]
    differences: int | None
    open_differences: int | None
    annulled_reason: str
    closed_ms: int | None
    published_ms: int | None


class PaperVoteView(PaperVoteRow):
    """One paper vote, whole."""

    rule: PaperRuleView
    surplus: SurplusView | None
    candidates: list[CandidateView]
    exclusions: list[PaperExclusionView]
    exclusion_choices: list[ExclusionChoice]
    problems: list["PaperProblem"]
    result: PaperResultView | None


class PaperProblem(View):
    """What still keeps a draft from being printed: a stable code and words."""

    code: str
    text: str
    text_en: str


class PaperVoteList(View):
    """All paper votes of a meeting, in agenda order of their making."""

    votes: list[PaperVoteRow]


class ConsolePaperView(View):
    """Topic `paper` for the console."""

    votes: list[PaperVoteRow]
    tellers: list[TellerView]


class TellerPaperView(View):
    """Topic `paper` for the tellers' stations: the same, without how far any station is."""

    votes: list[PaperVoteRow]
    tellers: list[TellerView]


class PublicLine(View):
    """One line of a published result. `outcome` as in PaperResultLine."""

    line: int
    name: str
    votes: int
    against: int
    high: int
    plain: int
    low: int
    uncounted: int
    outcome: str
    notices: list[str]


class PublicResult(View):
    """A published result for seat and wall; lines in ballot order, `elected` and `tied` are lines."""

    figures: PaperFigures
    base_count: int
    needed: int
    seats_left: int
    lines: list[PublicLine]
    elected: list[int]
    tied: list[int]
    next: str
    next_en: str


class PublicPaperVote(View):
    """A paper vote as everybody in the room may know it. `withdrawn`: names on the paper that do not count."""

    id: int
    round: int
    title: str
    kind: str
    seats: int
    state: str
    rule: str
    rule_en: str
    citation: str
    issued: int | None
    returned: int | None
    withdrawn: list[str]
    result: PublicResult | None


class PaperView(View):
    """Topic `paper` for seat and wall: the vote under way, else the one published last."""

    vote: PublicPaperVote | None
