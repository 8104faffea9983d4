"""What a count comes to under its rule: bases, uncounted lines, invalid ballots, ties, further rounds, confidence."""

from typing import Any

import pytest

from server.voting.paper.marks import judged
from server.voting.paper.models import Invalid, PaperKind
from server.voting.paper.tally import Tally, elect, share_hundredths
from tests.conftest import code
from tests.voting.paper.conftest import Paper, name_of, ok

SURPLUS, PLAIN, CONFIDENCE = PaperKind


@pytest.mark.parametrize(("kind", "seats", "marks", "why"), [
    (SURPLUS, 2, "kks", None),
    (SURPLUS, 2, "kss", None),               # fewer than the seats is valid
    (SURPLUS, 2, "kkk", Invalid.TOO_MANY),
    (SURPLUS, 2, "sss", Invalid.NOBODY),
    (PLAIN, 3, "fff", None),
    (PLAIN, 3, "aaa", None),                 # against everybody is a vote
    (PLAIN, 3, "fbn", None),                 # valid; two persons uncounted
    (PLAIN, 3, "bbb", None),
    (PLAIN, 1, "f", None),
    (PLAIN, 1, "a", None),
    (PLAIN, 1, "b", Invalid.OTHER),          # a ballot of one name needs exactly one box
    (PLAIN, 1, "n", Invalid.NOBODY),
    (PLAIN, 2, "fff", Invalid.TOO_MANY),
    (CONFIDENCE, 0, "hplnm", None),
    (CONFIDENCE, 0, "nnnnn", None),
])
def test_190_dieu_30_the_server_judges_a_ballot_by_its_marks(
    kind: PaperKind, seats: int, marks: str, why: Invalid | None
) -> None:
    assert judged(kind, seats, marks) == why


@pytest.mark.parametrize(("seats", "marks", "why"), [
    (2, "kkk", None),              # line 3 withdrew: two names are left standing
    (2, "ssk", Invalid.NOBODY),    # only the one who withdrew
    (1, "kks", Invalid.TOO_MANY),
])
def test_what_stands_on_the_line_of_who_withdrew_is_not_looked_at(seats: int, marks: str, why: Invalid | None) -> None:
    assert judged(SURPLUS, seats, marks, frozenset({3})) == why


def votes(*counts: int) -> list[Tally]:
    return [Tally(line, {"k": count}) for line, count in enumerate(counts, 1)]


@pytest.mark.parametrize(("seats", "needed", "counts", "expected"), [
    (2, 6, (9, 7, 8), ((1, 3), (), 0)),            # three reach it: the highest take the seats
    (2, 6, (9, 7, 7), ((1,), (2, 3), 1)),          # a tie at the last seat elects nobody of those tied
    (2, 6, (7, 7, 7), ((), (1, 2, 3), 2)),
    (3, 6, (9, 7, 7), ((1, 2, 3), (), 0)),         # equal, but there is a seat for each
    (2, 6, (9, 5, 5), ((1,), (), 1)),              # equal below the threshold is no tie
    (2, 6, (5, 5, 5), ((), (), 2)),
    (2, 6, (6, 9, 7, 7), ((2,), (3, 4), 1)),       # who is below those tied is not lifted over them
    (1, 1, (), ((), (), 1)),
])
def test_190_dieu_30_who_is_elected(
    seats: int, needed: int, counts: tuple[int, ...], expected: tuple[tuple[int, ...], tuple[int, ...], int]
) -> None:
    verdict = elect(seats, needed, votes(*counts))
    assert (verdict.elected, verdict.tied, verdict.seats_left) == expected


@pytest.mark.parametrize(("part", "of", "shown"), [(2, 3, 6667), (1, 3, 3333), (12, 12, 10_000), (0, 5, 0), (0, 0, 0),
                                                   (1, 8, 1250), (1, 16, 625), (1, 32, 313)])
def test_a_share_is_rounded_half_up_in_whole_numbers(part: int, of: int, shown: int) -> None:
    assert share_hundredths(part, of) == shown


