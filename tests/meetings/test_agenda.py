"""The agenda: two levels, one current item, an order that nobody overwrites unseen."""

import pytest
from sqlalchemy import select

from server.core.access import SYSTEM
from server.core.journal import JournalEntry
from server.meetings.models import AgendaItem, Meeting
from server.meetings.pauses import STEP, within
from server.meetings.topics import planned_starts
from tests.conftest import code


@pytest.fixture
def secretary(client):
    return client("secretary")


def numbers(scene, meeting, audience="console"):
    return [(item["number"], item["title"]) for item in scene.topic(f"meeting/{meeting}/agenda", audience)["items"]]


def states(scene, meeting):
    return {item["id"]: item["state"] for item in scene.topic(f"meeting/{meeting}/agenda", "seat")["items"]}


def test_items_and_sub_items_are_numbered(scene, secretary):
    meeting = scene.meeting(items=0, state="draft")
    first = secretary.post(f"/api/meetings/{meeting}/agenda", {"title": "Khai mạc", "minutes": 5}).json["id"]
    secretary.post(f"/api/meetings/{meeting}/agenda", {"title": "Báo cáo"})
    sub = secretary.post(f"/api/meetings/{meeting}/agenda", {"title": "Giới thiệu", "parent_id": first})
    assert numbers(scene, meeting) == [("1", "Khai mạc"), ("1.1", "Giới thiệu"), ("2", "Báo cáo")]
    deeper = secretary.post(f"/api/meetings/{meeting}/agenda", {"title": "Sâu", "parent_id": sub.json["id"]})
    assert code(deeper) == "agenda_too_deep"


def test_internal_notes_are_in_no_view_but_the_console(scene, secretary):
    meeting = scene.meeting()
    secretary.patch(f"/api/meetings/{meeting}/agenda/{scene.items[0]}", {"internal_note": "Mời trước ba đồng chí"})
    assert scene.topic(f"meeting/{meeting}/agenda", "console")["items"][0]["internal_note"] == "Mời trước ba đồng chí"
    for audience in ("seat", "wall"):
        assert "internal_note" not in scene.topic(f"meeting/{meeting}/agenda", audience)["items"][0]


@pytest.mark.usefixtures("any_store")
def test_the_whole_order_is_set_at_once(scene, secretary):
    meeting = scene.meeting(items=3)
    one, two, three = scene.items
    order = [{"id": three}, {"id": one}, {"id": two, "parent_id": one}]
    assert secretary.put(f"/api/meetings/{meeting}/agenda/order", {"order": order}).status_code == 204
    assert [number for number, _ in numbers(scene, meeting)] == ["1", "2", "2.1"]
    assert numbers(scene, meeting)[2] == ("2.1", "Nội dung 2")


def test_an_order_of_another_agenda_is_refused(scene, secretary):
    meeting = scene.meeting(items=3)
    one, two, three = scene.items
    path = f"/api/meetings/{meeting}/agenda/order"
    assert code(secretary.put(path, {"order": [{"id": one}, {"id": two}]})) == "agenda_changed"
    assert code(secretary.put(path, {"order": [{"id": one}, {"id": two}, {"id": two}]})) == "agenda_changed"
    chain = [{"id": one}, {"id": two, "parent_id": one}, {"id": three, "parent_id": two}]
    assert code(secretary.put(path, {"order": chain})) == "agenda_too_deep"
    assert [number for number, _ in numbers(scene, meeting)] == ["1", "2", "3"]


def test_starting_an_item_finishes_the_current_one(scene, secretary):
    meeting = scene.meeting()
    one, two = scene.items
    for item in (one, two):
        assert secretary.post(f"/api/meetings/{meeting}/agenda/{item}/start").status_code == 204
    assert states(scene, meeting) == {one: "done", two: "current"}
    secretary.post(f"/api/meetings/{meeting}/agenda/{two}/finish")
    assert states(scene, meeting) == {one: "done", two: "done"}
    assert code(secretary.post(f"/api/meetings/{meeting}/agenda/{two}/finish")) == "agenda_item_not_current"


