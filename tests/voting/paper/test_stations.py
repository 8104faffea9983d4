"""The stations: whole ballots, replaced as often as one likes until the commit; a dead tablet loses half a ballot."""

from typing import Any

import pytest

from server.voting.paper.models import Entry, PaperVote
from tests.conftest import code
from tests.voting.paper.conftest import Paper, ok


def test_nothing_is_entered_before_the_ballots_are_handed_out(paper: Paper) -> None:
    paper.printed()
    assert code(paper.take(1)) == "paper_not_counting"
    ok(paper.step("issue", {"issued": 12}))
    ok(paper.take(1))
    assert paper.get()["state"] == "counting"


def test_a_ballot_is_entered_replaced_and_the_last_one_taken_back(paper: Paper) -> None:
    paper.begin(12)
    desk, at = paper.desk(1), paper.station(1, "/ballots")
    assert ok(desk.put(f"{at}/1", {"marks": "kkkks"}))["ballots"] == [{"number": 1, "judged": None}]
    assert ok(desk.put(f"{at}/2", {"marks": "kkkkk"}))["ballots"] == [{"number": 2, "judged": "too_many"}]
    assert ok(desk.put(f"{at}/3", {"marks": "sssss"}))["ballots"] == [{"number": 3, "judged": "nobody"}]
    assert ok(desk.put(f"{at}/2", {"invalid": "other_names"}))["entered"] == 3
    assert code(desk.delete(f"{at}/2")) == "paper_entry_not_last"
    assert code(desk.delete(f"{at}/9")) == "paper_entry_not_found"
    assert ok(desk.delete(f"{at}/3"))["highest"] == 2
    seen = ok(desk.get(paper.station(1)))
    assert [(one["number"], one["marks"], one["invalid"], one["judged"]) for one in seen["ballots"]] == [
        (1, "kkkks", None, None), (2, "", "other_names", "other_names"),
    ]


def test_the_same_value_again_changes_nothing(paper: Paper) -> None:
    paper.begin(12)
    for _ in range(3):
        ok(paper.desk(1).put(paper.station(1, "/ballots/1"), {"marks": "kkkks"}))
    assert [one.serial for one in paper.scene.rows(Entry)] == [1]
    ok(paper.desk(1).put(paper.station(1, "/ballots/1"), {"marks": "kkksk"}))
    assert [one.serial for one in paper.scene.rows(Entry)] == [2]


def test_a_request_that_is_sent_twice_is_carried_out_once(paper: Paper) -> None:
    paper.begin(12)
    first = paper.desk(1).put(paper.station(1, "/ballots/1"), {"marks": "kkkks"}, key="the-same-key-1")
    ok(paper.desk(1).put(paper.station(1, "/ballots/1"), {"marks": "kkksk"}))
    again = paper.desk(1).put(paper.station(1, "/ballots/1"), {"marks": "kkkks"}, key="the-same-key-1")
    assert again.json == first.json
    assert [one.marks for one in paper.scene.rows(Entry)] == ["kkksk"]


def test_a_bulk_is_stored_whole_or_not_at_all(paper: Paper) -> None:
    paper.begin(12)
    ballots = [{"number": one, "marks": "kkkks"} for one in range(1, 6)]
    answer = paper.desk(1).put(paper.station(1, "/ballots"), {"ballots": [*ballots, {"number": 6, "marks": "kkk"}]})
    assert (code(answer), answer.json["params"]["number"]) == ("paper_marks_unfit", 6)
    assert paper.scene.rows(Entry) == []
    assert ok(paper.desk(1).put(paper.station(1, "/ballots"), {"ballots": ballots}))["entered"] == 5


def test_a_tablet_that_dies_mid_ballot_loses_the_half_ballot_only(paper: Paper) -> None:
    """Two ballots were answered; the third was on the dead tablet's screen. The same teller goes on at another one."""
    paper.begin(12)
    paper.enter(1, ["kkkks", "kkksk"])
    another = paper.scene.teller(paper.tellers[0])
    seen = ok(another.get(paper.station(1)))
    assert [one["number"] for one in seen["ballots"]] == [1, 2]
    ok(another.post(paper.station(1, "/take")))
    assert ok(another.put(paper.station(1, "/ballots/3"), {"marks": "kkkks"}))["entered"] == 3


def test_a_station_whose_tablet_died_is_released_with_a_reason_and_taken_over_with_its_entries(paper: Paper) -> None:
    paper.begin(12)
    paper.enter(1, ["kkkks"] * 4)
    fourth = paper.delegates[0]
    ok(paper.appoint([*paper.tellers, fourth]))
    desk = paper.scene.teller(fourth)
    taken = paper.take(1, desk)
    assert code(taken) == "paper_station_taken"
    assert "giải phóng" in taken.json["next"]
    assert code(paper.secretary.post(paper.station(1, "/release"), {"reason": ""})) == "invalid_input"
    freed = ok(paper.secretary.post(paper.station(1, "/release"), {"reason": "Máy tắt nguồn"}))
    assert (freed["state"], freed["holder"]) == ("free", None)
    late = paper.desk(1).put(paper.station(1, "/ballots/5"), {"marks": "kkkks"})
    assert code(late) == "paper_station_not_yours"
    ok(paper.take(1, desk))
    assert len(ok(desk.get(paper.station(1)))["ballots"]) == 4
    assert ok(desk.put(paper.station(1, "/ballots/5"), {"marks": "kkkks"}))["entered"] == 5
    assert code(paper.secretary.post(paper.station(1, "/release"), {"reason": "x"})) == ""
    assert code(paper.secretary.post(paper.station(1, "/release"), {"reason": "x"})) == "paper_station_free"


