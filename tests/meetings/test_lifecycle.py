"""The life cycle, as one table; what each step lacks; and that a closed meeting is read-only."""

import pytest

from server.meetings import lookup
from server.meetings.lookup import Missing
from server.meetings.models import AgendaItem, Meeting
from tests.conftest import code

STATES = ("draft", "convened", "in_session", "paused", "closed")
POSSIBLE = {
    ("draft", "convened"), ("convened", "in_session"), ("in_session", "paused"), ("in_session", "closed"),
    ("paused", "in_session"), ("paused", "closed"),
}


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_the_table_of_steps(scene, client, before, after):
    meeting = scene.meeting(delegates=3, present=3, state=before)
    answer = client("secretary").post(f"/api/meetings/{meeting}/state", {"to": after, "confirm": True})
    if (before, after) in POSSIBLE:
        assert answer.status_code == 204
        assert scene.row(Meeting, meeting).state == after
    else:
        assert code(answer) == ("meeting_closed" if before == "closed" else "step_not_possible")
        assert scene.row(Meeting, meeting).state == before


def test_convening_says_everything_that_is_missing(scene, client):
    meeting = scene.meeting(delegates=0, items=0, state="draft")
    secretary = client("secretary")
    step = secretary.get(f"/api/meetings/{meeting}/steps").json["steps"][0]
    assert (step["to"], step["allowed"]) == ("convened", False)
    assert [note["code"] for note in step["missing"]] == ["no_agenda", "nobody_entitled", "no_chair"]
    refused = secretary.post(f"/api/meetings/{meeting}/state", {"to": "convened", "confirm": True})
    assert code(refused) == "step_incomplete"
    assert "Chưa có người chủ trì" in refused.json["detail"]


def test_a_step_needs_a_confirmation(scene, client):
    meeting = scene.meeting(state="draft")
    assert code(client("secretary").post(f"/api/meetings/{meeting}/state", {"to": "convened"})) == "step_not_confirmed"


def test_opening_without_quorum_is_warned_of_and_possible(scene, client):
    meeting = scene.meeting(delegates=3, present=1, state="convened")
    secretary = client("secretary")
    step = secretary.get(f"/api/meetings/{meeting}/steps").json["steps"][0]
    assert (step["allowed"], step["warnings"][0]["text"]) == (True, "Mới có 1/3 đại biểu có mặt, cần 2.")
    said = {"to": "in_session", "confirm": True}
    assert code(secretary.post(f"/api/meetings/{meeting}/state", said)) == "quorum_missing"
    assert secretary.post(f"/api/meetings/{meeting}/state", {**said, "confirm_without_quorum": True}).status_code == 204


def test_what_another_feature_still_needs_forbids_to_close(scene, client, monkeypatch):
    meeting = scene.meeting(present=3)
    open_poll = Missing("open_poll", "Còn một cuộc biểu quyết đang mở.", "A vote is still open.")
    monkeypatch.setattr(lookup, "closing_checks", [lambda _session, _meeting: open_poll])
    refused = client("secretary").post(f"/api/meetings/{meeting}/state", {"to": "closed", "confirm": True})
    assert (code(refused), refused.json["detail"]) == (
        "step_incomplete", "Chưa đủ điều kiện: Còn một cuộc biểu quyết đang mở."
    )


def test_closing_finishes_the_current_item(scene, client):
    meeting = scene.meeting(present=3)
    secretary = client("secretary")
    secretary.post(f"/api/meetings/{meeting}/agenda/{scene.items[0]}/start")
    secretary.post(f"/api/meetings/{meeting}/state", {"to": "closed", "confirm": True})
    assert scene.row(AgendaItem, scene.items[0]).state == "done"


def test_every_screen_learns_of_a_step(scene, client):
    meeting = scene.meeting(present=3)
    client("secretary").post(f"/api/meetings/{meeting}/state", {"to": "paused", "confirm": True})
    for audience in ("seat", "wall", "console", "door"):
        assert scene.topic(f"meeting/{meeting}/header", audience)["state"] == "paused"