def test_a_sub_item_keeps_its_parent_current(scene, secretary):
    meeting = scene.meeting()
    one, two = scene.items
    path = f"/api/meetings/{meeting}/agenda"
    subs = [secretary.post(path, {"title": f"Con {n}", "parent_id": one}).json["id"] for n in (1, 2)]
    secretary.post(f"{path}/{subs[0]}/start")
    assert states(scene, meeting) == {one: "current", subs[0]: "current", subs[1]: "pending", two: "pending"}
    secretary.post(f"{path}/{subs[1]}/start")
    assert states(scene, meeting) == {one: "current", subs[0]: "done", subs[1]: "current", two: "pending"}
    secretary.post(f"{path}/{two}/start")
    assert states(scene, meeting) == {one: "done", subs[0]: "done", subs[1]: "done", two: "current"}


def test_an_item_can_be_taken_up_again(scene, secretary):
    meeting = scene.meeting()
    one, two = scene.items
    for item in (one, two, one):
        secretary.post(f"/api/meetings/{meeting}/agenda/{item}/start")
    assert states(scene, meeting) == {one: "current", two: "done"}
    assert scene.row(AgendaItem, one).ended_at is None


def test_an_item_starts_only_while_the_meeting_sits(scene, secretary):
    meeting = scene.meeting(state="paused")
    assert code(secretary.post(f"/api/meetings/{meeting}/agenda/{scene.items[0]}/start")) == "meeting_not_in_session"


def test_an_items_clock_does_not_count_the_pauses_that_are_over(scene, secretary):
    meeting = scene.meeting()
    secretary.post(f"/api/meetings/{meeting}/agenda/{scene.items[0]}/start")
    started = scene.topic(f"meeting/{meeting}/agenda", "wall")["items"][0]["started_ms"]
    for to in ("paused", "in_session", "paused"):
        step = {"to": to, "confirm": True, "confirm_without_quorum": True}
        assert secretary.post(f"/api/meetings/{meeting}/state", step).status_code == 204

    def moved(tx):  # the first pause: from two to seven minutes after the item began
        steps = tx.scalars(select(JournalEntry).where(JournalEntry.action == STEP).order_by(JournalEntry.seq))
        for step, minutes in zip(steps, (2, 7, 9), strict=True):
            step.at = started + minutes * 60_000

    scene.run(lambda tx: (moved(tx), tx.record("test.moved", SYSTEM, meeting)))
    items = scene.topic(f"meeting/{meeting}/agenda", "wall")["items"]
    assert [item["paused_ms"] for item in items] == [5 * 60_000, 0]


@pytest.mark.parametrize(("start", "end", "rest"), [(0, None, 30), (15, None, 25), (15, 35, 10), (50, 60, 0)])
def test_only_the_part_of_a_pause_within_the_item_counts(start, end, rest):
    assert within([(10, 20), (30, 50)], start, end) == rest


def test_a_begun_item_is_not_removed_and_a_pending_one_takes_its_sub_items_along(scene, secretary):
    meeting = scene.meeting()
    one, two = scene.items
    path = f"/api/meetings/{meeting}/agenda"
    secretary.post(path, {"title": "Con", "parent_id": two})
    secretary.post(f"{path}/{one}/start")
    assert code(secretary.delete(f"{path}/{one}")) == "agenda_item_started"
    assert secretary.delete(f"{path}/{two}").status_code == 204
    assert numbers(scene, meeting) == [("1", "Nội dung 1")]


def test_items_of_another_meeting_are_not_found(scene, secretary):
    scene.meeting()
    foreign = scene.items[0]
    meeting = scene.meeting()
    refused = secretary.patch(f"/api/meetings/{meeting}/agenda/{foreign}", {"title": "Lạ"})
    assert code(refused) == "agenda_item_not_found"


def test_texts_are_cleaned_and_measured(scene, secretary):
    meeting = scene.meeting(items=0)
    path = f"/api/meetings/{meeting}/agenda"
    secretary.post(path, {"title": "  Khai \u202e mạc\u0000 "})
    assert numbers(scene, meeting) == [("1", "Khai mạc")]
    assert code(secretary.post(path, {"title": "\u200b"})) == "invalid_input"
    assert code(secretary.post(path, {"title": "x" * 501})) == "invalid_input"


def test_planned_times_follow_the_minutes(scene):
    meeting = scene.row(Meeting, scene.meeting(items=0))
    items = [
        AgendaItem(id=1, parent_id=None, minutes=10), AgendaItem(id=2, parent_id=1, minutes=7),
        AgendaItem(id=3, parent_id=1, minutes=8), AgendaItem(id=4, parent_id=None, minutes=5),
    ]
    starts = planned_starts(meeting, items)
    minutes = [(starts[item.id] - meeting.starts_at).total_seconds() / 60 for item in items]
    assert minutes == [0, 0, 7, 15]
