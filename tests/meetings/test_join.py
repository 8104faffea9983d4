"""Invitations, PINs and signing in at a seat."""

from datetime import timedelta

import pytest
import time_machine

from server.core import clock
from server.core.idempotency import StoredAnswer
from server.meetings import invitations
from server.meetings.invitations import Invitation
from server.meetings.models import Meeting, Participant
from server.people.models import SignInAttempt
from tests.conftest import Caller, code


@pytest.fixture
def meeting(scene):
    return scene.meeting(delegates=3, guests=1, state="convened")


@pytest.fixture
def pins(client, meeting):
    made = client("secretary").post(f"/api/meetings/{meeting}/invitations", {}).json["invitations"]
    return {one["participant_id"]: one for one in made}


@pytest.fixture
def seat(app):
    return Caller(app, "seat")


@pytest.fixture
def join(scene, meeting):
    return f"/api/join/{scene.row(Meeting, meeting).join_code}"


def test_everybody_without_a_pin_gets_one(scene, client, meeting, pins):
    assert set(pins) == set(scene.people)
    assert all(one["pin"].isdecimal() and len(one["pin"]) == 6 for one in pins.values())
    assert len({one["pin"] for one in pins.values()}) == 4
    again = client("secretary").post(f"/api/meetings/{meeting}/invitations", {})
    assert again.json == {"invitations": []}


def test_a_lost_answer_is_given_again_but_no_pin_is_stored(scene, client, meeting):
    secretary = client("secretary")
    first, second = (
        secretary.post(f"/api/meetings/{meeting}/invitations", {}, key="lost-answer").json for _ in range(2)
    )
    assert first == second
    with scene.services.database.read() as session:
        kept = str([row.answer for row in session.query(StoredAnswer)])
    assert not any(one["pin"] in kept for one in first["invitations"])
    rows = str([vars(row) for row in scene.rows(Participant)])
    assert not any(f"'{one['pin']}'" in rows for one in first["invitations"])


@pytest.mark.usefixtures("any_store")
def test_a_delegate_signs_in_with_name_and_pin(scene, meeting, pins, seat, join):
    names = seat.get(join).json
    assert (names["meeting_id"], len(names["participants"])) == (meeting, 4)
    assert set(names["participants"][0]) == {"id", "name", "unit", "seat"}
    me = scene.people[0]
    answer = seat.post(f"{join}/sign-in", {"participant_id": me, "pin": pins[me]["pin"]})
    assert answer.json == {"meeting_id": meeting, "participant_id": me}
    cookie = answer.headers["Set-Cookie"]
    assert all(part in cookie for part in ("nghisu_seat=", "HttpOnly", "SameSite=Lax"))
    assert seat.get("/api/session").json["name"] == pins[me]["name"]


def test_an_invitation_stands_for_the_name(scene, meeting, pins, seat):
    me = scene.people[1]
    said = {"invitation": pins[me]["payload"].lower(), "pin": pins[me]["pin"]}
    assert seat.post("/api/join/invitation/sign-in", said).json["participant_id"] == me
    assert code(seat.post("/api/join/OTHERCODE/sign-in", said)) == "join_unknown"


def test_five_wrong_pins_lock_the_participant_out_for_a_while(scene, pins, seat, join):
    me, other = scene.people[0], scene.people[1]
    wrong = "000000" if pins[me]["pin"] != "000000" else "111111"
    answers = [seat.post(f"{join}/sign-in", {"participant_id": me, "pin": wrong}) for _ in range(5)]
    assert [code(answer) for answer in answers] == ["pin_wrong"] * 4 + ["locked_out"]
    assert "Còn 1 lần thử" in answers[3].json["detail"]
    right = {"participant_id": me, "pin": pins[me]["pin"]}
    assert code(seat.post(f"{join}/sign-in", right)) == "locked_out"
    assert seat.post(f"{join}/sign-in", {"participant_id": other, "pin": pins[other]["pin"]}).status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        assert seat.post(f"{join}/sign-in", right).status_code == 200
    outcomes = [row.outcome for row in scene.rows(SignInAttempt, who=f"participant:{me}")]
    assert outcomes == ["pin_wrong"] * 4 + ["locked_out"] * 2 + ["ok"]


