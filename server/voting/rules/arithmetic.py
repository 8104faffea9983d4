"""Majorities, in whole numbers only. The rule of a poll is data; a rule set of a regulation fills the same fields.

Equality never passes (facts/meeting-rules.md §5): a threshold lies at one half, which must be exceeded, or above it,
where "at least" is allowed too ("at least two thirds"). Hence more are for than against whenever a motion passes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, combinations

MOST_GROUPS = 8  # different counts in one sum of shares; a result has five at most


class Choice(StrEnum):
    """What a ballot says. One order everywhere."""

    FOR = "for"
    AGAINST = "against"
    NOT_VOTING = "not_voting"
    OTHER = "other"  # another opinion, which is written; in the place of "not voting" where a ballot asks for opinions


class Level(StrEnum):
    """What a confidence vote asks of each name (Quy định 96-QĐ/TW)."""

    HIGH = "high"
    PLAIN = "plain"
    LOW = "low"


class CountedOf(StrEnum):
    """What the majority is a fraction of. All but the last two are frozen when the poll opens."""

    CONVENED = "convened"  # everybody convened (guests are not), less the rule's exclusions
    ALL_MEMBERS = "members"  # the whole body, convened or not: the figure is given with the poll
    ENTITLED = "entitled"  # those entitled to vote, present or not
    PRESENT = "present"    # those entitled who are in the room at the opening; who comes later does not vote
    CAST = "cast"          # ballots cast, known at the close
    VALID = "valid"        # valid ballots, known at the close; on the seats every ballot is valid


def known_at_close(counted_of: CountedOf) -> bool:
    """Whether the base is the ballots themselves."""
    return counted_of in (CountedOf.CAST, CountedOf.VALID)


def needed(base_count: int, numerator: int, denominator: int, strict: bool) -> int:
    """The smallest number of "for" that passes: 2/3 of 9 is 6; more than 1/2 of 10 is 6. At least 1."""
    if base_count < 0 or numerator < 1 or denominator < 1:
        raise ValueError("a majority is counted in natural numbers")
    whole, rest = divmod(base_count * numerator, denominator)
    return max(1, whole + 1 if strict or rest else whole)


def passed(votes_for: int, base_count: int, numerator: int, denominator: int, strict: bool) -> bool:
    """Whether so many "for" are enough."""
    return votes_for >= needed(base_count, numerator, denominator, strict)


def is_fit(numerator: int, denominator: int, strict: bool) -> bool:
    """Whether a threshold can be reached and no tie passes it: above one half, or one half strictly; at most all."""
    if strict:
        return denominator <= 2 * numerator and numerator < denominator
    return denominator < 2 * numerator and numerator <= denominator


@dataclass(frozen=True, slots=True)
class Majority:
    """The rule of one poll."""

    counted_of: CountedOf
    numerator: int
    denominator: int
    strict: bool

    def needed(self, base_count: int) -> int:
        """See `needed`."""
        return needed(base_count, self.numerator, self.denominator, self.strict)

    def passed(self, votes_for: int, base_count: int) -> bool:
        """See `passed`."""
        return passed(votes_for, base_count, self.numerator, self.denominator, self.strict)


@dataclass(frozen=True, slots=True)
class Count:
    """The outcome of a motion. `votes_for + votes_against + not_voting + other + not_cast == base_count`."""

    votes_for: int
    votes_against: int
    not_voting: int
    base_count: int
    needed: int
    passed: bool
    other: int = 0

    @property
    def cast(self) -> int:
        """Ballots in the box."""
        return self.votes_for + self.votes_against + self.not_voting + self.other

    @property
    def not_cast(self) -> int:
        """How many of the base cast no ballot."""
        return self.base_count - self.cast


def count(majority: Majority, ballots: Mapping[Choice, int], frozen_base: int | None) -> Count:
    """Count a poll: ballots by choice, and the base frozen at the opening (None when the base is the ballots cast)."""
    votes_for, against, not_voting, other = (ballots.get(choice, 0) for choice in Choice)
    cast = votes_for + against + not_voting + other
    base = base_of(cast, frozen_base)
    return Count(votes_for, against, not_voting, base, majority.needed(base), majority.passed(votes_for, base), other)


def base_of(cast: int, frozen_base: int | None) -> int:
    """The base of a count. Raises ValueError when more ballots were cast than there are in the base."""
    base = cast if frozen_base is None else frozen_base
    if cast > base:
        raise ValueError(f"{cast} ballots in a poll of {base}")
    return base


@dataclass(frozen=True, slots=True)
class Ranking:
    """Who is chosen out of several: places in the list, best first; and who ties for the last place."""

    chosen: tuple[int, ...]
    tied: tuple[int, ...]


def rank(votes: Sequence[int], needed_votes: int, seats: int) -> Ranking:
    """The `seats` best of those with enough votes, from high to low, equals in the order of the list.

    Who ties across the last seat is not chosen: equality decides nothing, and the rule says what comes next.
    """
    enough = sorted((place for place, number in enumerate(votes) if number >= needed_votes), key=lambda at: -votes[at])
    if len(enough) <= seats:
        return Ranking(tuple(enough), ())
    border = votes[enough[seats]]
    if seats < 1 or votes[enough[seats - 1]] != border:
        return Ranking(tuple(enough[:seats]), ())
    return Ranking(
        tuple(place for place in enough if votes[place] > border),
        tuple(place for place in enough if votes[place] == border),
    )


def shares(counts: Sequence[int], whole: int, units: int = 10_000) -> list[int]:
    """Each count's share of `whole` in `units` (hundredths of a per cent), rounded so that they add up.

    Every share is its exact value rounded down or up; the shares of all that `whole` is made of are `units` together;
    a larger count never has a smaller share; and equal counts have equal shares wherever the sum allows it, so that a
    tie looks like one. The rest of `whole` takes part unseen. Of nothing, all shares are 0.
    """
    parts = [*counts, max(0, whole - sum(counts))]
    total = sum(parts)
    if total == 0:
        return [0] * len(counts)
    made = [part * units // total for part in parts]
    for place in _rounded_up(parts, total, units):
        made[place] += 1
    return made[: len(counts)]


def _rounded_up(parts: Sequence[int], total: int, units: int) -> list[int]:
    """Places whose shares are rounded up: whole groups of equal counts with the largest remainders, if that comes out
    even; else the largest remainders one by one, the last first (the unseen rest is the last)."""
    lost = {part: part * units % total for part in parts if part * units % total}
    wanted = sum(lost.get(part, 0) for part in parts) // total
    groups = [[place for place, part in enumerate(parts) if part == count] for count in lost]
    best: list[int] | None = None
    # Where one vote is less than one unit, passing over a group might let a smaller count overtake a larger one.
    for some in _subsets(groups) if total <= units and len(groups) <= MOST_GROUPS else ():
        places = [place for group in some for place in group]
        if len(places) == wanted and (best is None or _loss(places, parts, lost) > _loss(best, parts, lost)):
            best = places
    if best is not None:
        return best
    return sorted((at for group in groups for at in group), key=lambda at: (-lost[parts[at]], -at))[:wanted]


def _subsets(groups: Sequence[list[int]]) -> Iterator[tuple[list[int], ...]]:
    return chain.from_iterable(combinations(groups, size) for size in range(len(groups) + 1))


def _loss(places: Sequence[int], parts: Sequence[int], lost: Mapping[int, int]) -> int:
    return sum(lost[parts[place]] for place in places)