def test_190_dieu_30_the_base_is_those_convened_and_not_those_present(paper: Paper) -> None:
    """Six of twelve are not more than half, though only nine ballots came back."""
    paper.begin(9, "election_no_surplus", 2, 2)
    result = paper.result(["ff"] * 6 + ["fa"] + ["aa"] * 2)
    assert (result["base_count"], result["needed"]) == (12, 7)
    assert [line["outcome"] for line in result["lines"]] == ["elected", "not_elected"]
    assert [line["votes"] for line in result["lines"]] == [7, 6]
    assert [line["share_hundredths"] for line in result["lines"]] == [5833, 5000]


def test_190_dieu_30_exclusions_shrink_the_base_each_with_its_reason(paper: Paper) -> None:
    paper.begin(9, "election_no_surplus", 1, 1)
    said = [{"participant_id": paper.delegates[0], "code": "prosecuted", "reason": "Quyết định khởi tố số 7"},
            {"participant_id": paper.delegates[1], "code": "suspended", "reason": "Quyết định số 12"}]
    shown = ok(paper.secretary.put(f"{paper.at}/exclusions", {"exclusions": said}))
    assert (shown["rule"]["whole"], shown["rule"]["excluded"], shown["rule"]["base_count"]) == (12, 2, 10)
    assert [one["reason"] for one in shown["exclusions"]] == ["Quyết định khởi tố số 7", "Quyết định số 12"]
    result = paper.result(["f"] * 6 + ["a"] * 3)
    assert (result["base_count"], result["needed"], result["elected"]) == (10, 6, [1])


@pytest.mark.parametrize(("change", "refused"), [
    ({"code": "ill"}, "paper_exclusion_unknown"),       # the list of reasons is closed
    ({"reason": ""}, "invalid_input"),
    ({"participant_id": 99_999}, "participant_not_found"),
    ({"guest": True}, "paper_exclusion_guest"),
])
def test_190_dieu_30_an_exclusion_needs_a_reason_of_the_closed_list(
    paper: Paper, change: dict[str, Any], refused: str
) -> None:
    paper.begin(9)
    who = paper.guest if change.pop("guest", False) else paper.delegates[0]
    said = {"participant_id": who, "code": "suspended", "reason": "Quyết định số 12", **change}
    answer = paper.secretary.put(f"{paper.at}/exclusions", {"exclusions": [said]})
    assert code(answer) == refused
    if refused == "paper_exclusion_unknown":
        assert "190-QĐ/TW" in answer.json["detail"]


def test_the_base_is_that_of_the_issue_whoever_joins_or_changes_his_part_later(paper: Paper) -> None:
    paper.begin(9)
    put, at = paper.secretary.put, f"{paper.at}/exclusions"
    said = {"code": "suspended", "reason": "Quyết định số 12"}
    participants = f"/api/meetings/{paper.meeting}/participants"
    joined = ok(paper.secretary.post(participants, {"person_id": paper.scene.person()}))["id"]
    assert code(put(at, {"exclusions": [{**said, "participant_id": joined}]})) == "paper_exclusion_guest"
    ok(paper.secretary.patch(f"{participants}/{paper.delegates[0]}", {"role": "guest"}))
    shown = ok(put(at, {"exclusions": [{**said, "participant_id": paper.delegates[0]}]}))
    assert (shown["rule"]["whole"], shown["rule"]["base_count"]) == (12, 11)


def test_nobody_is_excluded_twice_nor_more_than_leave_room_for_the_ballots(paper: Paper) -> None:
    paper.begin(11)
    one = {"participant_id": paper.delegates[0], "code": "suspended", "reason": "x"}
    two = {"participant_id": paper.delegates[1], "code": "suspended", "reason": "x"}
    put = paper.secretary.put
    assert code(put(f"{paper.at}/exclusions", {"exclusions": [one, one]})) == "paper_exclusion_twice"
    assert code(put(f"{paper.at}/exclusions", {"exclusions": [one, two]})) == "paper_issued_beyond"
    ok(put(f"{paper.at}/exclusions", {"exclusions": [one]}))
    paper.counted(["kkkks"])
    assert code(put(f"{paper.at}/exclusions", {"exclusions": []})) == "paper_base_fixed"


