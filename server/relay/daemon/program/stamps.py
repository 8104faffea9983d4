"""Times of the program: whatever source is chosen, `pts90` goes forward and sound stays with its picture.

The program's clock is the machine's monotonic clock at 90 kHz. Sources are on it already (ingest/ticks.py) and keep
their times, so a program process that starts again after a death goes on as if nothing had been; a source that is far
from it (another machine's, a drill's) is placed by its first unit's arrival.
"""

from server.core import clock
from server.relay.daemon.units import OPUS_TICKS, Track, Unit

HZ = 90_000
FAR = 3 * HZ              # a source whose times are further from its arrival than this is on another clock


def now90() -> int:
    """The program's clock, in ticks of 90 kHz."""
    return int(clock.monotonic() * HZ)


class Stamps:
    """Gives units of the chosen sources their time in the program. Pure: the time of arrival is an argument."""

    def __init__(self) -> None:
        self._offset: dict[str, tuple[int, int]] = {}  # by source: its epoch, what is added to its times
        self._last = {Track.VIDEO: -1, Track.AUDIO: -1}

    def stamp(self, key: str, unit: Unit, arrival90: int) -> int | None:
        """The program's time of `unit`, later than all before it on its track; None for sound that would overlap."""
        epoch, offset = self._offset.get(key, (-1, 0))
        if epoch != unit.epoch or abs(unit.pts90 + offset - arrival90) > FAR:
            offset = 0 if abs(unit.pts90 - arrival90) <= FAR else arrival90 - unit.pts90
            self._offset[key] = (unit.epoch, offset)
        time = unit.pts90 + offset
        last = self._last[unit.track]
        if unit.track is Track.AUDIO and last >= 0 and time < last + OPUS_TICKS // 2:
            return None
        self._last[unit.track] = time = max(time, last + 1)
        return time

    def own(self, track: Track, wanted90: int) -> int:
        """The time of a unit that the program itself makes: `wanted90`, if nothing is later already."""
        self._last[track] = time = max(wanted90, self._last[track] + 1)
        return time
