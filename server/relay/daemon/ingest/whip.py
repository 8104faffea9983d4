"""A room that speaks back: WHIP (RFC 9725) from a browser, H.264 and Opus taken without decoding.

aiortc puts packets in order, asks for lost ones and joins pictures; where it would decode, the picture goes out. Only
one publisher at a time: a new one takes the place of the old, and the stream's readers stay.
"""

import asyncio
import queue
import secrets
import threading
from typing import Any, Literal

import structlog
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCRtpReceiver, RTCSessionDescription
from aiortc import rtcrtpreceiver as private
from aiortc.codecs import get_capabilities
from aiortc.jitterbuffer import JitterBuffer
from aiortc.rtp import RtpPacket

from server.core import clock
from server.core.errors import Refused
from server.relay.daemon.child import Child
from server.relay.daemon.fanout import offer as offers
from server.relay.daemon.guest import Guest
from server.relay.daemon.ingest import nal
from server.relay.daemon.ingest.sink import Sink
from server.relay.daemon.ingest.ticks import Timeline
from server.relay.daemon.ports import keep_within
from server.relay.daemon.streams import Publisher, stream_name
from server.relay.daemon.units import Track
from server.relay.daemon.wire import Word
from server.relay.plan import SourcePlan
from server.relay.reports import Probe, SourceReport

log = structlog.get_logger(__name__)

SILENT_S = 3.0
ASK_AGAIN_S = 0.06   # a lost packet is asked for again after some round trips of a province
LOST_S = 0.35        # longer than any picture should stand for one packet
KEY_AGAIN_S = 0.5    # an IDR that was asked for and did not come


class Inlet(RTCRtpReceiver):
    """A receiver that tells when pictures were lost, and asks for an IDR then.

    aiortc asks for a lost packet once, and gives it up only when 128 later ones have come: half a second and more
    without a picture. Here it is asked for again, and given up after LOST_S; the IDR that is asked for is not kept
    waiting behind the hole. Its private names are held by tests/relay/whip/test_contract.py.
    """

    room: "Room"
    holes: "Holes"

    async def _send_rtcp_pli(self, media_ssrc: int) -> None:
        self.room.sink.broken()
        await super()._send_rtcp_pli(media_ssrc)

    async def _handle_rtp_packet(self, packet: RtpPacket, arrival_time_ms: int) -> None:
        await super()._handle_rtp_packet(packet, arrival_time_ms)
        again = packet.ssrc in self._RTCRtpReceiver__rtx_ssrc  # type: ignore[attr-defined]
        if not again and self._track is not None and self._track.kind == "video":
            await self._look_for_holes(packet.ssrc)

    async def _look_for_holes(self, ssrc: int) -> None:
        asked: Any = self._RTCRtpReceiver__nack_generator  # type: ignore[attr-defined]
        again, lost = self.holes.look(asked.missing, clock.monotonic())
        if again:
            await self._send_rtcp_nack(ssrc, again)
        if lost:
            asked.missing -= set(lost)
            skip(self._RTCRtpReceiver__jitter_buffer, lost)  # type: ignore[attr-defined]
            await self._send_rtcp_pli(ssrc)


class Holes:
    """When packets that are missing are asked for again, and when they are given up. Pure."""

    def __init__(self) -> None:
        self._since: dict[int, tuple[float, float]] = {}  # by number: missing since, asked last

    def look(self, missing: set[int], now: float) -> tuple[list[int], list[int]]:
        """Numbers to ask for once more, and numbers that will not come."""
        self._since = {seq: self._since.get(seq, (now, now)) for seq in missing}
        lost = [seq for seq, (since, _) in self._since.items() if now - since > LOST_S]
        again = [seq for seq, (_, asked) in self._since.items() if now - asked > ASK_AGAIN_S and seq not in lost]
        for seq in again:
            self._since[seq] = (self._since[seq][0], now)
        return sorted(again), lost


def skip(buffer: JitterBuffer, lost: list[int]) -> None:
    """Take the pictures of lost packets out of a buffer, so that those behind them can leave it."""
    for seq in lost:
        origin: int | None = buffer._origin
        ahead = -1 if origin is None else (seq - origin) & 0xFFFF
        if 0 <= ahead < buffer.capacity and buffer.smart_remove(ahead + 1):
            buffer._origin = None  # nothing is left: the next packet begins anew


def worker(
    loop: asyncio.AbstractEventLoop, coded: "queue.Queue[Any]", out: "asyncio.Queue[Any]", _error: threading.Event
) -> None:
    """Takes the place of aiortc's decoder thread: hands coded frames on as they are."""
    while (task := coded.get()) is not None:
        loop.call_soon_threadsafe(out.put_nowait, task[1])
    loop.call_soon_threadsafe(out.put_nowait, None)


