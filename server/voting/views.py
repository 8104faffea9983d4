"""What screens see of votes. Partial results are in no view but the console's, and there only after close."""

from server.core.views import View


class Rule(View):
    """The rule of a poll in numbers. `base`: convened, entitled, present or cast. `needed` is an integer.

    `base_count` and `needed` are None while the base is not known yet (ballots cast, before close).
    """

    base: str
    base_count: int | None
    numerator: int
    denominator: int
    strict: bool
    needed: int | None
    quorum_needed: int


class Tally(View):
    """Counts after close, and the verdict: passed or failed."""

    votes_for: int
    votes_against: int
    not_voting: int
    cast: int
    not_cast: int
    base_count: int
    needed: int
    passed: bool


class PollView(View):
    """One poll. `state`: draft, open, closed or published; seats and walls get `tally` only when published."""

    id: int
    agenda_item_id: int | None
    title: str
    motion: str
    state: str
    changeable: bool
    rule: Rule
    opened_ms: int | None
    deadline_ms: int | None
    closed_ms: int | None
    cast: int
    entitled_present: int
    tally: Tally | None


class VoteView(View):
    """Topic `vote` for seat and wall: the open poll, else the one closed or published last, else None.

    A wall that shows the result of an earlier poll gets that one.
    """

    poll: PollView | None


class ConsoleVoteView(View):
    """Topic `vote` for the console: all polls of the meeting in agenda order, and which one is open."""

    polls: list[PollView]
    open_id: int | None


class Receipt(View):
    """Answer to a ballot."""

    poll_id: int
    choice: str
    cast_ms: int
    changed: bool
