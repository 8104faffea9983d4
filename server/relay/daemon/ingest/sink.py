"""Where finished units go: the stream, and the figures of the report."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from server.relay.daemon.units import LARGEST_UNIT, Flag, Track, Unit


class Publishing(Protocol):
    """What takes units: a streams.Publisher, or nothing at all while a source is only probed."""

    def send(
        self, track: Track, payload: bytes, pts90: int, *, capture_ns: int, flags: Flag = Flag.NONE,
        width: int = 0, height: int = 0,
    ) -> Unit: ...


@dataclass
class Sink:
    """Numbers what goes out. `broken()` marks the next unit of each track as the first after a hole."""

    publisher: Publishing | None
    size: tuple[int, int] = (0, 0)
    pictures: int = 0
    sounds: int = 0
    sent_bytes: int = 0
    too_large: int = 0
    seen: Callable[[Track], None] = lambda _track: None
    _break: set[Track] = field(default_factory=lambda: set(Track))
    _waiting: bool = True

    def broken(self) -> None:
        """What follows does not continue what was sent."""
        self._break = set(Track)
        self._waiting = True

    @property
    def waiting(self) -> bool:
        """Whether pictures are left out until an IDR comes."""
        return self._waiting

    def jumped(self) -> None:
        """The clock jumped; the pictures themselves go on."""
        self._break = set(Track)

    def picture(self, payload: bytes, key: bool, pts90: int, capture_ns: int, size: tuple[int, int]) -> None:
        """One access unit of video; dropped until an IDR came, and when it is larger than any unit may be."""
        if len(payload) > LARGEST_UNIT:
            self.too_large += 1
            self.broken()
            return
        if self._waiting and not key:
            return
        self._waiting = False
        if key:
            if self.size not in (size, (0, 0)):
                self._break.add(Track.VIDEO)
            self.size = size
        self.pictures += 1
        self._send(Track.VIDEO, payload, pts90, capture_ns, Flag.KEY if key else Flag.NONE)

    def sound(self, payload: bytes, pts90: int, capture_ns: int) -> None:
        """One Opus packet of 20 ms."""
        self.sounds += 1
        self._send(Track.AUDIO, payload, pts90, capture_ns, Flag.NONE)

    def _send(self, track: Track, payload: bytes, pts90: int, capture_ns: int, flags: Flag) -> None:
        if track in self._break:
            self._break.discard(track)
            flags |= Flag.DISCONTINUITY
        width, height = self.size if track is Track.VIDEO else (0, 0)
        self.sent_bytes += len(payload)
        self.seen(track)
        if self.publisher is not None:
            self.publisher.send(
                track, payload, pts90, capture_ns=capture_ns, flags=flags, width=width, height=height
            )
