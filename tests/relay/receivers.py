"""Many viewers in one process that count what they get and decode nothing.

    viewer = Viewer(1); await viewer.join(Whep(url, bearer)); … viewer.seen, viewer.summary(); await viewer.leave()
    python -m tests.relay.receivers < job.json          N of them in a process of their own (Job)

ICE and DTLS are aiortc's; from then on each UDP socket is read here: the kernel's time of arrival (SO_TIMESTAMPNS),
the clear header of RTP, and of a picture only its first packets are opened, to know an IDR and the stamp that a
measurement put into it. So one core carries 100 viewers. They send receiver reports, NACKs and, when a picture stays
broken, PLI, as browsers do.
"""

import asyncio
import contextlib
import importlib
import json
import os
import re
import socket
import struct
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

import aiohttp
import aiortc.rtcrtpreceiver
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCRtpReceiver, RTCSessionDescription
from aiortc.rtp import RtcpPsfbPacket, RtcpRrPacket, RtcpRtpfbPacket

from server.core import clock
from tests.relay.tally import Numbers, Seen, Tally

SO_TIMESTAMPNS, ANCILLARY = 35, 64  # linux/asm-generic/socket.h
RECEIVE_BUFFER = 4 * 1024 * 1024
DRAIN = 64           # packets of one socket before the next has its turn
TICK, REPORT_EVERY = 0.02, 1.0
NACK_EVERY_NS, NACK_TRIES = 60_000_000, 8
NACK, PLI = 1, 1     # feedback formats of RFC 4585 §6.1


def _no_decoder(*_: object) -> None:
    """In the place of aiortc's decoder threads."""


aiortc.rtcrtpreceiver.decoder_worker = _no_decoder


class Line(Protocol):
    """A way to negotiate with a server."""

    async def connect(self, viewer: "Viewer") -> None:
        """Exchange offer and answer by `viewer.offer`, `viewer.answer` and `viewer.accept`. Raises OSError."""

    async def leave(self) -> None:
        """Say that the viewer goes."""


class Whep:
    """WHEP (draft-ietf-wish-whep): POST an offer, DELETE the viewing."""

    def __init__(self, url: str, bearer: str = "") -> None:
        self.url, self.place = url, ""
        self.headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}

    async def connect(self, viewer: "Viewer") -> None:
        """POST, and take the answer."""
        offer = await viewer.offer()
        headers = {**self.headers, "Content-Type": "application/sdp"}
        async with aiohttp.ClientSession() as http, http.post(self.url, data=offer, headers=headers) as answer:
            said = await answer.text()
            if answer.status != 201:
                raise OSError(f"refused: {answer.status} {said[:300]}")
            self.place = str(answer.url.join(answer.url.with_path(answer.headers["Location"])))
        await viewer.accept(said)

    async def leave(self) -> None:
        """DELETE."""
        with contextlib.suppress(aiohttp.ClientError):
            async with aiohttp.ClientSession() as http, http.delete(self.place, headers=self.headers):
                pass


