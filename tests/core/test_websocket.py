"""The contract of LiveWebSocket with python-engineio under a real gunicorn gevent worker, over real sockets."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    CloseConnection,
    Message,
    Ping,
    Pong,
    RejectConnection,
    Request,
    TextMessage,
)

from server.core.websocket import MOST_BYTES_IN, text_frame

ROOT = Path(__file__).parents[2]
SMALL = 16 * 1024  # bytes a slow screen's kernel keeps for it


class Server:
    """A gunicorn of its own on a port of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--worker-class", "gevent",
             "--log-level", "warning", "--control-socket", str(folder / "ctl"), "tests.core.websocket_app:app"],
            cwd=ROOT, env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )
        limit = time.monotonic() + 20
        while True:
            try:
                self.ask("/lines")
            except OSError:
                assert time.monotonic() < limit, "the server did not start"
                time.sleep(0.05)
            else:
                return

    def ask(self, path: str) -> dict[str, Any]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return json.loads(answer.read())  # type: ignore[no-any-return]

    def push(self, topic: str, size: int, times: int = 1) -> int:
        return int(self.ask(f"/push?topic={topic}&size={size}&times={times}")["newest"])

    def until_lines(self, number: int) -> None:
        limit = time.monotonic() + 10
        while self.ask("/lines")["lines"] != number:
            assert time.monotonic() < limit, f"not {number} lines"
            time.sleep(0.02)


class Screen:
    """A websocket client that checks every frame (wsproto is strict about masks, opcodes and lengths)."""

    def __init__(self, server: Server, *, buffer: int = 0) -> None:
        self.sock = socket.socket()
        if buffer:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.sock.settimeout(10)
        self.sock.connect(("127.0.0.1", server.port))
        self.wire = WSConnection(ConnectionType.CLIENT)
        self.part = ""
        self.messages: list[str] = []
        self.events: list[Any] = []
        self.over = False
        self._send(self.wire.send(Request(host="localhost", target="/socket.io/?EIO=4&transport=websocket")))
        self.read_until(lambda: any(isinstance(event, AcceptConnection | RejectConnection) for event in self.events))
        assert isinstance(self.events[0], AcceptConnection)
        assert self.next().startswith("0{")
        self.say("40")
        assert self.next().startswith("40{")

    def _send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def say(self, text: str) -> None:
        self._send(self.wire.send(Message(data=text)))

    def read(self) -> None:
        """Take what has arrived; waits for something."""
        try:
            data = self.sock.recv(65536)
        except ConnectionResetError:
            data = b""
        self.over = self.over or not data
        self.wire.receive_data(data or None)
        for event in self.wire.events():
            self.events.append(event)
            if isinstance(event, TextMessage):
                self.part += event.data
                if event.message_finished:
                    self._take(self.part)
                    self.part = ""

    def _take(self, message: str) -> None:
        if message == "2":  # Engine.IO's ping
            self.say("3")
        else:
            self.messages.append(message)

    def read_until(self, condition: Any, seconds: float = 20) -> None:
        limit = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < limit, "it did not come"
            assert not self.over, "the line is over"
            self.read()

    def next(self) -> str:
        self.read_until(lambda: self.messages)
        return self.messages.pop(0)

    def topics(self) -> list[tuple[str, int, int]]:
        """(topic, version, length) of each topic frame so far."""
        found = [json.loads(message[2:])[1] for message in self.messages if message.startswith('42["topic"')]
        return [(one["topic"], one["version"], len(one["data"])) for one in found]

    def close(self) -> None:
        self.sock.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("gunicorn"))
    yield made
    made.process.terminate()
    made.process.wait(15)


@pytest.fixture
def screens(server: Server) -> Iterator[list[Screen]]:
    """Clients that are closed at the end of the test; add yours."""
    server.ask("/stall?seconds=20")
    opened: list[Screen] = []
    yield opened
    for screen in opened:
        screen.close()
    server.until_lines(0)


