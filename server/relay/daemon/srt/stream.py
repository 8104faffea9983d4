"""Access units as one MPEG-TS (ISO 13818-1): H.264 as it is and Opus in private streams, nothing made anew.

Measured with libavformat 59 (Debian 12) and 62: both give the same packets of Opus back, byte for byte; AAC instead
would cost the centre some 4 % of a core, and each edge as much again to make Opus of it.
"""

from collections import deque
from fractions import Fraction
from typing import Any, Literal

import av
from av.packet import Packet

from server.relay.daemon.srt.library import PAYLOAD
from server.relay.daemon.units import Track, Unit

BASE = Fraction(1, 90_000)
TS_PACKET = 188
TABLES = (0, 0x1000)  # PAT, and where libavformat puts the PMT
MOST_KEPT = 6000  # messages since the newest IDR (8 MB): more is not kept for newcomers
_OPTIONS = {
    "flush_packets": "1", "pes_payload_size": "0",  # a packet of sound does not wait for others
    "max_interleave_delta": "100000",  # µs that one track may wait for the other
    "mpegts_flags": "resend_headers",
}

Rung = Literal["top", "low", "audio"]


class _Pieces:
    """Takes the muxer's bytes, gives messages of whole TS packets."""

    def __init__(self) -> None:
        self.ready: deque[bytes] = deque()

    def write(self, data: bytes) -> int:
        """Of libavformat."""
        for at in range(0, len(data), PAYLOAD):
            self.ready.append(bytes(data[at:at + PAYLOAD]))
        return len(data)


class Stream:
    """One program (top, low or sound alone) as TS."""

    def __init__(self, rung: Rung) -> None:
        self._kept: list[bytes] = []
        self._keeping = False
        self._tables: dict[int, bytes] = {}
        self._pieces = _Pieces()
        self._out = av.open(self._pieces, "w", format="mpegts", options=_OPTIONS, buffer_size=PAYLOAD)
        self._video: Any = None
        if rung != "audio":
            self._video = self._out.add_mux_stream("h264", time_base=BASE)
        self._sound: Any = self._out.add_stream("libopus", rate=48_000)
        self._sound.layout = "stereo"
        self._last = {Track.VIDEO: -1, Track.AUDIO: -1}
        self._began = False

    def take(self, unit: Unit) -> list[bytes]:
        """The messages that are ready after a unit; none until pictures begin with an IDR."""
        stream = self._video if unit.track is Track.VIDEO else self._sound
        if stream is None or not self._begin(unit):
            return []
        time = max(unit.pts90, self._last[unit.track] + 1)
        self._last[unit.track] = time
        packet = Packet(unit.payload)
        packet.pts = packet.dts = time
        packet.time_base, packet.stream, packet.is_keyframe = BASE, stream, unit.key
        if unit.key:
            self._kept, self._keeping = [], True
        self._out.mux_one(packet)
        made = list(self._pieces.ready)
        self._pieces.ready.clear()
        self._keep(made)
        return made

    def _begin(self, unit: Unit) -> bool:
        self._began = self._began or unit.key or self._video is None
        return self._began

    def for_newcomer(self) -> list[bytes]:
        """What whoever calls now begins with: the tables, and all since the newest IDR."""
        return [b"".join(self._tables.values()), *self._kept] if self._tables else []

    def _keep(self, made: list[bytes]) -> None:
        for message in made:
            for at in range(0, len(message), TS_PACKET):
                pid = (message[at + 1] & 31) << 8 | message[at + 2]
                if pid in TABLES:
                    self._tables[pid] = message[at:at + TS_PACKET]
        if self._keeping:
            self._kept += made
            if len(self._kept) > MOST_KEPT:
                self._kept, self._keeping = [], False

    def close(self) -> None:
        """Forget it."""
        self._out.close()
