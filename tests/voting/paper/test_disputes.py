"""What a dispute about a paper vote would turn on: bases that do not add up, and rounds that grow."""

from typing import Any

import pytest
from sqlalchemy import update

from server.meetings.models import Meeting, Participant, ParticipantRole
from tests.voting.paper.conftest import Paper, code, ok

RULE: dict[str, Any] = {
    "code": "bau-cu-rieng", "name": {"vi": "Bầu cử theo quy chế riêng", "en": "Election by our own rules"},
    "citation": {"regulation": "Quy chế bầu cử của đơn vị thử", "number": "07-QC/TU"},
    "subject": "election", "forms": ["paper_secret"], "kinds": ["choice"], "base": "convened",
    "threshold": {"numerator": 1, "denominator": 2, "strict": True}, "names": "unnamed",
    "tie": {"vi": "Bầu lại.", "en": "Vote again.", "code": "vote-again"},
    "exclusions": [{"code": "suspended", "vi": "Bị đình chỉ", "en": "Suspended"}],
}


def rule(paper: Paper, **changed: Any) -> None:
    ok(paper.secretary.post(f"/api/units/{paper.scene.top}/voting-rules", RULE | changed))


def exclude(paper: Paper, *people: int, why: str = "suspended") -> Any:
    said = [{"participant_id": one, "code": why, "reason": "Quyết định số 12"} for one in people]
    return paper.secretary.put(f"{paper.at}/exclusions", {"exclusions": said})


def make_guest(paper: Paper, person: int) -> None:
    guest = {"role": ParticipantRole.GUEST, "entitled": False}
    paper.scene.run(lambda tx: tx.execute(update(Participant).where(Participant.id == person).values(**guest)))


def problems(paper: Paper) -> list[str]:
    return [one["code"] for one in paper.get()["problems"]]


# --- the base --------------------------------------------------------------------------------------------------------


def test_who_became_a_guest_is_not_taken_off_the_base_twice(paper: Paper) -> None:
    paper.draft("election_no_surplus", 1, 1)
    ok(exclude(paper, paper.delegates[0]))
    make_guest(paper, paper.delegates[0])
    assert problems(paper) == ["paper_exclusion_guest"]
    assert code(paper.step("print")) == "paper_exclusion_guest"
    ok(exclude(paper))
    ok(paper.step("print"))
    ok(exclude(paper, paper.delegates[1]))
    make_guest(paper, paper.delegates[1])
    answer = paper.step("issue", {"issued": 9})
    assert code(answer) == "paper_exclusion_guest", "nor when it happens after printing"
    ok(exclude(paper))
    shown = ok(paper.step("issue", {"issued": 9}))["rule"]
    assert (shown["whole"], shown["base_count"]) == (10, 10)


def test_a_reason_of_one_rule_does_not_outlive_a_change_to_another(paper: Paper) -> None:
    paper.draft("election_no_surplus", 1, 1, rule="election-members-congress")
    ok(exclude(paper, paper.delegates[0], why="exempt"))
    ok(paper.secretary.patch(paper.at, {"rule": "election-delegate-congress"}))
    assert problems(paper) == ["paper_exclusion_unknown"]
    assert code(paper.step("print")) == "paper_exclusion_unknown"


def test_who_is_in_the_room_is_not_left_out_as_absent_throughout(paper: Paper) -> None:
    paper.draft("election_no_surplus", 1, 1)
    answer = exclude(paper, paper.delegates[0], why="absent-throughout")
    assert code(answer) == "paper_exclusion_present"
    paper.scene.leave(paper.delegates[0])
    ok(exclude(paper, paper.delegates[0], why="absent-throughout"))
    paper.scene.enter(paper.meeting, paper.delegates[0])
    assert problems(paper) == ["paper_exclusion_present"]


def test_a_base_of_those_present_is_of_those_entitled_and_loses_nobody_who_is_absent(paper: Paper) -> None:
    rule(paper, base="present", late_arrivals=False)
    absent, staff = paper.delegates[0], paper.delegates[1]
    paper.scene.leave(absent)
    paper.scene.run(lambda tx: tx.execute(update(Participant).where(Participant.id == staff).values(entitled=False)))
    paper.printed("election_no_surplus", 1, 1, rule=RULE["code"])
    assert code(exclude(paper, absent)) == "paper_exclusion_guest"
    shown = ok(paper.step("issue", {"issued": 9}))["rule"]
    assert (shown["whole"], shown["base_count"]) == (10, 10)