def test_events_are_acknowledged_and_pings_are_answered(server: Server, screens: list[Screen]) -> None:
    screen = Screen(server)
    screens.append(screen)
    screen.say('421["echo",{"said":"Nghị Sự"}]')
    acknowledged = screen.next()
    assert (acknowledged[:3], json.loads(acknowledged[3:])) == ("431", [{"said": "Nghị Sự"}])
    screen._send(screen.wire.send(Ping(payload=b"here?")))
    screen.read_until(lambda: any(isinstance(event, Pong) for event in screen.events))
    limit = time.monotonic() + 2.5  # longer than two of the server's pings, which `_take` answers
    while time.monotonic() < limit:
        screen.read()
    screen.say('422["echo",1]')
    assert screen.next() == "432[1]"


def test_a_message_in_fragments_is_one_message(server: Server, screens: list[Screen]) -> None:
    screen = Screen(server)
    screens.append(screen)
    for part, last in (('423["ec', False), ('ho","', False), ('xong"]', True)):
        screen._send(screen.wire.send(Message(data=part, message_finished=last)))
    assert screen.next() == '433["xong"]'


@pytest.mark.parametrize("size", [0, 100, 125, 126, 200, 65_400, 65_535, 65_536, 300_000])
def test_a_pushed_frame_of_any_length_arrives_whole(server: Server, screens: list[Screen], size: int) -> None:
    screen = Screen(server)
    screens.append(screen)
    newest = server.push("length", size)
    screen.read_until(screen.topics)
    assert screen.topics() == [("length", newest, size)]


def test_frames_and_messages_never_interleave(server: Server, screens: list[Screen]) -> None:
    several = [Screen(server, buffer=SMALL) for _ in range(4)]
    screens += several
    for number in range(60):
        for place, screen in enumerate(several):
            screen.say(f'42{number + 1}["echo",{json.dumps("đ" * (500 * place) + str(number))}]')
        server.push("a", 30_000)
        server.push("b", 10 + number * 400)
    newest = {"a": server.push("a", 1), "b": server.push("b", 1)}
    for place, screen in enumerate(several):
        wanted = [f"43{number + 1}" for number in range(60)]
        screen.read_until(lambda screen=screen: {("a", newest["a"], 1), ("b", newest["b"], 1)} <= set(screen.topics()))
        screen.read_until(lambda screen=screen: sum(m.startswith("43") for m in screen.messages) == 60)
        acknowledged = [message for message in screen.messages if message.startswith("43")]
        assert [message.split("[")[0] for message in acknowledged] == wanted  # in order, each once
        said = [json.loads(message[message.index("["):])[0] for message in acknowledged]
        assert all(one.startswith("đ" * 500 * place) for one in said)
        for topic in newest:
            versions = [version for name, version, _ in screen.topics() if name == topic]
            assert versions == sorted(set(versions))


def test_a_slow_screen_keeps_only_the_newest_and_delays_nobody(server: Server, screens: list[Screen]) -> None:
    slow, quick = Screen(server, buffer=SMALL), Screen(server)
    screens += [slow, quick]
    begun = time.monotonic()
    for _ in range(60):
        newest = {"a": server.push("a", 100_000), "b": server.push("b", 100_000)}
        quick.read_until(
            lambda newest=newest: {("a", newest["a"], 100_000), ("b", newest["b"], 100_000)} <= set(quick.topics())
        )
    assert time.monotonic() - begun < 15
    overtaken = server.ask("/lines")["overtaken"]
    assert overtaken > 30
    slow.read_until(
        lambda: {("a", newest["a"], 100_000), ("b", newest["b"], 100_000)} <= set(slow.topics())
    )
    assert len(slow.topics()) == 120 - overtaken
    for topic in newest:
        versions = [version for name, version, _ in slow.topics() if name == topic]
        assert versions == sorted(set(versions))


def test_an_acknowledgement_goes_before_topics_that_wait(server: Server, screens: list[Screen]) -> None:
    slow = Screen(server, buffer=SMALL)
    screens.append(slow)
    for topic in range(30):
        server.push(f"t{topic}", 300_000)
    slow.say('427["echo","first"]')
    server.until_lines(1)
    slow.read_until(lambda: any(message.startswith("437") for message in slow.messages))
    assert len(slow.topics()) < 25


