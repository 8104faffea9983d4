"""What a pile of paper ballots comes to, in whole numbers only. Pure: the order of ballots never matters."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from server.voting.paper.comparing import Form
from server.voting.paper.marks import marks_of, outcome
from server.voting.paper.models import Invalid
from server.voting.rules import CountedOf, RuleSet, rank
from server.voting.rules.ruleset import Notice


@dataclass(frozen=True, slots=True)
class Figures:
    """issued = returned + not_returned and returned = valid + invalid, by construction."""

    issued: int
    returned: int
    invalid_by: Mapping[Invalid, int]

    @property
    def invalid(self) -> int:
        """Invalid ballots of all categories."""
        return sum(self.invalid_by.values())

    @property
    def valid(self) -> int:
        """Valid ballots."""
        return self.returned - self.invalid

    @property
    def not_returned(self) -> int:
        """Handed out and not in the box."""
        return self.issued - self.returned


@dataclass(frozen=True, slots=True)
class Tally:
    """One line of the ballot over all valid ballots: how often each letter stands on it. Nothing for who withdrew."""

    line: int
    letters: Mapping[str, int]
    withdrawn: bool = False

    @property
    def votes(self) -> int:
        """For this person: kept, or for."""
        return self.letters.get("k", 0) + self.letters.get("f", 0)

    @property
    def against(self) -> int:
        """Struck, or against."""
        return self.letters.get("s", 0) + self.letters.get("a", 0)

    @property
    def uncounted(self) -> int:
        """Valid ballots that say nothing of this person: both or no box, several or none."""
        return sum(self.letters.get(letter, 0) for letter in "bnm")

    def level(self, name: str) -> int:
        """How many high, plain or low."""
        return self.letters.get(name[0], 0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who is elected: lines from high to low; `tied` at the last seat, of whom nobody is; seats not filled."""

    elected: tuple[int, ...]
    tied: tuple[int, ...]
    seats_left: int


def count(form: Form, lines: int, pile: Iterable[str], issued: int) -> tuple[Figures, list[Tally]]:
    """Count readings. Raises ValueError when more came back than were issued."""
    invalid: Counter[Invalid] = Counter()
    valid: list[str] = []
    returned = 0
    for read in pile:
        returned += 1
        why = outcome(form.kind, form.seats, read, form.ignored)
        if why is None:
            valid.append(marks_of(read) or "")
        else:
            invalid[why] += 1
    if returned > issued:
        raise ValueError(f"{returned} ballots of {issued}")
    columns = zip(*valid, strict=True) if valid else [()] * lines
    tallies = [
        Tally(line, {} if line in form.ignored else Counter(column), line in form.ignored)
        for line, column in enumerate(columns, 1)
    ]
    return Figures(issued, returned, {one: invalid[one] for one in Invalid}), tallies


def base_count(rule: RuleSet, base: int | None, figures: Figures) -> int:
    """The number a share is of: frozen (`base`), or the ballots cast or valid."""
    if rule.base == CountedOf.CAST:
        return figures.returned
    if rule.base == CountedOf.VALID:
        return figures.valid
    return base or 0


def elect(seats: int, needed: int, tallies: Iterable[Tally]) -> Verdict:
    """Who reaches `needed`, at most `seats` of them, the highest first.

    Equality at the last seat elects nobody of those tied (the rule's `tie` says what follows).
    """
    standing = [one for one in tallies if not one.withdrawn]
    ranking = rank([one.votes for one in standing], needed, seats)
    elected, tied = (tuple(standing[place].line for place in places) for places in (ranking.chosen, ranking.tied))
    return Verdict(elected, tied, seats - len(elected))


def share_hundredths(votes: int, of: int) -> int:
    """votes/of in hundredths of a percent, rounded half up: 2 of 3 is 6667. 0 of nothing is 0."""
    return (20_000 * votes + of) // (2 * of) if of else 0


def notices(rule: RuleSet, tally: Tally, base: int) -> list[Notice]:
    """The thresholds a confidence vote reaches (96-QĐ/TW): of the levels' numbers, nothing else."""
    if tally.withdrawn:
        return []
    return [one for one in rule.notices if one.reached(tally.level(one.of), base)]


def next_in_line(tallies: Iterable[Tally], verdict: Verdict, most: int) -> list[int]:
    """Whom a further round is about: those tied, else the next highest, at most `most`; those equal to the last too."""
    if verdict.tied:
        return list(verdict.tied)
    rest = sorted(
        (one for one in tallies if not one.withdrawn and one.line not in verdict.elected),
        key=lambda one: (-one.votes, one.line),
    )
    if not rest:
        return []
    last = rest[min(most, len(rest)) - 1].votes
    return [one.line for one in rest if one.votes >= last]
