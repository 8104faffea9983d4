"""Garbage on every input: a clear error, a line in the log, nothing lost, nothing leaked, and the server stays."""

import contextlib
import json
import random
import socket
import time
from collections.abc import Iterator

import psutil
import pytest

from server.core.keys import Keys
from server.rehearsal import wire
from server.rehearsal.browser import Browser
from server.rehearsal.loop import Loop
from server.rehearsal.seat import Seat
from tests.bench.house import House
from tests.chaos.rows import change_rows, give_pin

pytestmark = pytest.mark.chaos


@pytest.fixture
def watcher(server: House, loop: Loop, secretary: Browser) -> Iterator[Seat]:
    """A seat that must go on living: it gets a push after the test, from the same process as before."""
    before = server.web_pid()
    seat = Seat(loop, server.target, token=server.tokens[0], topics=server.seat_topics(1))
    seat.start()
    assert loop.run(lambda: seat.online, 20)
    yield seat
    text = f"thông báo {random.random()}"
    assert secretary.do("POST", f"/api/meetings/{server.meeting_id}/notices", {"text": text}).ok
    header = server.topic("header")
    assert loop.run(lambda: (seat.copies[header].data["notice"] or {}).get("text") == text, 10)
    assert server.web_pid() == before
    assert seat.connections == 1
    seat.stop()


