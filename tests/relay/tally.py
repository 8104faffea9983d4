"""What a viewer of the relay got, by the clear headers of RTP; of a picture only its first packets are opened."""

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from aiortc.rtp import RtcpPacket, RtcpReceiverInfo, RtcpSrPacket
from pylibsrtp import Error as SrtpError
from pylibsrtp import Session

from server.core import clock

STAMP = b"nghisu-bench-pts"  # before 16 hex digits: pts90 of a unit; also the UUID of its SEI
OPENED = 4                   # packets at a picture's beginning that are searched for a stamp
OPEN_FRAMES = 100
SHORTEST = 12                # bytes of a header of RTP
FIRST_NACK_NS = 20_000_000
_head = struct.Struct("!xBHII").unpack_from


@dataclass
class Seen:
    """Times in ns of CLOCK_REALTIME.

    `frames`: [pts90 of its stamp, or its RTP timestamp; 1 for an IDR; first and last packet's arrival (-1: never
    whole); packets]. `sound`: [pts90 of its stamp, or RTP timestamp; arrival].
    """

    number: int
    began_ns: int = 0
    connected_ns: int = 0
    first_frame_ns: int = 0
    packets: int = 0
    octets: int = 0
    lost: int = 0
    recovered: int = 0
    frames: list[list[int]] = field(default_factory=list)
    sound: list[list[int]] = field(default_factory=list)

    def summary(self) -> dict[str, float]:
        """In few figures: milliseconds, pictures a second, and the longest time without a whole picture."""
        whole = [row[3] for row in self.frames if row[3] > 0]
        gaps = [(later - sooner) / 1e6 for sooner, later in pairwise(whole)]
        length = (whole[-1] - whole[0]) / 1e9 if len(whole) > 1 else 0.0
        return {
            "first_frame_ms": (self.first_frame_ns - self.began_ns) / 1e6 if self.first_frame_ns else -1.0,
            "packets": self.packets, "lost": self.lost, "recovered": self.recovered, "frames": len(whole),
            "fps": (len(whole) - 1) / length if length else 0.0, "longest_gap_ms": max(gaps, default=0.0),
        }


