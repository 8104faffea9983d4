"""The relay's benchmark in small: two viewers for two seconds at our fan-out and at Janus. No time is asserted."""

from functools import partial

from tests.bench.relay import measure, sides
from tests.bench.relay.sides import Run

SECONDS, FPS, SOUNDS = 2.0, 15, 50


def test_two_viewers_of_ours_get_every_picture_and_their_sound() -> None:
    run, delays = measure.once(partial(sides.ours, "h264"), 2, SECONDS, stagger=0.1, settle=1.0)
    assert delays.missing == 0
    assert min(delays.plain) > 0
    assert min(delays.idr) > 0
    assert min(delays.sound_after_idr) > 0
    assert run.cpu_s > 0
    assert run.packets > 2 * SECONDS * (FPS + SOUNDS) * 0.9
    assert measure.joins(run)[1] == 0


def test_two_viewers_of_janus_get_pictures_and_sound() -> None:
    run, delays = measure.once(partial(sides.peer, "h264"), 2, SECONDS, stagger=0.1, settle=1.0)
    assert len(delays.plain) > SECONDS * FPS  # more than half: a peer may lose some on a busy machine
    assert min(delays.plain) > 0
    assert delays.idr
    assert delays.sound_after_idr
    assert run.cpu_per_packet > 0


def test_a_picture_that_never_came_whole_is_missed() -> None:
    viewer = {"frames": [[3600, 0, 10, 12, 2], [7200, 0, 50, -1, 1]], "sound": [], "began_ns": 5, "first_frame_ns": 0}
    run = Run(1, seen=[viewer], window=(0, 10**9))
    assert measure.joins(run) == ([(10**9 - 5) / 1e6], 1)
    found = measure.Delays.of(run, {(3600, 0): (2, 0), (7200, 0): (42, 0)})
    assert found.missing == 1
    assert found.plain == [10 / 1e6]
