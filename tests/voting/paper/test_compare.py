"""The comparison finds every difference by ballot and line; tellers settle each against the paper, with a note."""

from typing import Any

import pytest

from server.voting.paper.comparing import Form, Found, Settled, differences, first_hole, resolve
from server.voting.paper.models import PaperKind
from tests.conftest import code
from tests.voting.paper.conftest import Paper, name_of, ok

FORM = Form(PaperKind.SURPLUS, 2)


def pile(*ballots: str) -> dict[int, str]:
    return {number: f"i:{one[1:]}" if one[0] == "!" else f"m:{one}" for number, one in enumerate(ballots, 1)}


@pytest.mark.parametrize(("one", "two", "three", "found"), [
    (["kks"], ["kks"], ["kks"], []),
    (["kks"], ["ksk"], ["kks"], [Found(1, 2, ("k", "s", "k")), Found(1, 3, ("s", "k", "s"))]),
    (["kks", "ksk"], ["kks", "ksk"], ["kks", "kss"], [Found(2, 3, ("k", "k", "s"))]),
    (["kks"], ["!other"], ["kks"], [Found(1, 0, ("m:kks", "i:other", "m:kks"))]),
    (["!other_names"], ["!other"], ["!other"], [Found(1, 0, ("i:other_names", "i:other", "i:other"))]),
    (["kkk"], ["!too_many"], ["kkk"], []),
    (["sss"], ["!nobody"], ["!nobody"], []),
    (["sss"], ["!too_many"], ["sss"], [Found(1, 0, ("m:sss", "i:too_many", "m:sss"))]),
    (["kks", "kks"], ["kks"], ["kks", "kks"], [Found(2, 0, ("m:kks", "-", "m:kks"))]),
    ([], [], ["kks"], [Found(1, 0, ("-", "-", "m:kks"))]),
    ([], [], [], []),
])
def test_what_differs_is_named_by_ballot_and_line(
    one: list[str], two: list[str], three: list[str], found: list[Found]
) -> None:
    assert differences(FORM, [pile(*one), pile(*two), pile(*three)]) == found


def test_a_settled_ballot_outweighs_its_settled_lines() -> None:
    piles = [pile("kks", "kss", "kks"), pile("ksk", "kss", "kks"), pile("kks", "kss")]
    settled = [Settled(1, 2, "s"), Settled(1, 3, "k"), Settled(3, 0, "-")]
    assert resolve(piles, settled) == {1: "m:ksk", 2: "m:kss"}
    assert resolve(piles, [*settled, Settled(1, 0, "i:other")]) == {1: "i:other", 2: "m:kss"}


def test_a_pile_with_a_hole_names_the_first_one() -> None:
    assert first_hole({1: "m:k", 2: "m:k"}) is None
    assert first_hole({1: "m:k", 3: "m:k", 4: "m:k"}) == (2, 4)
    assert first_hole({}) is None


def test_planted_differences_are_found_settled_and_in_the_result(paper: Paper) -> None:
    paper.begin(4)
    true = ["kkkks", "ksksk", "kkkks", "!other_names"]
    two = ["kkkks", "ksksk", "kkksk", "!other_names"]         # ballot 3, lines 4 and 5
    three = ["kkkks", "!not_issued", "kkkks", "!other_names"]  # ballot 2 as a whole
    assert paper.counted(true, two, three)["differences"] == 3
    seen = paper.differences()
    assert (seen["total"], seen["open"], seen["returned"]) == (3, 3, [4, 4, 4])
    told = [(one["ballot"], one["line"], one["kind"], one["name"]) for one in seen["differences"]]
    assert told == [(2, 0, "ballot", ""), (3, 4, "line", name_of(3)), (3, 5, "line", name_of(4))]
    assert [value["invalid"] for value in seen["differences"][0]["values"]] == [None, None, "not_issued"]
    assert [value["marks"] for value in seen["differences"][1]["values"]] == ["k", "s", "k"]
    early = paper.close(4)
    assert (code(early), early.json["params"]["open"]) == ("paper_differences_open", 3)
    whole, fourth, fifth = (one["id"] for one in seen["differences"])
    settled = ok(paper.settle(whole, marks="ksksk", note="Phiếu có dấu, hợp lệ"))
    assert (settled["settled"]["marks"], settled["note"]) == ("ksksk", "Phiếu có dấu, hợp lệ")
    assert settled["settled_by"]
    ok(paper.settle(fourth, desk=2, marks="s"))
    ok(paper.settle(fifth, desk=3, marks="k"))
    assert paper.differences(open=True)["differences"] == []
    result = ok(paper.close(4))["result"]
    assert [line["votes"] for line in result["lines"]] == [3, 2, 3, 1, 2]
    assert result["settled"] == 3


