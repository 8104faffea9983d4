"""The gate: gives the conferences' program and low rung to edges in other buildings, encrypted, to those on the list.

CURVE on TCP; who may come is the plan's list of edges (ZAP), which changes while it runs: one taken off it gets nothing
more from that moment. An edge has one line, and a newer one takes the place of an older.
"""

import asyncio
import contextlib
from typing import Any

import structlog
import zmq
import zmq.asyncio
from pydantic import ValidationError
from zmq.auth.asyncio import AsyncioAuthenticator

from server.core import clock
from server.core.keys import Keys
from server.relay.curve import pair
from server.relay.daemon import giving
from server.relay.daemon.child import Child
from server.relay.daemon.feedline import CLOCK, DOMAIN, HEARTBEAT_MS, LARGEST_TAKE, SILENCE_S, Clock, Take
from server.relay.daemon.gate_line import Gop, Line
from server.relay.daemon.streams import Gaps, Subscriber, stream_name
from server.relay.daemon.units import Track, Unit
from server.relay.plan import EdgeKey
from server.relay.reports import ViewerReport

log = structlog.get_logger(__name__)

TICK_S = 0.01            # between two tries to send what waits
SEND_BUFFER = 128 * 1024  # bytes in the kernel for each line: what lies there cannot be dropped any more
SEND_HWM = 20            # messages in ZeroMQ, for the same reason
KEYFRAME_EVERY_S = 1.0
WANTED_EVERY_S = 1.0
TOLD_EVERY_S = 1.0
FRAMES_OF_A_WORD = 2     # identity, JSON


class Allowed:
    """The authenticator's list: who may come in, by public key."""

    def __init__(self) -> None:
        self.labels: dict[bytes, str] = {}
        self._said = -TOLD_EVERY_S

    def callback(self, _domain: str, key: bytes) -> bool:
        """Called by the authenticator for each handshake (ZAP)."""
        known = key in self.labels
        if not known and clock.monotonic() - self._said > TOLD_EVERY_S:  # who knocks again and again fills no log
            self._said = clock.monotonic()
            log.warning("edge_refused", public_key=key.decode(errors="replace"))
        return known