@dataclass
class Numbers:
    """Sequence numbers of one SSRC (RFC 3550 §6.4.1)."""

    ssrc: int
    first: int
    highest: int
    received: int = 0
    expected_before: int = 0
    received_before: int = 0
    missing: dict[int, list[int]] = field(default_factory=dict)  # extended number → [ns of the next NACK, tries]

    def extended(self, seq: int) -> int:
        """A number of 16 bits, in the row of all."""
        return self.highest + ((seq - self.highest + 0x8000) & 0xFFFF) - 0x8000

    def take(self, seq: int, now: int) -> int:
        """The extended number of a packet that came."""
        number = self.extended(seq)
        for hole in range(self.highest + 1, min(number, self.highest + 2000)):
            self.missing[hole] = [now + FIRST_NACK_NS, 0]
        self.missing.pop(number, None)
        self.highest = max(self.highest, number)
        self.received += 1
        return number

    def report(self, last_sr: tuple[int, int]) -> RtcpReceiverInfo:
        """The block of a receiver report; `last_sr` is (middle of its NTP time, ns when it came)."""
        expected = self.highest - self.first + 1
        due, got = expected - self.expected_before, self.received - self.received_before
        self.expected_before, self.received_before = expected, self.received
        fraction = max(0, min(255, (due - got) * 256 // due)) if due else 0
        lost = max(0, min(0x7FFFFF, expected - self.received))
        middle, came = last_sr
        delay = (clock.realtime_ns() - came) * 65536 // 1_000_000_000 if middle else 0
        return RtcpReceiverInfo(
            ssrc=self.ssrc, fraction_lost=fraction, packets_lost=lost, highest_sequence=self.highest & 0xFFFFFFFF,
            jitter=0, lsr=middle, dlsr=delay & 0xFFFFFFFF,
        )


@dataclass
class Packet:
    """One RTP packet: its clear header, its arrival, and whether its payload is open already."""

    seq: int
    stamp: int
    ssrc: int
    marker: bool
    data: bytes
    came: int
    opened: bool = False


@dataclass
class _Frame:
    row: list[int]
    low: int
    high: int
    ends: bool = False
    stamped: bool = False


class Tally:
    """Counts for one viewer. `kinds`: payload type → video, audio or rtx; `first` is called at the first whole IDR."""

    def __init__(self, number: int, first: Callable[[], None]) -> None:
        self.seen = Seen(number)
        self.kinds: dict[int, str] = {}
        self.streams: dict[str, Numbers] = {}
        self.reports: dict[int, tuple[int, int]] = {}
        self.srtp: Session | None = None
        self._first = first
        self._open: dict[int, _Frame] = {}

    def take(self, data: bytes, came: int) -> None:
        """One packet of SRTP or SRTCP; what cannot be opened is not counted as a picture."""
        assert self.srtp is not None
        if len(data) < SHORTEST:
            return
        try:
            if 192 <= data[1] <= 223:
                self._told(self.srtp.unprotect_rtcp(data), came)
                return
            self.seen.packets += 1
            self.seen.octets += len(data)
            kind = self.kinds.get(data[1] & 127, "")
            if kind == "rtx":
                self._again(self.srtp.unprotect(data), came)
            elif kind:
                mark, seq, stamp, ssrc = _head(data)
                self._packet(kind, Packet(seq, stamp, ssrc, mark > 127, data, came))
        except (SrtpError, IndexError, ValueError):
            return

    def _told(self, plain: bytes, came: int) -> None:
        for packet in RtcpPacket.parse(plain):
            if isinstance(packet, RtcpSrPacket):
                self.reports[packet.ssrc] = ((packet.sender_info.ntp_timestamp >> 16) & 0xFFFFFFFF, came)

    def _again(self, plain: bytes, came: int) -> None:
        """A packet sent anew (RFC 4588): its payload begins with the number it had."""
        known, at = self.streams.get("video"), _payload_at(plain)
        seq = int.from_bytes(plain[at:at + 2], "big")
        if known is None or known.extended(seq) not in known.missing:
            return
        self.seen.recovered += 1
        mark, _seq, stamp, _ssrc = _head(plain)
        data = plain[:at] + plain[at + 2:]
        self._packet("video", Packet(seq, stamp, known.ssrc, mark > 127, data, came, opened=True))

    def _packet(self, kind: str, packet: Packet) -> None:
        numbers = self.streams.get(kind)
        if numbers is None or numbers.ssrc != packet.ssrc:
            numbers = self.streams[kind] = Numbers(packet.ssrc, packet.seq, packet.seq - 1)
        number = numbers.take(packet.seq, packet.came)
        if kind == "audio":
            found = _stamp_in(self._plain(packet))
            self.seen.sound.append([packet.stamp if found is None else found, packet.came])
        else:
            self._picture(packet, number)

    def _picture(self, packet: Packet, number: int) -> None:
        frame = self._open.get(packet.stamp)
        if frame is None:
            frame = self._open[packet.stamp] = _Frame([packet.stamp, 0, packet.came, -1, 0], number, number)
            self.seen.frames.append(frame.row)
            while len(self._open) > OPEN_FRAMES:
                self._open.pop(next(iter(self._open)))
        row = frame.row
        frame.low, frame.high = min(frame.low, number), max(frame.high, number)
        frame.ends |= packet.marker
        row[4] += 1
        if row[4] <= OPENED and not frame.stamped:
            self._look_into(frame, self._plain(packet))
        if frame.ends and row[4] == frame.high - frame.low + 1 and row[3] < 0:
            row[3] = packet.came
            if row[1] and not self.seen.first_frame_ns:
                self.seen.first_frame_ns = packet.came
                self._first()

    def _plain(self, packet: Packet) -> bytes:
        assert self.srtp is not None
        return packet.data if packet.opened else bytes(self.srtp.unprotect(packet.data))

    @staticmethod
    def _look_into(frame: _Frame, plain: bytes) -> None:
        if _begins_idr(plain, _payload_at(plain)):
            frame.row[1] = 1
        found = _stamp_in(plain)
        if found is not None:
            frame.row[0], frame.stamped = found, True


def _begins_idr(plain: bytes, at: int) -> bool:
    """Whether a payload of H.264 (RFC 6184) holds an SPS or a part of an IDR."""
    kind = plain[at] & 31
    if kind == 28:  # FU-A
        kind = plain[at + 1] & 31
    if kind != 24:
        return kind in (5, 7)
    at += 1
    while at + 2 < len(plain):  # STAP-A: unit after unit
        if plain[at + 2] & 31 in (5, 7):
            return True
        at += 2 + int.from_bytes(plain[at:at + 2], "big")
    return False


def _payload_at(plain: bytes) -> int:
    """Where the payload of an RTP packet begins."""
    at = 12 + 4 * (plain[0] & 15)
    if plain[0] & 16:
        at += 4 + 4 * int.from_bytes(plain[at + 2:at + 4], "big")
    return at


def _stamp_in(plain: bytes) -> int | None:
    at = plain.find(STAMP)
    return int(plain[at + len(STAMP):at + len(STAMP) + 16], 16) if at >= 0 else None