class Viewer:
    """One viewer."""

    def __init__(self, number: int, *, nack: bool = True) -> None:
        self.connection = RTCPeerConnection(
            RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        )
        self.first_frame = asyncio.Event()
        self.tally = Tally(number, self.first_frame.set)
        self.broken = False
        self._nack = nack
        self._line: Line | None = None
        self._early: list[tuple[bytes, int]] = []
        self._taken: dict[int, tuple[Any, socket.socket]] = {}
        self._task: asyncio.Task[None] | None = None

    @property
    def seen(self) -> Seen:
        """What it got so far."""
        return self.tally.seen

    async def join(self, line: Line, patience: float = 20.0) -> None:
        """Connect; ready when DTLS is done. Raises OSError, TimeoutError."""
        self._line = line
        self.seen.began_ns = clock.realtime_ns()
        await line.connect(self)
        limit = clock.monotonic() + patience
        while self._dtls.state != "connected":
            if self._dtls.state in ("failed", "closed") or clock.monotonic() > limit:
                raise TimeoutError(f"viewer {self.seen.number}: {self._dtls.state}")
            await asyncio.sleep(0.002)
        self.seen.connected_ns = clock.realtime_ns()
        self.tally.srtp = self._dtls._rx_srtp
        for data, came in self._early:
            self.tally.take(data, came)
        self._early.clear()
        self._task = asyncio.create_task(self._answer_back())

    async def leave(self, *, delete: bool = True) -> None:
        """Go; without DELETE as a page that is closed."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._let_go()
        if self._line is not None and delete:
            await self._line.leave()
        await self.connection.close()

    def _let_go(self) -> None:
        """Read no more. A socket that the other end's good-bye has closed already is left alone: its number may be
        another's by now, who would never read again.
        """
        loop: Any = asyncio.get_running_loop()
        for descriptor, (line, own) in self._taken.items():
            if line.fileno() == descriptor:
                loop._remove_reader(descriptor)
            own.close()
        self._taken.clear()

    async def offer(self) -> str:
        """An offer to receive pictures of H.264 and sound."""
        for kind, codec in (("video", "video/H264"), ("audio", "audio/opus")):
            transceiver = self.connection.addTransceiver(kind, "recvonly")
            known = RTCRtpReceiver.getCapabilities(kind)
            assert known is not None
            transceiver.setCodecPreferences(
                [one for one in known.codecs if one.mimeType in (codec, f"{kind}/rtx")]
            )
        await self.connection.setLocalDescription(await self.connection.createOffer())
        self._take_over()
        return str(self.connection.localDescription.sdp)

    async def accept(self, answer: str) -> None:
        """The server's answer."""
        self._learn(answer)
        await self.connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))

    async def answer(self, offer: str) -> str:
        """Answer a server that offers."""
        await self.connection.setRemoteDescription(RTCSessionDescription(offer, "offer"))
        await self.connection.setLocalDescription(await self.connection.createAnswer())
        self._take_over()
        said = str(self.connection.localDescription.sdp)
        self._learn(said)
        return said

    @property
    def _dtls(self) -> Any:
        return self.connection.getTransceivers()[0].receiver.transport

    def _learn(self, answer: str) -> None:
        kind = ""
        for line in answer.splitlines():
            if line.startswith("m="):
                kind = line[2:].split()[0]
            if found := re.match(r"a=rtpmap:(\d+) (\w+)/", line):
                name = found[2].lower()
                if name in ("h264", "opus", "rtx"):
                    self.tally.kinds[int(found[1])] = "rtx" if name == "rtx" else kind

    def _take_over(self) -> None:
        """Read the sockets here: media to us, everything else to where it went before."""
        loop: Any = asyncio.get_running_loop()
        for transceiver in self.connection.getTransceivers():
            for protocol in transceiver.receiver.transport.transport._connection._protocols:
                line = protocol.transport.get_extra_info("socket")
                if line.fileno() in self._taken:
                    continue
                own = socket.socket(fileno=os.dup(line.fileno()))
                self._taken[line.fileno()] = (line, own)
                own.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
                with contextlib.suppress(OSError):
                    own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
                loop._remove_reader(line.fileno())
                loop._add_reader(line.fileno(), self._readable, own, protocol)

    def _readable(self, line: socket.socket, protocol: Any) -> None:
        for _ in range(DRAIN):
            try:
                data, extra, _flags, address = line.recvmsg(2048, ANCILLARY)
            except (BlockingIOError, ConnectionError):
                return
            if not data:
                continue
            if not 127 < data[0] < 192:
                protocol.datagram_received(data, address)
                continue
            came = clock.realtime_ns()
            for _level, kind, value in extra:
                if kind == SO_TIMESTAMPNS:
                    seconds, rest = struct.unpack("qq", value)
                    came = seconds * 1_000_000_000 + rest
            if self.tally.srtp is not None:
                self.tally.take(data, came)
            else:
                self._early.append((data, came))

    async def _answer_back(self) -> None:
        """Receiver reports, NACKs, PLI."""
        next_report = 0.0
        while True:
            await asyncio.sleep(TICK)
            try:
                if clock.monotonic() >= next_report and self.tally.streams:
                    next_report = clock.monotonic() + REPORT_EVERY
                    heard, streams = self.tally.reports, self.tally.streams.values()
                    blocks = [one.report(heard.get(one.ssrc, (0, 0))) for one in streams]
                    await self._dtls._send_rtp(bytes(RtcpRrPacket(ssrc=1, reports=blocks)))
                video = self.tally.streams.get("video")
                if video is not None and video.missing:
                    await self._ask(video)
            except ConnectionError:
                self.broken = True
                return

    async def _ask(self, video: Numbers) -> None:
        now, wanted, given_up = clock.realtime_ns(), [], 0
        for number, state in list(video.missing.items()):
            if state[1] >= (NACK_TRIES if self._nack else 0):
                del video.missing[number]
                given_up += 1
            elif state[0] <= now:
                wanted.append(number & 0xFFFF)
                state[0], state[1] = now + NACK_EVERY_NS, state[1] + 1
        self.seen.lost += given_up
        if wanted:
            said = RtcpRtpfbPacket(fmt=NACK, ssrc=1, media_ssrc=video.ssrc, lost=wanted[:200])
            await self._dtls._send_rtp(bytes(said))
        if given_up:
            await self._dtls._send_rtp(bytes(RtcpPsfbPacket(fmt=PLI, ssrc=1, media_ssrc=video.ssrc)))


@dataclass
class Job:
    """What a process of viewers does. `line` is "module:Class", made for each viewer with `options` and, where there
    are some, its own of `bearers`.

    It prints "joined", waits `settle` seconds, prints "begin", after `seconds` "end", writes the list of Seen to `out`
    with [begin_ns, end_ns, packets in between], and goes.
    """

    out: str
    line: str = "tests.relay.receivers:Whep"
    options: dict[str, Any] = field(default_factory=dict)
    bearers: list[str] = field(default_factory=list)
    viewers: int = 1
    stagger: float = 0.05
    settle: float = 2.0
    seconds: float = 5.0


async def work(job: Job) -> None:
    """Carry a job out. Raises OSError or TimeoutError when a viewer cannot join."""
    module, name = job.line.split(":")
    make = getattr(importlib.import_module(module), name)
    viewers = [Viewer(number) for number in range(job.viewers)]
    joins = []
    for number, viewer in enumerate(viewers):
        own = {"bearer": job.bearers[number]} if job.bearers else {}
        joins.append(asyncio.create_task(viewer.join(make(**job.options, **own))))
        await asyncio.sleep(job.stagger)
    await asyncio.gather(*joins)
    _say("joined")
    await asyncio.sleep(job.settle)
    begin, before = clock.realtime_ns(), sum(one.seen.packets for one in viewers)
    _say("begin")
    await asyncio.sleep(job.seconds)
    end, packets = clock.realtime_ns(), sum(one.seen.packets for one in viewers) - before
    _say("end")
    found = {"window": [begin, end, packets], "viewers": [asdict(one.seen) for one in viewers]}
    Path(job.out).write_text(json.dumps(found))
    await asyncio.gather(*(viewer.leave() for viewer in viewers))
    _say("gone")


def _say(word: str) -> None:
    print(word, flush=True)


if __name__ == "__main__":
    asyncio.run(work(Job(**json.loads(sys.stdin.readline()))))
