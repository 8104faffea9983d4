"""A closed meeting can be read and not changed, whatever the route."""

import pytest

from tests.conftest import code

WRITES = [
    ("PATCH", "", {"room": "B"}),
    ("POST", "/state", {"to": "in_session", "confirm": True}),
    ("POST", "/notices", {"text": "Mời vào"}),
    ("DELETE", "/notices/1", None),
    ("POST", "/agenda", {"title": "Thêm"}),
    ("PUT", "/agenda/order", {"order": [{"id": "ITEM"}]}),
    ("PATCH", "/agenda/ITEM", {"title": "Khác"}),
    ("DELETE", "/agenda/ITEM", None),
    ("POST", "/agenda/ITEM/start", None),
    ("POST", "/agenda/ITEM/finish", None),
    ("POST", "/participants", {"person": {"name": "Ai đó"}}),
    ("PATCH", "/participants/WHO", {"seat": "Z9"}),
    ("DELETE", "/participants/WHO", None),
    ("POST", "/participants/preview", None),
    ("POST", "/invitations", {"participant_ids": ["WHO"]}),
]
READS = ["", "/steps", "/participants", "/participants/template.xlsx"]


def filled(part, scene):
    known = {"ITEM": scene.items[0], "WHO": scene.people[0]}
    if isinstance(part, dict):
        return {name: filled(value, scene) for name, value in part.items()}
    if isinstance(part, list):
        return [filled(value, scene) for value in part]
    return known.get(part, part)


@pytest.mark.parametrize(("method", "path", "body"), WRITES, ids=[f"{method} {path}" for method, path, _ in WRITES])
def test_nothing_of_a_closed_meeting_changes(scene, client, method, path, body):
    meeting = scene.meeting(delegates=1, items=1, state="closed")
    path = path.replace("ITEM", str(scene.items[0])).replace("WHO", str(scene.people[0]))
    answer = client("secretary").send(method, f"/api/meetings/{meeting}{path}", filled(body, scene))
    assert (code(answer), answer.status_code) == ("meeting_closed", 409)


@pytest.mark.parametrize("path", READS)
def test_everything_of_a_closed_meeting_can_be_read(scene, client, path):
    meeting = scene.meeting(delegates=1, state="closed", present=1)
    assert client("secretary").get(f"/api/meetings/{meeting}{path}").status_code == 200


def test_who_was_there_stays_visible(scene):
    meeting = scene.meeting(delegates=3, state="closed", present=2)
    assert scene.topic(f"meeting/{meeting}/attendance", "console")["present"] == 2
