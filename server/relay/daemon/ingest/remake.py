"""What cannot pass as it is, made anew once: pictures into H.264 without B-frames, sound into Opus."""

import os
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.filter import Graph
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType, VideoFrame

from server.relay.daemon.ingest import nal, opus
from server.relay.daemon.ingest.ticks import RATE, ticks_of

LARGEST = (1920, 1080)
GOP_S = 2
FASTEST = 30  # pictures a second
SOUND_RATE = 48_000
SOUND_BITS = 64_000  # a second and channel
_BASE = Fraction(1, RATE)
_RATES = ((640 * 368, 800_000), (960 * 544, 1_500_000), (1280 * 736, 2_500_000), (LARGEST[0] * 1088, 4_000_000))
_PACKET_TICKS = opus.PACKET * RATE // SOUND_RATE
_GAP = RATE * 60 // 1000  # of sound that is more than rounding


def bits_for(width: int, height: int) -> int:
    """The bit rate of a remade picture (facts/relay.md: 720p ≥ 2 Mb/s, 1080p ≥ 3 Mb/s)."""
    return next((rate for area, rate in _RATES if width * height <= area), _RATES[-1][1])


def fitted(width: int, height: int, within: tuple[int, int] = LARGEST) -> tuple[int, int]:
    """The size of a picture that fits, in even numbers, never larger than it was."""
    scale = min(Fraction(1), Fraction(within[0], width), Fraction(within[1], height))
    return max(16, int(width * scale) // 2 * 2), max(16, int(height * scale) // 2 * 2)


@dataclass(frozen=True)
class Rung:
    """How pictures are coded: the largest size, bits a second (0: by size), seconds between IDRs, x264's preset."""

    within: tuple[int, int] = LARGEST
    bits: int = 0
    gop_s: float = GOP_S
    preset: str = "superfast"


TOP = Rung()


class Encoder:
    """Decoded pictures in, access units out; follows changes of size by starting afresh with an IDR."""

    def __init__(self, rung: Rung = TOP) -> None:
        self.rung = rung
        self.pixel = Fraction(1)  # how wide a pixel of the source is for its height
        self.size = (0, 0)
        self._context: VideoCodecContext | None = None
        self._passing = nal.Passing(None)
        self._key_wanted = False
        self._last: int | None = None
        self._last_key: int | None = None
        self._shapes: Graph | None = None
        self._shaped = ""

    def want_key(self) -> None:
        """Make the next picture an IDR."""
        self._key_wanted = True

    def change(self, rung: Rung) -> bool:
        """Code otherwise from the next picture on, an IDR; whether that is a change."""
        if rung == self.rung:
            return False
        self.rung, self._context = rung, None
        return True

    def take(self, frame: VideoFrame, pts90: int) -> Iterator[tuple[nal.Picture, int]]:
        """(access unit, its time) of a picture; none when there were more than 30 in the second."""
        if self._last is not None and 0 <= pts90 - self._last < RATE // FASTEST * 3 // 4:
            return
        self._last = pts90
        ready = self._shape(frame)
        if self._context is None or (ready.width, ready.height) != self.size:
            self._open(ready.width, ready.height)
        assert self._context is not None  # noqa: S101
        ready.pts, ready.time_base = pts90, _BASE
        due = self._last_key is None or pts90 - self._last_key >= self.rung.gop_s * RATE
        ready.pict_type = PictureType.I if due or self._key_wanted else PictureType.NONE
        if ready.pict_type == PictureType.I:
            self._last_key, self._key_wanted = pts90, False
        for packet in self._context.encode(ready):
            picture = self._passing.take(bytes(packet))
            if picture is not None:
                yield picture, packet.pts if packet.pts is not None else pts90

    def _shape(self, frame: VideoFrame) -> VideoFrame:
        """Progressive 4:2:0 in the size wanted."""
        width, height = fitted(int(frame.width * self.pixel), frame.height, self.rung.within)
        if frame.interlaced_frame:
            frame = self._deinterlaced(frame)
        if (frame.width, frame.height, frame.format.name) == (width, height, "yuv420p"):
            return frame
        return frame.reformat(width, height, "yuv420p")

    def _deinterlaced(self, frame: VideoFrame) -> VideoFrame:
        kind = f"{frame.width}x{frame.height}{frame.format.name}"
        if self._shapes is None or self._shaped != kind:
            graph = Graph()
            first = graph.add_buffer(
                width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, RATE)
            )
            graph.link_nodes(first, graph.add("yadif", "mode=send_frame"), graph.add("buffersink")).configure()
            self._shapes, self._shaped = graph, kind
        self._shapes.vpush(frame)
        try:
            return self._shapes.vpull()
        except (av.error.BlockingIOError, av.error.EOFError):  # the first picture waits for the second
            return frame

    def _open(self, width: int, height: int) -> None:
        context = av.CodecContext.create("libx264", "w")
        bits = self.rung.bits or bits_for(width, height)
        context.width, context.height, context.pix_fmt = width, height, "yuv420p"
        context.time_base, context.framerate = _BASE, Fraction(25)
        context.bit_rate = bits
        context.thread_count = min(2, os.cpu_count() or 1)
        context.gop_size = 1000  # IDRs come by time, whatever the source's rate is
        context.options = {
            "preset": self.rung.preset, "tune": "zerolatency", "profile": "baseline",
            "maxrate": str(bits), "bufsize": str(bits), "forced-idr": "1",
            "x264-params": "scenecut=0:keyint=infinite:repeat-headers=1",
        }
        context.open()
        self._context, self.size = context, (width, height)
        self._passing, self._last_key = nal.Passing(None), None


