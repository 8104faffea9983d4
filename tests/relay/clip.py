"""Clips for tests of the relay: made once with PyAV, kept in var/clips, the same bytes each time.

    clip("h264")                       # 320×180, 15 pictures/s, 6 s, an IDR each second, Opus; the path of an MP4
    clip("bframes"), clip("hevc"), clip("aac"), clip("resize"), clip("silent"), clip("sound")
    make(Recipe(width=1280, height=720, fps=25, gop_s=2, kbps=2500))

Each picture carries its media time in milliseconds (timecode.py). The tone is 440 Hz, loud in the first 100 ms of each
second. `units(path)` gives the access units as the relay's processes pass them on; `play` publishes them in real time.
"""

import asyncio
import hashlib
import math
import os
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream

from server.core import clock
from server.relay.daemon.streams import Publisher
from server.relay.daemon.units import OPUS_TICKS, Flag, Track
from tests.relay.timecode import Painter, media_words

VERSION = 3  # of what this file makes: raise it when the same recipe gives other bytes
CACHE = Path(__file__).parents[2] / "var" / "clips"
RATE, CHUNK = 48_000, 960  # sound: samples a second, samples of 20 ms
TICKS = 90_000


@dataclass(frozen=True)
class Recipe:
    """What a clip is made of. `second` is the size of its second half; `container` mp4, mkv or ts."""

    video: str = "h264"             # h264, hevc, or "" for none
    audio: str = "opus"             # opus, aac, or "" for none
    width: int = 320
    height: int = 180
    fps: int = 15
    seconds: int = 6
    gop_s: float = 1.0
    kbps: int = 300
    noise: float = 0.0              # share of the picture that is new each time; fills the bit rate
    detail: float = 0.0             # share that is as fine and stands still; makes IDRs large
    b_frames: int = 0
    second: tuple[int, int] | None = None
    container: str = "mp4"


KNOWN = {
    "h264": Recipe(),
    "bframes": Recipe(b_frames=2),
    "hevc": Recipe(video="hevc", container="mkv"),
    "aac": Recipe(audio="aac"),
    "resize": Recipe(second=(480, 270), container="ts"),
    "silent": Recipe(audio=""),
    "sound": Recipe(video="", container="mkv"),
    # What the measurements use: a conference as it comes, with pictures that fill their bit rate.
    "hd": Recipe(width=1280, height=720, fps=25, seconds=8, gop_s=2.0, kbps=2500, noise=0.1, detail=0.8),
}


def clip(name: str) -> Path:
    """The file of a known clip."""
    return make(KNOWN[name])


def make(recipe: Recipe) -> Path:
    """The file of a recipe, made when it is not there. Two processes may ask at once."""
    digest = hashlib.sha256(f"{VERSION}{recipe}".encode()).hexdigest()[:10]
    codecs = "-".join(filter(None, (recipe.video, recipe.audio)))
    path = CACHE / f"{codecs}-{recipe.width}x{recipe.height}-{recipe.seconds}s-{digest}.{recipe.container}"
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        rough = path.with_name(f".{os.getpid()}-{path.name}")
        _write(recipe, rough)
        rough.replace(path)
    return path


def _write(recipe: Recipe, path: Path) -> None:
    forms = {"mp4": "mp4", "mkv": "matroska", "ts": "mpegts"}
    with av.open(str(path), "w", format=forms[recipe.container]) as out:
        videos = [_video(out, recipe)] if recipe.video else []
        audio = _audio(out, recipe) if recipe.audio else None
        tones = sound(recipe.seconds) if audio is not None else iter(())
        for at, packet in _pictures(recipe, videos[0]) if videos else ():
            for tone in tones:
                assert audio is not None
                out.mux(audio.encode(tone))
                if tone.pts >= at * RATE:
                    break
            packet.stream = videos[0]
            out.mux(packet)
        for tone in tones:
            assert audio is not None
            out.mux(audio.encode(tone))
        if audio is not None:
            out.mux(audio.encode(None))


def _video(out: OutputContainer, recipe: Recipe) -> VideoStream:
    stream = out.add_stream("libx265" if recipe.video == "hevc" else "libx264", rate=recipe.fps)
    assert isinstance(stream, VideoStream)
    shape(stream.codec_context, recipe)
    return stream


def shape(coder: av.VideoCodecContext, recipe: Recipe, *, repeat: bool = False) -> None:
    """The encoder's settings: no look-ahead, one thread (the same bytes each time), IDRs only where asked.

    `repeat`: SPS and PPS stand in the stream even where the container has a place for them.
    """
    gop = int(recipe.gop_s * recipe.fps)
    coder.width, coder.height, coder.pix_fmt = recipe.width, recipe.height, "yuv420p"
    coder.framerate, coder.time_base = Fraction(recipe.fps), Fraction(1, recipe.fps)
    coder.bit_rate, coder.gop_size, coder.max_b_frames = recipe.kbps * 1000, gop, recipe.b_frames
    coder.thread_count = 1
    if recipe.video == "hevc":
        coder.options = {
            "preset": "ultrafast", "x265-params": f"log-level=none:keyint={gop}:pools=none:frame-threads=1",
        }
        return
    speed = {"tune": "zerolatency"} if not recipe.b_frames else {}
    coder.options = {
        "preset": "veryfast" if recipe.width < 640 else "ultrafast",
        "profile": "main" if recipe.b_frames else "baseline", **speed,
        "x264-params": f"keyint={gop}:min-keyint={gop}:scenecut=0:threads=1:vbv-bufsize={recipe.kbps}"
                       f":vbv-maxrate={recipe.kbps}" + (":repeat-headers=1" if repeat else ""),
    }


