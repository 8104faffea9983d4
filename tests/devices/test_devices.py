"""Enrolling walls, doors and seats, what they then may do, and which meeting they show."""

import hashlib
from datetime import timedelta

import pytest
import time_machine

from server.core import clock
from server.core.idempotency import StoredAnswer
from server.core.keys import Keys
from server.devices import commands
from server.devices.models import Device
from tests.conftest import Caller, code


@pytest.fixture
def add(scene, client):
    def add(kind="wall", **more):
        body = {"kind": kind, "name": "Màn hình A", **more}
        return client("secretary").post(f"/api/units/{scene.top}/devices", body)

    return add


def test_a_code_enrols_one_device_once(app, add):
    made = add().json
    assert made["url"].endswith(f"/wall/?code={made['code']}")
    wall = Caller(app, "wall")
    typed = f" {made['code'][:4].lower()}-{made['code'][4:]} "
    assert wall.post("/api/enrol", {"code": typed}).json["kind"] == "wall"
    assert wall.get("/api/device").json["name"] == "Màn hình A"
    assert code(Caller(app, "wall").post("/api/enrol", {"code": made["code"]})) == "enrolment_code_wrong"


def test_a_code_opens_its_own_kind_of_screen_only(app, add):
    made = add("door").json
    assert code(Caller(app, "console").post("/api/enrol", {"code": made["code"]})) == "enrolment_wrong_surface"
    assert Caller(app, "door").post("/api/enrol", {"code": made["code"]}).status_code == 200


def test_a_code_ends_after_a_day(app, add):
    made = add().json
    with time_machine.travel(clock.now() + timedelta(hours=25), tick=False):
        assert code(Caller(app, "wall").post("/api/enrol", {"code": made["code"]})) == "enrolment_code_wrong"


def test_codes_are_not_stored(scene, client):
    body = {"kind": "wall", "name": "A"}
    made = [client("secretary").post(f"/api/units/{scene.top}/devices", body, key="twice-sent").json for _ in range(2)]
    assert made[0] == made[1]
    assert len(scene.rows(Device)) == 1
    with scene.services.database.read() as session:
        kept = str([row.answer for row in session.query(StoredAnswer)]) + str(vars(scene.rows(Device)[0]))
    assert made[0]["code"] not in kept


def test_what_is_stored_of_a_code_tells_it_only_to_who_holds_the_servers_key(scene, services, add, tmp_path):
    made = add().json["code"]
    kept = scene.rows(Device)[0].code_hash
    assert kept == commands.code_mac(services.keys, made)
    assert kept != hashlib.sha256(made.encode()).hexdigest()
    assert kept != commands.code_mac(Keys(tmp_path / "other"), made)


def test_a_revoked_device_is_out_at_once(scene, app, client, add):
    made = add().json
    wall = Caller(app, "wall")
    wall.post("/api/enrol", {"code": made["code"]})
    secretary = client("secretary")
    assert len(secretary.get(f"/api/units/{scene.top}/devices").json["devices"]) == 1
    assert secretary.delete(f"/api/units/{scene.top}/devices/{made['id']}").status_code == 204
    assert code(wall.get("/api/device")) == "sign_in_required"
    assert secretary.get(f"/api/units/{scene.top}/devices").json == {"devices": []}


def test_a_device_of_another_unit_is_not_found(scene, client, add):
    below = scene.unit("Xã A", scene.top)
    made = add().json["id"]
    assert code(client("secretary", below).delete(f"/api/units/{below}/devices/{made}")) == "device_not_found"
    foreign = {"kind": "wall", "name": "A", "meeting_id": scene.meeting()}
    assert code(client("secretary", below).post(f"/api/units/{below}/devices", foreign)) == "meeting_not_found"


def test_a_device_shows_its_own_meeting_or_the_most_pressing_of_its_unit(scene, app, add):
    convened = scene.meeting(state="convened")
    scene.meeting(state="closed")
    sitting = scene.meeting(state="in_session")
    free, fixed = Caller(app, "wall"), Caller(app, "wall")
    free.post("/api/enrol", {"code": add().json["code"]})
    fixed.post("/api/enrol", {"code": add(meeting_id=convened).json["code"]})
    assert [one["id"] for one in free.get("/api/device").json["meetings"]] == [sitting, convened]
    assert [one["id"] for one in fixed.get("/api/device").json["meetings"]] == [convened]
    assert code(fixed.get(f"/api/meetings/{sitting}/room-code")) == "forbidden"
    assert fixed.get(f"/api/meetings/{convened}/room-code").status_code == 200


def test_an_account_is_no_device(client):
    assert code(client("steward").get("/api/device")) == "device_not_found"
