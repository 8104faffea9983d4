"""Access units: one coded picture or one packet of sound, and the message that carries it between processes.

A message has three frames: `<stream>|`, a header of 36 bytes in network order, the payload. Video is H.264 in Annex B
with SPS and PPS before each IDR; sound is one Opus packet (RFC 6716) of 20 ms, 48 kHz.
"""

import struct
from dataclasses import dataclass
from enum import IntEnum, IntFlag

VERSION = 1
_HEADER = struct.Struct("!BBHIQQQHH")
HEADER_BYTES = _HEADER.size
LARGEST_UNIT = 4 * 1024 * 1024  # bytes; an IDR of 1080p at 8 Mb/s is some 300 kB
OPUS_TICKS = 1800  # 20 ms at 90 kHz


class Track(IntEnum):
    """What a unit is of."""

    VIDEO = 0
    AUDIO = 1


class Flag(IntFlag):
    """What a reader must know before it opens the payload."""

    NONE = 0
    KEY = 1              # an IDR with its SPS and PPS: decoding can begin here (never set on sound)
    DISCONTINUITY = 2    # the first unit after another source was chosen or something was lost
    PAST = 4             # a picture whose moment is over: decoded because those after it need it, not to be made anew


class BadUnit(ValueError):
    """A message that is no access unit of this version."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One access unit.

    `epoch` (tenths of a second) grows when its publisher starts afresh; `seq` counts from 0 within track and epoch,
    without holes unless something was lost; `pts90` is the presentation time at 90 kHz, of both tracks on one clock;
    `capture_ns` is CLOCK_REALTIME when it came into this machine (or was captured, where the source says so); of a PAST
    picture, when it was sent once more.
    """

    track: Track
    flags: Flag
    epoch: int
    seq: int
    pts90: int
    capture_ns: int
    payload: bytes
    width: int = 0
    height: int = 0

    @property
    def key(self) -> bool:
        """Whether decoding can begin here."""
        return bool(self.flags & Flag.KEY)

    @property
    def past(self) -> bool:
        """Whether its moment is over."""
        return bool(self.flags & Flag.PAST)

    def frames(self, stream: str) -> list[bytes]:
        """The message on the wire."""
        header = _HEADER.pack(
            VERSION, self.track, self.flags, self.epoch, self.seq, self.pts90, self.capture_ns, self.width, self.height
        )
        return [stream.encode() + b"|", header, self.payload]

    @classmethod
    def parse(cls, frames: list[bytes]) -> "Unit":
        """The unit of a message. Raises BadUnit."""
        if len(frames) != 3 or len(frames[1]) != HEADER_BYTES or len(frames[2]) > LARGEST_UNIT:  # noqa: PLR2004
            raise BadUnit("not the shape of an access unit")
        version, track, flags, epoch, seq, pts90, capture_ns, width, height = _HEADER.unpack(frames[1])
        if version != VERSION or track not in (Track.VIDEO, Track.AUDIO):
            raise BadUnit(f"version {version}, track {track}")
        return cls(Track(track), Flag(flags & 7), epoch, seq, pts90, capture_ns, frames[2], width, height)