def _audio(out: OutputContainer, recipe: Recipe) -> AudioStream:
    stream = out.add_stream("libopus" if recipe.audio == "opus" else "aac", rate=RATE)
    assert isinstance(stream, AudioStream)
    stream.codec_context.layout, stream.codec_context.bit_rate = "stereo", 64_000
    if recipe.audio == "aac":
        stream.codec_context.format = "fltp"
    return stream


def sound(seconds: float) -> Iterator[av.AudioFrame]:
    """The tone in frames of 20 ms, stereo."""
    for number in range(int(seconds * RATE) // CHUNK):
        frame = av.AudioFrame("s16", "stereo", CHUNK)
        frame.planes[0].update(_wave(number % 5, 9000 if number % 50 < 5 else 1500))
        frame.sample_rate, frame.pts, frame.time_base = RATE, number * CHUNK, Fraction(1, RATE)
        yield frame


@cache
def _wave(phase: int, loud: int) -> bytes:
    """A frame of 440 Hz, which begins anew every five frames."""
    samples = (int(loud * math.sin(math.tau * 440 * (phase * CHUNK + at) / RATE)) for at in range(CHUNK))
    return array("h", [both for one in samples for both in (one, one)]).tobytes()


def _pictures(recipe: Recipe, stream: VideoStream) -> Iterator[tuple[float, av.Packet]]:
    """(seconds, packet) in decoding order."""
    total, sizes = recipe.fps * recipe.seconds, [(recipe.width, recipe.height)]
    if recipe.second is not None:
        sizes.append(recipe.second)
    each = total // len(sizes)
    for part, (width, height) in enumerate(sizes):
        coder = stream.codec_context
        if part:  # another encoder, so that its SPS and PPS stand in the stream before its first IDR
            coder = av.CodecContext.create("libx264", "w")
            shape(coder, replace(recipe, width=width, height=height))
        painter = Painter(width, height, recipe.noise, recipe.detail)
        for index in range(part * each, (part + 1) * each):
            ms = index * 1000 // recipe.fps
            frame = painter.frame(ms, index, media_words(ms))
            frame.pts, frame.time_base = index, Fraction(1, recipe.fps)
            for packet in coder.encode(frame):
                yield index / recipe.fps, packet
        for packet in coder.encode(None):
            yield total / recipe.fps, packet


@dataclass(frozen=True)
class ClipUnit:
    """An access unit of a clip: Annex B with SPS and PPS before an IDR, or an Opus packet."""

    track: Track
    key: bool
    pts90: int
    payload: bytes


def units(path: Path) -> list[ClipUnit]:
    """The access units of a clip of H.264 without B-frames and Opus, in the order of their time."""
    found = []
    with av.open(str(path)) as file:
        video = file.streams.video[0]
        filtered = av.BitStreamFilterContext("h264_mp4toannexb", video)
        for packet in file.demux():
            if packet.stream.type == "audio" and packet.size:
                found.append(_unit(Track.AUDIO, packet))
            elif packet.stream is video:
                found += [_unit(Track.VIDEO, one) for one in filtered.filter(packet if packet.size else None)]
    return sorted(found, key=lambda one: one.pts90)


def _unit(track: Track, packet: av.Packet) -> ClipUnit:
    assert packet.pts is not None
    assert packet.time_base is not None
    ticks = round(packet.pts * packet.time_base * TICKS)
    return ClipUnit(track, track is Track.VIDEO and packet.is_keyframe, ticks, bytes(packet))


async def play(publisher: Publisher, path: Path, seconds: float | None = None, size: tuple[int, int] = (0, 0)) -> None:
    """Publish a clip in real time, again and again: for `seconds`, or until cancelled. Time goes on at each loop.

    Sound may begin a little before the pictures; times on the wire do not go below zero.
    """
    listed = units(path)
    frames = [one.pts90 for one in listed if one.track is Track.VIDEO]
    length = -(-(frames[-1] + frames[1] - frames[0]) // OPUS_TICKS) * OPUS_TICKS
    began, loop = clock.monotonic(), 0
    while True:
        for one in listed:
            if one.pts90 >= length:
                continue  # the encoder's last packets of sound overhang the pictures
            at = (loop * length + one.pts90) / TICKS
            if seconds is not None and at >= seconds:
                return
            if (wait := began + at - clock.monotonic()) > 0:
                await asyncio.sleep(wait)
            flags = Flag.KEY if one.key else Flag.NONE
            publisher.send(
                one.track, one.payload, loop * length + one.pts90 + OPUS_TICKS, capture_ns=clock.realtime_ns(),
                flags=flags, width=size[0], height=size[1],
            )
        loop += 1
