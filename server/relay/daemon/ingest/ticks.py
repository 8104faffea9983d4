"""Time of a source → one 90 kHz clock, the same for pictures and sound: this machine's monotonic clock.

A live source's own clock drifts, jumps and stalls. Its timestamps are kept as they come (they are what makes motion
even), and only their distance to the present is looked after: what stays late or early for a whole window is paid back
a millisecond a unit, so that no delay creeps in over hours; what is seconds off is put right at once.
"""

import threading
from dataclasses import dataclass, field
from fractions import Fraction

from server.core import clock
from server.relay.daemon.units import Track

RATE = 90_000
WINDOW = 4 * RATE
TOLERATED = RATE // 10       # a steady distance to the present that nobody minds
MUCH = RATE // 2             # a steady distance that is not paid back in small steps: a stall left it behind
FAR = 3 * RATE               # beyond it the source's clock has jumped
STEP = RATE // 1000          # 1 ms: how much a unit may be moved
LATE = RATE // 5             # a paced source that is later than this is paced anew from now


def now90() -> int:
    """The present on the 90 kHz clock."""
    return int(clock.monotonic() * RATE)


def ticks_of(value: int, base: Fraction) -> int:
    """A timestamp in units of `base` seconds, at 90 kHz."""
    return value * RATE * base.numerator // base.denominator


@dataclass
class Timeline:
    """Places units of one connection on the clock. Not `live`: units come faster than real time and are held back."""

    live: bool
    jumps: int = 0
    _anchor: int | None = None
    _last: dict[Track, int] = field(default_factory=dict)
    _steps: dict[Track, int] = field(default_factory=dict)
    _window_end: int = 0
    _least: int | None = None
    _owed: int = 0

    def begin(self, ticks: int, at: int | None = None) -> None:
        """A new connection or turn of a loop: `ticks` is `at` (now), or one step after what was placed last."""
        after = max((when + self._steps.get(track, STEP) for track, when in self._last.items()), default=0)
        self._anchor = max(now90() if at is None else at, after) - ticks
        self._least, self._owed = None, 0
        self._window_end = now90() + WINDOW

    def place(self, track: Track, ticks: int) -> int:
        """The time of a unit at 90 kHz; within a track it always grows."""
        if self._anchor is None:
            self.begin(ticks)
        if self.live:
            self._look_after(ticks)
        assert self._anchor is not None  # noqa: S101  (begin sets it)
        placed = max(ticks + self._anchor, self._last.get(track, -1) + 1)
        self._steps[track] = min(RATE // 5, placed - self._last.get(track, placed))
        self._last[track] = placed
        return placed

    def _look_after(self, ticks: int) -> None:
        assert self._anchor is not None  # noqa: S101
        now = now90()
        late = now - (ticks + self._anchor)
        self._least = late if self._least is None else min(self._least, late)
        if abs(late) > FAR:
            self._jump(late, now)
        elif now > self._window_end:
            if abs(self._least) > MUCH:
                self._jump(self._least, now)
                return
            self._owed = self._least if abs(self._least) > TOLERATED else 0
            self._least, self._window_end = None, now + WINDOW
        if self._owed:
            step = max(-STEP, min(STEP, self._owed))
            self._anchor += step
            self._owed -= step

    def _jump(self, by: int, now: int) -> None:
        assert self._anchor is not None  # noqa: S101
        self._anchor += by
        self.jumps += 1
        self._least, self._owed, self._window_end = None, 0, now + WINDOW

    def hold(self, ticks: int, stop: threading.Event) -> None:
        """Wait for the moment of a unit of a source that is not live; after a stall, go on from now."""
        if self._anchor is None:
            self.begin(ticks)
        assert self._anchor is not None  # noqa: S101
        ahead = ticks + self._anchor - now90()
        if ahead < -LATE or ahead > 2 * FAR:
            self.begin(ticks)
            self.jumps += 1
        elif ahead > 0:
            stop.wait(ahead / RATE)
