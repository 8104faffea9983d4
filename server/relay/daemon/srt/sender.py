"""The process that edges with a lossy line call: a conference's program or its low rung, over SRT.

One port for all. An edge names itself and what it wants in the stream id; its passphrase is known before its first
packet is answered (secret.py), so whoever is not on the list, wants more than it may have, or has an older passphrase
is turned away in the handshake. Who is taken off the list is cut off at once. Each stream is packed once, while it is
used.
"""

import asyncio
import contextlib
import threading
from dataclasses import dataclass, field
from typing import Any

import structlog

from server.core import clock
from server.core.keys import Keys
from server.relay.curve import Pair, pair
from server.relay.daemon import giving
from server.relay.daemon.child import Child
from server.relay.daemon.srt.library import Connection, Listener, SrtError
from server.relay.daemon.srt.secret import passphrase, stream_id
from server.relay.daemon.srt.stream import Rung, Stream
from server.relay.daemon.streams import Gaps, Subscriber, stream_name
from server.relay.daemon.units import Track, Unit
from server.relay.plan import EdgeKey
from server.relay.reports import ViewerReport

log = structlog.get_logger(__name__)

LATENCY_MS = 600          # for packets to be sent again: four tries at a round trip of 150 ms
MOST_BYTES_S = 1_250_000  # of one edge, also for what is sent again: an IDR does not overrun the line's queue
AGAIN_S = 2.0             # between two tries to get a port that is taken


@dataclass(frozen=True)
class Grant:
    """What one stream id opens."""

    label: str
    conference: int
    rung: Rung
    secret: str = field(repr=False)


def grants(edges: list[EdgeKey], mine: Pair) -> dict[str, Grant]:
    """Stream id → grant, for every edge that is told to use SRT."""
    found: dict[str, Grant] = {}
    for edge in edges:
        for one in edge.srt:
            with contextlib.suppress(ValueError):  # a key that is none opens nothing
                secret = passphrase(
                    mine, edge.public_key, label=edge.label, conference=one.conference, turn=one.turn
                )
                grant = Grant(edge.label, one.conference, one.rung, secret)
                found[stream_id(edge.label, one.conference, one.rung)] = grant
    return found


@dataclass
class Caller:
    """An edge on the line."""

    line: Connection
    grant: Grant
    since_ms: int
    drops: int = 0
    bytes: int = 0
    passed: int = 0  # messages handed to the library since the last report, and those that were not
    missed: int = 0
    waiting: bool = False  # for the next IDR: its buffer was full


