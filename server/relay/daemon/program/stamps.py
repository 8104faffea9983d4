"""Times of the program: whatever source is chosen, `pts90` goes forward and sound stays with its picture.

The program's clock is the machine's monotonic clock at 90 kHz, so a program process that starts again after a death
goes on with times its viewers expect.
"""

from server.core import clock
from server.relay.daemon.units import OPUS_TICKS, Track, Unit

HZ = 90_000
STEP = HZ // 100          # the least time between two pictures at a cut: 10 ms
FAR = 3 * HZ              # a source whose times are further from its arrival than this has jumped


def now90() -> int:
    """The program's clock, in ticks of 90 kHz."""
    return int(clock.monotonic() * HZ)


class Stamps:
    """Gives units of the chosen source their time in the program. Pure: the time of arrival is an argument."""

    def __init__(self) -> None:
        self._offset: int | None = None
        self._epoch = 0
        self._last = {Track.VIDEO: -1, Track.AUDIO: -1}

    def cut(self) -> None:
        """Another source, or silence and slate, comes next: its first unit sets the offset."""
        self._offset = None

    def stamp(self, unit: Unit, arrival90: int) -> int | None:
        """The program's time of `unit`, later than all before it on its track; None for sound that would overlap."""
        self._anchor(unit, arrival90)
        assert self._offset is not None  # noqa: S101  (for mypy: _anchor set it)
        time = unit.pts90 + self._offset
        last = self._last[unit.track]
        if unit.track is Track.AUDIO and last >= 0 and time < last + OPUS_TICKS // 2:
            return None
        if time <= last:
            time = last + 1
        self._last[unit.track] = time
        return time

    def own(self, track: Track, wanted90: int, step: int) -> int:
        """The time of a unit that the program itself makes: `wanted90`, or `step` after the last if that is later."""
        last = self._last[track]
        self._last[track] = time = max(wanted90, last + step) if last >= 0 else wanted90
        return time

    def _anchor(self, unit: Unit, arrival90: int) -> None:
        known = self._offset is not None and unit.epoch == self._epoch
        if known and abs(unit.pts90 + (self._offset or 0) - arrival90) <= FAR:
            return
        self._epoch = unit.epoch
        start = arrival90
        if unit.track is Track.VIDEO:
            start = max(start, self._last[Track.VIDEO] + STEP)
        self._offset = start - unit.pts90
