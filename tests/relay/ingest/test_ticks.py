"""One clock for all: a source's drift is paid back little by little, a jump is put right at once."""

import threading
from fractions import Fraction

import pytest

from server.core import clock
from server.relay.daemon.ingest import ticks
from server.relay.daemon.ingest.ticks import RATE, Timeline, ticks_of
from server.relay.daemon.units import Track

PICTURE = RATE // 25


@pytest.fixture
def passing(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock's seconds, moved by the test."""
    seconds = [1000.0]
    monkeypatch.setattr(clock, "monotonic", lambda: seconds[0])
    return seconds


def test_times_of_a_steady_source_are_kept_as_they_come(passing: list[float]) -> None:
    line = Timeline(live=True)
    line.begin(77)
    placed = []
    for number in range(500):
        placed.append(line.place(Track.VIDEO, 77 + number * PICTURE))
        passing[0] += 0.04
    assert placed == [placed[0] + number * PICTURE for number in range(500)]
    assert line.jumps == 0


def test_a_source_whose_clock_is_slow_never_falls_behind(passing: list[float]) -> None:
    line = Timeline(live=True)
    line.begin(0)
    late = []
    for number in range(25 * 600):  # ten minutes at 1 % too slow: 6 s without care
        late.append(ticks.now90() - line.place(Track.VIDEO, number * PICTURE))
        passing[0] += 0.0404
    assert max(late) < RATE // 4
    assert line.jumps == 0


def test_a_jump_of_the_source_s_clock_is_put_right_at_once_and_time_still_grows(passing: list[float]) -> None:
    line = Timeline(live=True)
    line.begin(0)
    before = line.place(Track.VIDEO, 0)
    passing[0] += 0.04
    after = line.place(Track.VIDEO, 10**9)
    passing[0] += 0.04
    back = line.place(Track.VIDEO, 5)
    assert before < after < back
    assert abs(back - ticks.now90()) < PICTURE
    assert line.jumps == 2


def test_a_stall_leaves_no_lasting_delay(passing: list[float]) -> None:
    line = Timeline(live=True)
    line.begin(0)
    line.place(Track.VIDEO, 0)
    passing[0] += 2.0  # the encoder stood still, its clock too
    for number in range(1, 25 * 60):
        placed = line.place(Track.VIDEO, number * PICTURE)
        passing[0] += 0.04
    assert ticks.now90() - placed < RATE // 4


def test_a_source_that_is_not_live_is_held_back(passing: list[float]) -> None:
    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            passing[0] += timeout or 0
            return False

    line = Timeline(live=False)
    began = passing[0]
    for number in range(100):
        line.hold(number * PICTURE, Stop())
        line.place(Track.VIDEO, number * PICTURE)
    assert passing[0] - began == pytest.approx(99 * 0.04, abs=0.01)


def test_timestamps_of_any_base_become_90_khz() -> None:
    assert ticks_of(48_000, Fraction(1, 48_000)) == RATE
    assert ticks_of(-1, Fraction(1, 1000)) == -90
