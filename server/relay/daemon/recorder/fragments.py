"""Fragmented MP4 (ISO/IEC 14496-12, -15; Opus in ISOBMFF) from access units, as bytes.

Every fragment can be read without those after it, so a file that ends in the middle of one plays up to the one before.
Both tracks run at 90 kHz, the program's own clock.
"""

import struct
from dataclasses import dataclass, field

from server.relay.daemon.ingest import nal
from server.relay.daemon.units import OPUS_TICKS, Track, Unit

HZ = 90_000
VIDEO_ID, AUDIO_ID = 1, 2
_SYNC, _DELTA = 0x02000000, 0x01010000     # sample_flags: depends on no other; depends on others, not sync
_MATRIX = struct.pack("!9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def box(kind: bytes, *parts: bytes) -> bytes:
    """One box."""
    body = b"".join(parts)
    return struct.pack("!I4s", 8 + len(body), kind) + body


def full(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    """One box with version and flags."""
    return box(kind, struct.pack("!I", version << 24 | flags), *parts)


def head(idr: Unit) -> bytes:
    """ftyp and moov of a file that begins with `idr`. Raises nal.BadVideo when its parameter sets are missing."""
    units = list(nal.split(idr.payload))
    sps = next((unit for unit in units if nal.kind(unit) == nal.SPS), b"")
    pps = [unit for unit in units if nal.kind(unit) == nal.PPS]
    if len(sps) < 4 or not pps:  # noqa: PLR2004  (profile and level stand in bytes 1 to 3)
        raise nal.BadVideo("an IDR without its parameter sets")
    shape = nal.shape(sps)
    mvhd = full(b"mvhd", 0, 0, struct.pack("!4I", 0, 0, HZ, 0), struct.pack("!IHH8x", 0x10000, 0x100, 0), _MATRIX,
                bytes(24), struct.pack("!I", 3))
    mvex = box(b"mvex", *(
        full(b"trex", 0, 0, struct.pack("!5I", number, 1, 0, 0, 0)) for number in (VIDEO_ID, AUDIO_ID)
    ))
    return box(b"ftyp", b"iso6", struct.pack("!I", 0), b"iso6mp41") + box(
        b"moov", mvhd, _video(shape.width, shape.height, sps, pps), _sound(), mvex)


def _video(width: int, height: int, sps: bytes, pps: list[bytes]) -> bytes:
    avcc = box(
        b"avcC", bytes([1, sps[1], sps[2], sps[3], 0xFF, 0xE1]), struct.pack("!H", len(sps)), sps,
        bytes([len(pps)]), *(struct.pack("!H", len(one)) + one for one in pps),
    )
    # avc3: parameter sets may also stand before later IDRs, as they do here
    entry = box(b"avc3", struct.pack("!6xH16xHHII4xH32xHh", 1, width, height, 0x480000, 0x480000, 1, 24, -1), avcc)
    return _track(VIDEO_ID, (width, height), b"vide", full(b"vmhd", 0, 1, bytes(8)), entry)


def _sound() -> bytes:
    dops = box(b"dOps", struct.pack("!BBHIhB", 0, 2, 312, 48_000, 0, 0))
    entry = box(b"Opus", struct.pack("!6xH8xHH4xI", 1, 2, 16, 48_000 << 16), dops)
    return _track(AUDIO_ID, (0, 0), b"soun", full(b"smhd", 0, 0, bytes(4)), entry)


def _track(number: int, size: tuple[int, int], handler: bytes, media: bytes, entry: bytes) -> bytes:
    volume = 0x100 if handler == b"soun" else 0
    tkhd = full(b"tkhd", 0, 3, struct.pack("!5I8xHHHH", 0, 0, number, 0, 0, 0, 0, volume, 0), _MATRIX,
                struct.pack("!II", size[0] << 16, size[1] << 16))
    mdhd = full(b"mdhd", 0, 0, struct.pack("!4IHH", 0, 0, HZ, 0, 0x55C4, 0))
    hdlr = full(b"hdlr", 0, 0, struct.pack("!I4s12x", 0, handler), b"\0")
    dinf = box(b"dinf", full(b"dref", 0, 0, struct.pack("!I", 1), full(b"url ", 0, 1)))
    tables = (
        full(b"stsd", 0, 0, struct.pack("!I", 1), entry), full(b"stts", 0, 0, bytes(4)), full(b"stsc", 0, 0, bytes(4)),
        full(b"stsz", 0, 0, bytes(8)), full(b"stco", 0, 0, bytes(4)),
    )
    return box(b"trak", tkhd, box(b"mdia", mdhd, hdlr, box(b"minf", media, dinf, box(b"stbl", *tables))))


@dataclass
class Fragments:
    """Collects units of one file and makes fragments of them. The file's time 0 is its first IDR."""

    zero90: int
    count: int = 0
    _sound90: int = 0
    _pictures: list[Unit] = field(default_factory=list)
    _sounds: list[Unit] = field(default_factory=list)

    def add(self, unit: Unit) -> None:
        """One more unit; sound from before the first picture, or from before the last sound, is left out."""
        if unit.track is Track.VIDEO:
            self._pictures.append(unit)
        elif unit.pts90 >= max(self.zero90, self._sound90):
            self._sounds.append(unit)
            self._sound90 = unit.pts90 + 1

    def length90(self, now90: int) -> int:
        """How much time is collected, up to `now90`."""
        waiting = self._pictures[:1] + self._sounds[:1]
        return max((now90 - unit.pts90 for unit in waiting), default=0)

    def take(self, next90: int) -> bytes:
        """All that is collected as one fragment; `next90` is when the picture after it begins. b"" without any."""
        if not self._pictures and not self._sounds:
            return b""
        self.count += 1
        runs = [
            (VIDEO_ID, [_sized(unit) for unit in self._pictures], _lengths(self._pictures, next90),
             [_SYNC if unit.key else _DELTA for unit in self._pictures], self._pictures),
            (AUDIO_ID, [unit.payload for unit in self._sounds], _lengths(self._sounds, None),
             [_SYNC] * len(self._sounds), self._sounds),
        ]
        runs = [run for run in runs if run[1]]
        moof = self._moof(runs, 0)
        data = b"".join(sample for run in runs for sample in run[1])
        self._pictures, self._sounds = [], []
        return self._moof(runs, len(moof) + 8) + box(b"mdat", data)

    def _moof(self, runs: list[tuple[int, list[bytes], list[int], list[int], list[Unit]]], offset: int) -> bytes:
        parts = [full(b"mfhd", 0, 0, struct.pack("!I", self.count))]
        for number, samples, lengths, flags, units in runs:
            rows = b"".join(
                struct.pack("!III", length, len(sample), flag)
                for sample, length, flag in zip(samples, lengths, flags, strict=True)
            )
            parts.append(box(
                b"traf", full(b"tfhd", 0, 0x20000, struct.pack("!I", number)),
                full(b"tfdt", 1, 0, struct.pack("!Q", units[0].pts90 - self.zero90)),
                full(b"trun", 0, 0x701, struct.pack("!II", len(samples), offset), rows),
            ))
            offset += sum(len(sample) for sample in samples)
        return box(b"moof", *parts)


def _sized(unit: Unit) -> bytes:
    """Annex B → each NAL unit after its length."""
    return b"".join(struct.pack("!I", len(one)) + one for one in nal.split(unit.payload))


def _lengths(units: list[Unit], next90: int | None) -> list[int]:
    """How long each lasts: until the next."""
    if not units:
        return []
    last = units[-1].pts90
    ends = [unit.pts90 for unit in units[1:]] + [last + OPUS_TICKS if next90 is None else max(next90, last + 1)]
    return [end - unit.pts90 for unit, end in zip(units, ends, strict=True)]
