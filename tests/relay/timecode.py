"""Pictures that carry a number a machine can read: a strip of black and white blocks over the top of the picture.

The strip is 2 rows of 32 equal cells; a cell is width/32 wide and height/18 high. Cell 0 is white and cell 1 black
(what white and black have become on the way), cells 2–49 are 48 bits of the number, highest first, cells 50–57 the
check: all six bytes of the number and 0xA5, xor. The rest is black. A clip's number is its media time in milliseconds,
a camera's the wall clock's milliseconds since 1970. It survives H.264 at 320×180 and being made smaller.
"""

import random
from datetime import datetime
from functools import cache
from pathlib import Path

import av
from PIL import Image, ImageDraw, ImageFont

from server.core import clock

COLUMNS, ROWS, CELL_HEIGHTS = 32, 2, 18
FIRST_BIT, BITS, CHECK_BITS = 2, 48, 8
WHITE, BLACK = 235, 16          # luma of limited range
LEAST_CONTRAST = 64             # between the two known cells; less is no strip
_FONT = Path(__file__).parents[2] / "server" / "core" / "fonts" / "Tinos-Bold.ttf"
_DIGITS = "0123456789:."
_NOISES = 16


def check_of(number: int) -> int:
    """The check byte of a number."""
    found = 0xA5
    for byte in number.to_bytes(BITS // 8, "big"):
        found ^= byte
    return found


def cells(number: int) -> bytes:
    """The luma of all cells, row by row."""
    said = (number << CHECK_BITS) | check_of(number)
    bits = [said >> place & 1 for place in range(BITS + CHECK_BITS - 1, -1, -1)]
    known = [1, 0, *bits]
    return bytes(WHITE if bit else BLACK for bit in known) + bytes([BLACK]) * (COLUMNS * ROWS - len(known))


def read_luma(luma: bytes, width: int, height: int, stride: int = 0) -> int | None:
    """The number in a picture's luma plane; None where there is no whole strip."""
    stride = stride or width

    def cell(number: int) -> int:
        row, column = divmod(number, COLUMNS)
        x, y = (2 * column + 1) * width // (2 * COLUMNS), (2 * row + 1) * height // (2 * CELL_HEIGHTS)
        return sum(luma[(y + dy) * stride + x + dx] for dy in (-1, 0, 1) for dx in (-1, 0, 1)) // 9

    white, black = cell(0), cell(1)
    if white - black < LEAST_CONTRAST:
        return None
    middle, said = (white + black) // 2, 0
    for number in range(FIRST_BIT, FIRST_BIT + BITS + CHECK_BITS):
        said = said << 1 | (cell(number) > middle)
    number, check = said >> CHECK_BITS, said & 0xFF
    return number if check == check_of(number) else None


def read_frame(frame: av.VideoFrame) -> int | None:
    """The number in a decoded picture (any planar YUV of 8 bits); None where there is no whole strip."""
    plane = frame.planes[0]
    return read_luma(bytes(plane), frame.width, frame.height, plane.line_size)


def read_image(image: Image.Image) -> int | None:
    """The number in an image, a screenshot's cut for example; None where there is no whole strip."""
    grey = image.convert("L")
    return read_luma(grey.tobytes(), grey.width, grey.height)


class Painter:
    """Paints pictures of one size: the strip, a clock for people, a moving ground.

    `noise` is the share of the width that is new each time: it makes every picture large. `detail` is the share that
    is as fine and stands still: it makes IDRs large, as faces, letters and curtains do. Without both a picture costs an
    encoder next to nothing.
    """

    def __init__(self, width: int, height: int, noise: float = 0.0, detail: float = 0.0) -> None:
        self.width, self.height = width, height
        chance = random.Random(f"{width}×{height}")
        small = Image.frombytes("L", (32, 18), chance.randbytes(32 * 18))
        self._ground = small.resize((2 * width, height), Image.Resampling.BICUBIC).point(lambda v: 40 + v // 2)
        self._noises = [_noise(chance, int(width * noise), height // 3) for _ in range(_NOISES if noise else 0)]
        self._detail = _noise(chance, int(width * detail), height // 2) if detail else None
        half = (width // 2) * (height // 2)
        self._blue, self._red = bytes([134]) * half, bytes([122]) * half

    def luma(self, number: int, index: int, words: str) -> bytes:
        """The luma of a picture: `number` in the strip, `words` (digits, colon, point) in large letters."""
        left = index * 3 % self.width
        picture = self._ground.crop((left, 0, left + self.width, self.height))
        if self._detail is not None:
            picture.paste(self._detail, (self.width - self._detail.width, self.height // 2))
        if self._noises:
            picture.paste(self._noises[index % _NOISES], (0, self.height // 2))
        x, y = self.width // 16, self.height // 5
        for letter in words:
            glyph = _glyphs(self.height // 6)[letter]
            picture.paste(glyph, (x, y))
            x += glyph.width
        strip = Image.frombytes("L", (COLUMNS, ROWS), cells(number))
        picture.paste(strip.resize((self.width, ROWS * self.height // CELL_HEIGHTS), Image.Resampling.NEAREST), (0, 0))
        return picture.tobytes()

    def frame(self, number: int, index: int, words: str) -> av.VideoFrame:
        """The same as a picture of YUV 4:2:0 for an encoder."""
        frame = av.VideoFrame(self.width, self.height, "yuv420p")
        rows = zip(
            frame.planes, (self.luma(number, index, words), self._blue, self._red), (1, 2, 2), strict=True,
        )
        for plane, data, share in rows:
            plane.update(_padded(data, self.width // share, plane.line_size))
        return frame


def media_words(ms: int) -> str:
    """A media time for people: minutes, seconds, tenths."""
    return f"{ms // 60_000:02}:{ms // 1000 % 60:02}.{ms // 100 % 10}"


def wall_words(ms: int) -> str:
    """A moment for people, local time."""
    return datetime.fromtimestamp(ms / 1000, clock.LOCAL).strftime("%H:%M:%S") + f".{ms // 100 % 10}"


def _padded(data: bytes, width: int, line: int) -> bytes:
    if width == line:
        return data
    gap = bytes(line - width)
    return b"".join(data[at:at + width] + gap for at in range(0, len(data), width))


def _noise(chance: random.Random, width: int, height: int) -> Image.Image:
    coarse = Image.frombytes("L", (width // 2, height // 2), chance.randbytes((width // 2) * (height // 2)))
    return coarse.resize((width, height), Image.Resampling.BILINEAR)


@cache
def _glyphs(height: int) -> dict[str, Image.Image]:
    font = ImageFont.truetype(str(_FONT), height)
    found = {}
    for letter in _DIGITS:
        image = Image.new("L", (int(font.getlength("0")) + 2, height + 4), BLACK)
        ImageDraw.Draw(image).text((1, -height // 8), letter, fill=WHITE, font=font)
        found[letter] = image
    return found