class Gate:
    """All lines to edges."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.allowed = Allowed()
        self.lines: dict[bytes, Line] = {}
        self.gops: dict[str, Gop] = {}
        self._gaps: dict[str, Gaps] = {}
        self._lost: set[str] = set()
        self._asked: dict[str, float] = {}
        self._wanted: dict[str, float] = {}
        self._counted: dict[bytes, tuple[int, int, int]] = {}
        self._subscriber = Subscriber(child.folder)
        context = zmq.asyncio.Context.instance()
        self._auth = AsyncioAuthenticator(context)
        self._router: zmq.Socket[bytes] = zmq.Context.shadow(context.underlying).socket(zmq.ROUTER)

    def open(self) -> None:
        """Listen."""
        mine = pair(Keys(self.child.settings.folder("keys")))
        self._auth.start()
        self._auth.configure_curve_callback(DOMAIN, self.allowed)
        router = self._router
        router.curve_server = True
        router.curve_publickey, router.curve_secretkey = mine.public, mine.secret
        for option, value in (
            (zmq.LINGER, 0), (zmq.ROUTER_MANDATORY, 1), (zmq.SNDHWM, SEND_HWM), (zmq.SNDBUF, SEND_BUFFER),
            (zmq.MAXMSGSIZE, LARGEST_TAKE), (zmq.RCVHWM, 100), (zmq.IPV6, 1), (zmq.HEARTBEAT_IVL, HEARTBEAT_MS),
            (zmq.HEARTBEAT_TIMEOUT, int(SILENCE_S * 1000)), (zmq.HANDSHAKE_IVL, 5000), (zmq.BACKLOG, 256),
        ):
            router.setsockopt(option, value)
        router.setsockopt(zmq.ZAP_DOMAIN, DOMAIN.encode())
        host = self.child.settings.relay_host or self.child.settings.host
        router.bind(f"tcp://{f'[{host}]' if ':' in host else host}:{self.child.config['port']}")
        self.configure(self.child.config)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._router.getsockopt_string(zmq.LAST_ENDPOINT).rpartition(":")[2])

    def configure(self, config: dict[str, Any]) -> None:
        """Take the list of edges and conferences; who is no longer on it is cut off at once."""
        edges = [EdgeKey.model_validate(one) for one in config["edges"]]
        self.allowed.labels = {one.public_key.encode(): one.label for one in edges}
        labels = {one.label for one in edges}
        for line in [one for one in self.lines.values() if one.label not in labels]:
            del self.lines[line.peer]
        wanted = {stream_name(number, key) for number in config["conferences"] for key in ("program", "low")}
        for stream in wanted - self.gops.keys():
            self.gops[stream], self._gaps[stream] = Gop(), Gaps()
            self._subscriber.follow(stream)
        for stream in self.gops.keys() - wanted:
            del self.gops[stream], self._gaps[stream]
            self._subscriber.leave(stream)

    async def run(self) -> None:
        """Work until cancelled."""
        loop = asyncio.get_running_loop()
        loop.add_reader(self._router.FD, self._hear)
        try:
            async with asyncio.TaskGroup() as tasks:
                for work in (self._forward(), self._tick(), giving.report(self)):
                    tasks.create_task(work)
        finally:
            loop.remove_reader(self._router.FD)
            self._auth.stop()
            self._router.close()
            self._subscriber.close()

    async def _forward(self) -> None:
        while True:
            stream, unit = await self._subscriber.next()
            self._spread(stream, unit)

    def _spread(self, stream: str, unit: Unit) -> None:
        gaps = self._gaps.get(stream)
        if gaps is None or not gaps.take(unit):
            if gaps is not None and unit.track is Track.VIDEO:
                self.gops[stream].clear()
            return
        if unit.track is Track.VIDEO:
            self.gops[stream].add(unit)
        now = clock.monotonic()
        for line in list(self.lines.values()):
            line.put(stream, unit, now)
            self._send(line, now)
        self._hear()  # sending swallows the descriptor's signal that something came

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            now = clock.monotonic()
            for line in list(self.lines.values()):
                if line.waiting:
                    self._send(line, now)
                if now - line.heard > SILENCE_S:
                    await self._lose(line)
            self._hear()

    def _send(self, line: Line, now: float) -> None:
        """Send what waits, as far as the line takes it."""
        try:
            while (head := line.head(now)) is not None:
                frames = [line.peer, *head.unit.frames(head.stream)]
                self._router.send_multipart(frames, zmq.NOBLOCK, copy=len(head.unit.payload) < 4096)  # noqa: PLR2004
                line.sent()
        except zmq.Again:
            return
        except zmq.ZMQError:  # it hung up
            line.heard = min(line.heard, now - SILENCE_S)

    def _hear(self) -> None:
        """Take all words that have come."""
        with contextlib.suppress(zmq.Again):
            while True:
                frames = self._router.recv_multipart(zmq.NOBLOCK, copy=False)
                if len(frames) == FRAMES_OF_A_WORD:
                    self._word(bytes(frames[0].buffer), frames[1])

    def _word(self, peer: bytes, frame: zmq.Frame) -> None:
        label = self.allowed.labels.get(str(frame.get("User-Id")).encode())
        if label is None:
            return  # its key was taken off the list after it came in
        now = clock.monotonic()
        line = self.lines.get(peer)
        if line is None or line.label != label:  # an identity is chosen by who calls: the key says who it is
            line = self._welcome(peer, label, now)
        if not line.may_speak(now):
            return
        try:
            wanted = Take.model_validate_json(bytes(frame.buffer))
        except ValidationError:
            log.warning("edge_word_wrong", label=label)
            return
        line.take(wanted, {name: gop for name, gop in self.gops.items() if name in wanted.streams}, now)
        answer = Clock(sent_ns=wanted.sent_ns, gate_ns=clock.realtime_ns()).model_dump_json().encode()
        with contextlib.suppress(zmq.ZMQError):  # full or gone: the next one will do
            self._router.send_multipart([peer, CLOCK, answer], zmq.NOBLOCK)
        self._send(line, now)
        for stream in wanted.again:
            self._ask_for_key(stream, now)
        for stream in line.streams:
            self._want_low(stream, now)

    def _welcome(self, peer: bytes, label: str, now: float) -> Line:
        for other in [one for one in self.lines.values() if one.label == label]:
            del self.lines[other.peer]
        self.lines[peer] = line = Line(peer, label, since=now, heard=now)
        log.info("edge_on_line", label=label)
        if label in self._lost:
            self._lost.discard(label)
            giving.later(self._say("edge_back", label))
        return line

    async def _lose(self, line: Line) -> None:
        if self.lines.pop(line.peer, None) is not None:
            self._lost.add(line.label)
            await self._say("edge_lost", line.label)

    async def _say(self, code: Any, label: str) -> None:
        for number in self.child.config["conferences"]:
            await self.child.event(code, conference=number, label=label)

    def _ask_for_key(self, stream: str, now: float) -> None:
        if stream in self.gops and now - self._asked.get(stream, 0) >= KEYFRAME_EVERY_S:
            self._asked[stream] = now
            giving.later(self.child.line.tell("keyframe", stream=stream))

    def _want_low(self, stream: str, now: float) -> None:
        """The low rung is made only while somebody says that it is wanted (rung.py)."""
        number, _, key = stream.partition("/")
        if key == "low" and stream in self.gops and now - self._wanted.get(stream, 0) >= WANTED_EVERY_S:
            self._wanted[stream] = now
            giving.later(self.child.line.tell("wanted", to=f"rung-{number}", stream=stream))

    def rows(self) -> list[giving.Row]:
        """The edges as receivers of the program; each second's share of units that were dropped is its loss."""
        found = [
            (int(number), self._row(line, number)) for line in self.lines.values()
            for number in sorted({stream.partition("/")[0] for stream in line.streams})
        ]
        self._counted = {line.peer: (line.units, line.bytes, line.lost_units) for line in self.lines.values()}
        return found

    def _row(self, line: Line, number: str) -> ViewerReport:
        units, size, lost = (
            new - old for new, old in
            zip((line.units, line.bytes, line.lost_units), self._counted.get(line.peer, (0, 0, 0)), strict=True)
        )
        figures = line.figures.get(number)
        return ViewerReport(
            id=f"gate.{line.label}", label=line.label, way="feed", rung=figures.rung if figures else "none",
            loss_percent=round(100 * lost / max(1, lost + units), 1), round_trip_ms=figures.rtt_ms if figures else 0,
            kbps=size * 8 // 1000, since_ms=clock.epoch_ms() - int((clock.monotonic() - line.since) * 1000),
            drops=line.drops,
        )


async def run(child: Child) -> None:
    """The child's work."""
    gate = Gate(child)
    giving.listen(gate)
    gate.open()
    await gate.run()
