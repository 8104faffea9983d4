"""The clip of a rehearsal: ten seconds of pictures that fill 1.3 times their rung's rate, and a tone to listen for.

    python -m server.relay.readiness.clip 1080p PATH

Made once in a process of its own (some seconds of one core), with an IDR each second, no B-frames and a constant rate
(filled up where the picture needs less): so a viewer gets what a lively conference would send him, and more.
"""

import asyncio
import itertools
import os
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
from av.filter.graph import Graph
from av.video.frame import PictureType

from server.relay.readiness.streams import clip_name
from server.relay.readiness.thresholds import REHEARSAL_KBPS, REHEARSAL_SECONDS, RUNGS, TestRung

SIZES: dict[TestRung, tuple[int, int]] = {
    "1080p": (1920, 1080), "720p": (1280, 720), "low": (640, 360), "audio": (640, 360)
}
FPS = 25
RATE, SAMPLES, SOUND_KBPS = 48_000, 960, 83
NICE = 10  # the conference that may be running comes first

_lock: dict[Path, asyncio.Lock] = {}


async def ensure(path: Path, rung: TestRung) -> None:
    """Make the clip when it is not there yet. Raises RuntimeError when it cannot be made."""
    async with _lock.setdefault(path, asyncio.Lock()):
        if path.exists():
            return
        maker = await asyncio.create_subprocess_exec(sys.executable, "-m", __name__, rung, str(path))
        if await maker.wait() != 0:
            raise RuntimeError(f"the clip of rung {rung} could not be made")


async def prepare(address: str, folder: Path) -> None:
    """Before a source of kind file is opened: make it when it is the clip of a rehearsal and not there yet."""
    rung = next((rung for rung in SIZES if clip_name(rung) == address), None)
    if rung is not None:
        await ensure(folder / address, rung)


def make(path: Path, rung: TestRung, seconds: int = REHEARSAL_SECONDS) -> None:
    """Write the clip. Another process may do the same: whoever is last replaces the other's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rough = path.with_name(f".{os.getpid()}-{path.name}")
    try:
        _write(rough, rung, seconds)
        rough.replace(path)
    finally:
        rough.unlink(missing_ok=True)


def _write(path: Path, rung: TestRung, seconds: int) -> None:
    width, height = SIZES[rung]
    kbps = REHEARSAL_KBPS["low" if rung == "audio" else rung] - SOUND_KBPS
    with av.open(str(path), "w", format="matroska") as out:
        video: Any = out.add_stream("libx264", rate=FPS)
        video.width, video.height, video.pix_fmt, video.bit_rate = width, height, "yuv420p", kbps * 1000
        video.gop_size = FPS
        video.options = {
            "preset": "superfast", "tune": "zerolatency", "profile": "baseline", "bf": "0", "threads": "1",
            "x264-params": f"nal-hrd=cbr:vbv-maxrate={kbps}:vbv-bufsize={kbps // 2}:bitrate={kbps}:scenecut=0",
        }
        sound: Any = out.add_stream("libopus", rate=RATE)
        sound.bit_rate, sound.layout, sound.options = SOUND_KBPS * 1000, "stereo", {"vbr": "off"}
        pictures, tones = _pictures(width, height, seconds), _tones(seconds)
        for number in range(seconds * FPS):
            picture = cast("av.VideoFrame", pictures.pull())
            picture.pts, picture.time_base = number, Fraction(1, FPS)
            picture.pict_type = PictureType.NONE  # the filter says I to each, and the encoder would obey
            out.mux(video.encode(picture))
            for tone in _take(tones, RATE // FPS // SAMPLES):
                out.mux(sound.encode(tone))
        out.mux(video.encode(None))
        out.mux(sound.encode(None))


def _pictures(width: int, height: int, seconds: int) -> Graph:
    """A moving test picture with a little noise, so that nothing compresses away."""
    graph = Graph()
    steps = [
        graph.add("testsrc2", f"size={width}x{height}:rate={FPS}:duration={seconds}"),
        graph.add("noise", "alls=6:allf=t"), graph.add("format", "yuv420p"), graph.add("buffersink"),
    ]
    return _linked(graph, steps)


def _tones(seconds: int) -> Graph:
    """One beep each two seconds: it is heard, and counted."""
    graph = Graph()
    steps = [
        graph.add("sine", f"frequency=660:sample_rate={RATE}:samples_per_frame={SAMPLES}:duration={seconds}"),
        graph.add("volume", "volume='if(lt(mod(t,2),0.4),0.5,0)':eval=frame"),
        graph.add("aformat", "sample_fmts=flt:channel_layouts=stereo"), graph.add("abuffersink"),
    ]
    return _linked(graph, steps)


def _linked(graph: Graph, steps: list[Any]) -> Graph:
    for one, other in itertools.pairwise(steps):
        one.link_to(other)
    graph.configure()
    return graph


def _take(graph: Graph, most: int) -> list[av.AudioFrame]:
    found = []
    for _ in range(most):
        try:
            found.append(cast("av.AudioFrame", graph.pull()))
        except (av.error.BlockingIOError, av.error.EOFError):
            break
    return found


def main() -> None:
    """The command line."""
    rung, path = sys.argv[1:3]
    if rung not in RUNGS:
        sys.exit(f"no such rung: {rung}")
    os.nice(NICE)
    make(Path(path), rung)


if __name__ == "__main__":
    main()