class Room:
    """One room's stream and its publisher of the moment."""

    def __init__(self, name: str, sink: Sink, key: str) -> None:
        self.name, self.sink, self.key = name, sink, key
        self.connection: RTCPeerConnection | None = None
        self.id = ""
        self.guest = Guest("", "")
        self.shut: frozenset[str] = frozenset()
        self.heard = 0.0
        self._passing = nal.Passing(None)
        self._times = {Track.VIDEO: Timeline(live=True), Track.AUDIO: Timeline(live=True)}
        self._tasks: set[asyncio.Task[None]] = set()

    async def offer(self, sdp: str, guest: Guest) -> Word:
        """Answer a publisher; the one before is sent away.

        Raises `relay_offer_wrong`, or `relay_none` for a device that was revoked.
        """
        if guest.label != self.key:
            raise Refused("relay_offer_wrong")
        clean, _ = offers.checked(sdp, offers.SENDS)
        setattr(private, "decoder_worker", worker)  # noqa: B010  (its parameters have other names)
        connection = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
        try:
            await connection.setRemoteDescription(RTCSessionDescription(clean, "offer"))
            for one in connection.getTransceivers():
                names = ("video/h264", "video/rtx") if one.kind == "video" else ("audio/opus",)
                one.setCodecPreferences(
                    [codec for codec in get_capabilities(one.kind).codecs if codec.mimeType.lower() in names])
            receivers: list[Any] = [one.receiver for one in connection.getTransceivers()]
            for receiver in receivers:
                receiver.__class__, receiver.room, receiver.holes = Inlet, self, Holes()
            await connection.setLocalDescription(await connection.createAnswer())
        except Exception as error:  # whatever a bad offer makes aiortc raise
            await connection.close()
            raise Refused("relay_offer_wrong") from error
        if guest.is_one_of(self.shut):  # also one that was revoked while it called
            await connection.close()
            raise Refused("relay_none")
        before, self.connection, self.guest = self.connection, connection, guest
        self.id = f"{self.name}.{secrets.token_hex(8)}"
        if before is not None:
            await before.close()
        self.sink.broken()
        self._passing = nal.Passing(None)
        self._times = {track: Timeline(live=True) for track in Track}
        for receiver in receivers:
            if receiver.track is not None:
                self._spawn(self._take(receiver.track, connection))
        self._spawn(self._keep_key(connection))
        return {"id": self.id, "sdp": connection.localDescription.sdp}

    async def _keep_key(self, connection: RTCPeerConnection) -> None:
        """Ask for an IDR as long as nothing can be shown: in the beginning, and when the asking was lost too."""
        while self.connection is connection:
            if self.sink.waiting:
                await self.ask_key()
            await asyncio.sleep(KEY_AGAIN_S)

    async def ask_key(self) -> None:
        """Ask the publisher for an IDR."""
        for one in self.connection.getTransceivers() if self.connection else ():
            receiver: Any = one.receiver
            for source in receiver.getSynchronizationSources() if one.kind == "video" else ():
                await RTCRtpReceiver._send_rtcp_pli(receiver, source.source)

    async def _take(self, track: Any, connection: RTCPeerConnection) -> None:
        which = Track.VIDEO if track.kind == "video" else Track.AUDIO
        while (frame := await track._queue.get()) is not None:
            if self.connection is not connection:
                return
            self.heard = clock.monotonic()
            if which is Track.AUDIO:
                self.sink.sound(frame.data, self._times[which].place(which, frame.timestamp * 15 // 8),
                                clock.realtime_ns())
            else:
                await self._picture(frame)

    async def _picture(self, frame: Any) -> None:
        try:
            picture = self._passing.take(frame.data)
        except nal.BadVideo:
            self.sink.broken()
            await self.ask_key()
            return
        if picture is not None:
            shape = self._passing.shape
            size = (shape.width, shape.height) if shape else (0, 0)
            time = self._times[Track.VIDEO].place(Track.VIDEO, frame.timestamp)
            self.sink.picture(picture.payload, picture.key, time, clock.realtime_ns(), size)

    def own(self, number: str, owner: str) -> None:
        """Raise `relay_viewer_unknown` to all but the publisher."""
        if (number, owner) != (self.id, self.guest.owner):
            raise Refused("relay_viewer_unknown")

    async def leave(self, number: str, owner: str) -> None:
        """The publisher goes. Raises `relay_viewer_unknown` to all others."""
        self.own(number, owner)
        await self.close()

    async def shut_out(self, names: frozenset[str]) -> None:
        """Devices that were revoked: one that sends is cut off at once, and none of them is let in again."""
        self.shut = names
        if self.guest.is_one_of(names):
            await self.close()

    async def close(self) -> None:
        """End whatever publisher there is."""
        connection, self.connection = self.connection, None
        if connection is not None:
            await connection.close()

    def report(self) -> SourceReport:
        """How things are."""
        lives = self.connection is not None and clock.monotonic() - self.heard < SILENT_S
        state: Literal["running", "lost", "waiting"] = "running" if lives else "lost" if self.heard else "waiting"
        shape = self._passing.shape if lives else None
        probe = Probe(video="h264", width=shape.width, height=shape.height, audio="opus") if shape else None
        return SourceReport(key=self.key, state=state, probe=probe)

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def run(child: Child, source: SourcePlan) -> None:
    """Publish `<conference>/<key>` from whoever speaks, for ever."""
    keep_within(asyncio.get_running_loop(), child.settings.relay_udp_ports)
    publisher = Publisher(child.folder, stream_name(int(child.config["conference"]), source.key))
    room = Room(child.name, Sink(publisher), source.key)

    await room.shut_out(frozenset(child.config.get("shut", ())))

    async def configure(word: Word) -> None:
        await room.shut_out(frozenset(word["config"].get("shut", ())))

    async def offer(word: Word) -> Word:
        return await room.offer(str(word["sdp"]), Guest.of(word))

    async def delete(word: Word) -> None:
        await room.leave(str(word["viewer"]), str(word["owner"]))

    async def keyframe(_word: Word) -> None:
        await room.ask_key()

    async def patch(word: Word) -> None:
        room.own(str(word["viewer"]), str(word["owner"]))  # candidates that trickle in are not needed (offer.py)

    child.handlers.update({
        "configure": configure, "whip.offer": offer, "whip.patch": patch, "whip.delete": delete, "keyframe": keyframe,
    })
    try:
        while True:
            await child.report("source", room.report().model_dump())
            await asyncio.sleep(1.0)
    finally:
        await room.close()
        publisher.close()