def test_190_dieu_30_both_or_neither_box_leaves_that_person_uncounted_and_the_ballot_valid(paper: Paper) -> None:
    paper.begin(12, "election_no_surplus", 3, 3)
    result = paper.result(["ffa"] * 7 + ["fbn"] * 3 + ["fna"] * 2)
    assert (result["figures"]["valid"], result["figures"]["invalid"]) == (12, 0)
    told = [(line["votes"], line["against"], line["uncounted"]) for line in result["lines"]]
    assert told == [(12, 0, 0), (7, 0, 5), (0, 9, 3)]


def test_190_dieu_30_a_ballot_of_one_name_needs_exactly_one_box(paper: Paper) -> None:
    paper.begin(12, "election_no_surplus", 1, 1)
    result = paper.result(["f"] * 7 + ["a"] * 2 + ["b", "n", "!not_issued"])
    assert (result["figures"]["valid"], result["figures"]["invalid"]) == (9, 3)
    counts = {one["category"]: one["count"] for one in result["figures"]["invalid_by"]}
    assert counts == {"not_issued": 1, "too_many": 0, "nobody": 1, "other_names": 0, "other": 1}
    assert result["elected"] == [1]


def test_a_tie_at_the_last_seat_is_named_with_the_rules_next_step(paper: Paper) -> None:
    paper.begin(12, names=5)
    result = paper.result(["kkkss"] * 4 + ["kkksk"] * 2 + ["kkkks"] * 5 + ["kksks"])
    assert [line["votes"] for line in result["lines"]] == [12, 12, 11, 6, 2]
    assert (result["elected"], result["tied"], result["seats_left"]) == ([1, 2, 3], [], 1)
    paper.begin(12, names=5)
    tie = paper.result(["kkkks"] * 5 + ["kkksk"] * 5 + ["kkkss"] * 2)
    assert (tie["elected"], tie["tied"]) == ([1, 2, 3], [])  # five of twelve are below half: no tie to be named
    paper.begin(12, seats=4, names=5)
    tie = paper.result(["kkskk"] * 7 + ["kksss"] * 5)
    assert (tie["elected"], tie["tied"], tie["seats_left"]) == ([1, 2, 4, 5], [], 0)
    paper.begin(12, seats=4, names=5)
    tie = paper.result(["kkkks"] * 4 + ["kkksk"] * 4 + ["kkskk"] * 4)
    assert [line["votes"] for line in tie["lines"]] == [12, 12, 8, 8, 8]
    assert (tie["elected"], tie["tied"], tie["seats_left"]) == ([1, 2], [3, 4, 5], 2)
    assert [line["outcome"] for line in tie["lines"]] == ["elected"] * 2 + ["tied"] * 3
    assert "Bằng phiếu" in tie["next"]
    assert "tie" in tie["next_en"]


def test_a_second_round_after_a_tie_is_among_those_tied(paper: Paper) -> None:
    paper.begin(12, seats=4, names=5)
    paper.result(["kkkks"] * 4 + ["kkksk"] * 4 + ["kkskk"] * 4)
    first = paper.vote
    draft = ok(paper.step("second-round"))
    assert (draft["round"], draft["follows_id"], draft["seats"], draft["state"]) == (2, first, 2, "draft")
    assert [one["name"] for one in draft["candidates"]] == [name_of(number) for number in (2, 3, 4)]
    assert (draft["kind"], draft["problems"], draft["surplus"]["ok"]) == ("election_surplus", [], True)
    assert code(paper.step("second-round")) == "paper_second_round_there"
    paper.vote = draft["id"]
    ok(paper.step("print"))
    ok(paper.step("issue", {"issued": 12}))
    for number in (1, 2, 3):
        ok(paper.take(number))
    assert paper.result(["kks"] * 12)["elected"] == [1, 2]
    assert code(paper.step("second-round")) == "paper_no_second_round"


def test_a_second_round_for_seats_that_are_left_is_among_the_next_within_the_surplus(paper: Paper) -> None:
    paper.begin(12, seats=10, names=13)
    ballot = "k" * 6 + "s" * 7
    result = paper.result([ballot] * 9 + ["s" * 6 + "kkksssk", "s" * 6 + "kkssssk", "s" * 6 + "ksssssk"])
    assert (result["elected"], result["seats_left"]) == ([1, 2, 3, 4, 5, 6], 4)
    assert "Còn thiếu 4 người" in result["next"]
    draft = ok(paper.step("second-round"))
    # four seats and a surplus of one: lines 7 and 13 have three votes, 8 two, 9 one, and three equal at nothing
    assert [one["name"] for one in draft["candidates"]] == [name_of(number) for number in (6, 7, 8, 9, 10, 11, 12)]
    assert (draft["seats"], draft["problems"]) == (4, [])


