"""Words as coded pictures, and silence: what everybody gets when no source sends.

The slate is coded once for each text and size: two groups of pictures whose IDRs differ in `idr_pic_id`, as H.264
(7.4.3) asks of neighbours, to be sent again and again. Whoever joins finds an IDR within a second.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import av
from av.video.codeccontext import VideoCodecContext
from PIL import Image, ImageDraw, ImageFont

from server.core.typeface import BOLD, REGULAR, font_file

FPS = 5
GOP = 5                                  # pictures from one IDR to the next: one second
DEFAULT_SIZE = (1280, 720)
DEFAULT_WORDS = ("Đang chờ hình từ điểm cầu trung tâm",)
PAPER, INK, SOFT, LINE = "#12110f", "#f7f3e9", "#c9c2b3", "#d7a94b"  # the wall's own colours

SILENCE = b"\xfc\xff\xfe"
"""20 ms of silence: TOC 31 (CELT, full band, 20 ms), stereo, one frame (RFC 6716 §3.1)."""


@dataclass(frozen=True)
class Picture:
    """One coded picture of a slate, Annex B; an IDR brings SPS and PPS."""

    payload: bytes
    key: bool


@dataclass(frozen=True)
class Slate:
    """Pictures to be sent in a circle, FPS a second, each circle beginning with an IDR."""

    words: tuple[str, ...]
    size: tuple[int, int]
    pictures: tuple[Picture, ...]

    def endless(self) -> Iterator[Picture]:
        """The pictures for ever, from an IDR on."""
        while True:
            yield from self.pictures


def make(words: tuple[str, ...], size: tuple[int, int]) -> Slate:
    """Draw and code a slate of even `size`; takes some 100 ms, so call it outside of the event loop."""
    width, height = (max(64, side - side % 2) for side in size)
    shown = tuple(line for line in words if line.strip()) or DEFAULT_WORDS
    frame = av.VideoFrame(width, height, "rgb24")
    frame.planes[0].update(_padded(draw(shown, (width, height)), frame.planes[0].line_size))
    return Slate(words, size, tuple(_code(frame.reformat(format="yuv420p"), width, height)))


def _padded(image: Image.Image, line: int) -> bytes:
    """Rows of `line` bytes, as a plane wants them."""
    rows, row = image.tobytes(), image.width * 3
    return b"".join(rows[at:at + row].ljust(line, b"\0") for at in range(0, len(rows), row))


def draw(words: tuple[str, ...], size: tuple[int, int]) -> Image.Image:
    """The words in the middle of a dark page: the first line large, the others below it."""
    width, height = size
    image = Image.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(image)
    parts = _fit(pen, words, size)
    total = sum(tall for _, _, tall, _ in parts)
    top = (height - total) / 2
    for number, (text, font, tall, ink) in enumerate(parts):
        pen.multiline_text(
            (width / 2, top), text, font=font, fill=ink, anchor="ma", align="center", spacing=font.size / 4
        )
        top += tall
        if number == 0:
            rule = height / 200
            pen.rectangle((width * 0.44, top - tall * 0.12, width * 0.56, top - tall * 0.12 + rule), fill=LINE)
    return image


_Part = tuple[str, ImageFont.FreeTypeFont, float, str]  # text with line breaks, font, height with space below, ink


def _fit(pen: ImageDraw.ImageDraw, words: tuple[str, ...], size: tuple[int, int]) -> list[_Part]:
    """Break and, where it must be, shrink the words until they stand within the page."""
    width, height = size
    scale = 1.0
    while True:
        parts = []
        for number, line in enumerate(words):
            name, share, ink = (BOLD, 11, INK) if number == 0 else (REGULAR, 17, SOFT)
            font = ImageFont.truetype(font_file(name), max(8, int(height / share * scale)))
            text = _broken(pen, line, font, width * 0.88)
            box = pen.multiline_textbbox((0, 0), text, font=font, spacing=font.size / 4)
            parts.append((text, font, box[3] + font.size * (0.9 if number == 0 else 0.45), ink))
        if sum(tall for _, _, tall, _ in parts) <= height * 0.9 or scale < 0.3:  # noqa: PLR2004  (small enough)
            return parts
        scale *= 0.85


def _broken(pen: ImageDraw.ImageDraw, line: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    lines: list[str] = []
    for word in line.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pen.textlength(longer, font=font) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


def _code(frame: av.VideoFrame, width: int, height: int) -> Iterator[Picture]:
    codec = av.CodecContext.create("libx264", "w")
    assert isinstance(codec, VideoCodecContext)  # noqa: S101  (for mypy: the codec's name says so)
    codec.width, codec.height, codec.pix_fmt, codec.framerate = width, height, "yuv420p", Fraction(FPS)
    codec.gop_size = GOP
    codec.options = {
        "preset": "veryfast", "tune": "stillimage", "profile": "baseline", "crf": "22",
        "x264-params": "scenecut=0:repeat-headers=1:threads=1:sliced-threads=0",
    }
    for number in range(2 * GOP):
        frame.pts = number
        for packet in codec.encode(frame):
            yield Picture(bytes(packet), packet.is_keyframe)
    for packet in codec.encode(None):
        yield Picture(bytes(packet), packet.is_keyframe)
