"""What holds of every count, whatever was cast: order, monotony, ties, shares, ranking, and how ballots are written."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.voting import marks, outcome
from server.voting.bodies import BallotIn
from server.voting.marks import Form
from server.voting.models import Poll
from server.voting.rules import (
    BallotKind,
    Choice,
    CountedOf,
    Level,
    Majority,
    is_fit,
    needed,
    rank,
    shares,
    shipped,
)

THRESHOLDS = st.tuples(st.integers(1, 60), st.integers(1, 60), st.booleans()).filter(lambda found: is_fit(*found))
OPTIONS, NAMES = 6, 3
BALLOTS = {
    BallotKind.MOTION: st.sampled_from(["for", "against", "not_voting"]),
    BallotKind.OPINION: st.sampled_from(["for", "against", "other"]),
    BallotKind.CHOICE: st.sets(st.integers(1, OPTIONS)).map(lambda found: ",".join(map(str, sorted(found))) or "none"),
    BallotKind.CONFIDENCE: st.lists(st.sampled_from(list(Level)), min_size=NAMES, max_size=NAMES).map(",".join),
}
BOXES = st.sampled_from(list(BallotKind)).flatmap(
    lambda kind: st.tuples(st.just(kind), st.lists(BALLOTS[kind], max_size=40))
)


def poll(kind: BallotKind, threshold: tuple[int, int, bool], base: int | None, seats: int = 2) -> Poll:
    labels = {BallotKind.CHOICE: OPTIONS, BallotKind.CONFIDENCE: NAMES}.get(kind, 0)
    numerator, denominator, strict = threshold
    return Poll(
        kind=kind, options=[f"{place}" for place in range(labels)], choose_most=seats, numerator=numerator,
        denominator=denominator, strict=strict, counted_of=CountedOf.CAST if base is None else CountedOf.ENTITLED,
        base_count=base, rule=shipped()["confidence-96"].model_dump(mode="json"),
    )


@given(BOXES, st.integers(0, 20), THRESHOLDS, st.booleans(), st.randoms())
def test_no_verdict_depends_on_the_order_of_the_ballots(
    box: tuple[BallotKind, list[str]], absent: int, threshold: tuple[int, int, bool], cast_only: bool, random: Any
) -> None:
    kind, ballots = box
    asked = poll(kind, threshold, None if cast_only else len(ballots) + absent)
    shuffled = list(ballots)
    random.shuffle(shuffled)
    made = outcome.count(asked, ballots)
    assert made == outcome.count(asked, shuffled) == outcome.count(asked, sorted(ballots))
    assert made.cast == len(ballots)
    if kind in (BallotKind.MOTION, BallotKind.OPINION):
        assert made.votes_for + made.votes_against + made.not_voting + made.other == made.cast
        assert made.passed == (made.votes_for >= made.needed)


@given(st.lists(BALLOTS[BallotKind.MOTION], max_size=60), st.integers(1, 20), THRESHOLDS, st.booleans())
def test_one_more_for_never_turns_passed_into_failed(
    ballots: list[str], absent: int, threshold: tuple[int, int, bool], cast_only: bool
) -> None:
    asked = poll(BallotKind.MOTION, threshold, None if cast_only else len(ballots) + absent)
    before, after = outcome.count(asked, ballots), outcome.count(asked, [*ballots, "for"])
    assert not before.passed or after.passed


@given(st.lists(BALLOTS[BallotKind.MOTION], min_size=1, max_size=60), st.data(), THRESHOLDS)
def test_who_changes_to_for_never_turns_passed_into_failed(
    ballots: list[str], data: st.DataObject, threshold: tuple[int, int, bool]
) -> None:
    place = data.draw(st.integers(0, len(ballots) - 1))
    asked = poll(BallotKind.MOTION, threshold, len(ballots))
    changed = [*ballots[:place], "for", *ballots[place + 1 :]]
    assert not outcome.count(asked, ballots).passed or outcome.count(asked, changed).passed


@given(st.integers(0, 40), st.integers(0, 20), st.integers(0, 20), THRESHOLDS, st.booleans())
def test_a_tie_never_passes(
    each: int, others: int, absent: int, threshold: tuple[int, int, bool], cast_only: bool
) -> None:
    ballots = ["for"] * each + ["against"] * each + ["not_voting"] * others
    asked = poll(BallotKind.MOTION, threshold, None if cast_only else len(ballots) + absent)
    assert outcome.count(asked, ballots).passed is False


@given(st.integers(1, 5000), THRESHOLDS)
def test_all_of_the_base_is_always_enough(base: int, threshold: tuple[int, int, bool]) -> None:
    assert needed(base, *threshold) <= base
    assert Majority(CountedOf.ENTITLED, *threshold).passed(base, base)


# --- shares ----------------------------------------------------------------------------------------------------------

COUNTS = st.lists(st.integers(0, 700), min_size=1, max_size=6)


@given(COUNTS, st.integers(0, 700), st.sampled_from([100, 1000, 10_000]))
def test_shares_add_up(counts: list[int], silent: int, units: int) -> None:
    whole = sum(counts) + silent
    made = shares([*counts, silent], whole, units)
    assert sum(made) == (units if whole else 0)
    assert made[:-1] == shares(counts, whole, units), "the rest takes part, seen or not"


@given(COUNTS, st.integers(0, 700), st.sampled_from([100, 1000, 10_000]))
def test_each_share_is_its_value_rounded_down_or_up(counts: list[int], silent: int, units: int) -> None:
    whole = max(1, sum(counts) + silent)
    for count, share in zip(counts, shares(counts, whole, units), strict=True):
        assert share in (count * units // whole, -(-count * units // whole))


@given(COUNTS, st.integers(0, 700), st.sampled_from([100, 1000, 10_000]))
def test_a_larger_count_never_has_a_smaller_share(counts: list[int], silent: int, units: int) -> None:
    made = shares(counts, sum(counts) + silent, units)
    for count, share in zip(counts, made, strict=True):
        assert all(share <= other for more, other in zip(counts, made, strict=True) if more > count)


@given(st.integers(0, 2000), st.integers(0, 2000), st.integers(0, 2000))
def test_a_tie_looks_like_a_tie(each: int, others: int, silent: int) -> None:
    """But for sums that would not add up otherwise: then one of the two is the smallest unit more."""
    whole = 2 * each + others + silent
    made = shares([each, each, others], whole)
    alone = [count for count in {others, silent} - {each} if count * 10_000 % max(whole, 1)]
    if others != silent and each not in (others, silent) and alone:
        assert made[0] == made[1]
    assert abs(made[0] - made[1]) <= 1


def test_half_of_ten_is_half_and_thirds_add_up() -> None:
    assert shares([5, 5], 10) == [5000, 5000]
    assert sum(shares([1, 1, 1], 3)) == 10_000
    assert shares([29, 29], 60) == [4833, 4833]
    assert shares([0, 0], 0) == [0, 0]
    assert shares([46, 6, 4, 4], 60, 1000) == [766, 100, 67, 67]  # the same as on the screens: tests/web/shares.test.ts
    assert shares([4, 1, 1], 6, 1000) == [666, 167, 167]
    assert sum(shares([5, 5, 5], 10)) == 10_000  # more than the whole: still no more than all


# --- ranking ---------------------------------------------------------------------------------------------------------

VOTES = st.lists(st.integers(0, 12), max_size=12)
SEATS, NEEDED = st.integers(1, 8), st.integers(0, 10)


@given(VOTES, NEEDED, SEATS)
def test_never_more_are_chosen_than_there_are_seats(votes: list[int], enough: int, seats: int) -> None:
    made = rank(votes, enough, seats)
    assert len(made.chosen) <= seats
    assert all(votes[place] >= enough for place in (*made.chosen, *made.tied))
    assert len(set(made.chosen) | set(made.tied)) == len(made.chosen) + len(made.tied)


@given(VOTES, NEEDED, SEATS)
def test_nobody_is_chosen_before_one_with_more_votes(votes: list[int], enough: int, seats: int) -> None:
    made = rank(votes, enough, seats)
    for place in made.chosen:
        assert all(other in made.chosen for other, number in enumerate(votes) if number > votes[place])
        assert all(other in made.chosen for other, number in enumerate(votes) if number == votes[place]), "equals too"
    assert list(made.chosen) == sorted(made.chosen, key=lambda at: (-votes[at], at))


@given(VOTES, NEEDED, SEATS)
def test_who_ties_across_the_last_seat_is_not_chosen(votes: list[int], enough: int, seats: int) -> None:
    made = rank(votes, enough, seats)
    if made.tied:
        [border] = {votes[place] for place in made.tied}
        assert len(made.chosen) < seats < len(made.chosen) + len(made.tied)
        assert all(votes[place] > border for place in made.chosen)
        assert made.tied == tuple(place for place, number in enumerate(votes) if number == border)
    else:
        assert len(made.chosen) == min(seats, sum(number >= enough for number in votes))


@given(VOTES, NEEDED, SEATS, st.data())
def test_one_more_vote_never_unchooses_anybody(votes: list[int], enough: int, seats: int, data: st.DataObject) -> None:
    made = rank(votes, enough, seats)
    for place in made.chosen:
        more = [number + (at == place) for at, number in enumerate(votes)]
        assert place in rank(more, enough, seats).chosen
    if votes:
        place = data.draw(st.integers(0, len(votes) - 1))
        more = [number + (at == place) for at, number in enumerate(votes)]
        after = rank(more, enough, seats)
        others_lost = set(made.chosen) - set(after.chosen) - {place}
        assert all(votes[at] <= more[place] for at in others_lost), "only he who got the vote can take a seat"


@given(VOTES, NEEDED, SEATS, st.randoms())
def test_who_is_chosen_does_not_depend_on_the_order_of_the_list(
    votes: list[int], enough: int, seats: int, random: Any
) -> None:
    order = list(range(len(votes)))
    random.shuffle(order)
    made, other = rank(votes, enough, seats), rank([votes[place] for place in order], enough, seats)
    assert {order[place] for place in other.chosen} == set(made.chosen)
    assert {order[place] for place in other.tied} == set(made.tied)


# --- ballots as they are written -------------------------------------------------------------------------------------


@given(st.integers(1, 60), st.data())
def test_chosen_options_read_back_as_they_were_chosen(options: int, data: st.DataObject) -> None:
    said = data.draw(st.lists(st.integers(1, options), unique=True))
    form = Form(BallotKind.CHOICE, options, most=options)
    written = form.choice(BallotIn(options=said))
    assert marks.chosen(written) == sorted(said)
    assert marks.tally_options([written], options) == [int(place in said) for place in range(1, options + 1)]
    assert written == form.choice(BallotIn(options=said[::-1])), "the same choice is written the same"
    assert len(written) <= 400


@given(st.lists(st.sampled_from(list(Level)), min_size=1, max_size=60))
def test_levels_read_back_as_they_were_given(said: list[Level]) -> None:
    written = Form(BallotKind.CONFIDENCE, len(said), most=1).choice(BallotIn(levels=said))
    tallied = marks.tally_levels([written], len(said))
    assert [next(level for level, number in given.items() if number) for given in tallied] == said
    assert len(written) <= 400


@pytest.mark.parametrize("kind", [BallotKind.MOTION, BallotKind.OPINION])
def test_plain_choices_read_back_as_they_were_said(kind: BallotKind) -> None:
    for choice in {Choice.FOR, Choice.AGAINST}:
        written = Form(kind, 0, most=1).choice(BallotIn(choice=choice))
        assert marks.tally_choices([written]) == {choice: 1}


@given(st.lists(BALLOTS[BallotKind.CONFIDENCE], max_size=40), st.integers(0, 20))
def test_thresholds_of_confidence_are_reached_as_their_fractions_say(ballots: list[str], absent: int) -> None:
    base = len(ballots) + absent
    for line in outcome.count(poll(BallotKind.CONFIDENCE, (1, 2, True), base), ballots).lines:
        low = line.low or 0
        assert ("low-more-than-half" in line.notices) == (2 * low > base)
        assert ("low-two-thirds" in line.notices) == (base > 0 and 3 * low >= 2 * base)
        assert (line.high or 0) + (line.plain or 0) + low == len(ballots)
