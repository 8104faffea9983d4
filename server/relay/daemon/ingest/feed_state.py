"""What an edge decides about its feed, without sockets: clocks, the rung that the line carries, what to publish."""

from collections import deque
from dataclasses import dataclass, field
from typing import Literal

from server.relay.daemon.streams import Gaps
from server.relay.daemon.units import Track, Unit

SLOW_MS = 1500         # later than this the line does not keep up
BAD_OF = (3, 6)        # so many bad looks of the last so many (two a second) move it down
CLEAN_S = 30.0         # clean before it moves up
LONGEST_CLEAN_S = 300.0
SETTLE_S = 4.0         # after a change or a new line nothing is judged
SAMPLES = 20           # of the clock
RESET_TICKS = 90_000 * 10  # time that jumps back further than this began anew

Level = Literal["top", "low", "audio"]
WHY_LOW, WHY_AUDIO = "the line carries the low rung", "the line carries sound alone"


class ClockOffset:
    """How far this machine's clock is ahead of the gate's: from the answer that travelled fastest of the last ones."""

    def __init__(self) -> None:
        self._samples: deque[tuple[int, int]] = deque(maxlen=SAMPLES)

    def add(self, sent_ns: int, gate_ns: int, now_ns: int) -> None:
        """A Take left at `sent_ns`, was answered at `gate_ns` (the gate's clock), and the answer came at `now_ns`."""
        if 0 <= now_ns - sent_ns < 60_000_000_000:  # noqa: PLR2004  (a minute: an echo of another life)
            self._samples.append((now_ns - sent_ns, (sent_ns + now_ns) // 2 - gate_ns))

    @property
    def ns(self) -> int:
        """Add to a moment of the gate's clock to have it on ours."""
        return min(self._samples)[1] if self._samples else 0

    @property
    def rtt_ms(self) -> int:
        """Of the newest answer."""
        return self._samples[-1][0] // 1_000_000 if self._samples else 0


@dataclass
class Ladder:
    """Which rung the line carries: down fast, up slowly, and ever more slowly when up did not last."""

    levels: tuple[Level, ...]
    at: int = 0
    clean_s: float = CLEAN_S
    _since: float = 0.0
    _clean_since: float = 0.0
    _looks: deque[bool] = field(default_factory=lambda: deque(maxlen=BAD_OF[1]))
    _rose_at: float | None = None

    @property
    def level(self) -> Level:
        """The rung now."""
        return self.levels[self.at]

    def within(self, levels: tuple[Level, ...], now: float) -> "Ladder":
        """The ladder under other limits of the centre: with a better best rung it begins there, else it stays low."""
        raised = levels[0] not in self.levels
        made = Ladder(levels, levels.index(self.level) if self.level in levels and not raised else 0, self.clean_s)
        made._rose_at = now if raised else self._rose_at
        made.settle(now)
        return made

    def settle(self, now: float) -> None:
        """A new line: what comes first says nothing about it."""
        self._since = self._clean_since = now
        self._looks.clear()

    def look(self, now: float, *, bad: bool) -> bool:
        """Twice a second; tells whether the rung changed."""
        if now - self._since < SETTLE_S:
            return False
        self._looks.append(bad)
        if bad:
            self._clean_since = now
        if sum(self._looks) >= BAD_OF[0] and self.at < len(self.levels) - 1:
            did_not_last = self._rose_at is not None and now - self._rose_at < CLEAN_S
            self.clean_s = min(LONGEST_CLEAN_S, self.clean_s * 2) if did_not_last else CLEAN_S
            return self._move(1, now)
        if now - self._clean_since >= self.clean_s and self.at > 0:
            self._rose_at = now
            return self._move(-1, now)
        return False

    def _move(self, step: int, now: float) -> bool:
        self.at += step
        self.settle(now)
        return True


class Picker:
    """Which units of the feed's streams are published: sound of the program, pictures of one rung at a time.

    Pictures change their stream on an IDR that is later than what was shown. After a new line, units that came before
    are known by their numbers and left out, so a short cut leaves no hole when the gate's group of pictures covers it.
    """

    def __init__(self, program: str, low: str) -> None:
        self._program = program
        self._low = low
        self._gaps = {program: Gaps(), low: Gaps()}
        self._showing = ""
        self._last_pts = -1
        self._holes = 0

    def take(self, stream: str, unit: Unit, level: Level) -> tuple[bool, bool]:
        """(publish it?, is it the first after a break?)"""
        gaps = self._gaps.get(stream)
        if gaps is None or not gaps.take(unit):
            return False, False
        if unit.track is Track.AUDIO:
            return stream == self._program, False
        if level == "audio":
            self._showing = ""
            return False, False
        wanted = self._program if level == "top" else self._low
        broken = gaps.holes != self._holes
        if stream != self._showing:
            if stream != wanted or not unit.key or not self._later(unit):
                return False, False
            self._showing, broken = stream, True
        self._holes = gaps.holes
        self._last_pts = unit.pts90
        return True, broken

    @property
    def showing(self) -> str:
        """The stream whose pictures are published, "" without pictures."""
        return self._showing

    @property
    def holes(self) -> int:
        """Breaks in what came."""
        return sum(one.holes for one in self._gaps.values())

    def _later(self, unit: Unit) -> bool:
        return unit.pts90 > self._last_pts or self._last_pts - unit.pts90 > RESET_TICKS
