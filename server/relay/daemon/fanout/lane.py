"""A lane: one rung of the program, or its sound, as packets that all viewers share.

It numbers packets on one line without wrapping, keeps the pictures since the last IDR for whoever joins, and the last
packets for whoever asks again.
"""

from dataclasses import dataclass, field

from server.relay.daemon.fanout.packets import Frame, h264_payloads, profile_of
from server.relay.daemon.streams import Gaps
from server.relay.daemon.units import Track, Unit

KEPT_PACKETS = 1024       # that can be asked again: an IDR of 150 kB is 127
MOST_CACHED = 12_000_000  # bytes of pictures since the last IDR; a source with longer GOPs is joined at its next IDR
MOST_FRAMES = 1500        # 60 s of 25 pictures
RATE_MEMORY = 0.9         # of the bit rate's moving mean, for each second that passed


@dataclass(slots=True)
class Kept:
    """A packet that can be sent again: its count, its payload, its marker and its RTP timestamp."""

    count: int
    payload: bytes
    marker: bool
    stamp: int


@dataclass
class Lane:
    """One rung ("top", "low") or the sound ("audio"). `stamp_of` turns pts90 into an RTP timestamp of this lane."""

    name: str
    track: Track
    ssrc: int
    rtx_ssrc: int
    stamp_base: int
    next_count: int = 0
    gop: list[Frame] = field(default_factory=list)
    kept: list[Kept | None] = field(default_factory=lambda: [None] * KEPT_PACKETS)
    kbps: float = 0
    largest_frame: int = 0
    _gaps: Gaps = field(default_factory=Gaps)
    _cached: int = 0
    _second: int = 0
    _second_bytes: int = 0

    def stamp_of(self, pts90: int) -> int:
        """The RTP timestamp of a presentation time: 90 kHz for pictures, 48 kHz for sound (RFC 7587)."""
        ticks = pts90 if self.track is Track.VIDEO else pts90 * 8 // 15
        return (self.stamp_base + ticks) & 0xFFFFFFFF

    def take(self, unit: Unit, now: float) -> Frame | None:
        """The packets of a unit; None when it cannot be used (after a hole, up to the next IDR)."""
        if not self._gaps.take(unit):
            return None
        payloads = h264_payloads(unit.payload) if self.track is Track.VIDEO else [unit.payload]
        if not payloads:
            return None
        profile = profile_of(unit.payload) if unit.key else 0
        frame = Frame(
            self.next_count, unit.pts90, self.stamp_of(unit.pts90), unit.key, payloads, now, profile, past=unit.past,
        )
        self.next_count = frame.after
        self._keep(frame)
        self._measure(frame, now)
        if self.track is Track.VIDEO:
            self._cache(frame)
        return frame

    def _keep(self, frame: Frame) -> None:
        last = len(frame.payloads) - 1
        marks = self.track is Track.VIDEO
        for index, payload in enumerate(frame.payloads):
            count = frame.first + index
            self.kept[count % KEPT_PACKETS] = Kept(count, payload, marks and index == last, frame.stamp)

    def _cache(self, frame: Frame) -> None:
        if frame.key:
            self.gop.clear()
            self._cached = 0
        elif not self.gop:
            return
        self.gop.append(frame)
        self._cached += frame.bytes
        if self._cached > MOST_CACHED or len(self.gop) > MOST_FRAMES:
            self.gop.clear()

    def _measure(self, frame: Frame, now: float) -> None:
        self.largest_frame = max(frame.bytes, int(self.largest_frame * 0.999))
        if int(now) != self._second:
            rate = self._second_bytes * 8 / 1000
            self.kbps = rate if not self.kbps else RATE_MEMORY * self.kbps + (1 - RATE_MEMORY) * rate
            self._second, self._second_bytes = int(now), 0
        self._second_bytes += frame.bytes

    def find(self, count: int) -> Kept | None:
        """The packet of a count, while it is kept."""
        found = self.kept[count % KEPT_PACKETS]
        return found if found is not None and found.count == count else None
