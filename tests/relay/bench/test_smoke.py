"""The relay's benchmark in small: two viewers for two seconds at our fan-out and at Janus. No time is asserted."""

import pytest

from tests.bench.relay import measure, sides
from tests.bench.relay.measure import Start
from tests.bench.relay.sides import Run


@pytest.mark.parametrize("start", [sides.ours, sides.peer], ids=["ours", "janus"])
def test_two_viewers_get_every_picture_and_all_sound(start: Start) -> None:
    run, delays = measure.once(start, 2, 2.5, stagger=0.1, settle=2.0)
    assert delays.missing == 0
    assert min(delays.plain) > 0
    assert min(delays.idr) > 0
    assert min(delays.sound_after_idr) > 0
    assert all(viewer["lost"] == 0 for viewer in run.seen)
    assert run.cpu_s > 0
    assert run.packets > 2 * 2.5 * (25 + 50)  # more than a packet for each picture and each 20 ms of sound
    assert measure.joins(run)[1] == 0


def test_a_picture_that_never_came_whole_is_missed() -> None:
    viewer = {"frames": [[3600, 0, 10, 12, 2], [7200, 0, 50, -1, 1]], "sound": [], "began_ns": 5, "first_frame_ns": 0}
    run = Run(1, seen=[viewer], window=(0, 10**9))
    assert measure.joins(run) == ([(10**9 - 5) / 1e6], 1)
    found = measure.Delays.of(run, {(3600, 0): (2, 0), (7200, 0): (42, 0)})
    assert found.missing == 1
    assert found.plain == [10 / 1e6]
