"""What those who count see: their own station, the answers to entering, and after the comparison the differences.

`line`s count from 1 and are the ballot's own; marks are one letter a line (marks.py).
"""

from server.core.views import View
from server.voting.paper.views import StationView


class BallotLine(View):
    """One line as the station shows it for entering. `counts`: False for who withdrew after printing."""

    line: int
    name: str
    detail: str
    counts: bool


class BallotEntryView(View):
    """One ballot of one's own station. Either `marks`, or `invalid` by the teller.

    `judged`: the category by which the server finds the ballot invalid (its marks' or the teller's own); None: valid.
    """

    number: int
    marks: str
    invalid: str | None
    judged: str | None
    entered_ms: int


class StationBallots(View):
    """One's own station, with everything it entered, by number."""

    vote_id: int
    title: str
    kind: str
    seats: int
    letters: str
    issued: int
    station: StationView
    lines: list[BallotLine]
    ballots: list[BallotEntryView]


class Judged(View):
    """How the server judged one entered ballot: the category, None when valid."""

    number: int
    judged: str | None


class EntriesStored(View):
    """Answer to entering: how many ballots this station has now, its highest number, and the judgement of each."""

    station: int
    entered: int
    highest: int
    ballots: list[Judged]


class BallotReading(View):
    """How a ballot, or one line of it, reads. Exactly one of: `marks` (one letter for a line), `invalid`, `absent`."""

    marks: str | None
    invalid: str | None
    absent: bool


class DifferenceView(View):
    """Where the stations do not agree. `line` 0 is the whole ballot; `values` are those of stations 1, 2 and 3.

    `kind`: line, ballot (whether valid, or why not), missing (not all stations have this ballot) or reopened (all
    agree; two tellers opened it). `pending`: reopened by one teller and waits for a second.
    """

    id: int
    ballot: int
    line: int
    kind: str
    name: str
    values: list[BallotReading]
    pending: bool
    reason: str
    opened_by: str
    opened_by_id: int | None
    seconded_by: str
    settled: BallotReading | None
    note: str
    settled_by: str
    settled_ms: int | None


class DifferenceList(View):
    """Differences by ballot and line, at most 500 from `skip` on. `total` and `open` count all of them.

    `returned`: how many ballots each station counted.
    """

    returned: list[int]
    total: int
    open: int
    skip: int
    differences: list[DifferenceView]


class Compared(View):
    """Answer to the comparison."""

    ballots: int
    differences: int
