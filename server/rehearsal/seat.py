"""One simulated screen: signed in, on the line, holding topics, coming back by itself like the real ones.

The rules are those of server/web/common/live: state, not events; subscribe with the versions one has; retry between 0.2
and 2 s, each at its own moment; a screen that is not let in asks again only after 5 to 10 s.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from server.rehearsal import wire
from server.rehearsal.browser import RETRY, Browser, Target
from server.rehearsal.loop import Line, Loop, now
from server.rehearsal.wire import FrameReader, HttpReader, Packet

RETRY_SIGNED_OUT = (5.0, 10.0)
GREETING = 10.0  # seconds from the first byte to `hello`
_MOST_DECODED = 256
_SWITCHING = 101


@dataclass(frozen=True, slots=True)
class Copy:
    """A topic as a screen holds it, and when it arrived."""

    version: int
    data: Any
    moment: float


class Decoder:
    """Parses packets once: a push is the same bytes for every seat."""

    def __init__(self) -> None:
        self._known: dict[bytes, Packet] = {}

    def __call__(self, payload: bytes) -> Packet:
        """The packet of these bytes. Raises WireError or ValueError."""
        packet = self._known.get(payload)
        if packet is None:
            packet = wire.parse_packet(payload)
            if len(self._known) >= _MOST_DECODED:
                self._known.clear()
            self._known[payload] = packet
        return packet


class Seat:
    """One screen. `http` is its HTTP side; both use the same session."""

    def __init__(
        self, loop: Loop, target: Target, surface: str = "seat", *, token: str = "",
        topics: Iterable[str] = (), decode: Decoder | None = None,
        took: Callable[["Seat", str, Copy], None] = lambda *_: None,
    ) -> None:
        self.loop, self.target, self.surface = loop, target, surface
        self.http = Browser(loop, target, surface, token)
        self.topics = list(topics)
        self.copies: dict[str, Copy] = {}
        self.refused: list[dict[str, str]] = []
        self.epoch = ""
        self.connections = 0           # times it came on the line
        self.ready_at = 0.0            # when the last subscription was answered
        self._decode = decode or Decoder()
        self._took = took
        self._line: Line | None = None
        self._http: HttpReader | None = None
        self._frames = FrameReader()
        self._joined = self._greeted = self._stopped = False
        self._acks: dict[int, Callable[[Any], None]] = {}
        self._next_ack = 0

    # -- the line

    @property
    def online(self) -> bool:
        """Whether it was greeted and its subscription answered."""
        return self.ready_at > 0

    def start(self) -> None:
        """Connect and stay connected."""
        self._stopped = False
        self._connect()

    def stop(self) -> None:
        """Hang up for good."""
        self._stopped = True
        self._hang_up()
        self.http.close()

    def cut(self, *, http: bool = True) -> None:
        """Lose the network for a moment: both connections are gone, and it comes back by itself."""
        if http:
            self.http.cut()
        self._hang_up()
        self._again(RETRY)

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.drop()
        self._line = None
        self._joined = self._greeted = False
        self.ready_at = 0.0
        self._acks.clear()

    def _connect(self) -> None:
        if self._stopped or self._line is not None:
            return
        self._http, self._frames = HttpReader(), FrameReader()
        line = Line(
            self.loop, self.target.address, opened=self._opened, arrived=self._arrived, ended=self._lost,
            tls=self.target.tls, server_name=self.target.name,
        )
        self._line = line
        self.loop.after(GREETING, lambda: self._check_greeting(line))

    def _check_greeting(self, line: Line) -> None:
        if self._line is line and not self._greeted:
            self._lost()

    def _opened(self) -> None:
        assert self._line is not None  # noqa: S101  (called by the line itself)
        self._line.send(wire.upgrade(self.target.host, "/socket.io/?EIO=4&transport=websocket", self.http.cookie))

    def _lost(self) -> None:
        self._hang_up()
        self._again(RETRY)

    def _again(self, span: tuple[float, float]) -> None:
        if not self._stopped:
            self.loop.after(random.uniform(*span), self._connect)  # noqa: S311  (spreads load, hides nothing)

    # -- what arrives

    def _arrived(self, data: bytes, moment: float) -> None:
        try:
            if self._http is not None:
                head = list(self._http.feed(data))
                if not head:
                    return
                if head[0].status != _SWITCHING:
                    raise wire.WireError(f"no upgrade: {head[0].status}")
                data, self._http = self._http.rest, None
            for opcode, payload in self._frames.feed(data):
                self._message(opcode, payload, moment)
        except (wire.WireError, ValueError):
            self._lost()

    def _message(self, opcode: int, payload: bytes, moment: float) -> None:
        if self._line is None:
            return
        if opcode == wire.PING:
            self._line.send(wire.frame(payload.decode("latin-1"), wire.PONG))
        elif opcode == wire.CLOSE:
            self._lost()
        elif payload == b"2":
            self._line.send(_PONG)
        elif opcode == wire.TEXT:
            self._packet(self._decode(payload), moment)

    def _packet(self, packet: Packet, moment: float) -> None:
        if packet.kind == "event":
            self._event(packet.data[0], packet.data[1] if len(packet.data) > 1 else None, moment)
        elif packet.kind == "ack":
            answer = self._acks.pop(packet.ack, None)
            if answer is not None:
                answer(packet.data[0] if packet.data else None)
        elif packet.kind == "open" and self._line is not None:
            self._line.send(wire.frame(wire.connect_packet({"surface": self.surface, "build": ""})))
        elif packet.kind == "connected":
            self._joined = True
            self._maybe_subscribe()
        elif packet.kind == "refused":
            self._hang_up()
            self._again(RETRY_SIGNED_OUT)
        elif packet.kind in ("close", "disconnected"):
            self._lost()

    def _event(self, name: str, data: Any, moment: float) -> None:
        if name == "topic":
            held = self.copies.get(data["topic"])
            if held is None or data["version"] > held.version:
                copy = self.copies[data["topic"]] = Copy(data["version"], data["data"], moment)
                self._took(self, data["topic"], copy)
        elif name == "hello":
            if data["epoch"] != self.epoch:
                self.epoch = data["epoch"]
                self.copies.clear()
            self._greeted = True
            self.connections += 1
            self._maybe_subscribe()

    def _maybe_subscribe(self) -> None:
        if self._joined and self._greeted:
            if not self.topics:
                self.ready_at = now()
                return
            wanted = [
                {"topic": topic, "version": self.copies[topic].version if topic in self.copies else 0}
                for topic in self.topics
            ]
            self.emit("subscribe", {"topics": wanted}, self._subscribed)

    def _subscribed(self, answer: Any) -> None:
        self.refused = answer["refused"] if isinstance(answer, dict) else []
        self.ready_at = now()

    # -- what it says

    def emit(self, event: str, data: object, answer: Callable[[Any], None] = lambda _: None) -> None:
        """Send an event; `answer` gets the server's acknowledgement."""
        if self._line is not None:
            self._acks[self._next_ack] = answer
            self._line.send(wire.frame(wire.event_packet(event, data, self._next_ack)))
            self._next_ack += 1

    def version(self, topic: str) -> int:
        """The version it holds (0: none)."""
        held = self.copies.get(topic)
        return held.version if held else 0


_PONG = wire.frame(wire.PONG_PACKET)