def test_a_settlement_may_be_corrected_until_the_close(paper: Paper) -> None:
    paper.begin(1)
    paper.counted(["kkkks"], ["kkkss"], ["kkkks"])
    only = paper.differences()["differences"][0]["id"]
    ok(paper.settle(only, marks="s"))
    ok(paper.settle(only, desk=2, marks="k", note="Xem lại dưới đèn"))
    result = ok(paper.close(1))["result"]
    assert result["lines"][3]["votes"] == 1
    assert code(paper.settle(only, marks="s")) == "paper_closed"


@pytest.mark.parametrize("value", [
    {}, {"marks": "kk"}, {"marks": "x"}, {"invalid": "other"}, {"absent": True}, {"marks": "k", "absent": True},
    {"marks": "k", "note": ""}, {"absent": False},
])
def test_a_line_is_settled_by_one_mark_and_a_note(paper: Paper, value: dict[str, Any]) -> None:
    paper.begin(1)
    paper.counted(["kkkks"], ["kkkss"], ["kkkks"])
    only = paper.differences()["differences"][0]["id"]
    assert code(paper.settle(only, **value)) in ("paper_value_unfit", "invalid_input")
    assert paper.differences()["open"] == 1


def test_a_ballot_that_one_station_did_not_have_is_settled_as_there_or_absent(paper: Paper) -> None:
    paper.begin(3)
    paper.counted(["kkkks"] * 3, ["kkkks"] * 3, ["kkkks"] * 2)
    seen = paper.differences()
    assert (seen["returned"], seen["differences"][0]["kind"]) == ([3, 3, 2], "missing")
    assert seen["differences"][0]["values"][2] == {"marks": None, "invalid": None, "absent": True}
    ok(paper.settle(seen["differences"][0]["id"], absent=True))
    assert code(paper.close(3)) == "paper_returned_differs"
    assert ok(paper.close(2))["result"]["figures"]["returned"] == 2


def test_what_is_absent_stands_at_the_end_of_the_pile(paper: Paper) -> None:
    paper.begin(3)
    paper.counted(["kkkks"], ["kkkks"] * 3, ["kkkks"] * 3)
    second, third = (one["id"] for one in paper.differences()["differences"])
    ok(paper.settle(second, absent=True))
    ok(paper.settle(third, marks="kkkks"))
    broken = paper.close(2)
    assert (code(broken), broken.json["params"]) == ("paper_pile_broken", {"ballot": 2, "later": 3})


def test_what_all_three_agree_on_is_opened_by_two_tellers_with_a_reason(paper: Paper) -> None:
    paper.begin(2)
    paper.counted(["kkkks", "kkkks"])
    reopen = f"{paper.at}/differences/reopen"
    made = ok(paper.desk(1).post(reopen, {"ballot": 2, "line": 4, "reason": "Vết mực bị nhòe"}))
    assert (made["kind"], made["pending"], made["reason"]) == ("reopened", True, "Vết mực bị nhòe")
    only = made["id"]
    assert code(paper.settle(only, marks="s")) == "paper_difference_pending"
    assert code(paper.close(2)) == "paper_differences_open"
    assert code(paper.desk(1).post(f"{paper.at}/differences/{only}/second")) == "paper_same_teller"
    assert ok(paper.desk(2).post(f"{paper.at}/differences/{only}/second"))["pending"] is False
    ok(paper.settle(only, desk=3, marks="s"))
    assert ok(paper.close(2))["result"]["lines"][3]["votes"] == 1


def test_a_whole_ballot_is_opened_and_settled_as_invalid(paper: Paper) -> None:
    paper.begin(2)
    paper.counted(["kkkks", "kkkks"])
    made = ok(paper.desk(1).post(f"{paper.at}/differences/reopen", {"ballot": 2, "reason": "Có chữ ký ở mặt sau"}))
    ok(paper.desk(2).post(f"{paper.at}/differences/{made['id']}/second"))
    ok(paper.settle(made["id"], invalid="other_names"))
    result = ok(paper.close(2))["result"]
    assert (result["figures"]["valid"], result["figures"]["invalid"]) == (1, 1)


