"""RTP payloads: H.264 (RFC 6184, packetization-mode 1) and the runs of equal packets that one system call can send.

A payload is made once for all viewers and all rungs of numbering; only the 12 bytes of header before it (RFC 3550 §5.1)
can differ from viewer to viewer.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

HEADER = 12
PACKET = 1200  # bytes of RTP before SRTP: fits any path that carries 1,280 (RFC 8200 §5) with room for a tunnel
ROOM = PACKET - HEADER
FRAGMENT = ROOM - 2  # FU indicator and FU header
MOST_IN_RUN = 24     # packets of one system call: a burst of 29 kB
STAP_A = 24
FU_A = 28
MUTE_TYPES = (9, 12)  # access unit delimiter and filler: decoders do without
SPS = 7

_head = struct.Struct("!BBHII").pack
HEADER_FIRST = 0x80  # version 2, nothing else


def nal_units(annex_b: bytes) -> Iterator[bytes]:
    """The NAL units of a picture in Annex B (three- or four-byte start codes), without trailing zeros."""
    start = annex_b.find(b"\0\0\1")
    while start >= 0:
        following = annex_b.find(b"\0\0\1", start + 3)
        unit = annex_b[start + 3 : following if following >= 0 else len(annex_b)].rstrip(b"\0")
        if unit and unit[0] & 31 not in MUTE_TYPES:
            yield unit
        start = following


def h264_payloads(annex_b: bytes) -> list[bytes]:
    """The RTP payloads of one picture, in order; empty when it holds nothing to decode."""
    made: list[bytes] = []
    small: list[bytes] = []
    for unit in nal_units(annex_b):
        if len(unit) > ROOM:
            _flush(small, made)
            made += _fragments(unit)
            continue
        if small and 1 + sum(len(one) + 2 for one in small) + len(unit) + 2 > ROOM:
            _flush(small, made)
        small.append(unit)
    _flush(small, made)
    return made


def _flush(small: list[bytes], made: list[bytes]) -> None:
    if len(small) == 1:
        made.append(small[0])
    elif small:
        importance = max(unit[0] & 0x60 for unit in small)
        made.append(bytes([importance | STAP_A]) + b"".join(len(one).to_bytes(2, "big") + one for one in small))
    small.clear()


def _fragments(unit: bytes) -> list[bytes]:
    indicator, kind = (unit[0] & 0xE0) | FU_A, unit[0] & 31
    parts = [unit[at : at + FRAGMENT] for at in range(1, len(unit), FRAGMENT)]
    middle = bytes([indicator, kind])
    made = [middle + part for part in parts]
    made[0] = bytes([indicator, kind | 0x80]) + parts[0]
    made[-1] = bytes([indicator, kind | 0x40]) + parts[-1]
    return made


def profile_of(annex_b: bytes) -> int:
    """profile_idc of the first SPS (66 baseline, 77 main, 100 high); 0 without one."""
    for unit in nal_units(annex_b[:400]):
        if unit[0] & 31 == SPS and len(unit) > 1:
            return unit[1]
    return 0


@dataclass(slots=True)
class Run:
    """Packets in a row of which all but the last are of full size: what UDP_SEGMENT can cut."""

    first: int  # index within its frame
    payloads: list[bytes]
    last_in_frame: bool

    def laid_out(self, kind: int, ssrc: int, seq: int, stamp: int, stride: int) -> bytes:
        """The packets, each `stride` bytes from the one before, with room for SRTP's tag after each but the last.

        `kind` is the payload type, `seq` the number of the first packet, `stamp` the RTP timestamp.
        """
        final = len(self.payloads) - 1
        parts: list[bytes] = []
        for index, payload in enumerate(self.payloads):
            marker = 0x80 if self.last_in_frame and index == final else 0
            parts.append(_head(HEADER_FIRST, kind | marker, (seq + index) & 0xFFFF, stamp & 0xFFFFFFFF, ssrc))
            parts.append(payload)
            if index < final:
                parts.append(bytes(stride - HEADER - len(payload)))
        return b"".join(parts)


@dataclass(slots=True)
class Frame:
    """One access unit as packets. `first` counts packets of its lane without wrapping round."""

    first: int
    pts90: int
    stamp: int
    key: bool
    payloads: list[bytes]
    arrived: float
    profile: int = 0
    past: bool = False  # one of many that come at once
    runs: list[Run] = field(default_factory=list)
    bytes: int = 0

    def __post_init__(self) -> None:
        self.runs = list(runs_of(self.payloads))
        self.bytes = sum(map(len, self.payloads))

    @property
    def after(self) -> int:
        """The count of the first packet after it."""
        return self.first + len(self.payloads)


def runs_of(payloads: list[bytes]) -> Iterator[Run]:
    """Cut the packets of a frame into runs."""
    begin = 0
    for index, payload in enumerate(payloads):
        ends = index + 1 == len(payloads)
        if ends or len(payload) != ROOM or index + 1 - begin == MOST_IN_RUN:
            yield Run(begin, payloads[begin : index + 1], ends)
            begin = index + 1


def packet(kind: int, seq: int, stamp: int, ssrc: int, payload: bytes, *, marker: bool) -> bytes:
    """One RTP packet."""
    mark = 0x80 if marker else 0
    return _head(HEADER_FIRST, kind | mark, seq & 0xFFFF, stamp & 0xFFFFFFFF, ssrc) + payload
