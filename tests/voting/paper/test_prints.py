"""Whatever a count comes to, its minutes can be printed: ties, withdrawals, exclusions, an empty box."""

import pytest

from tests.voting.paper.conftest import Paper, ok


def printed(paper: Paper) -> None:
    for form, begins in (("pdf", b"%PDF-"), ("docx", b"PK")):
        answer = paper.secretary.get(f"{paper.at}/minutes.{form}")
        assert answer.status_code == 200, answer.json
        assert answer.data.startswith(begins)


def withdraw(paper: Paper, line: int) -> None:
    one = paper.get()["candidates"][line - 1]["id"]
    ok(paper.secretary.post(f"{paper.at}/candidates/{one}/withdraw", {"reason": "Xin rút"}))


@pytest.mark.parametrize(("kind", "seats", "names", "pile"), [
    ("election_surplus", 4, 5, ["kkkks"] * 4 + ["kkksk"] * 4 + ["kkskk"] * 4),  # a tie
    ("election_surplus", 4, 5, ["kkkks", "sssss", "kkkkk", "!not_issued"]),
    ("election_surplus", 4, 5, []),
    ("election_no_surplus", 3, 3, ["fff", "fba", "nnn", "aaa", "!other"]),
    ("election_no_surplus", 1, 1, ["f", "a", "b", "n"]),
    ("confidence", 0, 3, ["hpl"] * 6 + ["lln", "mmm", "!other_names"]),
])
def test_minutes_of_every_kind_are_printed(paper: Paper, kind: str, seats: int, names: int, pile: list[str]) -> None:
    paper.begin(12, kind, seats, names)
    paper.result(pile)
    printed(paper)


@pytest.mark.parametrize(("kind", "seats", "pile"), [
    ("election_surplus", 4, ["kkkks"] * 7 + ["kskss"]), ("election_no_surplus", 5, ["ffffb"] * 8 + ["aaaaa"]),
    ("confidence", 0, ["hhhhh", "lllll", "nnnnn"]),
])
def test_minutes_with_a_withdrawal_and_exclusions_are_printed(
    paper: Paper, kind: str, seats: int, pile: list[str]
) -> None:
    paper.begin(9, kind, seats, 5)
    withdraw(paper, 2)
    for person in paper.delegates[:3]:
        paper.scene.leave(person)
    code = "absent-throughout"
    ok(paper.secretary.put(f"{paper.at}/exclusions", {"exclusions": [
        {"participant_id": one, "code": code, "reason": "Có giấy xin phép"} for one in paper.delegates[:3]
    ]}))
    result = paper.result(pile)
    assert result["base_count"] == 9
    printed(paper)


def test_minutes_of_a_confidence_vote_name_whom_it_left_out(paper: Paper) -> None:
    paper.draft("confidence", 0, 2)
    ok(paper.candidate("Lê Sắp Nghỉ", left_out="Đã có thông báo nghỉ hưu"))
    ok(paper.step("print"))
    ok(paper.step("issue", {"issued": 3}))
    for number in (1, 2, 3):
        ok(paper.take(number))
    paper.result(["hh", "ll", "pn"])
    printed(paper)


def test_minutes_of_a_second_round_are_printed(paper: Paper) -> None:
    paper.begin(12, "election_no_surplus", 3, 3)
    paper.result(["ffa"] * 9)
    draft = ok(paper.step("second-round"))
    assert (draft["round"], draft["seats"], draft["kind"]) == (2, 1, "election_no_surplus")
    paper.vote = draft["id"]
    ok(paper.step("print"))
    ok(paper.step("issue", {"issued": 12}))
    for number in (1, 2, 3):
        ok(paper.take(number))
    assert paper.result(["f"] * 6 + ["a"] * 6)["elected"] == []
    printed(paper)
