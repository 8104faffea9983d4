"""What holds for every pile of ballots there can be (Hypothesis)."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from server.voting.paper.comparing import Form, Settled, differences, resolve
from server.voting.paper.marks import LETTERS, judged
from server.voting.paper.models import Invalid, PaperKind
from server.voting.paper.tally import Figures, Tally, Verdict, count, elect, share_hundredths
from server.voting.rules import needed


@st.composite
def forms(draw: st.DrawFn) -> tuple[Form, int]:
    """A form with its number of lines."""
    kind = draw(st.sampled_from(PaperKind))
    lines = draw(st.integers(1, 6))
    seats = 0 if kind is PaperKind.CONFIDENCE else draw(st.integers(1, lines))
    ignored = frozenset(draw(st.sets(st.integers(1, lines), max_size=1)))
    return Form(kind, seats, ignored), lines


@st.composite
def piles(draw: st.DrawFn, most: int = 12) -> tuple[Form, int, list[str]]:
    """A form with a pile of readings."""
    form, lines = draw(forms())
    marks = st.text(LETTERS[form.kind], min_size=lines, max_size=lines).map(lambda one: f"m:{one}")
    invalid = st.sampled_from(Invalid).map(lambda one: f"i:{one.value}")
    return form, lines, draw(st.lists(marks | invalid, max_size=most))


@given(piles(), st.integers(0, 5))
def test_issued_is_returned_and_not_returned_and_returned_is_valid_and_invalid(
    given_pile: tuple[Form, int, list[str]], kept: int
) -> None:
    form, lines, pile = given_pile
    figures, tallies = count(form, lines, pile, len(pile) + kept)
    assert figures.issued == figures.returned + figures.not_returned
    assert figures.returned == figures.valid + figures.invalid == len(pile)
    assert min(figures.valid, figures.invalid, figures.not_returned, *figures.invalid_by.values()) >= 0
    assert figures.invalid == sum(figures.invalid_by[one] for one in Invalid)
    for tally in tallies:
        levels = tally.level("high") + tally.level("plain") + tally.level("low")
        said = tally.votes + tally.against + tally.uncounted + levels
        assert said == (0 if tally.withdrawn else figures.valid)


@given(piles(), st.randoms(use_true_random=False))
def test_the_order_of_entry_changes_no_result(given_pile: tuple[Form, int, list[str]], random: object) -> None:
    form, lines, pile = given_pile
    shuffled = list(pile)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert everything(form, lines, pile) == everything(form, lines, shuffled)


def everything(form: Form, lines: int, pile: Sequence[str]) -> tuple[Figures, list[Tally], Verdict]:
    figures, tallies = count(form, lines, pile, len(pile))
    return figures, tallies, elect(max(1, form.seats), needed(12, 1, 2, True), tallies)


@given(piles(most=20), st.data())
def test_one_more_for_a_person_never_un_elects_that_person(
    given_pile: tuple[Form, int, list[str]], data: st.DataObject
) -> None:
    """Of a base that is frozen; a ballot that the mark would spoil is another matter (190-QĐ/TW Điều 30)."""
    form, lines, pile = given_pile
    line = data.draw(st.integers(1, lines))
    good = {PaperKind.SURPLUS: "k", PaperKind.NO_SURPLUS: "f"}.get(form.kind)
    places = [
        place for place, read in enumerate(pile)
        if good and read.startswith("m:") and judged(form.kind, form.seats, read[2:], form.ignored) is None
    ]
    if not places or good is None:
        return
    place = data.draw(st.sampled_from(places))
    letters = list(pile[place])
    letters[line + 1] = good
    more = "".join(letters)
    if judged(form.kind, form.seats, more[2:], form.ignored) is not None:
        return
    base = data.draw(st.integers(len(pile), 2 * len(pile)))
    enough = needed(base, 1, 2, True)
    _, before = count(form, lines, pile, len(pile))
    _, after = count(form, lines, [*pile[:place], more, *pile[place + 1 :]], len(pile))
    if line in elect(form.seats, enough, before).elected:
        assert line in elect(form.seats, enough, after).elected


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12), st.integers(1, 12), st.integers(1, 20))
def test_never_more_are_elected_than_seats_and_nobody_below_another_who_is_not(
    counts: list[int], seats: int, enough: int
) -> None:
    tallies = [Tally(line, {"k": one}) for line, one in enumerate(counts, 1)]
    verdict = elect(seats, enough, tallies)
    got = dict(enumerate(counts, 1))
    assert len(verdict.elected) + verdict.seats_left == seats
    assert verdict.seats_left >= 0
    assert not set(verdict.elected) & set(verdict.tied)
    assert all(got[line] >= enough for line in (*verdict.elected, *verdict.tied))
    assert [got[line] for line in verdict.elected] == sorted((got[line] for line in verdict.elected), reverse=True)
    others = [one for line, one in got.items() if line not in verdict.elected and one >= enough]
    assert all(got[line] >= max(others, default=0) for line in verdict.elected)
    if verdict.tied:
        assert all(got[line] > got[verdict.tied[0]] for line in verdict.elected)
        assert len({got[line] for line in verdict.tied}) == 1
        assert len(verdict.elected) + len(verdict.tied) > seats


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_shares_of_a_whole_are_between_nothing_and_all(part: int, rest: int) -> None:
    whole = part + rest
    shown = share_hundredths(part, whole)
    assert 0 <= shown <= 10_000
    assert abs(shown * whole - part * 10_000) * 2 <= whole


@given(piles(), st.data())
def test_what_is_planted_is_found_and_settling_it_brings_the_pile_back(
    given_pile: tuple[Form, int, list[str]], data: st.DataObject
) -> None:
    form, _, ballots = given_pile
    true = dict(enumerate(ballots, 1))
    other = dict(true)
    planted = set()
    for number in data.draw(st.sets(st.sampled_from(sorted(true)), max_size=4)) if true else ():
        if true[number].startswith("m:"):
            line = data.draw(st.integers(1, len(true[number]) - 2))
            letter = data.draw(st.sampled_from(LETTERS[form.kind].replace(true[number][line + 1], "")))
            other[number] = true[number][: line + 1] + letter + true[number][line + 2 :]
            planted.add((number, line))
    found = differences(form, [true, other, true])
    assert {(one.ballot, one.line) for one in found} == planted
    settled = [Settled(one.ballot, one.line, one.values[0]) for one in found]
    assert resolve([other, true, true], settled) == true
