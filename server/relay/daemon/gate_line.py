"""One edge's line at the gate: what it wants, what waits for it, and what is dropped when it cannot keep up.

Pure of sockets and clocks: `put` takes a unit, `head` and `sent` are called by whoever owns the socket.
"""

from collections import deque
from dataclasses import dataclass, field

from server.relay.daemon.feedline import Figures, Take, Tracks
from server.relay.daemon.units import Track, Unit

LATEST_S = 1.0           # what waited longer for a slow line is worth nothing to those who listen
MOST_TAKES_A_SECOND = 20
GOP_BYTES = 8 * 1024 * 1024
GOP_UNITS = 600


@dataclass(frozen=True, slots=True)
class Waiting:
    """A unit that waits for a line. `start`: of the pictures a newcomer begins with; they may be as old as a GOP."""

    stream: str
    unit: Unit
    at: float
    start: bool


class Gop:
    """The pictures of one stream since its last IDR: what a newcomer needs to begin at once."""

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self._bytes = 0

    def add(self, unit: Unit) -> None:
        """Keep a picture; one group that is too long or too big is not kept at all."""
        if unit.key:
            self.units, self._bytes = [], 0
        elif not self.units:
            return
        self._bytes += len(unit.payload)
        self.units.append(unit)
        if self._bytes > GOP_BYTES or len(self.units) > GOP_UNITS:
            self.clear()

    def clear(self) -> None:
        """Forget: the stream has a hole."""
        self.units, self._bytes = [], 0


@dataclass
class Line:
    """An edge on the line. Times are seconds on the monotonic clock."""

    peer: bytes
    label: str
    since: float
    heard: float
    figures: dict[str, Figures] = field(default_factory=dict)
    units: int = 0
    bytes: int = 0
    drops: int = 0
    lost_units: int = 0
    _wants: dict[str, Tracks] = field(default_factory=dict)
    _closed: set[str] = field(default_factory=set)  # streams whose pictures wait for an IDR
    _queue: deque[Waiting] = field(default_factory=deque)
    _takes: deque[float] = field(default_factory=deque)

    def may_speak(self, now: float) -> bool:
        """Whether a word of this edge is heard; one that floods is not."""
        while self._takes and now - self._takes[0] > 1:
            self._takes.popleft()
        self._takes.append(now)
        return len(self._takes) <= MOST_TAKES_A_SECOND

    def take(self, wanted: Take, gops: dict[str, Gop], now: float) -> None:
        """Follow what the edge wants; a stream it did not have begins with its cached group of pictures."""
        self.heard, self.figures = now, wanted.figures
        fresh = [one for one, tracks in wanted.streams.items() if tracks != "sound" and not self._pictures(one)]
        self._wants = dict(wanted.streams)
        self._closed &= set(self._wants)
        for stream in fresh:
            gop = gops.get(stream)
            if gop is None or not gop.units:
                self._closed.add(stream)
                continue
            self._closed.discard(stream)
            self._queue.extend(Waiting(stream, unit, now, start=True) for unit in gop.units)
        self._queue = deque(one for one in self._queue if self._wanted(one.stream, one.unit))

    def put(self, stream: str, unit: Unit, now: float) -> None:
        """A unit of the program came."""
        if not self._wanted(stream, unit):
            return
        if unit.track is Track.VIDEO and stream in self._closed:
            if not unit.key:
                self.lost_units += 1
                return
            self._closed.discard(stream)
        self._queue.append(Waiting(stream, unit, now, start=False))

    def head(self, now: float) -> Waiting | None:
        """What to send next. What is too late is dropped: sound one by one, pictures up to the next IDR."""
        while self._queue:
            first = self._queue[0]
            late = now - first.at > (LATEST_S * 4 if first.start else LATEST_S)
            if not late:
                return first
            if first.unit.track is Track.VIDEO:
                self._drop_pictures(first.stream)
            else:
                self._queue.popleft()
                self.lost_units += 1
        return None

    def sent(self) -> None:
        """The head is on its way."""
        gone = self._queue.popleft()
        self.units += 1
        self.bytes += len(gone.unit.payload)

    @property
    def waiting(self) -> int:
        """Units that wait."""
        return len(self._queue)

    @property
    def streams(self) -> set[str]:
        """What it takes."""
        return set(self._wants)

    def _pictures(self, stream: str) -> bool:
        return self._wants.get(stream, "sound") != "sound"

    def _wanted(self, stream: str, unit: Unit) -> bool:
        tracks = self._wants.get(stream)
        return tracks in {"all", "pictures" if unit.track is Track.VIDEO else "sound"}

    def _drop_pictures(self, stream: str) -> None:
        """Up to the newest IDR that waits, or to the next one that comes."""
        pictures = [one for one in self._queue if one.stream == stream and one.unit.track is Track.VIDEO]
        keys = [at for at, one in enumerate(pictures) if one.unit.key and at > 0]
        gone = pictures[: keys[-1]] if keys else pictures
        if not keys:
            self._closed.add(stream)
        self.drops += 1
        self.lost_units += len(gone)
        dropped = {id(one) for one in gone}
        self._queue = deque(one for one in self._queue if id(one) not in dropped)
