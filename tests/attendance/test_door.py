"""The door: every answer to a scan, presence, search, and the code on the wall."""

import threading
from datetime import timedelta

import pytest
import time_machine

from server.attendance.models import Presence, Scan
from server.attendance.room_code import code_at, is_good, minute_of
from server.core import clock
from server.meetings import invitations
from server.meetings.models import Participant
from tests.conftest import code


@pytest.fixture
def door(client):
    return client("steward", surface="door")


@pytest.fixture
def meeting(scene):
    return scene.meeting(delegates=3, guests=1, state="convened")


def paper(scene, participant):
    return invitations.of(scene.services.keys, scene.row(Participant, participant))


def scan(door, meeting, text):
    return door.post(f"/api/meetings/{meeting}/check-ins", {"payload": text})


def test_a_good_scan_welcomes_with_name_and_seat(scene, door, meeting):
    answer = scan(door, meeting, paper(scene, scene.people[0])).json
    assert (answer["outcome"], answer["seat"], answer["role"]) == ("welcome", "A1", "chair")
    assert (answer["present"], answer["convened"]) == (1, 3)
    assert scene.topic(f"meeting/{meeting}/attendance", "wall")["present"] == 1
    assert scene.topic(f"meeting/{meeting}/me/{scene.people[0]}", "seat")["present"] is True
    assert scene.topic(f"meeting/{meeting}/attendance", "console")["latest"][0]["method"] == "scan"


def test_a_second_scan_says_when_and_where_and_counts_once(scene, door, meeting):
    first = scan(door, meeting, paper(scene, scene.people[0])).json
    again = scan(door, meeting, paper(scene, scene.people[0]).lower()).json
    assert (again["outcome"], again["entered_ms"], again["present"]) == ("again", first["entered_ms"], 1)
    assert again["entered_by"].startswith("steward")


def test_a_guest_is_welcome_and_counted_apart(scene, door, meeting):
    assert scan(door, meeting, paper(scene, scene.people[3])).json["present"] == 0
    assert scene.topic(f"meeting/{meeting}/attendance", "wall")["guests_present"] == 1


def test_each_bad_scan_has_its_own_reason_and_is_logged(scene, client, door, meeting):
    person = scene.people[1]
    revoked = paper(scene, person)
    client("secretary").post(f"/api/meetings/{meeting}/invitations", {})
    client("secretary").post(f"/api/meetings/{meeting}/invitations", {"participant_ids": [person]})
    removed = paper(scene, scene.people[2])
    client("secretary").delete(f"/api/meetings/{meeting}/participants/{scene.people[2]}")
    scene.meeting(title="Hội nghị khác", state="convened")
    foreign = paper(scene, scene.people[0])
    forged = "NS1" + "A" * 32
    texts = {
        "scan_not_ours": forged, "scan_wrong_meeting": foreign, "scan_revoked": revoked, "scan_not_convened": removed,
    }
    for expected, text in texts.items():
        answer = scan(door, meeting, text)
        assert code(answer) == expected
        assert answer.json["detail"]
        assert answer.json["next"]
    assert "Hội nghị khác" in scan(door, meeting, foreign).json["detail"]
    logged = [row.outcome for row in scene.rows(Scan, meeting_id=meeting)]
    assert logged == [*texts, "scan_wrong_meeting"]
    assert scene.rows(Presence) == []


def test_a_repeated_request_is_refused_alike_and_logged_once(scene, door, meeting):
    body = {"payload": "NS1" + "A" * 32}
    codes = [code(door.post(f"/api/meetings/{meeting}/check-ins", body, key="retry-0001")) for _ in range(2)]
    assert codes == ["scan_not_ours"] * 2
    assert len(scene.rows(Scan)) == 1


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_a_meeting_that_is_not_open_lets_nobody_in(scene, door, client, state):
    meeting = scene.meeting(state=state)
    one = scene.people[0]
    assert code(scan(door, meeting, paper(scene, one))) == "meeting_not_open"
    by_name = {"participant_id": one, "method": "search"}
    assert code(door.post(f"/api/meetings/{meeting}/check-ins", by_name)) == "meeting_not_open"
    override = {"present": True, "reason": "Vào cửa sau"}
    path = f"/api/meetings/{meeting}/participants/{one}/presence"
    assert code(client("secretary").post(path, override)) == "meeting_not_open"


