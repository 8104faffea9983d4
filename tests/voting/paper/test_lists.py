"""The list of candidates: who may be on it, how many, in which order, and what is left of somebody who withdraws."""

from typing import Any

import pytest

from server.voting.paper.order import name_key
from tests.conftest import code
from tests.voting.paper.conftest import Paper, ok


@pytest.mark.parametrize(("kind", "seats", "names", "refused"), [
    ("election_surplus", 4, 5, ""),                         # 30 % of 4 is 1
    ("election_surplus", 4, 6, "paper_surplus_too_large"),
    ("election_surplus", 10, 13, ""),                       # 3 of 10 are 30 %, which is not above it
    ("election_surplus", 10, 14, "paper_surplus_too_large"),
    ("election_surplus", 9, 11, ""),                        # 30 % of 9 is 2 and something: 2
    ("election_surplus", 9, 12, "paper_surplus_too_large"),
    ("election_surplus", 3, 4, "paper_surplus_too_large"),  # one above three is a third
    ("election_surplus", 4, 4, "paper_surplus_missing"),
    ("election_surplus", 4, 0, "paper_list_empty"),
    ("election_no_surplus", 4, 4, ""),
    ("election_no_surplus", 4, 5, "paper_surplus_unwanted"),
    ("confidence", 0, 9, ""),
])
def test_190_dieu_14_the_surplus_is_at_most_30_percent_of_the_seats(
    paper: Paper, kind: str, seats: int, names: int, refused: str
) -> None:
    draft = paper.draft(kind, seats, names)
    assert [one["code"] for one in draft["problems"]] == ([refused] if refused else [])
    answer = paper.step("print")
    assert code(answer) == refused
    if refused == "paper_surplus_too_large":
        assert "190-QĐ/TW, Điều 14" in answer.json["detail"]
        assert draft["surplus"]["ok"] is False


@pytest.mark.parametrize(("votes", "attending", "enough"), [
    (4, 12, True), (3, 10, False), (31, 100, True), (30, 100, False), (None, None, False), (13, 12, False),
    (0, 0, False),
])
def test_190_dieu_14_a_nominee_from_the_floor_needs_more_than_30_percent_of_those_attending(
    paper: Paper, votes: int | None, attending: int | None, enough: bool
) -> None:
    paper.draft(names=4)
    ok(paper.candidate(
        "Lò Văn Đề Cử", source="floor", nominators=["Nguyễn Thị Hà", "Trần Văn Minh"], nomination_votes=votes,
        nomination_attending=attending,
    ))
    answer = paper.step("print")
    assert code(answer) == ("" if enough else "paper_nominee_short")
    if not enough:
        assert "Lò Văn Đề Cử" in answer.json["detail"]
        assert "190-QĐ/TW, Điều 14" in answer.json["detail"]


def test_who_nominated_is_kept_with_the_candidate(paper: Paper) -> None:
    paper.draft(names=0)
    made = ok(paper.candidate("Lò Văn Đề Cử", source="floor", nominators=["Nguyễn Thị Hà"], nomination_votes=9))
    assert (made["candidates"][0]["nominators"], made["candidates"][0]["source"]) == (["Nguyễn Thị Hà"], "floor")


def test_names_sort_by_given_name_as_vietnamese_does() -> None:
    wanted = [
        "Đỗ Văn An", "Lê Thị An", "Nguyễn An", "Nguyễn Văn Ân", "Hồ Bá", "Lý Dũng", "Cao Đạt", "Bùi Hoa", "Bùi Hòa",
        "Bùi Hóa", "Vũ Oanh", "Vũ Ổn", "Vũ Ơn", "Tạ Uyên", "Tạ Ưu", "An Yến",
    ]
    shuffled = wanted[1::2] + wanted[::2]
    assert sorted(shuffled, key=name_key) == wanted


def test_the_list_is_ordered_alphabetically_or_by_hand(paper: Paper) -> None:
    paper.draft(names=0, seats=2)
    for name in ("Nguyễn Văn Ân", "Đỗ Thị An", "Cao Đạt", "Lý Dũng"):
        ok(paper.candidate(name))
    by_name = ok(paper.secretary.put(f"{paper.at}/order", {}))["candidates"]
    assert [one["name"] for one in by_name] == ["Đỗ Thị An", "Nguyễn Văn Ân", "Lý Dũng", "Cao Đạt"]
    ids = [one["id"] for one in reversed(by_name)]
    by_hand = ok(paper.secretary.put(f"{paper.at}/order", {"order": ids}))["candidates"]
    assert [one["id"] for one in by_hand] == ids
    for wrong in (ids[1:], [*ids, ids[0]], [*ids[1:], 999_999]):
        assert code(paper.secretary.put(f"{paper.at}/order", {"order": wrong})) == "paper_order_stale"


