"""The seat plan, and that topics stay small in a large hall."""

import json

import pytest

from server.attendance.topics import seat_order


def test_seats_are_in_the_order_of_the_hall(scene):
    meeting = scene.meeting(delegates=12, present=2)
    seats = scene.topic(f"meeting/{meeting}/seats", "console")
    assert seats["seats"] == [f"A{number}" for number in range(1, 13)]
    assert seats["states"] == "pp" + "a" * 10


def test_excused_seats_are_marked_and_people_without_a_seat_left_out(scene, client):
    meeting = scene.meeting(delegates=3)
    path = f"/api/meetings/{meeting}/participants"
    client("secretary").patch(f"{path}/{scene.people[0]}", {"excused_reason": "Ốm"})
    client("secretary").patch(f"{path}/{scene.people[1]}", {"seat": None})
    assert scene.topic(f"meeting/{meeting}/seats", "wall") == {"seats": ["A1", "A3"], "states": "xa"}


@pytest.mark.parametrize(("first", "second"), [("A2", "A10"), ("B1", "AA1"), ("A10", "B1"), ("2", "10"), ("9", "A1")])
def test_row_letters_come_before_numbers(first, second):
    assert seat_order(first) < seat_order(second)


def test_topics_of_five_hundred_fit_into_sixteen_kilobytes(scene):
    meeting = scene.meeting(delegates=500, guests=20)
    for participant in scene.people[::2]:
        scene.enter(meeting, participant)
    for name in ("header", "agenda", "attendance", "seats", f"me/{scene.people[0]}"):
        audience = "seat" if name.startswith("me") else "console"
        text = json.dumps(scene.topic(f"meeting/{meeting}/{name}", audience), ensure_ascii=False)
        assert len(text.encode()) <= 16_384, name
