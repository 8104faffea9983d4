"""Where everybody sat, from the labels of the seats: "B12" is row B, column 12, as on the wall's plan."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from server.core.text import clean
from server.voting.outcome import PollOutcome
from server.voting.rules import BallotKind

ACROSS = 12        # labels of another shape fill rows of so many, in their order
MOST_COLUMNS = 40  # a plan that is wider than this is none
_LABEL = re.compile(r"^(\D+?)[\s.-]*(\d{1,4})$")


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat: `choice` as in marks.py for motions and opinions, "cast" for other ballots, "" for no ballot."""

    label: str
    row: int
    column: int
    choice: str


def seats_of(body: PollOutcome) -> list[Seat]:
    """Every elector's seat, from the record. Who has no seat is not on the plan."""
    simple = body.kind in (BallotKind.MOTION, BallotKind.OPINION)
    found = [(clean(one.seat), one.choice if simple else "cast") for one in body.voters if one.seat]
    found += [(clean(one.seat), "") for one in body.silent if one.seat]
    found = sorted(((label, choice) for label, choice in found if label), key=_order)
    return _placed(found)


def without_seat(body: PollOutcome) -> int:
    """How many electors are not on the plan."""
    return sum(not clean(one.seat or "") for one in (*body.voters, *body.silent))


def _order(one: tuple[str, str]) -> tuple[int, str, int]:
    parts = _LABEL.match(one[0])
    return (len(parts[1]), parts[1], int(parts[2])) if parts else (99, one[0], 0)


def _placed(found: Sequence[tuple[str, str]]) -> list[Seat]:
    """Rows by their letters, columns by their numbers; if that gives no plan (odd labels, two on one seat, gaps wider
    than the room), rows of ACROSS."""
    split = [_LABEL.match(label) for label, _ in found]
    places: list[tuple[int, int]] = []
    if all(split):
        rows = {name: at for at, name in enumerate(dict.fromkeys(parts[1] for parts in split if parts))}
        places = [(rows[parts[1]], int(parts[2])) for parts in split if parts]
    wide = max((column for _, column in places), default=0) - min((column for _, column in places), default=0)
    if not places or wide >= MOST_COLUMNS or len(set(places)) < len(places):
        places = [divmod(at, ACROSS) for at in range(len(found))]
    left = min((column for _, column in places), default=0)
    return [
        Seat(label, row, column - left, choice)
        for (label, choice), (row, column) in zip(found, places, strict=True)
    ]