def test_a_commit_needs_every_number_from_one_to_the_last(paper: Paper) -> None:
    paper.begin(12)
    paper.enter(1, ["kkkks", "kkkks"])
    paper.enter(1, ["kkkks"], start=4)
    short = paper.commit(1, 4)
    assert (code(short), short.json["params"]["number"]) == ("paper_station_incomplete", 3)
    paper.enter(1, ["kkkks"], start=3)
    assert code(paper.commit(1, 3)) == "paper_station_beyond"
    assert code(paper.commit(1, 5)) == "paper_station_incomplete"
    assert ok(paper.commit(1, 4))["state"] == "committed"


def test_a_committed_station_is_frozen_until_it_is_reopened_with_a_reason(paper: Paper) -> None:
    paper.begin(12)
    paper.enter(1, ["kkkks"] * 2)
    ok(paper.commit(1, 2))
    desk = paper.desk(1)
    frozen = [
        desk.put(paper.station(1, "/ballots/1"), {"marks": "kkksk"}), desk.delete(paper.station(1, "/ballots/2")),
        paper.commit(1, 2), paper.secretary.post(paper.station(1, "/release"), {"reason": "x"}),
    ]
    assert [code(one) for one in frozen] == ["paper_station_committed"] * 4
    ok(paper.secretary.post(paper.station(1, "/reopen"), {"reason": "Đếm sót một phiếu"}))
    paper.enter(1, ["kkkks"], start=3)
    ok(paper.commit(1, 3))
    assert code(paper.secretary.post(paper.station(2, "/reopen"), {"reason": "x"})) == "paper_station_not_committed"


def test_after_the_comparison_a_reopened_station_starts_from_nothing(paper: Paper) -> None:
    """Everybody has seen the differences: what would be corrected now would not be blind."""
    paper.begin(3)
    paper.counted(["kkkks"] * 3, ["kkkks"] * 3, ["kkkks"] * 2)
    ok(paper.secretary.post(paper.station(3, "/reopen"), {"reason": "Đếm sót một phiếu"}))
    assert paper.get()["state"] == "counting"
    assert ok(paper.desk(3).get(paper.station(3)))["ballots"] == []
    assert code(paper.desk(1).get(f"{paper.at}/differences")) == "paper_not_compared"
    paper.enter(3, ["kkkks"] * 3)
    ok(paper.commit(3, 3))
    assert ok(paper.step("compare")) == {"ballots": 3, "differences": 0}


def test_a_wrong_number_of_ballots_handed_out_is_corrected_while_counting(paper: Paper) -> None:
    paper.begin(2)
    beyond = paper.desk(1).put(paper.station(1, "/ballots/3"), {"marks": "kkkks"})
    assert code(beyond) == "paper_number_beyond"
    ok(paper.step("issue", {"issued": 3}))
    ok(paper.desk(1).put(paper.station(1, "/ballots/3"), {"marks": "kkkks"}))
    assert code(paper.step("issue", {"issued": 13})) == "paper_issued_beyond"
    assert paper.scene.row(PaperVote, paper.vote).issued == 3


@pytest.mark.parametrize(("path", "body"), [
    ("/stations/1/ballots/1", {"marks": "KKKKS"}), ("/stations/1/ballots/1", {"marks": ""}),
    ("/stations/1/ballots/1", {"marks": "k" * 151}), ("/stations/1/ballots/1", {"invalid": "torn"}),
    ("/stations/1/ballots/1", {}), ("/stations/1/ballots/1", {"marks": "kkkks", "invalid": "other"}),
    ("/stations/1/ballots/0", {"marks": "kkkks"}), ("/stations/1/ballots/5001", {"marks": "kkkks"}),
    ("/stations/1/ballots", {"ballots": []}), ("/stations/1/ballots", {"ballots": [{"number": 1}]}),
    ("/stations/1/ballots", {"ballots": [{"number": 1, "marks": "kkkks"}] * 2}),
    ("/stations/1/ballots", {"ballots": [{"number": n, "marks": "kkkks"} for n in range(1, 52)]}),
    ("/stations/1/ballots", {"ballots": [{"number": "một", "marks": "kkkks"}]}),
    ("/stations/1/ballots", {"ballots": [{"number": 1, "marks": "kkkks", "station": 2}]}),
    ("/stations/1/ballots", []), ("/stations/1/ballots/1", {"marks": ["k"]}), ("/stations/1/ballots/1", "kkkks"),
])
def test_garbage_is_refused_and_stores_nothing(paper: Paper, path: str, body: Any) -> None:
    paper.begin(12)
    answer = paper.desk(1).put(f"{paper.at}{path}", body)
    assert code(answer) in ("invalid_input", "not_json"), answer.json
    assert paper.scene.rows(Entry) == []


@pytest.mark.parametrize("marks", ["kkkk", "kkkksk", "kkkka", "fabnf", "hplnm"])
def test_marks_of_another_ballot_are_refused(paper: Paper, marks: str) -> None:
    paper.begin(12)
    assert code(paper.desk(1).put(paper.station(1, "/ballots/1"), {"marks": marks})) == "paper_marks_unfit"


def test_a_station_that_does_not_exist_is_not_found(paper: Paper) -> None:
    paper.begin(12)
    assert code(paper.desk(1).get(paper.station(4))) == "paper_station_unknown"
    assert code(paper.desk(1).post(paper.station(0, "/take"))) == "paper_station_unknown"
    assert code(paper.desk(1).get(f"{paper.path}/999/stations/1")) == "paper_vote_not_found"