class Sound:
    """Decoded sound in, Opus packets of 20 ms out, whose times follow the source's and close over its gaps."""

    def __init__(self) -> None:
        self._context: AudioCodecContext | None = None
        self._resampler: AudioResampler | None = None
        self._layout = ""
        self._begin = 0      # ticks of the first sample since the last gap
        self._fed = 0        # ticks of sound since then
        self._cut = 0        # packets since then
        self._times: deque[int] = deque(maxlen=100)

    def take(self, frame: AudioFrame, ticks: int) -> Iterator[tuple[bytes, int]]:
        """(packet, its time) of some sound; `ticks` is the time of its first sample."""
        layout = "mono" if frame.layout.nb_channels == 1 else "stereo"
        if self._context is None or self._resampler is None or layout != self._layout:
            self._open(layout)
        if abs(ticks - (self._begin + self._fed)) > _GAP:
            self._begin, self._fed, self._cut = ticks - self._pending(), self._pending(), 0
        self._fed += frame.samples * RATE // frame.sample_rate
        frame.pts = None
        assert self._context is not None  # noqa: S101
        assert self._resampler is not None  # noqa: S101
        for cut in self._resampler.resample(frame):
            cut.pts = None
            self._times.append(self._begin + self._cut * _PACKET_TICKS)
            self._cut += 1
            for packet in self._context.encode(cut):
                yield bytes(packet), self._times.popleft() if self._times else ticks

    def _pending(self) -> int:
        return max(0, self._fed - self._cut * _PACKET_TICKS)

    def _open(self, layout: str) -> None:
        context = av.CodecContext.create("libopus", "w")
        context.sample_rate, context.layout, context.format = SOUND_RATE, layout, "s16"
        context.bit_rate = SOUND_BITS * (1 if layout == "mono" else 2) * 3 // 4
        context.options = {"frame_duration": "20", "application": "audio"}
        context.open()
        self._context, self._layout = context, layout
        self._resampler = AudioResampler("s16", layout, SOUND_RATE, opus.PACKET)
        self._fed = self._cut = 0
        self._times.clear()


def ticks_of_frame(frame: VideoFrame | AudioFrame, otherwise: int) -> int:
    """The time of a decoded frame at 90 kHz, or of the packet it came from."""
    if frame.pts is None or frame.time_base is None:
        return otherwise
    return ticks_of(frame.pts, frame.time_base)
