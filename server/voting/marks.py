"""How a ballot's choice is written in its row: one short text for each kind of ballot, the same for the same choice.

    motion, opinion   "for", "against", "not_voting" or "other"
    choice            the numbers of the chosen options, ascending: "1,4"; "none" when none was chosen
    confidence        a level for each name, in their order: "high,plain,low"
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from server.core.errors import Refused
from server.core.text import clean_lines
from server.voting.bodies import BallotIn
from server.voting.rules import BallotKind, Choice, Level

NONE = "none"
_CHOICES = {
    BallotKind.MOTION: (Choice.FOR, Choice.AGAINST, Choice.NOT_VOTING),
    BallotKind.OPINION: (Choice.FOR, Choice.AGAINST, Choice.OTHER),
}


@dataclass(frozen=True, slots=True)
class Form:
    """What a poll's ballot asks."""

    kind: BallotKind
    options: int
    most: int

    def choice(self, said: BallotIn) -> str:
        """The text of what was said. Raises Refused `ballot_not_fit`, `ballot_too_many` or `opinion_missing`."""
        if self.kind in _CHOICES:
            return self._one(said)
        return self._several(said) if self.kind == BallotKind.CHOICE else self._levels(said)

    def opinion(self, said: BallotIn) -> str:
        """The written opinion, where the ballot has one."""
        return clean_lines(said.opinion) if said.choice == Choice.OTHER else ""

    def _one(self, said: BallotIn) -> str:
        if said.choice not in _CHOICES[self.kind] or said.options is not None or said.levels is not None:
            raise Refused("ballot_not_fit")
        if said.choice == Choice.OTHER and not clean_lines(said.opinion):
            raise Refused("opinion_missing")
        return said.choice.value

    def _several(self, said: BallotIn) -> str:
        if said.options is None or said.choice is not None or said.levels is not None:
            raise Refused("ballot_not_fit")
        chosen = sorted(set(said.options))
        if len(chosen) != len(said.options) or any(number > self.options for number in chosen):
            raise Refused("ballot_not_fit")
        if len(chosen) > self.most:
            raise Refused("ballot_too_many", most=self.most)
        return ",".join(map(str, chosen)) or NONE

    def _levels(self, said: BallotIn) -> str:
        if said.levels is None or said.choice is not None or said.options is not None:
            raise Refused("ballot_not_fit")
        if len(said.levels) != self.options:
            raise Refused("ballot_not_fit")
        return ",".join(level.value for level in said.levels)


def tally_choices(choices: Iterable[str]) -> dict[Choice, int]:
    """How many chose what, of motions and opinions."""
    return dict(Counter(Choice(choice) for choice in choices))


def tally_options(choices: Iterable[str], options: int) -> list[int]:
    """Votes of each option, in order."""
    votes = [0] * options
    for choice in choices:
        for number in chosen(choice):
            votes[number - 1] += 1
    return votes


def tally_levels(choices: Iterable[str], names: int) -> list[Mapping[Level, int]]:
    """For each name, how many gave which level."""
    votes: list[Counter[Level]] = [Counter() for _ in range(names)]
    for choice in choices:
        for place, level in enumerate(choice.split(",")):
            votes[place][Level(level)] += 1
    return [{level: counted.get(level, 0) for level in Level} for counted in votes]


def chosen(choice: str) -> list[int]:
    """The numbers of a choice."""
    return [] if choice == NONE else [int(number) for number in choice.split(",")]
