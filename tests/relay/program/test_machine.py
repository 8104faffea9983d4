"""Which source is shown when: every step by the clock of the test."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from server.relay.daemon.program.machine import BRIDGE_S, HOLD, SLATE, Rules, rules_of
from server.relay.plan import ProgramPlan
from tests.relay.program.room import FLOOR, STEP, WAYS, room


def test_the_primary_is_shown_from_its_first_idr() -> None:
    one = room()
    one.run(1, "primary", "backup")
    assert [switch.to for _, switch in one.done] == ["primary"]


def test_at_the_start_the_backup_waits_for_the_primary() -> None:
    one = room()
    one.step("backup")
    one.run(2, "primary", "backup")
    assert [switch.to for _, switch in one.done] == ["primary"]


def test_a_lost_primary_gives_way_after_the_hold() -> None:
    one = room(gop=5)
    one.run(2, "primary", "backup")
    one.run(2, "backup")
    when, switch = one.done[-1]
    assert (switch.to, switch.was, switch.why) == ("backup", "primary", "lost")
    assert 0.7 < when - 2 <= 0.7 + 2 * STEP
    assert one.machine.last_gap_s == switch.gap_s


def test_the_picture_stays_while_the_backup_makes_its_idr() -> None:
    one = room(gop=1000)
    one.count["backup"] = 1
    one.run(2, "primary", "backup")
    one.run(0.8, "backup")
    assert one.machine.showing == HOLD
    assert one.asked[-1] == "backup"
    one.count["backup"] = 0
    one.step("backup")
    assert one.machine.showing == "backup"


def test_an_idr_that_came_since_the_last_picture_is_used_at_once() -> None:
    one = room(gop=25)
    one.run(1, "primary")
    one.run(3, "backup")  # its IDR comes 40 ms after the last picture of the primary, the next only a second later
    when, switch = one.done[-1]
    assert switch.to == "backup"
    assert when < 1.8


def test_without_any_source_words_are_shown_after_the_hold() -> None:
    one = room()
    one.run(2, "primary")
    one.run(1)
    when, switch = one.done[-1]
    assert (switch.to, switch.why) == (SLATE, "no_source")
    assert when <= 2 + 0.7 + 2 * STEP


def test_a_source_whose_idr_never_comes_does_not_keep_the_picture_still_for_ever() -> None:
    one = room(gop=1000)
    one.count["backup"] = 1
    one.run(2, "primary", "backup")
    one.run(4, "backup")
    when, switch = one.done[-1]
    assert switch.to == SLATE
    assert when <= 2 + 0.7 + BRIDGE_S + 2 * STEP


def test_any_source_ends_the_slate_at_its_idr() -> None:
    one = room()
    one.run(2)
    assert one.machine.showing == SLATE
    one.run(1, "backup")
    _, switch = one.done[-1]
    assert switch.to == "backup"
    assert switch.away_s > 2
    assert switch.gap_s < 2 * STEP  # the slate's own picture stood until then


def test_the_primary_returns_only_after_it_was_whole_for_ten_seconds() -> None:
    one = room()
    one.run(2, "primary", "backup")
    one.run(5, "backup")
    one.run(9, "primary", "backup")
    assert one.machine.showing == "backup"
    one.run(3, "primary", "backup")
    when, switch = one.done[-1]
    assert (switch.to, switch.why) == ("primary", "better")
    assert when - 7 >= 10
    assert switch.gap_s < 2 * STEP


def test_a_break_begins_the_ten_seconds_anew() -> None:
    one = room()
    one.run(2, "primary", "backup")
    one.run(5, "backup")
    one.run(9, "primary", "backup")
    one.note(one.machine.broken("primary", one.now))
    one.run(9, "primary", "backup")
    assert one.machine.showing == "backup"


def test_a_short_break_of_the_primary_changes_nothing() -> None:
    one = room()
    one.run(2, "primary", "backup")
    one.run(0.6, "backup")
    one.run(2, "primary", "backup")
    assert len(one.done) == 1


def test_a_lone_primary_that_comes_back_goes_on_at_its_idr() -> None:
    one = room(gop=5)
    one.run(2, "primary")
    one.run(3)
    one.run(1, "primary")
    assert [switch.to for _, switch in one.done] == ["primary", SLATE, "primary"]


def test_a_lost_primary_gives_way_right_after_the_hold_whatever_the_backups_group_of_pictures() -> None:
    one = room(gop=50)
    one.count["backup"] = 30  # its IDR comes in the last moment of the primary, and then only 2 s later
    one.run(2, "primary", "backup")
    one.run(1, "backup")
    when, switch = one.done[-1]
    assert switch.to == "backup"
    assert when - 2 <= 0.7 + 2 * STEP


def test_a_primary_that_is_back_waits_for_its_idr_because_the_backup_is_on_the_screens() -> None:
    one = room(gop=50)
    one.run(2, "primary", "backup")
    one.run(2, "backup")
    one.count["primary"] = 0
    one.run(14, "primary", "backup")
    when, switch = one.done[-1]
    assert (switch.to, switch.why) == ("primary", "better")
    assert when == one.idr["primary"] or round((when - 4) / STEP) % 50 == 1


def test_sound_follows_the_picture_and_lives_on_without_it() -> None:
    one = room()
    one.run(2, "primary", "backup")
    assert one.machine.sounding(one.now) == "primary"
    one.now += 5
    assert one.machine.sounding(one.now) is None
    one.machine.tick(one.now)
    assert one.machine.sound("primary", one.now)  # words on the screen, but the centre can be heard
    assert one.machine.showing == SLATE


def test_rules_come_from_the_plan() -> None:
    plan = ProgramPlan(hold_ms=900, stable_s=5, floor="site-12")
    assert rules_of(plan, ["primary", "backup", "site-12", "site-13"]) == Rules(
        ("site-12", "primary", "backup"), 0.9, 5.0, "site-12")
    assert rules_of(plan, ["primary"]).ranked == ("primary",)  # the room has no way to speak back yet
    assert rules_of(ProgramPlan(floor="backup"), ["primary", "backup"]).ranked == ("backup", "primary")


KEYS = ("primary", "backup", "site-12")
senders = st.lists(st.sampled_from(KEYS), unique=True)
events = st.lists(
    st.tuples(st.floats(0.04, 4), senders, st.sampled_from(["", "floor", "none", "broken"])), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(script=events, gop=st.sampled_from([1, 5, 25, 60, 400]))
def test_whatever_happens_no_picture_stands_still_for_long_and_every_cut_is_at_an_idr(
    script: list[tuple[float, list[str], str]], gop: int
) -> None:
    one = room(gop=gop)
    for seconds, sending, what in script:
        if what in ("floor", "none"):
            one.note(one.machine.configure(FLOOR if what == "floor" else WAYS, one.now))
        elif what == "broken":
            for key in sending:
                one.lose(key)
        one.run(seconds, *sending)
    moments = [0.0, *(when for when, _ in one.out), one.now]
    longest = max(later - earlier for earlier, later in pairwise(moments))
    assert longest <= WAYS.hold_s + BRIDGE_S + 2 * STEP
    assert all(one.followed)
    assert all(switch.gap_s >= 0 and switch.away_s >= switch.gap_s - 1e-9 for _, switch in one.done)


ways = st.lists(st.sampled_from(KEYS[:2]), unique=True, min_size=1)


@settings(max_examples=80, deadline=None)
@given(script=st.lists(st.tuples(st.floats(0.04, 4), ways, st.sampled_from(["", "floor", "none"])), min_size=1,
                       max_size=12), gop=st.sampled_from([1, 5, 25, 60]))
def test_while_a_whole_source_lives_the_picture_stands_still_for_the_hold_and_no_longer(
    script: list[tuple[float, list[str], str]], gop: int
) -> None:
    one = room(gop=gop)
    for seconds, sending, what in script:
        if what:
            one.note(one.machine.configure(FLOOR if what == "floor" else WAYS, one.now))
        one.run(seconds, *sending)
    moments = [0.0, *(when for when, _ in one.out), one.now]
    assert max(later - earlier for earlier, later in pairwise(moments)) <= WAYS.hold_s + 2 * STEP
    assert all(switch.to != SLATE for _, switch in one.done)
    assert all(one.followed)


@settings(max_examples=60, deadline=None)
@given(script=events, gop=st.sampled_from([1, 5, 25, 60]))
def test_after_any_trouble_a_whole_primary_is_shown_again(
    script: list[tuple[float, list[str], str]], gop: int
) -> None:
    one = room(gop=gop)
    for seconds, sending, _ in script:
        one.run(seconds, *sending)
    one.run(WAYS.stable_s + gop * STEP + 1, "primary", "backup")
    assert one.machine.showing == "primary"
    shown = len(one.done)
    one.run(2, "primary", "backup")
    assert len(one.done) == shown