def test_a_screen_that_takes_nothing_is_ended_and_the_others_go_on(server: Server, screens: list[Screen]) -> None:
    server.ask("/stall?seconds=0.5")
    stuck, other = Screen(server, buffer=SMALL), Screen(server)
    screens += [stuck, other]
    for _ in range(80):
        newest = server.push("a", 100_000)
        other.read_until(lambda newest=newest: ("a", newest, 100_000) in other.topics())
    server.until_lines(1)
    newest = server.push("a", 10)
    other.read_until(lambda: ("a", newest, 10) in other.topics())


def test_a_screen_that_takes_little_but_steadily_stays(server: Server, screens: list[Screen]) -> None:
    server.ask("/stall?seconds=1")
    slow = Screen(server, buffer=SMALL)
    screens.append(slow)
    for topic in range(12):
        server.push(f"s{topic}", 300_000)
    limit = time.monotonic() + 3
    while time.monotonic() < limit:
        slow.read()
        time.sleep(0.02)
    assert server.ask("/lines")["lines"] == 1
    slow.read_until(lambda: len({topic for topic, _, _ in slow.topics()}) == 12)


def test_hanging_up_says_goodbye_and_never_waits_for_a_stuck_screen(server: Server, screens: list[Screen]) -> None:
    stuck, other = Screen(server, buffer=SMALL), Screen(server)
    screens += [stuck, other]
    for topic in range(80):
        server.push(f"h{topic}", 100_000)
        other.read_until(lambda topic=topic: any(name == f"h{topic}" for name, _, _ in other.topics()))
    begun = time.monotonic()
    server.ask("/hang-up")
    assert time.monotonic() - begun < 2
    other.read_until(lambda: any(isinstance(event, CloseConnection) for event in other.events))
    server.until_lines(0)


def test_too_large_a_message_ends_the_line_only(server: Server, screens: list[Screen]) -> None:
    screen, other = Screen(server), Screen(server)
    screens += [screen, other]
    screen.say("42" + json.dumps(["echo", "x" * (MOST_BYTES_IN + 1000)]))
    server.until_lines(1)
    other.say('421["echo",1]')
    assert other.next() == "431[1]"


@pytest.mark.parametrize(
    "garbage",
    [b"\x00" * 50, b"\xff" * 500, b"\x81\x05hello", b"\x83\x80\x00\x00\x00\x00", b"\x81\xff" + b"\xff" * 8,
     os.urandom(300)],
)
def test_garbage_ends_the_line_only(server: Server, screens: list[Screen], garbage: bytes) -> None:
    screen, other = Screen(server), Screen(server)
    screens += [screen, other]
    screen._send(garbage)
    screen.sock.shutdown(socket.SHUT_WR)
    server.until_lines(1)
    other.say('421["echo",1]')
    assert other.next() == "431[1]"


def test_a_close_is_answered_and_the_line_forgotten(server: Server, screens: list[Screen]) -> None:
    screen = Screen(server)
    screens.append(screen)
    screen._send(screen.wire.send(CloseConnection(code=1000)))
    screen.read_until(lambda: any(isinstance(event, CloseConnection) for event in screen.events))
    server.until_lines(0)


def test_a_line_that_is_cut_is_forgotten_at_the_next_push(server: Server, screens: list[Screen]) -> None:
    screen = Screen(server)
    screen.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")  # RST, not FIN
    screen.close()
    server.push("a", 10, 3)
    server.until_lines(0)


@pytest.mark.parametrize(
    "headers",
    [
        "Upgrade: websocket\r\nConnection: Upgrade\r\n",
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n",
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 7\r\nSec-WebSocket-Key: dGhlIHNhbQ==\r\n",
    ],
)
def test_a_bad_handshake_is_refused_with_400(server: Server, headers: str) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 10) as sock:
        sock.sendall(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode()
        )
        assert sock.recv(100).startswith(b"HTTP/1.1 400 ")
    assert server.ask("/lines")["lines"] == 0


@pytest.mark.parametrize("length", [0, 125, 126, 65535, 65536])
def test_the_frame_has_the_shortest_header(length: int) -> None:
    text = "x" * length
    frame = text_frame(text)
    assert frame.endswith(text.encode())
    assert frame[0] == 0x81
    assert len(frame) - length == (2 if length < 126 else 4 if length < 65536 else 10)
