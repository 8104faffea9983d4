"""What gate and edge decide about a line that does not keep up."""

from server.relay.daemon.feedline import Take
from server.relay.daemon.gate_line import GOP_UNITS, LATEST_S, MOST_TAKES_A_SECOND, Gop, Line
from server.relay.daemon.ingest.feed_state import CLEAN_S, SETTLE_S, ClockOffset, Ladder, Picker
from server.relay.daemon.units import Flag, Track, Unit

PROGRAM, LOW = "3/program", "3/low"


def picture(seq: int, *, key: bool = False, epoch: int = 1, pts: int | None = None) -> Unit:
    return Unit(Track.VIDEO, Flag.KEY if key else Flag.NONE, epoch, seq, 3600 * seq if pts is None else pts, 0, b"v")


def sound(seq: int) -> Unit:
    return Unit(Track.AUDIO, Flag.NONE, 1, seq, 1800 * seq, 0, b"a")


def line() -> Line:
    made = Line(b"x", "edge-7", since=0, heard=0)
    made.take(Take.model_validate({"streams": {PROGRAM: "all"}}), {}, 0)
    return made


def drain(one: Line, now: float) -> list[Unit]:
    found = []
    while (head := one.head(now)) is not None:
        found.append(head.unit)
        one.sent()
    return found


def test_line_that_cannot_keep_up_loses_pictures_up_to_the_next_idr_and_keeps_newer_sound() -> None:
    one = line()
    for seq in range(4):
        one.put(PROGRAM, picture(seq, key=seq == 0), 0)
    one.put(PROGRAM, sound(0), LATEST_S)
    later = LATEST_S + 0.5
    assert drain(one, later) == [sound(0)]
    one.put(PROGRAM, picture(4), later)
    one.put(PROGRAM, picture(5, key=True), later)
    one.put(PROGRAM, picture(6), later)
    assert [unit.seq for unit in drain(one, later)] == [5, 6]
    assert one.drops == 1
    assert one.lost_units == 5


def test_line_that_cannot_keep_up_goes_on_from_the_newest_idr_that_waits() -> None:
    one = line()
    for seq in range(6):
        one.put(PROGRAM, picture(seq, key=seq in (0, 4)), 0 if seq < 4 else LATEST_S)
    assert [unit.seq for unit in drain(one, LATEST_S + 0.5)] == [4, 5]


def test_stream_an_edge_no_longer_wants_is_not_sent_from_the_queue_either() -> None:
    one = line()
    one.put(PROGRAM, picture(0, key=True), 0)
    one.put(PROGRAM, sound(0), 0)
    one.take(Take.model_validate({"streams": {PROGRAM: "sound", LOW: "pictures"}}), {}, 0)
    assert drain(one, 0) == [sound(0)]


def test_edge_that_floods_is_not_heard() -> None:
    one = line()
    assert [one.may_speak(1.0) for _ in range(MOST_TAKES_A_SECOND + 1)] == [True] * MOST_TAKES_A_SECOND + [False]
    assert one.may_speak(3.0)


def test_group_of_pictures_that_never_ends_is_not_kept() -> None:
    gop = Gop()
    gop.add(picture(0, key=True))
    for seq in range(1, GOP_UNITS + 5):
        gop.add(picture(seq))
    assert gop.units == []
    gop.add(picture(9999, key=True))
    assert [unit.seq for unit in gop.units] == [9999]


def walk(ladder: Ladder, start: float, seconds: float, *, bad: bool) -> float:
    now = start
    while now < start + seconds:
        ladder.look(now, bad=bad)
        now += 0.5
    return now


def test_ladder_goes_down_fast_and_up_slowly() -> None:
    ladder = Ladder(("top", "low", "audio"))
    ladder.settle(100)
    now = walk(ladder, 100, SETTLE_S + 2.5, bad=True)
    assert ladder.level == "low"
    now = walk(ladder, now, CLEAN_S - 2, bad=False)
    assert ladder.level == "low"
    walk(ladder, now, 4, bad=False)
    assert ladder.level == "top"


def test_ladder_waits_twice_as_long_when_going_up_did_not_last() -> None:
    ladder = Ladder(("top", "low"))
    ladder.settle(100)
    now = walk(ladder, 100, SETTLE_S + 2.5, bad=True)
    now = walk(ladder, now, CLEAN_S + 4, bad=False)
    assert ladder.level == "top"
    now = walk(ladder, now, SETTLE_S + 4, bad=True)
    assert ladder.level == "low"
    now = walk(ladder, now, CLEAN_S + 5, bad=False)
    assert ladder.level == "low"
    walk(ladder, now, CLEAN_S + 5, bad=False)
    assert ladder.level == "top"


def test_one_late_picture_moves_nobody_down() -> None:
    ladder = Ladder(("top", "low"))
    ladder.settle(100)
    now = walk(ladder, 100, SETTLE_S, bad=False)
    now = walk(ladder, now, 0.5, bad=True)
    walk(ladder, now, 20, bad=False)
    assert ladder.level == "top"


def test_pictures_change_their_stream_on_a_later_idr_only() -> None:
    picker = Picker(PROGRAM, LOW)
    assert picker.take(PROGRAM, picture(0, key=True), "top") == (True, True)
    assert picker.take(PROGRAM, picture(1), "top") == (True, False)
    assert picker.take(LOW, picture(0, key=True, pts=3600), "low") == (False, False)  # not later than what was shown
    assert picker.take(PROGRAM, picture(2), "low") == (True, False)                    # so the top goes on meanwhile
    assert picker.take(LOW, picture(1, key=True, pts=3600 * 4), "low") == (True, True)
    assert picker.take(PROGRAM, picture(5), "low") == (False, False)
    assert picker.take(LOW, picture(2, pts=3600 * 5), "low") == (True, False)


def test_sound_comes_from_the_program_whatever_the_pictures() -> None:
    picker = Picker(PROGRAM, LOW)
    assert picker.take(PROGRAM, sound(0), "audio") == (True, False)
    assert picker.take(LOW, sound(0), "low") == (False, False)
    assert picker.take(PROGRAM, picture(0, key=True), "audio") == (False, False)


def test_short_cut_that_the_cached_group_covers_leaves_no_hole() -> None:
    picker = Picker(PROGRAM, LOW)
    for seq in range(4):
        picker.take(PROGRAM, picture(seq, key=seq == 0), "top")
    again = [picker.take(PROGRAM, picture(seq, key=seq == 0), "top") for seq in range(7)]
    assert again == [(False, False)] * 4 + [(True, False)] * 3


def test_program_that_began_anew_with_earlier_times_is_shown() -> None:
    picker = Picker(PROGRAM, LOW)
    picker.take(PROGRAM, picture(0, key=True, pts=90_000 * 3600), "top")
    assert picker.take(PROGRAM, picture(0, key=True, epoch=2, pts=0), "top") == (True, True)


def test_clock_offset_is_taken_from_the_fastest_answer() -> None:
    offset = ClockOffset()
    ahead = 5_000_000_000
    offset.add(ahead, 2_000_000, ahead + 4_000_000)
    offset.add(ahead, 900_000_000, ahead + 1_000_000_000)  # the answer was held up
    assert offset.ns == ahead
    assert offset.rtt_ms == 1000
