"""A packet of a source → units: as it is where it may pass, made anew where it may not."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, cast

import av
import av.error
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.stream import VideoStream

from server.core import clock
from server.relay.daemon.ingest import nal, opus, remake
from server.relay.daemon.ingest.kinds import AnyPacket
from server.relay.daemon.ingest.sink import Sink
from server.relay.daemon.ingest.ticks import RATE, Timeline, ticks_of
from server.relay.daemon.ingest.why import BadSource
from server.relay.daemon.units import Track
from server.relay.reports import Made, Probe

MOST_BAD = 300          # packets in a row without anything that can be used
OPUS_CHANNELS = 2


@dataclass
class Known:
    """What was learnt of a source, beyond one connection. `remade` names what is made anew; it only grows."""

    remade: set[Made] = field(default_factory=set)
    b_frames: bool = False
    gop_s: float = 0.0


class Pipeline:
    """One connection's packets."""

    def __init__(self, container: InputContainer, sink: Sink, timeline: Timeline, known: Known) -> None:
        self.sink, self.timeline, self.known = sink, timeline, known
        video, audio = container.streams.best("video"), container.streams.best("audio")
        self.video = video if isinstance(video, VideoStream) else None
        self.audio = audio if isinstance(audio, AudioStream) else None
        if self.video is None and self.audio is None:
            raise BadSource("nothing_usable")
        self.encoder = remake.Encoder()
        self._passing: nal.Passing | None = None
        self._sound = remake.Sound()
        self._bad = 0
        self._last_key: int | None = None
        self._jumps = timeline.jumps
        if self.video is not None:
            self._prepare_video(self.video)
        if self.audio is not None and (self.audio.codec_context.name not in ("opus", "libopus")
                                       or self.audio.codec_context.channels > OPUS_CHANNELS):
            self.known.remade.add("audio")

    def _prepare_video(self, stream: VideoStream) -> None:
        stream.thread_type = "SLICE"  # a thread per picture would hold pictures back
        self.encoder.pixel = pixel_of(stream)
        if self.encoder.pixel != 1:
            self.known.remade.add("video")  # browsers show every pixel square
        if stream.codec_context.name != "h264":
            self.known.remade.add("video")
            return
        try:
            self._passing = nal.Passing(stream.codec_context.extradata)
            if self._passing.shape is not None and not self._passing.shape.passable:
                self.known.remade.add("video")
        except nal.BadVideo:
            self._passing = nal.Passing(None)

    @property
    def streams(self) -> list[Any]:
        """What is worth reading."""
        return [one for one in (self.video, self.audio) if one is not None]

    def inspect(self, packet: AnyPacket) -> None:
        """Look at one of the first packets before it is used: B-frames are known before the first picture goes out."""
        if packet.stream is self.video and self._passing is not None:
            self._note_b_frames(packet, nal.Passing(self.video.codec_context.extradata))

    def _note_b_frames(self, packet: AnyPacket, passing: nal.Passing) -> None:
        try:
            picture = passing.take(bytes(packet))
        except nal.BadVideo:
            return
        if (picture is not None and picture.b_slices) or (passing.shape is not None and not passing.shape.passable):
            self.known.b_frames = self.known.b_frames or (picture is not None and picture.b_slices)
            self.known.remade.add("video")

    def take(self, packet: AnyPacket) -> None:
        """Use one packet. Raises BadSource when nothing could be used for long."""
        if packet.size == 0:
            return
        arrived = clock.realtime_ns()
        try:
            if packet.stream is self.video:
                self._note_key(packet)
                self._video(packet, arrived)
            elif packet.stream is self.audio:
                self._audio(packet, arrived)
            self._bad = 0
        except (nal.BadVideo, av.error.InvalidDataError, av.error.PatchWelcomeError, av.error.BugError):
            self._bad += 1
            if self._bad > MOST_BAD:
                raise BadSource("not_media") from None

    def _note_key(self, packet: AnyPacket) -> None:
        if packet.is_keyframe:
            when = order_of(packet)
            if self._last_key is not None and 0 < when - self._last_key < 60 * RATE:
                self.known.gop_s = round((when - self._last_key) / RATE, 2)
            self._last_key = when

    def _place(self, track: Track, ticks: int) -> int:
        placed = self.timeline.place(track, ticks)
        if self.timeline.jumps != self._jumps:
            self._jumps = self.timeline.jumps
            self.sink.jumped()
        return placed

    def _video(self, packet: AnyPacket, arrived: int) -> None:
        if self._passing is not None and "video" not in self.known.remade:
            self._pass(packet, self._passing, arrived)
        else:
            self._remake(packet, arrived)

    def _pass(self, packet: AnyPacket, passing: nal.Passing, arrived: int) -> None:
        if packet.has_sidedata("new_extradata"):
            passing.renew(bytes(packet.get_sidedata("new_extradata")))
        picture = passing.take(bytes(packet))
        if picture is None or passing.shape is None:
            return
        if picture.b_slices or not passing.shape.passable:
            self.known.b_frames = self.known.b_frames or picture.b_slices
            self.known.remade.add("video")
            self.sink.broken()  # from here on another encoder's pictures
            self._remake(packet, arrived)
            return
        pts90 = self._place(Track.VIDEO, time_of(packet))
        self.sink.picture(picture.payload, picture.key, pts90, arrived, (passing.shape.width, passing.shape.height))

    def _remake(self, packet: AnyPacket, arrived: int) -> None:
        otherwise = time_of(packet)
        for frame in packet.decode():
            pts90 = self._place(Track.VIDEO, remake.ticks_of_frame(frame, otherwise))
            for picture, when in self.encoder.take(frame, pts90):
                self.sink.picture(picture.payload, picture.key, when, arrived, self.encoder.size)

    def _audio(self, packet: AnyPacket, arrived: int) -> None:
        if "audio" not in self.known.remade:
            payload = bytes(packet)
            if opus.samples(payload) == opus.PACKET:
                self.sink.sound(payload, self._place(Track.AUDIO, time_of(packet)), arrived)
                return
            self.known.remade.add("audio")
        otherwise = time_of(packet)
        for frame in cast(list[AudioFrame], packet.decode()):
            for payload, ticks in self._sound.take(frame, remake.ticks_of_frame(frame, otherwise)):
                self.sink.sound(payload, self._place(Track.AUDIO, ticks), arrived)

    def probe(self) -> Probe:
        """What the source sends, as far as it is known."""
        video = self.video.codec_context if self.video is not None else None
        audio = self.audio.codec_context if self.audio is not None else None
        rate = self.video.guessed_rate if self.video is not None else None
        shape = self._passing.shape if self._passing is not None else None
        return Probe(
            video=video.name if video else "", profile=(video.profile or "") if video else "",
            width=shape.width if shape else video.width if video else 0,
            height=shape.height if shape else video.height if video else 0,
            fps=round(float(rate), 2) if rate and rate < 1000 else 0,  # noqa: PLR2004
            b_frames=self.known.b_frames or bool(video and video.name != "h264" and video.has_b_frames),
            gop_s=self.known.gop_s,
            audio=audio.name if audio else "", audio_rate=audio.sample_rate if audio else 0,
            channels=audio.channels if audio else 0,
        )


def pixel_of(stream: VideoStream) -> Fraction:
    """How wide a pixel is for its height (sample aspect ratio); 1 where it is not said or makes no sense."""
    said = stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio
    return Fraction(said) if said and Fraction(1, 4) <= said <= 4 else Fraction(1)  # noqa: PLR2004  (films have less)


def time_of(packet: AnyPacket) -> int:
    """When a packet is to be seen or heard, at 90 kHz of its source."""
    value = packet.pts if packet.pts is not None else packet.dts
    return ticks_of(value, packet.time_base) if value is not None and packet.time_base else 0


def order_of(packet: AnyPacket) -> int:
    """When a packet is to be decoded, at 90 kHz of its source."""
    value = packet.dts if packet.dts is not None else packet.pts
    return ticks_of(value, packet.time_base) if value is not None and packet.time_base else 0
