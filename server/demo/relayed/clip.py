"""The picture of the demonstration's conference: a drawn hall with a speaker who moves, ten seconds in a loop.

    python -m server.demo.relayed.clip PATH

Nothing from outside is needed. It is made once, by a process of its own that lets every other go first; an IDR each
second and no B-frames, so that the relay passes it on as it is.
"""

import itertools
import math
import os
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.filter.graph import Graph
from PIL import Image, ImageDraw, ImageFont

from server.core.typeface import BOLD, REGULAR, font_file
from server.demo.papers import names

SIZE = WIDTH, HEIGHT = 1280, 720
FPS, SECONDS = 15, 10
RATE, SAMPLES = 48_000, 960
NICE = 19
WALL, STAGE, WOOD, RED, GOLD, COAT, SKIN = "#7d1b22", "#5a1217", "#6b4a2b", "#a01c24", "#e7c15a", "#26303d", "#caa184"
HEADS = [(90 + 110 * place, 640 + 14 * (place % 3)) for place in range(11)]
WORDS = ("HỘI NGHỊ TRỰC TUYẾN", f"TỈNH ỦY {names.PROVINCE.upper()}", "Hình trình diễn: tỉnh này không có thật")


def make(path: Path) -> None:
    """Write the clip; whoever is last of several replaces the others'."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rough = path.with_name(f".{os.getpid()}-{path.name}")
    try:
        _write(rough)
        rough.replace(path)
    finally:
        rough.unlink(missing_ok=True)


def _write(path: Path) -> None:
    with av.open(str(path), "w", format="matroska") as out:
        video: Any = out.add_stream("libx264", rate=FPS)
        video.width, video.height, video.pix_fmt, video.gop_size = WIDTH, HEIGHT, "yuv420p", FPS
        video.options = {
            "preset": "superfast", "tune": "zerolatency", "profile": "baseline", "bf": "0", "crf": "26",
            "threads": "1", "x264-params": "scenecut=0",
        }
        sound: Any = out.add_stream("libopus", rate=RATE)
        sound.bit_rate, sound.layout = 32_000, "stereo"
        tones = _tones()
        for number, picture in enumerate(pictures()):
            frame = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            out.mux(video.encode(frame))
            for tone in _until(tones, (number + 1) / FPS):
                out.mux(sound.encode(tone))
        out.mux(video.encode(None))
        out.mux(sound.encode(None))


def pictures() -> Iterator[Image.Image]:
    """The pictures of one round; the last leads to the first."""
    still = hall()
    for number in range(FPS * SECONDS):
        turn = math.tau * number / (FPS * SECONDS)
        picture = still.copy()
        pen = ImageDraw.Draw(picture)
        speaker(pen, turn)
        for place, (x, y) in enumerate(HEADS):  # those who listen, from behind
            sway = 3 * math.sin(turn * 2 + place)
            pen.ellipse((x - 26 + sway, y - 34, x + 26 + sway, y + 24), fill="#1b1512")
            pen.rounded_rectangle((x - 52, y + 18, x + 52, HEIGHT + 40), 30, fill="#17110f")
        yield picture


def hall() -> Image.Image:
    """What stands still: the backdrop with its words, the stage, the lectern."""
    image = Image.new("RGB", SIZE, WALL)
    pen = ImageDraw.Draw(image)
    for x in range(0, WIDTH, 64):  # folds of the curtain
        pen.rectangle((x, 0, x + 22, 470), fill="#741820")
    sizes = ((BOLD, 58, GOLD), (BOLD, 46, "#f7ead0"), (REGULAR, 26, "#f0cfae"))
    for (name, size, ink), text, y in zip(sizes, WORDS, (70, 146, 222), strict=True):
        font = ImageFont.truetype(font_file(name), size)
        pen.text((WIDTH / 2, y), text, font=font, fill=ink, anchor="mm")
    pen.rectangle((0, 470, WIDTH, HEIGHT), fill=STAGE)
    pen.rectangle((0, 466, WIDTH, 474), fill="#3b0c10")
    return image


def speaker(pen: ImageDraw.ImageDraw, turn: float) -> None:
    """The one who speaks behind the lectern."""
    lean, hand = 6 * math.sin(turn), 26 * math.sin(turn * 5)
    x = WIDTH / 2 + lean
    pen.rounded_rectangle((x - 78, 372, x + 78, 540), 40, fill=COAT)
    pen.polygon((x - 18, 374, x + 18, 374, x, 430), fill="#f2efe8")
    pen.polygon((x - 5, 384, x + 5, 384, x + 4, 440, x - 4, 440), fill=RED)
    pen.ellipse((x - 38, 290, x + 38, 380), fill=SKIN)
    pen.pieslice((x - 40, 284, x + 40, 366), 180, 360, fill="#2a221d")
    pen.line((x + 66, 420, x + 120, 400 - hand), fill=COAT, width=30)
    pen.ellipse((x + 106, 380 - hand, x + 136, 410 - hand), fill=SKIN)
    pen.polygon((WIDTH / 2 - 120, 470, WIDTH / 2 + 120, 470, WIDTH / 2 + 96, 640, WIDTH / 2 - 96, 640), fill=WOOD)
    pen.rectangle((WIDTH / 2 - 130, 456, WIDTH / 2 + 130, 474), fill="#84603b")


def _tones() -> Graph:
    """A soft chime each five seconds: enough to hear that sound comes, little enough to bear it."""
    graph = Graph()
    steps = [
        graph.add("sine", f"frequency=523:sample_rate={RATE}:samples_per_frame={SAMPLES}:duration={SECONDS}"),
        graph.add("volume", "volume='0.12*exp(-3*mod(t,5))':eval=frame"),
        graph.add("aformat", "sample_fmts=flt:channel_layouts=stereo"), graph.add("abuffersink"),
    ]
    for one, other in itertools.pairwise(steps):
        one.link_to(other)
    graph.configure()
    return graph


def _until(graph: Graph, seconds: float) -> Iterator[av.AudioFrame]:
    while True:
        try:
            tone = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        assert isinstance(tone, av.AudioFrame)  # noqa: S101  (for mypy: the graph ends in a sink for sound)
        yield tone
        if (tone.pts or 0) + SAMPLES >= seconds * RATE:
            return


if __name__ == "__main__":
    os.nice(NICE)
    make(Path(sys.argv[1]))