@pytest.mark.usefixtures("any_store")
def test_two_doors_that_scan_the_same_person_at_once_count_one(scene, door, meeting):
    text, outcomes = paper(scene, scene.people[0]), []
    together = threading.Barrier(8)

    def one_door():
        together.wait()
        outcomes.append(scan(door, meeting, text).json["outcome"])

    doors = [threading.Thread(target=one_door) for _ in range(8)]
    for one in doors:
        one.start()
    for one in doors:
        one.join()
    assert sorted(outcomes) == ["again"] * 7 + ["welcome"]
    assert len(scene.rows(Presence)) == 1
    assert scene.topic(f"meeting/{meeting}/attendance", "wall")["present"] == 1


def test_going_out_and_coming_back_makes_a_second_interval(scene, door, meeting):
    one = scene.people[0]
    scan(door, meeting, paper(scene, one))
    assert door.post(f"/api/meetings/{meeting}/check-outs", {"participant_id": one}).status_code == 204
    assert code(door.post(f"/api/meetings/{meeting}/check-outs", {"participant_id": one})) == "not_inside"
    assert scan(door, meeting, paper(scene, one)).json["outcome"] == "welcome"
    intervals = scene.rows(Presence, participant_id=one)
    assert [row.left_at is None for row in intervals] == [False, True]


def test_the_door_finds_people_without_diacritics(scene, door, meeting):
    found = door.get(f"/api/meetings/{meeting}/door/search", query_string={"q": "nguyen ha"}).json["people"]
    assert [(one["name"], one["seat"], one["entered_ms"]) for one in found] == [("Nguyễn Thị Hà", "A1", None)]
    assert door.post(
        f"/api/meetings/{meeting}/check-ins", {"participant_id": found[0]["participant_id"], "method": "search"}
    ).json["outcome"] == "welcome"
    assert scene.rows(Presence)[0].method == "search"


def test_the_secretary_overrides_with_a_reason(scene, client, door, meeting):
    one = scene.people[0]
    path = f"/api/meetings/{meeting}/participants/{one}/presence"
    secretary = client("secretary")
    assert code(secretary.post(path, {"present": True, "reason": " "})) == "invalid_input"
    assert secretary.post(path, {"present": True, "reason": "Quên giấy mời"}).status_code == 204
    assert scene.rows(Presence)[0].method == "console"
    assert secretary.post(path, {"present": True, "reason": "Bấm lại"}).status_code == 204
    assert secretary.post(path, {"present": False, "reason": "Nhầm người"}).status_code == 204
    assert len(scene.rows(Presence)) == 1
    assert code(door.post(path, {"present": True, "reason": "Lễ tân"})) == "forbidden"


def test_a_seat_checks_in_with_the_code_on_the_wall(scene, client, meeting):
    seat = scene.seat(scene.people[1])
    shown = client("steward", surface="wall").get(f"/api/meetings/{meeting}/room-code").json
    path = f"/api/meetings/{meeting}/me/check-in"
    wrong = f"{(int(shown['code']) + 1) % 10**6:06d}"
    assert code(seat.post(path, {"code": wrong})) == "room_code_wrong"
    assert seat.post(path, {"code": shown["code"]}).json["outcome"] == "welcome"
    assert scene.rows(Presence)[0].participant_id == scene.people[1]
    assert code(client("steward").post(path, {"code": shown["code"]})) == "forbidden"


def test_codes_cannot_be_tried_out(scene, meeting):
    seat = scene.seat(scene.people[1])
    codes = {code(seat.post(f"/api/meetings/{meeting}/me/check-in", {"code": "000000"})) for _ in range(12)}
    assert "too_many_requests" in codes


def test_the_code_on_the_wall_is_good_for_a_few_minutes(services):
    now = clock.now()
    for minutes, good in ((0, True), (2, True), (-2, True), (4, False), (-4, False)):
        shown = code_at(services.keys, 7, minute_of(now + timedelta(minutes=minutes)))
        assert is_good(services.keys, 7, shown, now) is good
    assert not is_good(services.keys, 8, code_at(services.keys, 7, minute_of(now)), now)


def test_an_excused_person_who_comes_is_present(scene, client, door, meeting):
    one = scene.people[1]
    client("secretary").patch(f"/api/meetings/{meeting}/participants/{one}", {"excused_reason": "Ốm"})
    assert scene.topic(f"meeting/{meeting}/attendance", "wall")["excused"] == 1
    scan(door, meeting, paper(scene, one))
    now = scene.topic(f"meeting/{meeting}/attendance", "wall")
    assert (now["excused"], now["present"]) == (0, 1)


def test_time_stands_where_the_server_says(scene, door, meeting):
    with time_machine.travel("2026-11-24T01:30:00Z", tick=False):
        entered = scan(door, meeting, paper(scene, scene.people[0])).json["entered_ms"]
    assert entered == 1795483800000
