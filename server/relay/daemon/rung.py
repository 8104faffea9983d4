"""The low rung: the program's pictures made small once, while somebody needs them.

Whoever needs it says `wanted {stream}` at least every few seconds (the fan-out once a second); without such a word the
work stops. While one of them adds `light`, because a line it serves does not carry so much, fewer bits are made. It
publishes `<conference>/low` with the program's own times, an IDR a second and at `keyframe`.
"""

import asyncio
from typing import NamedTuple

import av
import av.error
import structlog
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext

from server.core import clock
from server.relay.daemon.child import Child
from server.relay.daemon.ingest.remake import Encoder, Rung
from server.relay.daemon.streams import Gaps, Publisher, Subscriber, stream_name
from server.relay.daemon.units import Flag, Track, Unit
from server.relay.daemon.wire import Word

log = structlog.get_logger(__name__)

LOW = Rung(within=(640, 360), bits=500_000, gop_s=1, preset="veryfast")
LIGHT = Rung(within=(480, 270), bits=180_000, gop_s=1, preset="veryfast")
LIGHT_S = 3.0           # after the last word that asks for it
WANTED_S = 6.0          # after the last word of somebody who needs it
BEHIND_NS = 1_000_000_000  # later than this we leave pictures out up to the next IDR, or we should never catch up
LOW_DELAY = 0x80000     # AV_CODEC_FLAG_LOW_DELAY: the program has no B-frames, so no picture waits for another


class Made(NamedTuple):
    """A low picture, and the unit it was made of."""

    unit: Unit
    payload: bytes
    key: bool
    pts90: int


class Low:
    """Program units in, low units out."""

    def __init__(self) -> None:
        self.encoder = Encoder(LOW)
        self._decoder: VideoCodecContext | None = None
        self._gaps = Gaps()
        self._broken = False

    def forget(self) -> None:
        """Begin afresh at the next IDR."""
        self._decoder = None

    def take(self, unit: Unit) -> list[Made]:
        """What is ready after a unit."""
        if unit.track is not Track.VIDEO or not self._gaps.take(unit):
            return []
        behind = clock.realtime_ns() - unit.capture_ns > BEHIND_NS
        if unit.key and not behind and (self._decoder is None or unit.flags & Flag.DISCONTINUITY):
            self._decoder = _decoder()
            self._broken = True
        elif behind:
            self._decoder = None
        if self._decoder is None:
            return []
        try:
            return self._remake(self._decoder, unit)
        except av.error.FFmpegError as error:
            log.warning("rung_failed", error=type(error).__name__)
            self._decoder = None
            return []

    def _remake(self, decoder: VideoCodecContext, unit: Unit) -> list[Made]:
        packet = Packet(unit.payload)
        packet.pts = packet.dts = unit.pts90
        made: list[Made] = []
        frames = decoder.decode(packet)
        for frame in () if unit.past else frames:
            if self._broken:
                self.encoder.want_key()
            when = frame.pts if frame.pts is not None else unit.pts90
            made += [Made(unit, one.payload, one.key, at) for one, at in self.encoder.take(frame, when)]
        return made

    def broke(self) -> bool:
        """Whether what was made last is the first after a hole; once."""
        broken, self._broken = self._broken, False
        return broken


def _decoder() -> VideoCodecContext:
    decoder = av.CodecContext.create("h264", "r")
    assert isinstance(decoder, VideoCodecContext)  # noqa: S101  (for mypy)
    decoder.thread_type = "SLICE"
    decoder.flags |= LOW_DELAY
    return decoder


class _Wanted:
    """Until when somebody needs the rung."""

    def __init__(self) -> None:
        self._until = self._light_until = 0.0
        self.word = asyncio.Event()

    def again(self, *, light: bool) -> None:
        self._until = clock.monotonic() + WANTED_S
        if light:
            self._light_until = clock.monotonic() + LIGHT_S
        self.word.set()

    @property
    def now(self) -> bool:
        return clock.monotonic() < self._until

    @property
    def how(self) -> Rung:
        return LIGHT if clock.monotonic() < self._light_until else LOW


async def run(child: Child) -> None:
    """Make the low rung whenever it is wanted."""
    conference = int(child.config["conference"])
    wanted, low = _Wanted(), Low()
    publisher = Publisher(child.folder, stream_name(conference, "low"))

    async def needed(word: Word) -> Word | None:
        wanted.again(light=bool(word.get("light")))
        return None

    async def keyframe(_word: Word) -> Word | None:
        low.encoder.want_key()
        return None

    child.handlers |= {"wanted": needed, "keyframe": keyframe}
    program = stream_name(conference, "program")
    while True:
        wanted.word.clear()
        if not wanted.now:
            await wanted.word.wait()
        await _make(child, program, publisher, low, wanted)


async def _make(child: Child, program: str, publisher: Publisher, low: Low, wanted: _Wanted) -> None:
    """Read the program until nobody needs the rung any more."""
    reader = Subscriber(child.folder)
    reader.follow(program)
    await child.line.tell("keyframe", stream=program)
    try:
        while wanted.now:
            try:
                _stream, unit = await asyncio.wait_for(reader.next(), 1.0)
            except TimeoutError:
                continue
            if low.encoder.change(wanted.how):
                log.info("rung_changed", stream=program, bits=wanted.how.bits)
            for made in await asyncio.to_thread(low.take, unit):
                _publish(publisher, low, made)
    finally:
        reader.close()
        low.forget()


def _publish(publisher: Publisher, low: Low, made: Made) -> None:
    flags = (Flag.KEY if made.key else Flag.NONE) | (Flag.DISCONTINUITY if low.broke() else Flag.NONE)
    width, height = low.encoder.size
    publisher.send(
        Track.VIDEO, made.payload, made.pts90, capture_ns=made.unit.capture_ns, flags=flags, width=width, height=height
    )