def test_what_nobody_seconded_can_be_taken_back(paper: Paper) -> None:
    paper.begin(1)
    paper.counted(["kkkks"])
    made = ok(paper.desk(1).post(f"{paper.at}/differences/reopen", {"ballot": 1, "line": 1, "reason": "Mờ"}))
    ok(paper.desk(3).delete(f"{paper.at}/differences/{made['id']}"))
    ok(paper.close(1))


@pytest.mark.parametrize(("said", "refused"), [
    ({"ballot": 3, "line": 1, "reason": "x"}, "paper_line_unknown"),
    ({"ballot": 1, "line": 6, "reason": "x"}, "paper_line_unknown"),
    ({"ballot": 2, "line": 2, "reason": "x"}, "paper_line_unknown"),  # invalid: it has no lines
    ({"ballot": 1, "line": 4, "reason": "x"}, "paper_line_open"),     # a difference already
    ({"ballot": 1, "line": 1, "reason": ""}, "invalid_input"),
    ({"ballot": 0, "line": 1, "reason": "x"}, "invalid_input"),
])
def test_what_cannot_be_opened_is_refused(paper: Paper, said: dict[str, Any], refused: str) -> None:
    paper.begin(2)
    paper.counted(["kkkks", "!other"], ["kkkss", "!other"], ["kkkks", "!other"])
    assert code(paper.desk(1).post(f"{paper.at}/differences/reopen", said)) == refused


def test_nothing_is_compared_before_all_three_are_committed(paper: Paper) -> None:
    paper.begin(1)
    for number in (1, 2):
        paper.enter(number, ["kkkks"])
        ok(paper.commit(number, 1))
    assert code(paper.step("compare")) == "paper_stations_open"
    assert code(paper.close(1)) == "paper_not_compared"


def test_comparing_twice_answers_the_same_and_loses_nothing(paper: Paper) -> None:
    paper.begin(1)
    first = paper.counted(["kkkks"], ["kkkss"], ["kkkks"])
    ok(paper.settle(paper.differences()["differences"][0]["id"], marks="k"))
    assert ok(paper.step("compare")) == first
    assert paper.differences()["open"] == 0


def test_a_whole_ballot_that_was_settled_needs_none_of_its_lines(paper: Paper) -> None:
    paper.begin(2)
    paper.counted(["kkkks", "kkkks"], ["kkkks", "ksksk"], ["kkkks", "kkkks"])
    assert [one["line"] for one in paper.differences()["differences"]] == [2, 4, 5]
    made = ok(paper.desk(1).post(f"{paper.at}/differences/reopen", {"ballot": 2, "reason": "Có chữ ký"}))
    ok(paper.desk(2).post(f"{paper.at}/differences/{made['id']}/second"))
    ok(paper.settle(made["id"], invalid="other_names"))
    seen = paper.differences(open=True)
    assert (seen["total"], seen["open"], seen["differences"]) == (4, 0, [])
    assert paper.topic("console")["votes"][0]["open_differences"] == 0
    assert ok(paper.close(2))["result"]["figures"]["invalid"] == 1


def test_a_pile_that_slipped_by_one_is_listed_page_by_page(paper: Paper) -> None:
    """One station skipped a ballot: nearly everything differs, and the list still answers."""
    paper.begin(12, "confidence", 0, 60)
    pile = ["h" * 60, "p" * 60] * 6
    paper.counted(pile, pile, [*pile[1:], pile[0]])
    seen = paper.differences()
    assert (seen["total"], seen["open"], len(seen["differences"])) == (720, 720, 500)
    rest = paper.differences(skip=500)["differences"]
    assert [(one["ballot"], one["line"]) for one in (*seen["differences"], *rest)] == [
        (ballot, line) for ballot in range(1, 13) for line in range(1, 61)
    ]


def test_only_a_teller_settles(paper: Paper) -> None:
    paper.begin(1)
    paper.counted(["kkkks"], ["kkkss"], ["kkkks"])
    only = paper.differences()["differences"][0]["id"]
    at = f"{paper.at}/differences/{only}/settle"
    assert code(paper.secretary.post(at, {"marks": "k", "note": "x"})) == "forbidden"
    assert code(paper.scene.seat(paper.delegates[0]).post(at, {"marks": "k", "note": "x"})) == "forbidden"
