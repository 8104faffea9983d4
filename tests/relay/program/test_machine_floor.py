"""What is shown and heard when a room is given the floor and loses it: every step by the clock of the test."""

from server.relay.daemon.program.machine import FLOOR_DEAD_S, HOLD, MOST_PAST_BYTES, MUTED_WITHIN_S, SLATE
from tests.relay.program.room import FLOOR, STEP, WAYS, room


def test_the_room_with_the_floor_is_shown_at_its_first_idr() -> None:
    one = room(gop=80)
    one.count["site-12"] = 1
    one.run(2, "primary", "site-12")
    one.note(one.machine.configure(FLOOR, one.now))
    assert one.machine.showing == "primary"
    one.run(1.3, "primary", "site-12")
    assert one.machine.showing == "site-12"
    assert one.done[-1][1].why == "floor"
    assert one.machine.sounding(one.now) == "site-12"
    assert "site-12" in one.asked


def test_a_room_without_the_floor_is_never_shown_nor_heard() -> None:
    one = room()
    one.run(3, "site-12")
    assert one.machine.showing == SLATE
    assert one.machine.sounding(one.now) is None


def test_a_room_that_only_speaks_is_heard_over_the_pictures_of_the_centre() -> None:
    one = room(FLOOR)
    one.run(2, "primary")
    assert not one.machine.sound("site-12", one.now)  # its own return is not muted yet
    assert one.machine.sound("primary", one.now)
    one.run(MUTED_WITHIN_S, "primary")
    assert one.machine.sound("site-12", one.now)
    assert not one.machine.sound("primary", one.now)
    assert one.machine.showing == "primary"


def test_taking_the_floor_away_cuts_sound_and_picture_at_once() -> None:
    one = room(FLOOR)
    one.run(4, "site-12", "primary")
    assert one.machine.showing == "site-12"
    shown = len(one.out)
    one.note(one.machine.configure(WAYS, one.now))
    assert one.machine.showing == "primary"
    assert (one.done[-1][0], one.done[-1][1].why) == (one.now, "floor_taken")
    assert not one.machine.sound("site-12", one.now)
    assert one.machine.sound("primary", one.now)
    one.run(1.1, "site-12", "primary")
    assert {key for _, key in one.out[shown:]} == {"primary"}


def test_nobody_waits_for_the_idr_of_a_centre_that_is_whole() -> None:
    one = room(FLOOR, gop=50)
    one.count["primary"] = 49
    one.run(1.6, "site-12", "primary")  # the centre's IDR is 1.6 s old, its next one is 0.4 s away
    one.note(one.machine.configure(WAYS, one.now))
    assert one.machine.showing == "primary"
    assert one.done[-1][1].gap_s <= STEP


def test_the_room_that_is_given_the_floor_while_it_sends_is_shown_at_once() -> None:
    one = room(gop=50)
    one.run(1.6, "primary", "site-12")
    one.note(one.machine.configure(FLOOR, one.now))
    assert one.machine.showing == "site-12"


def test_a_burst_that_is_too_long_or_too_large_or_has_a_hole_is_not_sent() -> None:
    long, large, torn = room(FLOOR, gop=400), room(FLOOR, gop=400), room(FLOOR, gop=400)
    large.size = MOST_PAST_BYTES // 20
    for one, seconds in ((long, 3.2), (large, 1.0), (torn, 1.0)):
        one.run(seconds, "site-12", "primary")
        if one is torn:
            one.lose("primary")
        one.note(one.machine.configure(WAYS, one.now))
        assert one.machine.showing == HOLD
        one.run(0.6, "primary")
        assert one.asked[-1] == "primary"
        one.count["primary"] = 0
        one.step("primary")
        assert one.machine.showing == "primary"


def test_a_room_whose_line_dies_falls_back_and_has_to_prove_itself() -> None:
    one = room(FLOOR, gop=5)
    one.run(4, "site-12", "primary")
    one.run(3, "primary")
    assert one.machine.showing == "primary"
    one.run(5, "site-12", "primary")
    assert one.machine.showing == "primary"
    one.run(6, "site-12", "primary")
    assert one.machine.showing == "site-12"


def test_the_line_of_the_room_that_has_the_floor_is_told_of() -> None:
    one = room()
    one.run(1, "primary")
    one.note(one.machine.configure(FLOOR, one.now))
    one.run(FLOOR_DEAD_S + 1, "primary")
    assert one.floor == ["waiting"]  # it was called and has not begun: that is no fault of its line
    one.run(1, "primary", "site-12")
    one.run(FLOOR_DEAD_S - 0.2, "primary")
    assert one.floor == ["waiting", "on"]
    one.run(0.4, "primary")
    assert one.floor == ["waiting", "on", "lost"]
    assert one.machine.rules.floor == "site-12"  # taking it is a decision of people
    assert one.machine.sounding(one.now) == "primary"
    one.run(0.2, "primary", "site-12")
    one.note(one.machine.configure(WAYS, one.now))
    one.note(one.machine.configure(FLOOR, one.now))
    assert one.floor == ["waiting", "on", "lost", "on", "over", "waiting"]


def test_sound_alone_keeps_the_line_of_the_floor_alive() -> None:
    one = room()
    one.note(one.machine.configure(FLOOR, one.now))
    for _ in range(200):
        one.machine.sound("site-12", one.now)
        one.step("primary")
    assert one.floor == ["waiting", "on"]
    assert one.machine.floor_state == "on"
