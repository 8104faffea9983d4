"""The tellers: appointed in the meeting, never on the list they count, and each at one station."""

import pytest

from server.core.clock import now
from server.meetings import invitations
from server.meetings.models import Meeting, Participant
from tests.conftest import Caller, code
from tests.voting.paper.conftest import Paper, ok


def give_pin(paper: Paper, participant: int) -> str:
    """The join code of the meeting, after this participant got the PIN 123456."""
    mac = invitations.pin_mac(paper.scene.services.keys, participant, "123456")

    def command(tx: object) -> None:
        tx.get_one(Participant, participant).pin_mac = mac  # type: ignore[attr-defined]
        tx.get_one(Meeting, paper.meeting).starts_at = now()  # type: ignore[attr-defined]

    paper.scene.run(command)
    return str(paper.scene.row(Meeting, paper.meeting).join_code)


def sign_in(paper: Paper, participant: int, surface: str, caller: Caller) -> object:
    joined = give_pin(paper, participant)
    return caller.post(
        f"/api/join/{joined}/sign-in", {"participant_id": participant, "pin": "123456", "surface": surface}
    )


def test_a_teller_signs_in_at_a_station_with_name_and_pin(paper: Paper) -> None:
    caller = paper.scene.caller("teller")
    ok(sign_in(paper, paper.tellers[0], "teller", caller))
    paper.begin(12)
    assert ok(caller.get(paper.station(1)))["station"]["holder_id"] == paper.tellers[0]


def test_somebody_who_is_no_teller_is_refused_at_a_station_in_words_and_welcome_at_a_seat(paper: Paper) -> None:
    delegate = paper.delegates[0]
    answer = sign_in(paper, delegate, "teller", paper.scene.caller("teller"))
    assert code(answer) == "not_a_teller"
    assert "ban kiểm phiếu" in answer.json["detail"]  # type: ignore[attr-defined]
    ok(sign_in(paper, delegate, "seat", paper.scene.caller("seat")))


def test_a_session_at_a_seat_does_not_open_a_station(paper: Paper) -> None:
    caller = paper.scene.caller("teller")
    ok(sign_in(paper, paper.tellers[0], "seat", caller))
    assert code(caller.get(paper.path)) == "sign_in_required"


def test_190_who_stands_on_the_list_cannot_be_a_teller(paper: Paper) -> None:
    paper.draft(names=0)
    ok(paper.candidate("Tên Trên Phiếu", participant_id=paper.delegates[0]))
    answer = paper.appoint([*paper.tellers, paper.delegates[0]])
    assert code(answer) == "paper_teller_stands"
    assert "Ban Chấp hành Đảng bộ khóa mới" in answer.json["detail"]


def test_190_a_teller_cannot_be_put_on_the_list(paper: Paper) -> None:
    paper.draft(names=0)
    assert code(paper.candidate("Tên Trên Phiếu", participant_id=paper.tellers[0])) == "paper_candidate_is_teller"


def test_a_teller_of_the_same_name_is_taken_for_the_candidate_until_the_list_names_the_right_person(
    paper: Paper,
) -> None:
    name = paper.scene.row(Participant, paper.delegates[0]).person.name
    paper.draft(names=0)
    made = ok(paper.candidate(name))
    assert code(paper.appoint([*paper.tellers, paper.delegates[0]])) == "paper_teller_stands"
    at = f"{paper.at}/candidates/{made['candidates'][0]['id']}"
    ok(paper.secretary.patch(at, {"participant_id": paper.delegates[5]}))
    ok(paper.appoint([*paper.tellers, paper.delegates[0]]))


def test_who_became_a_candidate_by_another_way_still_cannot_count(paper: Paper) -> None:
    """The list was changed under a running count: the station asks again at every step."""
    paper.begin(12)
    one = paper.get()["candidates"][0]["id"]

    def command(tx: object) -> None:
        from server.voting.paper.models import Candidate  # noqa: PLC0415

        tx.get_one(Candidate, one).participant_id = paper.tellers[0]  # type: ignore[attr-defined]

    paper.scene.run(command)
    answer = paper.desk(1).put(paper.station(1, "/ballots/1"), {"marks": "kkkks"})
    assert code(answer) == "paper_teller_is_candidate"


def test_a_teller_of_an_earlier_vote_may_stand_once_it_is_closed(paper: Paper) -> None:
    paper.begin(2)
    paper.result(["kkkks", "kkkks"])
    ok(paper.appoint(paper.delegates[:3]))
    paper.draft(names=0)
    ok(paper.candidate("Tên Trên Phiếu", participant_id=paper.tellers[0]))


def test_no_ballots_are_handed_out_without_three_tellers(paper: Paper) -> None:
    paper.printed()
    ok(paper.appoint(paper.tellers[:2]))
    assert code(paper.step("issue", {"issued": 12})) == "paper_tellers_missing"


def test_a_teller_at_a_station_is_not_replaced_before_the_station_is_released(paper: Paper) -> None:
    paper.begin(12)
    answer = paper.appoint([*paper.tellers[1:], paper.delegates[0]])
    assert code(answer) == "paper_teller_busy"
    assert answer.json["params"]["station"] == 1
    ok(paper.secretary.post(paper.station(1, "/release"), {"reason": "Đồng chí phải về"}))
    ok(paper.appoint([*paper.tellers[1:], paper.delegates[0]]))


def test_who_is_no_longer_a_teller_has_no_station(paper: Paper) -> None:
    paper.begin(12)
    ok(paper.secretary.post(paper.station(1, "/release"), {"reason": "Thay người"}))
    ok(paper.appoint([*paper.tellers[1:], paper.delegates[0]]))
    assert code(paper.take(1)) == "sign_in_required"
    assert paper.scene.seat(paper.tellers[0]).get("/api/session").status_code == 200


def test_the_head_of_the_tellers_comes_first(paper: Paper) -> None:
    listed = ok(paper.appoint(paper.tellers, paper.tellers[2]))["tellers"]
    assert [one["head"] for one in listed] == [True, False, False]
    assert listed[0]["participant_id"] == paper.tellers[2]
    assert paper.topic("console")["tellers"] == listed == paper.topic("teller")["tellers"]


@pytest.mark.parametrize("said", [
    {"participant_ids": [99_999]}, {"participant_ids": [], "head_id": 1}, {"participant_ids": "all"}, {},
    {"participant_ids": [1] * 61},
])
def test_a_senseless_list_of_tellers_is_refused(paper: Paper, said: dict[str, object]) -> None:
    answer = paper.secretary.put(f"/api/meetings/{paper.meeting}/tellers", said)
    assert code(answer) in ("participant_not_found", "invalid_input")
    assert len(paper.topic("console")["tellers"]) == 3


def test_a_teller_named_in_a_vote_is_not_removed_from_the_meeting(paper: Paper) -> None:
    ok(paper.appoint([*paper.tellers, paper.guest]))
    paper.scene.run(lambda tx: setattr(tx.get_one(Meeting, paper.meeting), "state", "convened"))
    answer = paper.secretary.delete(f"/api/meetings/{paper.meeting}/participants/{paper.guest}")
    assert code(answer) == "participant_in_paper_vote"