def knock(server: House, data: bytes, seconds: float = 2.0) -> bytes:
    """Send bytes and read what comes until the other side closes or falls silent."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as line:
        got = b""
        try:
            line.sendall(data)
            while part := line.recv(65536):
                got += part
        except (TimeoutError, ConnectionError):
            pass
        return got


def sit(server: House, token: str) -> socket.socket:
    """A websocket by hand, greeted."""
    line = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    line.sendall(wire.upgrade(
        f"127.0.0.1:{server.port}", "/socket.io/?EIO=4&transport=websocket", {"Cookie": f"nghisu_seat={token}"}
    ))
    line.recv(65536)
    line.sendall(wire.frame('40{"surface":"seat"}'))
    time.sleep(0.2)
    return line


@pytest.mark.usefixtures("watcher")
def test_random_bytes_on_the_port(server: House) -> None:
    dice = random.Random(1)
    for size in (1, 7, 100, 5000, 70_000):
        knock(server, dice.randbytes(size), 0.5)
        knock(server, b"GET /healthz HTTP/1.1\r\n" + dice.randbytes(size) + b"\r\n\r\n", 0.5)
        knock(server, b"POST /api/sign-in HTTP/1.1\r\nContent-Length: 99\r\n\r\n" + dice.randbytes(99), 0.5)


@pytest.mark.usefixtures("watcher")
def test_random_frames_on_a_socket(server: House) -> None:
    dice = random.Random(2)
    for _ in range(20):
        line = sit(server, server.tokens[1])
        line.sendall(dice.randbytes(dice.randrange(1, 3000)))
        line.close()


HOSTILE = [
    '42["subscribe"]', '42["subscribe",null]', '42["subscribe",{}]', '42["subscribe",{"topics":7}]',
    '42["subscribe",{"topics":[null,1,[],{},{"topic":1},{"topic":null,"version":"x"}]}]',
    '42["subscribe",{"topics":[{"topic":"' + "a" * 5000 + '"}]}]',
    '42["subscribe",{"topics":[{"topic":"meeting/1/header","version":1e400}]}]',
    '42["subscribe",{"topics":[{"topic":"meeting/99999999999999999999/header"}]}]',
    '42["subscribe",{"topics":[{"topic":"meeting/1/header/../../etc"}]}]',
    '42["unsubscribe",[1,2,3]]', '42["unsubscribe",{"topics":[{}]}]', '42["clock",' + "[" * 900 + "]" * 900 + "]",
    '42["clock",' + "[" * 20000 + "]" * 20000 + "]", '42["nothing",{}]', '42["connect",{}]', '42["disconnect"]',
    "42[]",
    "42", "42{}", '42"x"', "4", "9", "", "43[1]", "43999999[]", "451-[\"x\",{\"_placeholder\":true,\"num\":0}]",
    '452-["x"]', "40/other,{}", "41", "44{}", "2probe", "5", "6",
    '42["topic",{"topic":"meeting/1/header","version":9}]', "\u0000\uffff" * 50, "4" + "2" * 5000,
]


@pytest.mark.usefixtures("watcher")
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_packets_on_a_socket(server: House, text: str) -> None:
    line = sit(server, server.tokens[1])
    line.sendall(wire.frame(text))
    line.sendall(wire.frame(text, opcode=2))
    time.sleep(0.05)
    line.close()


@pytest.mark.usefixtures("watcher")
def test_a_message_larger_than_allowed_ends_that_connection_only(server: House) -> None:
    line = sit(server, server.tokens[1])
    line.settimeout(10)
    with contextlib.suppress(ConnectionError):
        line.sendall(wire.frame('42["clock","' + "x" * 5_000_000 + '"]'))
        while line.recv(65536):  # a timeout here means that it was not closed
            pass
    line.close()


@pytest.mark.usefixtures("watcher")
@pytest.mark.parametrize("path", ["/api/sign-in", "/api/meetings/1/notices", "/api/nothing-here", "/socket.io/"])
def test_a_body_of_100_mb_is_refused_and_not_kept(server: House, path: str) -> None:
    process = psutil.Process(server.web_pid())
    before = process.memory_info().rss
    size = 100 * 1024 * 1024
    head = (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {size}\r\n"
        f"X-Nghisu-Surface: console\r\nIdempotency-Key: {'k' * 16}\r\nCookie: nghisu_console={server.secretary}\r\n\r\n"
    )
    chunk = b"a" * 1024 * 1024
    got = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        with contextlib.suppress(ConnectionError):  # it stops listening, as it should
            line.sendall(head.encode())
            for _ in range(100):
                line.sendall(chunk)
        with contextlib.suppress(ConnectionError):
            got = line.recv(65536)
    assert got == b"" or got.split(b" ")[1][:1] == b"4", got[:200]
    assert process.memory_info().rss - before < 40 * 1024 * 1024


def test_unknown_and_foreign_topics_are_refused_with_their_code(server: House, loop: Loop) -> None:
    wanted = {
        "meeting/1/nothing": "topic_unknown", "meeting/x/header": "topic_unknown", "": "topic_unknown",
        "meeting/1/me/2": "forbidden", "meeting/1/screens": "topic_unknown", "meeting/1/me": "topic_unknown",
    }
    seat = Seat(loop, server.target, token=server.tokens[0], topics=list(wanted))
    seat.start()
    assert loop.run(lambda: seat.online, 20)
    loop.rest(0.2)
    assert {one["topic"]: one["code"] for one in seat.refused} == wanted
    assert seat.copies == {}
    seat.stop()


def test_another_meetings_topics_are_refused(server: House, loop: Loop) -> None:
    change_rows(server, "INSERT INTO meeting SELECT 77, unit_id, 'Họp kín', kind, room, starts_at, state, state_since, "
                        "'KINKINKIN', 0, 2, 3, 0 FROM meeting WHERE id = 1")
    seat = Seat(loop, server.target, token=server.tokens[0], topics=["meeting/77/header", "meeting/78/header"])
    seat.start()
    assert loop.run(lambda: seat.online, 20)
    loop.rest(0.2)
    assert {one["code"] for one in seat.refused} <= {"forbidden", "meeting_not_found"}
    assert len(seat.refused) == 2
    assert seat.copies == {}
    seat.stop()


@pytest.mark.parametrize(("surface", "whose"), [
    ("console", "seat"), ("wall", "seat"), ("door", "seat"), ("seat", "secretary"), ("wall", "secretary"),
    ("teller", "seat"),
])
def test_a_session_of_another_surface_opens_nothing(server: House, loop: Loop, surface: str, whose: str) -> None:
    token = server.secretary if whose == "secretary" else server.tokens[0]
    stranger = Browser(loop, server.target, surface, token)
    answer = stranger.do("GET", "/api/session", retry=False)
    assert (answer.status, answer.code) == (401, "sign_in_required")
    seat = Seat(loop, server.target, surface, token=token, topics=[server.topic("header")])
    seat.start()
    assert not loop.run(lambda: seat.online, 1)
    assert seat.copies == {}
    seat.stop()


def test_a_seat_cannot_vote_in_the_name_of_another_or_do_the_secretarys_work(server: House, loop: Loop) -> None:
    seat = Browser(loop, server.target, "seat", server.tokens[0])
    body = {"choice": "for", "participant_id": 2}
    assert seat.do("POST", "/api/meetings/1/polls/1/ballot", body).code in ("invalid_input", "poll_not_found")
    for path in ("notices", "polls", "state"):
        assert seat.do("POST", f"/api/meetings/1/{path}", {}).code == "forbidden"


def test_expired_and_locked_pins_are_refused(server: House, loop: Loop) -> None:
    give_pin(server, Keys(server.folder / "keys"), 8, "135790")
    give_pin(server, Keys(server.folder / "keys"), 9, "246802")
    door = Browser(loop, server.target, "seat")

    def sign_in(participant: int, pin: str) -> tuple[int, str]:
        said = {"participant_id": participant, "pin": pin}
        answer = door.do("POST", "/api/join/BENCHBENCH/sign-in", said)
        return answer.status, answer.code

    wrong = [sign_in(8, f"00000{n}") for n in range(5)]
    assert wrong[:4] == [(401, wrong[0][1])] * 4
    assert wrong[4] == (423, "locked_out")
    assert sign_in(8, "135790") == (423, "locked_out")
    kept = change_rows(server, "UPDATE meeting SET starts_at = datetime('now', '-60 days') WHERE id = 1")
    assert kept == 1
    assert sign_in(9, "246802")[1] == "pin_expired"
    change_rows(server, "UPDATE meeting SET starts_at = datetime('now') WHERE id = 1")
    assert sign_in(9, "246802") == (200, "")


def test_an_ended_session_opens_nothing(server: House, loop: Loop) -> None:
    seat = Browser(loop, server.target, "seat", server.tokens[9])
    assert seat.do("GET", "/api/session").ok
    assert seat.do("DELETE", "/api/session").ok
    again = Browser(loop, server.target, "seat", server.tokens[9])
    assert again.do("GET", "/api/session").code == "sign_in_required"


def test_the_log_tells_of_garbage_without_secrets(server: House) -> None:
    told = server.log.read_text()
    for secret in (server.secretary, server.tokens[0], "135790"):
        assert secret not in told
    assert "Traceback" not in told, told[-3000:]
    for line in told.splitlines():
        if line.startswith("{"):
            assert json.loads(line).get("level") != "critical"
    assert server.log.stat().st_size < 5_000_000
