"""Majorities are counted in whole numbers (facts/meeting-rules.md §5)."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from server.voting.rules import Choice, CountedOf, Majority, count, is_fit, needed, passed

SIZES = st.integers(0, 5000)
THRESHOLDS = st.tuples(st.integers(1, 60), st.integers(1, 60), st.booleans()).filter(lambda found: is_fit(*found))


@pytest.mark.parametrize(
    ("base", "numerator", "denominator", "strict", "expected"),
    [
        (9, 2, 3, False, 6),      # not 7: a product elsewhere rounded it up
        (10, 2, 3, False, 7),
        (10, 1, 2, True, 6),      # 5 of 10 does not win
        (11, 1, 2, True, 6),
        (60, 1, 2, True, 31),
        (3, 2, 3, True, 3),       # more than two thirds
        (7, 1, 1, False, 7),
        (0, 2, 3, False, 1),      # where there is nobody, nothing passes
        (0, 1, 2, True, 1),
        (1, 1, 2, True, 1),
    ],
)
def test_how_many_are_needed(base: int, numerator: int, denominator: int, strict: bool, expected: int) -> None:
    assert needed(base, numerator, denominator, strict) == expected


def test_half_of_ten_does_not_win_and_six_do() -> None:
    assert not passed(5, 10, 1, 2, strict=True)
    assert passed(6, 10, 1, 2, strict=True)


@pytest.mark.parametrize(
    ("numerator", "denominator", "strict", "fit"),
    [
        (1, 2, True, True), (1, 2, False, False), (2, 4, False, False), (2, 3, False, True), (2, 3, True, True),
        (1, 1, False, True), (1, 1, True, False), (1, 3, True, False), (3, 2, False, False),
    ],
)
def test_a_threshold_lies_between_more_than_half_and_all(
    numerator: int, denominator: int, strict: bool, fit: bool
) -> None:
    assert is_fit(numerator, denominator, strict) is fit


@pytest.mark.parametrize("wrong", [(-1, 1, 2), (3, 0, 2), (3, 1, 0)])
def test_figures_that_are_no_majority_are_an_error(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="natural"):
        needed(*wrong, strict=True)


@given(SIZES, THRESHOLDS)
def test_needed_is_the_smallest_number_that_reaches_the_fraction(base: int, threshold: tuple[int, int, bool]) -> None:
    numerator, denominator, strict = threshold

    def reaches(votes: int) -> bool:
        left, right = votes * denominator, base * numerator
        return left > right if strict else left >= right

    least = needed(base, *threshold)
    assert reaches(least)
    assert least == 1 or not reaches(least - 1)


@given(SIZES, THRESHOLDS)
def test_a_tie_never_passes(votes: int, threshold: tuple[int, int, bool]) -> None:
    assert not passed(votes, 2 * votes, *threshold)
    assert not passed(votes, 2 * votes + 3, *threshold)


@given(SIZES, SIZES, THRESHOLDS)
def test_one_more_for_never_turns_passed_into_failed(votes: int, base: int, threshold: tuple[int, int, bool]) -> None:
    assume(votes < base)
    assert not passed(votes, base, *threshold) or passed(votes + 1, base, *threshold)


@given(st.lists(st.sampled_from(list(Choice)), max_size=60), st.integers(0, 40), THRESHOLDS, st.randoms())
def test_the_outcome_does_not_depend_on_the_order_and_adds_up(
    ballots: list[Choice], absent: int, threshold: tuple[int, int, bool], random: object
) -> None:
    def counted(order: list[Choice], base: int | None) -> object:
        box: dict[Choice, int] = {}
        for choice in order:
            box[choice] = box.get(choice, 0) + 1
        made = count(Majority(CountedOf.ENTITLED, *threshold), box, base)
        assert made.votes_for + made.votes_against + made.not_voting + made.other + made.not_cast == made.base_count
        assert made.not_cast >= 0
        assert not made.passed or made.votes_for > made.votes_against
        return made

    shuffled = list(ballots)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for base in (None, len(ballots) + absent):
        assert counted(ballots, base) == counted(shuffled, base) == counted(sorted(ballots), base)


def test_more_ballots_than_the_base_are_an_error() -> None:
    with pytest.raises(ValueError, match="3 ballots in a poll of 2"):
        count(Majority(CountedOf.PRESENT, 1, 2, strict=True), {Choice.FOR: 3}, 2)