class Sender:
    """All callers."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.port = int(child.config["port"])
        self.grants: dict[str, Grant] = {}
        self.callers: list[Caller] = []
        self.streams: dict[tuple[int, Rung], Stream] = {}
        self._gaps: dict[str, Gaps] = {}
        self._mine = pair(Keys(child.settings.folder("keys")))
        self._reader = Subscriber(child.folder)
        self._loop = asyncio.get_running_loop()
        self._stop = threading.Event()
        self.configure(child.config)

    def configure(self, config: dict[str, Any]) -> None:
        """Take the list; who is no longer on it as it stands is cut off at once."""
        self.grants = grants([EdgeKey.model_validate(one) for one in config["edges"]], self._mine)
        valid = set(self.grants.values())
        for one in [one for one in self.callers if one.grant not in valid]:
            self._drop(one)

    def judge(self, name: str) -> str | None:
        """The passphrase of a stream id, None for nobody's (called in a thread of the library)."""
        grant = self.grants.get(name)
        if grant is None:
            log.warning("srt_refused", stream=name[:80])
        return grant.secret if grant else None

    async def run(self) -> None:
        """Work until cancelled."""
        host = self.child.settings.relay_host or self.child.settings.host
        listener = await self._listen(host)
        accepting = threading.Thread(target=self._accept, args=(listener,), name="srt-accept", daemon=True)
        accepting.start()
        try:
            async with asyncio.TaskGroup() as tasks:
                for work in (self._forward(), giving.report(self), self._want()):
                    tasks.create_task(work)
        finally:
            self._stop.set()
            listener.close()
            for one in list(self.callers):
                self._drop(one)
            self._reader.close()

    async def _listen(self, host: str) -> Listener:
        while True:
            try:
                return Listener(
                    host, self.port, self.judge, latency_ms=LATENCY_MS, most_bytes_s=MOST_BYTES_S
                )
            except SrtError as error:
                log.error("srt_no_port", port=self.port, why=error.kind)
                await asyncio.sleep(AGAIN_S)

    def _accept(self, listener: Listener) -> None:
        """A thread: the library's own waiting."""
        while not self._stop.is_set():
            try:
                came = listener.accept()
            except SrtError:
                return
            if came is not None:
                with contextlib.suppress(RuntimeError):  # the loop has ended
                    self._loop.call_soon_threadsafe(self._welcome, *came)

    def _welcome(self, line: Connection, name: str) -> None:
        grant = self.grants.get(name)
        if grant is None:  # taken off the list since the handshake
            line.close()
            return
        for other in [one for one in self.callers if one.grant == grant]:
            self._drop(other)  # an edge has one line; the newer takes the place
        caller = Caller(line, grant, clock.epoch_ms())
        self.callers.append(caller)
        log.info("srt_on_line", label=grant.label, conference=grant.conference, rung=grant.rung)
        stream = self._stream(grant)
        for message in stream.for_newcomer():
            self._send(caller, message)
        self._ask_key(grant)

    def _stream(self, grant: Grant) -> Stream:
        key = (grant.conference, grant.rung)
        if key not in self.streams:
            self.streams[key] = Stream(grant.rung)
            self._follow()
        return self.streams[key]

    def _follow(self) -> None:
        wanted = {stream_name(number, "program") for number, _ in self.streams}
        wanted |= {stream_name(number, "low") for number, rung in self.streams if rung == "low"}
        for name in wanted - self._gaps.keys():
            self._gaps[name] = Gaps()
            self._reader.follow(name)
        for name in self._gaps.keys() - wanted:
            del self._gaps[name]
            self._reader.leave(name)

    def _ask_key(self, grant: Grant) -> None:
        stream = stream_name(grant.conference, "low" if grant.rung == "low" else "program")
        if grant.rung != "audio":
            giving.later(self.child.line.tell("keyframe", stream=stream))

    async def _forward(self) -> None:
        while True:
            name, unit = await self._reader.next()
            gaps = self._gaps.get(name)
            if gaps is not None and gaps.take(unit):
                self._spread(name, unit)

    def _spread(self, name: str, unit: Unit) -> None:
        number, _, key = name.partition("/")
        for (conference, rung), stream in list(self.streams.items()):
            if conference != int(number) or not _belongs(rung, key, unit.track):
                continue
            messages = stream.take(unit)
            for caller in [one for one in self.callers if (one.grant.conference, one.grant.rung) == (conference, rung)]:
                caller.waiting = caller.waiting and not unit.key
                for message in messages:
                    self._send(caller, message)

    def _send(self, caller: Caller, message: bytes) -> None:
        if caller not in self.callers:
            return
        if caller.waiting:
            caller.missed += 1
            return
        try:
            if caller.line.send(message):
                caller.bytes += len(message)
                caller.passed += 1
            else:
                caller.drops += 1
                caller.missed += 1
                caller.waiting = caller.grant.rung != "audio"
        except SrtError:
            self._drop(caller)

    def _drop(self, caller: Caller) -> None:
        self.callers.remove(caller)
        caller.line.close()
        log.info("srt_off_line", label=caller.grant.label, conference=caller.grant.conference)
        used = {(one.grant.conference, one.grant.rung) for one in self.callers}
        for key in [key for key in self.streams if key not in used]:
            self.streams.pop(key).close()
        self._follow()

    async def _want(self) -> None:
        """The low rung is made only while somebody says that it is wanted (rung.py)."""
        while True:
            for number, rung in list(self.streams):
                if rung == "low":
                    await self.child.line.tell("wanted", to=f"rung-{number}", stream=stream_name(number, "low"))
            await asyncio.sleep(1)

    def rows(self) -> list[giving.Row]:
        """The edges on the line; one whose line is dead is let go of."""
        for one in [one for one in self.callers if not one.line.alive]:
            self._drop(one)
        rows = ((one.grant.conference, _row(one)) for one in self.callers)
        return [(number, row) for number, row in rows if row is not None]


def _belongs(rung: Rung, key: str, track: Track) -> bool:
    """Whether a unit of `program` or `low` is part of a rung: sound is always the program's."""
    if track is Track.AUDIO:
        return key == "program"
    return key == {"top": "program", "low": "low"}.get(rung)


def _row(caller: Caller) -> ViewerReport | None:
    """An edge as a receiver since the last call; None for one that is gone.

    What was lost on the way is sent again and most of it comes in time: that is no loss of the program. Lost is what
    was never sent, because buffer or time were used up; what came too late after all the edge counts itself.
    """
    figures = caller.line.figures()
    if figures is None:
        return None
    caller.drops += figures.sent_dropped
    missed = caller.missed + figures.sent_dropped
    row = ViewerReport(
        id=f"srt.{caller.grant.label}", label=caller.grant.label, way="srt", rung=caller.grant.rung,
        loss_percent=_percent(missed, caller.missed + caller.passed),
        resent_percent=_percent(figures.lost, figures.sent), round_trip_ms=round(figures.rtt_ms, 1),
        kbps=caller.bytes * 8 // 1000, since_ms=caller.since_ms, drops=caller.drops,
    )
    caller.bytes = caller.passed = caller.missed = 0
    return row


def _percent(part: int, whole: int) -> float:
    return round(min(100.0, 100 * part / max(1, whole)), 1)


async def run(child: Child) -> None:
    """The child's work."""
    sender = Sender(child)
    giving.listen(sender)
    await sender.run()