def test_a_rule_without_a_quorum_of_its_own_takes_the_meetings(paper: Paper) -> None:
    rule(paper)
    paper.scene.run(lambda tx: tx.execute(update(Meeting).values(quorum_numerator=2, quorum_denominator=3)))
    for person in paper.delegates[:6]:
        paper.scene.leave(person)
    paper.printed("election_no_surplus", 1, 1, rule=RULE["code"])
    assert paper.get()["rule"]["quorum_needed"] == 8
    assert code(paper.step("issue", {"issued": 5})) == "paper_no_quorum"


def test_a_rule_that_needs_no_quorum_asks_for_none(paper: Paper) -> None:
    rule(paper, needs_quorum=False, quorum={"numerator": 1, "denominator": 1})
    paper.scene.leave(paper.delegates[0])
    paper.begin(5, "election_no_surplus", 1, 1, rule=RULE["code"])


# --- further rounds --------------------------------------------------------------------------------------------------


def second_round(paper: Paper) -> dict[str, Any]:
    """Two seats of four are left; three tie for them."""
    paper.begin(12, seats=4, names=5)
    paper.result(["kkkks"] * 4 + ["kkksk"] * 4 + ["kkskk"] * 4)
    draft: dict[str, Any] = ok(paper.step("second-round"))
    paper.vote = draft["id"]
    return draft


def test_a_further_round_elects_no_more_than_are_left(paper: Paper) -> None:
    second_round(paper)
    answer = paper.secretary.patch(paper.at, {"seats": 3})
    assert code(answer) == "paper_seats_beyond"
    assert "2" in answer.json["detail"]
    assert ok(paper.secretary.patch(paper.at, {"seats": 1}))["seats"] == 1


def test_a_further_round_with_new_names_keeps_to_the_surplus(paper: Paper) -> None:
    """Only those who stood before may be more than the surplus allows: they tie."""
    assert second_round(paper)["surplus"]["ok"] is True
    ok(paper.candidate("Người Mới"))
    assert paper.get()["surplus"]["ok"] is False
    assert problems(paper) == ["paper_surplus_too_large"]


def test_an_election_made_of_a_confidence_vote_leaves_nobody_out(paper: Paper) -> None:
    paper.draft("confidence", 0, 1)
    ok(paper.candidate("Lê Sắp Nghỉ", left_out="Đã có thông báo nghỉ hưu"))
    ok(paper.secretary.patch(paper.at, {
        "kind": "election_no_surplus", "rule": "election-delegate-congress", "seats": 1
    }))
    assert problems(paper) == ["paper_left_out_unfit"]


# --- afterwards ------------------------------------------------------------------------------------------------------


def test_an_annulled_count_can_still_be_looked_into(paper: Paper) -> None:
    paper.begin(12)
    paper.counted(["kkkks"], ["kkkss"], ["kkkks"])
    ok(paper.step("annul", {"reason": "Phát phiếu chưa đóng dấu"}))
    assert paper.secretary.get(paper.station(2, "/log.pdf")).status_code == 200
    assert ok(paper.secretary.get(f"{paper.at}/differences"))["total"] == 1


@pytest.mark.parametrize("committed", [0, 2])
def test_stations_stay_blind_when_a_count_is_annulled_before_the_comparison(paper: Paper, committed: int) -> None:
    paper.begin(12)
    for number in range(1, committed + 1):
        paper.enter(number, ["kkkks"])
        ok(paper.commit(number, 1))
    ok(paper.step("annul", {"reason": "Phát phiếu chưa đóng dấu"}))
    assert code(paper.desk(1).get(paper.station(2, "/log.pdf"))) == "paper_station_not_yours"
    assert code(paper.desk(1).get(f"{paper.at}/differences")) == "paper_not_compared"


def test_closing_the_meeting_with_a_count_nobody_was_told_is_warned_of(paper: Paper) -> None:
    paper.begin(12)
    paper.result(["kkkks"])

    def warned() -> list[str]:
        steps = ok(paper.secretary.get(f"/api/meetings/{paper.meeting}/steps"))["steps"]
        return [note["code"] for step in steps for note in step["warnings"] if step["to"] == "closed"]

    assert warned() == ["paper_result_unpublished"]
    ok(paper.step("publish"))
    assert warned() == []
