"""Three readings of one pile: where they differ, and what is left when the tellers have settled it. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from server.voting.paper.marks import ABSENT, marks_of, outcome
from server.voting.paper.models import PaperKind

Pile = Mapping[int, str]  # reading by ballot number


@dataclass(frozen=True, slots=True)
class Found:
    """One difference. `line` 0 is the whole ballot; `values` as in models.Difference."""

    ballot: int
    line: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What the tellers found on the paper."""

    ballot: int
    line: int
    value: str


@dataclass(frozen=True, slots=True)
class Form:
    """What the ballot is: kind, seats, and the lines of those who withdrew."""

    kind: PaperKind
    seats: int
    ignored: frozenset[int] = frozenset()


def differences(form: Form, piles: Sequence[Pile]) -> list[Found]:
    """Every difference by ballot and line.

    Where all stations read marks, each line that is not the same at all of them. Else the whole ballot: when a station
    does not have it, or when they differ in whether it is valid, or why not. Marks that make a ballot invalid agree
    with a teller who entered that category.
    """
    numbers = sorted(set().union(*piles))
    return [found for number in numbers for found in _of_ballot(form, number, [p.get(number, ABSENT) for p in piles])]


def _of_ballot(form: Form, number: int, readings: Sequence[str]) -> Iterable[Found]:
    first = readings[0]
    if all(one == first for one in readings):
        return ()
    marks = [marks_of(one) for one in readings]
    if all(one is not None for one in marks):
        lines = enumerate(zip(*(one or "" for one in marks), strict=True), 1)
        return [Found(number, line, values) for line, values in lines if len(set(values)) > 1]
    if ABSENT not in readings:
        judged = {outcome(form.kind, form.seats, one, form.ignored) for one in readings}
        if len(judged) == 1 and None not in judged:
            return ()
    return [Found(number, 0, tuple(readings))]


def resolve(piles: Sequence[Pile], settled: Collection[Settled]) -> dict[int, str]:
    """The pile as the paper says: what all agree on, with what was settled in its place.

    A settled whole ballot outweighs its settled lines. Absent ballots are left out.
    """
    whole = {one.ballot: one.value for one in settled if one.line == 0}
    lines: dict[int, list[Settled]] = {}
    for one in settled:
        if one.line:
            lines.setdefault(one.ballot, []).append(one)
    final: dict[int, str] = {}
    for number in sorted(set().union(*piles)):
        read = whole.get(number) or _with_lines(piles[0].get(number, ABSENT), lines.get(number, ()))
        if read != ABSENT:
            final[number] = read
    return final


def _with_lines(read: str, settled: Iterable[Settled]) -> str:
    letters = list(read)
    for one in settled:
        letters[one.line + 1] = one.value  # after "m:"
    return "".join(letters)


def first_hole(final: Mapping[int, str]) -> tuple[int, int] | None:
    """A number that is not there though a later one is: (it, the later one)."""
    hole = next((number for number in range(1, len(final) + 1) if number not in final), None)
    return None if hole is None else (hole, max(final))
