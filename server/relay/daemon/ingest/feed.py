"""An edge's source: the province's program over the encrypted feed, published as any other source is.

When the line does not carry the top rung it takes the low one, then sound alone, and comes back when the line is clean.
A line without a word is closed and opened again; moments of capture are brought to this machine's clock.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

import structlog
import zmq
import zmq.asyncio
from pydantic import ValidationError

from server.core import clock
from server.core.keys import Keys
from server.relay.curve import pair
from server.relay.daemon.child import Child
from server.relay.daemon.feedline import CLOCK, EVERY_S, HEARTBEAT_MS, SILENCE_S, Clock, FeedAddress, Figures, Take
from server.relay.daemon.feedline import Tracks as Wanted
from server.relay.daemon.ingest.feed_state import SLOW_MS, WHY_AUDIO, WHY_LOW, ClockOffset, Ladder, Level, Picker
from server.relay.daemon.streams import Publisher, stream_name
from server.relay.daemon.units import LARGEST_UNIT, BadUnit, Flag, Track, Unit
from server.relay.daemon.wire import Word
from server.relay.plan import SourcePlan
from server.relay.reports import Probe, SourceReport

log = structlog.get_logger(__name__)

RECEIVE_HWM = 300
CONNECT_MS = 1500  # after that the call is made anew: TCP alone waits longer and longer


@dataclass
class _Second:
    """What came since the last report."""

    bytes: int = 0
    pictures: int = 0
    delay_ms: float = 0


class Feed:
    """One feed."""

    def __init__(self, child: Child, source: SourcePlan) -> None:
        self.child = child
        self.source = source
        self.address = FeedAddress.parse(source.address)
        number = self.address.conference
        self.program, self.low = stream_name(number, "program"), stream_name(number, "low")
        self.offset = ClockOffset()
        self.ladder = Ladder(self.address.levels)
        self.picker = Picker(self.program, self.low)
        self.reconnects = 0
        self._number = str(number)
        self._publisher = Publisher(child.folder, stream_name(int(child.config["conference"]), source.key))
        self._heard = 0.0
        self._state = "connecting"
        self._holes = 0
        self._now = _Second()
        self._last = _Second()
        self._size = (0, 0)
        self._again = False
        self._socket = self._call()

    def _call(self) -> zmq.asyncio.Socket:
        """A new line."""
        mine = pair(Keys(self.child.settings.folder("keys")))
        socket: zmq.asyncio.Socket = zmq.asyncio.Context.instance().socket(zmq.DEALER)
        socket.curve_serverkey = self.address.key
        socket.curve_publickey, socket.curve_secretkey = mine.public, mine.secret
        for option, value in (
            (zmq.LINGER, 0), (zmq.RCVHWM, RECEIVE_HWM), (zmq.SNDHWM, 2), (zmq.MAXMSGSIZE, LARGEST_UNIT),
            (zmq.RECONNECT_IVL, 200), (zmq.RECONNECT_IVL_MAX, 1000), (zmq.CONNECT_TIMEOUT, CONNECT_MS),
            (zmq.HEARTBEAT_IVL, HEARTBEAT_MS), (zmq.HEARTBEAT_TIMEOUT, int(SILENCE_S * 1000)), (zmq.IPV6, 1),
            (zmq.IMMEDIATE, 1),
        ):
            socket.setsockopt(option, value)
        socket.connect(self.address.endpoint)
        self._heard = clock.monotonic()
        self.ladder.settle(self._heard)
        return socket

    def configure(self, source: SourcePlan) -> None:
        """Follow a changed address: another limit of the same line is taken without a break."""
        before, self.source, self.address = self.address, source, FeedAddress.parse(source.address)
        self.ladder = self.ladder.within(self.address.levels, clock.monotonic())
        if (before.endpoint, before.key) != (self.address.endpoint, self.address.key):
            self._socket.close()
            self._socket = self._call()

    async def run(self) -> None:
        """Work until cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for work in (self._receive(), self._speak(), self._report()):
                    tasks.create_task(work)
        finally:
            self._socket.close()
            self._publisher.close()

    async def _receive(self) -> None:
        while True:
            socket = self._socket
            if await socket.poll(int(EVERY_S * 1000)):
                frames = await socket.recv_multipart()
                self._heard = clock.monotonic()
                self._open(frames)
            elif clock.monotonic() - self._heard > SILENCE_S:
                await self._call_again()

    async def _call_again(self) -> None:
        self._socket.close()
        self._socket = self._call()
        self.reconnects += 1
        if self._state != "lost":
            self._state = "lost"
            await self.child.event("source_lost", key=self.source.key, why="silence")

    def _open(self, frames: list[bytes]) -> None:
        with suppress(BadUnit, UnicodeDecodeError, ValidationError):
            if frames[0] == CLOCK:
                said = Clock.model_validate_json(frames[1])
                self.offset.add(said.sent_ns, said.gate_ns, clock.realtime_ns())
                return
            self._unit(frames[0].decode().removesuffix("|"), Unit.parse(frames))

    def _unit(self, stream: str, unit: Unit) -> None:
        captured = unit.capture_ns + self.offset.ns
        self._now.bytes += len(unit.payload)
        self._now.delay_ms = (clock.realtime_ns() - captured) / 1e6
        wanted, first = self.picker.take(stream, unit, self.ladder.level)
        if not wanted:
            return
        if unit.track is Track.VIDEO:
            self._now.pictures += 1
            self._size = (unit.width or self._size[0], unit.height or self._size[1])
        flags = unit.flags | Flag.DISCONTINUITY if first else unit.flags
        self._publisher.send(
            unit.track, unit.payload, unit.pts90, capture_ns=captured, flags=flags, width=unit.width, height=unit.height
        )

    async def _speak(self) -> None:
        while True:
            now = clock.monotonic()
            self._judge(now)
            said = Take(
                streams=self._wanted(), again=(self.program,) if self._again else (), sent_ns=clock.realtime_ns(),
                figures={self._number: self.figures()},
            )
            try:
                await self._socket.send(said.model_dump_json().encode(), zmq.NOBLOCK)
            except zmq.Again:  # not connected yet: the first word is what the pictures wait for
                await asyncio.sleep(EVERY_S / 10)
                continue
            self._again = False
            await asyncio.sleep(EVERY_S)

    def _judge(self, now: float) -> None:
        bad = self.picker.holes > self._holes or self._now.delay_ms > SLOW_MS or self._last.delay_ms > SLOW_MS
        self._holes = self.picker.holes
        if self._state == "running" and now - self._heard < EVERY_S * 2 and self.ladder.look(now, bad=bad):
            log.info("feed_rung", conference=self._number, rung=self.ladder.level)

    def _wanted(self) -> dict[str, Wanted]:
        level: Level = self.ladder.level
        if level == "top":
            kept: dict[str, Wanted] = {self.low: "pictures"} if self.picker.showing == self.low else {}
            return {self.program: "all", **kept}  # the low pictures stay until a later IDR of the top ones has come
        return {self.program: "sound", **({self.low: "pictures"} if level == "low" else {})}

    def figures(self) -> Figures:
        """How the line fares."""
        return Figures(
            rung=self.ladder.level if self._state == "running" else "none", holes=self.picker.holes,
            kbps=self._last.bytes * 8 // 1000, delay_ms=max(0, min(600_000, int(self._last.delay_ms))),
            rtt_ms=min(600_000, self.offset.rtt_ms),
        )

    async def ask_for_key(self, _word: Word) -> Word | None:
        """Somebody here needs an IDR: the gate passes it on."""
        self._again = True
        return None

    async def _report(self) -> None:
        while True:
            await asyncio.sleep(1)
            self._last, self._now = self._now, _Second(delay_ms=self._now.delay_ms if self._state == "running" else 0)
            if self._last.bytes and self._state != "running":
                if self._state == "lost":
                    await self.child.event("source_back", key=self.source.key)
                self._state = "running"
            await self.child.report("source", self._said().model_dump(mode="json"))

    def _said(self) -> SourceReport:
        silent = clock.monotonic() - self._heard
        state = "running" if self._state == "running" and self._last.bytes else self._state
        if state == "running" and not self._last.bytes:
            state = "waiting"
        why = f"nothing heard for {silent:.0f} s" if silent > EVERY_S * 2 else _WHY.get(self.ladder.level, "")
        probe = Probe(
            video="h264", width=self._size[0], height=self._size[1], fps=self._last.pictures, audio="opus",
            audio_rate=48_000, channels=2,
        ) if self._size[0] else None
        return SourceReport.model_validate({
            "key": self.source.key, "state": state, "probe": probe, "why": why, "kbps": self._last.bytes * 8 // 1000,
            "fps": self._last.pictures, "reconnects": self.reconnects,
        })


_WHY = {"low": WHY_LOW, "audio": WHY_AUDIO}


async def run(child: Child, source: SourcePlan) -> None:
    """The ingest of kind `feed`."""
    feed = Feed(child, source)

    async def configure(word: Word) -> Word | None:
        feed.configure(SourcePlan.model_validate(word["config"]["source"]))
        return None

    child.handlers |= {"configure": configure, "keyframe": feed.ask_for_key}
    await feed.run()
