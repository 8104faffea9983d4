"""H.264 as bytes (ITU-T H.264, clause 7.3 and annex B): enough to pass pictures on and to know which cannot."""

from collections.abc import Iterator
from dataclasses import dataclass

START = b"\x00\x00\x00\x01"
SLICE, IDR, SEI, SPS, PPS, DELIMITER, FILLER = 1, 5, 6, 7, 8, 9, 12
PARTITIONS = (2, 3, 4)
NOTHING = (DELIMITER, 10, 11, FILLER)  # carries no picture: RTP frames pictures by itself
MOST_UNITS = 2000                      # NAL units in one picture; a hostile one may have millions
_HIGH = {100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135}  # 7.3.2.1.1
_B_SLICES = (1, 6)


class BadVideo(ValueError):
    """Bytes that are no H.264 a decoder could read."""


def split(data: bytes) -> Iterator[bytes]:
    """The NAL units of an Annex B byte stream, without their start codes. Raises BadVideo when there are too many."""
    begin = data.find(b"\x00\x00\x01")
    for count in range(MOST_UNITS + 1):
        if begin < 0:
            return
        if count == MOST_UNITS:
            raise BadVideo("too many NAL units in one picture")
        end = data.find(b"\x00\x00\x01", begin + 3)
        unit = data[begin + 3:end if end >= 0 else len(data)].rstrip(b"\x00")
        if unit:
            yield unit
        begin = end


def split_sized(data: bytes, size: int) -> Iterator[bytes]:
    """The NAL units of MP4's form: each after its length in `size` bytes (ISO/IEC 14496-15). Raises BadVideo."""
    at = 0
    for _ in range(MOST_UNITS):
        if at == len(data):
            return
        length = int.from_bytes(data[at:at + size], "big")
        unit = data[at + size:at + size + length]
        if len(unit) != length or at + size > len(data):
            raise BadVideo("a NAL unit is longer than its packet")
        if unit:
            yield unit
        at += size + length
    raise BadVideo("too many NAL units in one picture")


def kind(unit: bytes) -> int:
    """nal_unit_type."""
    return unit[0] & 31


def _plain(unit: bytes, most: int) -> bytes:
    """The first `most` bytes behind the NAL header, without emulation prevention (7.4.1)."""
    return unit[1:1 + most].replace(b"\x00\x00\x03", b"\x00\x00")


class _Bits:
    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big")
        self._left = len(data) * 8

    def take(self, count: int) -> int:
        if count > self._left:
            raise BadVideo("a header ends too early")
        self._left -= count
        return (self._value >> self._left) & ((1 << count) - 1)

    def golomb(self) -> int:
        """ue(v), 9.1."""
        zeros = 0
        while self.take(1) == 0:
            zeros += 1
            if zeros > 31:  # noqa: PLR2004  (no value of the standard is longer)
                raise BadVideo("a number of a header is too long")
        return (1 << zeros) - 1 + self.take(zeros)

    def signed(self) -> int:
        """se(v)."""
        value = self.golomb()
        return (value + 1) // 2 if value & 1 else -(value // 2)


def is_b_slice(unit: bytes) -> bool:
    """Whether a slice refers to later pictures (slice_type B, table 7-6)."""
    if kind(unit) not in (SLICE, IDR):
        return False
    bits = _Bits(_plain(unit, 12))
    bits.golomb()
    return bits.golomb() in _B_SLICES


@dataclass(frozen=True)
class Shape:
    """What an SPS says: size in pixels, and whether every receiver can decode it."""

    profile: int
    level: int
    width: int
    height: int
    progressive: bool
    plain_colour: bool

    @property
    def passable(self) -> bool:
        """Whether browsers decode it: progressive 4:2:0 of 8 bits, up to 1080p (facts/relay.md, ladder)."""
        return self.progressive and self.plain_colour and self.width * self.height <= 1920 * 1088


def shape(sps: bytes) -> Shape:
    """Read an SPS (7.3.2.1.1). Raises BadVideo."""
    bits = _Bits(_plain(sps, 400))
    profile, _constraints, level = bits.take(8), bits.take(8), bits.take(8)
    bits.golomb()
    chroma, plain = 1, True
    if profile in _HIGH:
        chroma = bits.golomb()
        if chroma == 3:  # noqa: PLR2004  (4:4:4)
            bits.take(1)
        depths = bits.golomb(), bits.golomb()
        bits.take(1)
        plain = chroma == 1 and depths == (0, 0)
        _skip_scaling(bits, 12 if chroma == 3 else 8)  # noqa: PLR2004
    bits.golomb()
    _skip_picture_order(bits)
    bits.golomb()
    bits.take(1)
    across, down = bits.golomb() + 1, bits.golomb() + 1
    progressive = bool(bits.take(1))
    if not progressive:
        bits.take(1)
    bits.take(1)
    width, height = across * 16, down * 16 * (1 if progressive else 2)
    if bits.take(1):
        left, right, top, bottom = (bits.golomb() for _ in range(4))
        width -= (left + right) * (1 if chroma in (0, 3) else 2)
        height -= (top + bottom) * (2 if chroma == 1 else 1) * (1 if progressive else 2)
    if not (16 <= width <= 8192 and 16 <= height <= 8192):  # noqa: PLR2004
        raise BadVideo("a size no camera has")
    return Shape(profile, level, width, height, progressive, plain)