def test_who_withdraws_before_printing_is_not_on_the_ballot(paper: Paper) -> None:
    draft = paper.draft(names=6)
    leaving = draft["candidates"][1]
    ok(paper.secretary.post(f"{paper.at}/candidates/{leaving['id']}/withdraw", {"reason": "Sức khỏe"}))
    printed = ok(paper.step("print"))
    assert [one["line"] for one in printed["candidates"]] == [1, 2, 3, 4, 5, None]
    last = printed["candidates"][-1]
    assert (last["name"], last["standing"], last["reason"], last["on_paper_only"]) == (
        leaving["name"], "withdrawn", "Sức khỏe", False
    )


def test_a_printed_list_is_frozen(paper: Paper) -> None:
    paper.printed()
    one = paper.get()["candidates"][0]["id"]
    tries = [
        paper.candidate("Người Đến Sau"), paper.secretary.put(f"{paper.at}/order", {}), paper.step("print"),
        paper.secretary.patch(f"{paper.at}/candidates/{one}", {"name": "Tên Khác"}),
        paper.secretary.delete(f"{paper.at}/candidates/{one}"), paper.secretary.delete(paper.at),
        paper.secretary.patch(paper.at, {"seats": 3}),
    ]
    assert [code(answer) for answer in tries] == ["paper_not_draft"] * len(tries)


def test_the_same_person_is_on_the_list_once(paper: Paper) -> None:
    paper.draft(names=0)
    ok(paper.candidate("Nguyễn Văn Hùng", unit="Sở Mẫu"))
    assert code(paper.candidate("nguyễn  văn HÙNG", unit="sở mẫu")) == "paper_candidate_twice"
    ok(paper.candidate("Nguyễn Văn Hùng", unit="Sở Khác"))
    ok(paper.candidate("Trần Thị Hoa", participant_id=paper.people[0]))
    assert code(paper.candidate("Trần T. Hoa", participant_id=paper.people[0])) == "paper_candidate_twice"


def test_96_a_confidence_vote_records_whom_it_leaves_out_and_why(paper: Paper) -> None:
    paper.draft("confidence", 0, 2)
    ok(paper.candidate("Lê Sắp Nghỉ", left_out="Đã có thông báo nghỉ hưu"))
    printed = ok(paper.step("print"))
    assert [(one["line"], one["standing"]) for one in printed["candidates"]] == [
        (1, "standing"), (2, "standing"), (None, "left_out"),
    ]
    assert printed["candidates"][2]["reason"] == "Đã có thông báo nghỉ hưu"


def test_an_election_leaves_nobody_out(paper: Paper) -> None:
    paper.draft(names=0)
    assert code(paper.candidate("Lê Sắp Nghỉ", left_out="Nghỉ hưu")) == "paper_left_out_unfit"


@pytest.mark.parametrize(("said", "refused"), [
    ({"kind": "election_surplus", "rule": "open-vote", "seats": 3}, "paper_rule_unfit"),
    ({"kind": "election_surplus", "rule": "confidence-96", "seats": 3}, "paper_rule_unfit"),
    ({"kind": "confidence", "rule": "election-delegate-congress"}, "paper_rule_unfit"),
    ({"kind": "election_surplus", "rule": "no-such-rule", "seats": 3}, "paper_rule_unknown"),
    ({"kind": "election_surplus", "rule": "election-delegate-congress"}, "paper_seats_unfit"),
    ({"kind": "confidence", "rule": "confidence-96", "seats": 2}, "paper_seats_unfit"),
    ({"kind": "confidence", "rule": "confidence-96", "agenda_item_id": 99_999}, "agenda_item_not_found"),
])
def test_190_dieu_3_a_vote_in_a_form_its_rule_does_not_have_is_refused(
    paper: Paper, said: dict[str, Any], refused: str
) -> None:
    answer = paper.secretary.post(paper.path, {"title": "Bầu", **said})
    assert code(answer) == refused
    if refused == "paper_rule_unfit":
        assert "QĐ/TW" in answer.json["detail"] or "(" in answer.json["detail"]


def test_a_draft_can_be_edited_and_deleted_with_its_list(paper: Paper) -> None:
    paper.draft()
    edited = ok(paper.secretary.patch(paper.at, {"title": "Ủy ban Kiểm tra", "seats": 3, "agenda_item_id": None}))
    assert (edited["title"], edited["seats"], edited["lines"]) == ("Ủy ban Kiểm tra", 3, 5)
    ok(paper.secretary.delete(paper.at))
    assert code(paper.secretary.get(paper.at)) == "paper_vote_not_found"


def test_a_vote_of_another_meeting_is_not_found(paper: Paper) -> None:
    paper.draft()
    elsewhere = paper.scene.meeting(delegates=2)
    assert code(paper.secretary.get(f"/api/meetings/{elsewhere}/paper-votes/{paper.vote}")) == "paper_vote_not_found"