def test_who_goes_on_guessing_gets_one_try_and_then_waits_twice_as_long(scene, services, pins, seat, join):
    me = scene.people[0]
    wrong = {"participant_id": me, "pin": "000000" if pins[me]["pin"] != "000000" else "111111"}
    for _ in range(5):
        seat.post(f"{join}/sign-in", wrong)
    moment, waits = clock.now(), []
    for _ in range(8):
        moment = scene.row(Participant, me).pin_locked_until + timedelta(seconds=1)
        with time_machine.travel(moment, tick=False):
            assert code(seat.post(f"{join}/sign-in", wrong)) == "locked_out"
            waits.append(scene.row(Participant, me).pin_locked_until - clock.now())
    assert [wait // timedelta(minutes=1) for wait in waits] == [30, 60, 120, 240, 480, 480, 480, 480]
    with time_machine.travel(moment + timedelta(hours=9), tick=False):
        assert seat.post(f"{join}/sign-in", {**wrong, "pin": pins[me]["pin"]}).status_code == 200
        assert code(seat.post(f"{join}/sign-in", wrong)) == "pin_wrong"


def test_a_new_pin_ends_the_lock_out_the_old_paper_and_the_old_seats(scene, client, pins, seat, join):
    me = scene.people[0]
    meeting = scene.row(Participant, me).meeting_id
    seat.post(f"{join}/sign-in", {"participant_id": me, "pin": pins[me]["pin"]})
    renewed = client("secretary").post(f"/api/meetings/{meeting}/invitations", {"participant_ids": [me]})
    new = renewed.json["invitations"][0]
    assert code(seat.get("/api/session")) == "sign_in_required"
    old_paper = {"invitation": pins[me]["payload"], "pin": new["pin"]}
    assert code(seat.post("/api/join/invitation/sign-in", old_paper)) == "invitation_invalid"
    assert seat.post(f"{join}/sign-in", {"participant_id": me, "pin": new["pin"]}).status_code == 200
    if new["pin"] != pins[me]["pin"]:
        assert code(seat.post(f"{join}/sign-in", {"participant_id": me, "pin": pins[me]["pin"]})) == "pin_wrong"


def test_a_pin_ends_some_days_after_the_meeting_began(scene, services, pins, seat, join):
    me = scene.people[0]
    with time_machine.travel(clock.now() + timedelta(days=services.settings.pin_days + 1), tick=False):
        assert code(seat.post(f"{join}/sign-in", {"participant_id": me, "pin": pins[me]["pin"]})) == "pin_expired"


def test_without_a_pin_one_is_told_whom_to_ask(scene, meeting, seat, join):
    answer = seat.post(f"{join}/sign-in", {"participant_id": scene.people[0], "pin": "123456"})
    assert (code(answer), answer.json["next"]) == ("pin_missing", "Nhờ thư ký cấp mã.")


@pytest.mark.parametrize(("state", "status"), [
    ("draft", 404), ("convened", 200), ("in_session", 200), ("paused", 200), ("closed", 404),
])
def test_names_are_shown_only_while_a_meeting_is_open(scene, seat, state, status):
    meeting = scene.meeting(state=state)
    assert seat.get(f"/api/join/{scene.row(Meeting, meeting).join_code}").status_code == status


def test_a_participant_of_another_meeting_cannot_come_in_by_this_code(scene, client, meeting, pins, seat):
    other = scene.row(Meeting, scene.meeting(state="convened")).join_code
    me = min(pins)
    answer = seat.post(f"/api/join/{other}/sign-in", {"participant_id": me, "pin": pins[me]["pin"]})
    assert code(answer) == "participant_not_found"


def test_a_seat_sees_its_own_meeting_only(scene, meeting, pins):
    mine = scene.seat(scene.people[0])
    assert mine.get("/api/me/meetings").json == {"meetings": []}
    assert code(mine.get(f"/api/meetings/{meeting}/participants")) == "forbidden"
    assert code(mine.post(f"/api/meetings/{meeting}/state", {"to": "closed", "confirm": True})) == "forbidden"


def test_invitations_cannot_be_forged(services):
    keys = services.keys
    good = invitations.payload(keys, Invitation(7, 12, 1))
    assert invitations.read(keys, good) == Invitation(7, 12, 1)
    assert invitations.read(keys, f" {good.lower()}\r\n") == Invitation(7, 12, 1)
    for at in range(3, len(good)):
        letter = "A" if good[at] != "A" else "B"
        assert invitations.read(keys, good[:at] + letter + good[at + 1 :]) is None
    longer, other = good + "A", "NS2" + good[3:]
    for text in ("", "NS1", good[:-1], longer, other, "https://example.vn", "NS1" + "1" * 32, "\x00" * 35):
        assert invitations.read(keys, text) is None


def test_an_invitation_of_another_server_is_not_ours(services, tmp_path):
    from server.core.keys import Keys  # noqa: PLC0415

    foreign = invitations.payload(Keys(tmp_path / "other"), Invitation(7, 12, 1))
    assert invitations.read(services.keys, foreign) is None


def test_the_qr_is_a_picture_for_the_secretary(scene, client, meeting):
    answer = client("secretary").get(f"/api/meetings/{meeting}/participants/{scene.people[0]}/invitation.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.data.startswith(b"<?xml")
    assert b"<path" in answer.data


def test_too_many_tries_from_one_address_have_to_wait(services, seat):
    object.__setattr__(services.settings, "sign_in_per_minute", 10)
    codes = [code(seat.get("/api/join/NOWHERE")) for _ in range(12)]
    assert codes == ["join_unknown"] * 10 + ["too_many_requests"] * 2