def _skip_scaling(bits: _Bits, lists: int) -> None:
    if not bits.take(1):
        return
    for number in range(lists):
        if bits.take(1):
            last = following = 8
            for _ in range(16 if number < 6 else 64):  # noqa: PLR2004
                if following:
                    following = (last + bits.signed() + 256) % 256
                last = following or last


def _skip_picture_order(bits: _Bits) -> None:
    order = bits.golomb()
    if order == 0:
        bits.golomb()
    elif order == 1:
        bits.take(1)
        bits.signed()
        bits.signed()
        cycle = bits.golomb()
        if cycle > 255:  # noqa: PLR2004
            raise BadVideo("a picture order of an impossible length")
        for _ in range(cycle):
            bits.signed()


def parameter_sets(extradata: bytes) -> tuple[int, list[bytes]]:
    """(size of lengths, SPS and PPS) of a stream's extradata; size 0 means Annex B. Raises BadVideo."""
    if not extradata or extradata[0] != 1:
        return 0, [unit for unit in split(extradata or b"") if kind(unit) in (SPS, PPS)]
    if len(extradata) < 7:  # noqa: PLR2004
        raise BadVideo("a short avcC")
    found: list[bytes] = []
    at = 5
    for mask in (31, 255):  # numOfSequenceParameterSets in 5 bits, then numOfPictureParameterSets in 8
        count = extradata[at] & mask if at < len(extradata) else 0
        at += 1
        for _ in range(count):
            length = int.from_bytes(extradata[at:at + 2], "big")
            unit = extradata[at + 2:at + 2 + length]
            if len(unit) != length or not unit:
                raise BadVideo("a short avcC")
            found.append(unit)
            at += 2 + length
    return (extradata[4] & 3) + 1, found


@dataclass(frozen=True)
class Picture:
    """One access unit, ready to be sent."""

    payload: bytes
    key: bool
    b_slices: bool


class Passing:
    """Takes pictures as they come and hands them on as Annex B, with SPS and PPS before each IDR."""

    def __init__(self, extradata: bytes | None) -> None:
        self.shape: Shape | None = None
        self._sets: dict[tuple[int, int], bytes] = {}
        self.size = 0
        self.renew(extradata or b"")

    def renew(self, extradata: bytes) -> None:
        """Take other parameter sets (a stream over RTMP sends them beside the pictures). Raises BadVideo."""
        self.size, found = parameter_sets(extradata)
        for unit in found:
            self._learn(unit)

    def _learn(self, unit: bytes) -> bool:
        """Whether the set is another one than before."""
        bits = _Bits(_plain(unit, 12) if kind(unit) == PPS else _plain(unit, 12)[3:])
        number = bits.golomb()
        if number > 255:  # noqa: PLR2004
            raise BadVideo("a parameter set's number is impossible")
        if self._sets.get((kind(unit), number)) == unit:
            return False
        if kind(unit) == SPS:
            self.shape = shape(unit)
        self._sets[kind(unit), number] = unit
        return True

    def take(self, data: bytes) -> Picture | None:
        """One access unit; None when there is no picture in it. Raises BadVideo."""
        units = split_sized(data, self.size) if self.size and not _is_annex_b(data) else split(data)
        kept: list[bytes] = []
        changed: list[bytes] = []
        key = pictures = b_slices = False
        for unit in units:
            which = kind(unit)
            if which in (SPS, PPS):
                changed += [unit] if self._learn(unit) else []
                continue
            if which in NOTHING:
                continue
            if which in PARTITIONS:  # or another codec's bytes: a source may change from H.264 to HEVC in mid-stream
                raise BadVideo("a picture in partitions, which no receiver decodes")
            key = key or which == IDR
            pictures = pictures or which in (SLICE, IDR)
            b_slices = b_slices or is_b_slice(unit)
            kept.append(unit)
        if not pictures:
            return None
        if key:
            if not any(which == PPS for which, _ in self._sets) or self.shape is None:
                raise BadVideo("an IDR whose parameter sets never came")
            changed = [self._sets[one] for one in sorted(self._sets)]
        return Picture(b"".join(START + unit for unit in (*changed, *kept)), key, b_slices)


def _is_annex_b(data: bytes) -> bool:
    return data[:4] == START