def test_no_second_round_where_nothing_is_left(paper: Paper) -> None:
    paper.begin(12)
    assert code(paper.step("second-round")) == "paper_not_closed"
    paper.result(["kkkks"] * 12)
    assert code(paper.step("second-round")) == "paper_no_second_round"
    paper.begin(12, "confidence", 0, 2)
    paper.result(["hh"] * 12)
    assert code(paper.step("second-round")) == "paper_no_second_round"


def test_a_candidate_who_withdraws_after_printing_stays_on_the_paper_and_counts_no_more(paper: Paper) -> None:
    """Every screen says so; what voters left standing on that line neither counts nor spoils a ballot."""
    paper.begin(12)
    leaving = paper.get()["candidates"][1]
    at = f"{paper.at}/candidates/{leaving['id']}/withdraw"
    shown = ok(paper.secretary.post(at, {"reason": "Xin rút"}))["candidates"][1]
    assert (shown["line"], shown["standing"], shown["on_paper_only"]) == (2, "withdrawn", True)
    assert code(paper.secretary.post(at, {"reason": "Xin rút"})) == "paper_candidate_gone"
    lines = ok(paper.desk(1).get(paper.station(1)))["lines"]
    assert [one["counts"] for one in lines] == [True, False, True, True, True]
    for audience in ("wall", "seat"):
        assert paper.topic(audience)["vote"]["withdrawn"] == [leaving["name"]]
    paper.counted(["kkkks"] * 4 + ["kkkkk"] * 4 + ["skkkk"] * 3 + ["sksss"])
    late = paper.secretary.post(f"{paper.at}/candidates/{shown['id']}/withdraw", {"reason": "x"})
    assert code(late) == "paper_list_counted"
    result = ok(paper.close(12))["result"]
    assert [line["votes"] for line in result["lines"]] == [8, 0, 11, 11, 7]
    assert result["lines"][1]["outcome"] == "withdrawn"
    assert (result["figures"]["valid"], result["elected"]) == (11, [3, 4, 1, 5])
    ok(paper.step("publish"))
    assert paper.topic("wall")["vote"]["result"]["lines"][1]["outcome"] == "withdrawn"


@pytest.mark.parametrize(("low", "codes"), [
    (6, []),                                         # exactly half of twelve is not more than half
    (7, ["low-more-than-half"]),
    (8, ["low-more-than-half", "low-two-thirds"]),   # 2/3 of 12 is 8
])
def test_96_the_two_thresholds_of_low_confidence_are_shown_and_nothing_else(
    paper: Paper, low: int, codes: list[str]
) -> None:
    paper.begin(12, "confidence", 0, 2)
    result = paper.result(["hl"] * low + ["ph"] * (9 - low) + ["np", "mh", "!other"])
    first, second = result["lines"]
    assert (first["high"], first["plain"], first["low"], first["uncounted"]) == (low, 9 - low, 0, 2)
    assert (second["low"], second["notices"], first["notices"]) == (low, codes, [])
    assert (result["elected"], second["outcome"], result["next"]) == ([], "", "")


def test_96_nothing_is_handed_out_before_two_thirds_of_those_convened_are_present(paper: Paper) -> None:
    paper.printed("confidence", 0, 2)
    for person in paper.delegates[:5]:
        paper.scene.leave(person)
    answer = paper.step("issue", {"issued": 7})
    assert code(answer) == "paper_no_quorum"
    assert answer.json["params"] == {
        "present": 7, "convened": 12, "needed": 8,
        "citation": "Quy định về lấy phiếu tín nhiệm, 96-QĐ/TW, 02/02/2023, Điều 11",
    }
    paper.scene.enter(paper.meeting, paper.delegates[0])
    ok(paper.step("issue", {"issued": 8}))
    assert paper.get()["rule"]["present"] == 8


def test_who_comes_later_changes_no_frozen_figure(paper: Paper) -> None:
    paper.begin(12)
    before = paper.get()["rule"]
    paper.scene.leave(paper.delegates[0])
    assert paper.get()["rule"] == before
