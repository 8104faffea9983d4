"""A congress: 348 ballots, 60 candidates for 55 seats, three stations, all through the HTTP API, with planted mistakes.

The time of comparing is printed (`-s`), never asserted.
"""

import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from server.voting.paper.comparing import Form, differences
from server.voting.paper.models import PaperKind
from tests.scene import Scene
from tests.voting.paper.conftest import Paper, ok

BALLOTS, NAMES, SEATS = 348, 60, 55


def true_pile(chance: random.Random) -> list[str]:
    """Mostly whole ballots with five to twelve names struck; a few invalid ones."""
    pile = []
    for _ in range(BALLOTS - 8):
        struck = set(chance.sample(range(NAMES), chance.randint(5, 12)))
        pile.append("".join("s" if line in struck else "k" for line in range(NAMES)))
    odd = ["k" * NAMES, "k" * 56 + "s" * 4, "s" * NAMES, "k" * 55 + "s" * 5]
    return [*pile, *odd, "!other_names", "!other_names", "!not_issued", "!other"]


def with_mistakes(pile: list[str], places: list[tuple[int, int]]) -> list[str]:
    """The pile with these marks the other way round; line 0: the ballot taken for one with other names."""
    wrong = list(pile)
    for ballot, line in places:
        marks = wrong[ballot - 1]
        if line == 0:
            wrong[ballot - 1] = "!other_names"
        else:
            other = "s" if marks[line - 1] == "k" else "k"
            wrong[ballot - 1] = marks[: line - 1] + other + marks[line:]
    return wrong


@pytest.mark.timeout(300)
def test_348_ballots_of_60_names_at_three_stations(scene: Scene, client: Callable[..., Any]) -> None:
    paper = Paper(scene, client("secretary"), delegates=350)
    paper.begin(BALLOTS, seats=SEATS, names=NAMES)
    chance = random.Random(190)
    true = true_pile(chance)
    planted = [
        [(7, 3), (7, 60), (120, 1), (300, 0)],
        [(8, 55), (201, 17), (340, 60)],
        [(1, 1), (120, 1), (333, 0)],
    ]
    piles = [with_mistakes(true, places) for places in planted]
    for number, pile in enumerate(piles, 1):
        paper.enter(number, pile)
        ok(paper.commit(number, BALLOTS))
    answered = time.perf_counter()
    compared = ok(paper.step("compare"))
    answered = time.perf_counter() - answered
    expected = sorted({place for places in planted for place in places})
    assert compared == {"ballots": BALLOTS, "differences": len(expected)}
    seen = paper.differences()
    assert [(one["ballot"], one["line"]) for one in seen["differences"]] == expected
    for one in seen["differences"]:
        right = true[one["ballot"] - 1]
        ok(paper.settle(one["id"], marks=right[one["line"] - 1] if one["line"] else right))
    result = ok(paper.close(BALLOTS))["result"]
    valid = [one for one in true if not one.startswith("!") and 0 < one.count("k") <= SEATS]
    assert result["figures"] == {
        "issued": BALLOTS, "returned": BALLOTS, "not_returned": 0, "valid": len(valid), "invalid": BALLOTS - len(valid),
        "invalid_by": [
            {"category": "not_issued", "count": 1}, {"category": "too_many", "count": 2},
            {"category": "nobody", "count": 1}, {"category": "other_names", "count": 2},
            {"category": "other", "count": 1},
        ],
    }
    votes = [sum(one[line] == "k" for one in valid) for line in range(NAMES)]
    assert [line["votes"] for line in result["lines"]] == votes
    ranked = sorted(range(NAMES), key=lambda line: (-votes[line], line))
    border = votes[ranked[SEATS]]
    above = [line + 1 for line in ranked if votes[line] > border] if votes[ranked[SEATS - 1]] == border else [
        line + 1 for line in ranked[:SEATS]
    ]
    assert result["elected"] == above
    assert (result["base_count"], result["needed"]) == (350, 176)
    assert paper.get()["state"] == "closed"
    ok(paper.step("publish"))
    shown = paper.topic("wall")
    assert len(str(shown).encode()) < 16 * 1024
    told = f"{pure(piles) * 1000:.1f} ms; the whole request: {answered * 1000:.0f} ms"
    print(f"\ncomparing {BALLOTS} x {NAMES} x 3: {told}")


def pure(piles: list[list[str]]) -> float:
    """Seconds of the comparison alone."""
    read = [
        {number: f"i:{one[1:]}" if one[0] == "!" else f"m:{one}" for number, one in enumerate(pile, 1)}
        for pile in piles
    ]
    begun = time.perf_counter()
    assert differences(Form(PaperKind.SURPLUS, SEATS), read)
    return time.perf_counter() - begun
