"""A room that may send no UDP to the relay gets its pictures through the house's TURN server (Debian's coturn)."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.core.clock import epoch_ms
from server.core.config import Settings
from server.relay import turn
from tests.relay.net import Machine, missing, network
from tests.relay.net.turning import ENOUGH

pytestmark = [
    pytest.mark.skipif(bool(missing()), reason=missing() or "-"),
    pytest.mark.skipif(shutil.which("turnserver") is None, reason="no turnserver (coturn)"),
]
SECRET = "mot-bi-mat-cua-nha"
CONFIG = """
listening-port=3478
listening-ip={inner}
listening-ip={outer}
relay-ip={inner}
use-auth-secret
static-auth-secret={secret}
realm=nghisu
no-tls
no-dtls
no-cli
verbose
no-stdout-log
log-file={folder}/turn.log
pidfile={folder}/turn.pid
userdb={folder}/turn.db
"""


class Talk:
    """A process that speaks in lines of JSON."""

    def __init__(self, machine: Machine, *words: str) -> None:
        command = [sys.executable, "-m", "tests.relay.net.turning", *words]
        self.process = machine.start(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def say(self, **words: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(words).encode() + b"\n")
        self.process.stdin.flush()

    def hear(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()
        self.process.wait(30)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[tuple[Talk, Machine, str]]:
    """(a relay, a room that reaches nothing but the TURN server, the TURN server's address there)."""
    with network() as net:
        centre, between, room = (net.machine(name) for name in ("centre", "turn", "room"))
        _, inner = net.cable(centre, between)
        outer, _ = net.cable(between, room)
        (tmp_path / "turn.conf").write_text(
            CONFIG.format(inner=inner, outer=outer, secret=SECRET, folder=tmp_path)
        )
        between.run(["sh", "-c", "echo 0 > /proc/sys/net/ipv4/ip_forward"])
        between.start(["turnserver", "-c", str(tmp_path / "turn.conf")])
        talk = Talk(centre, "centre", str(tmp_path / "data"))
        assert talk.hear()["ready"]
        yield talk, room, outer
        talk.end()


def watched(centre: Talk, machine: Machine, servers: list[dict[str, str]]) -> int:
    """How many pictures a new viewer in the room decoded."""
    room = Talk(machine, "room")
    room.say(servers=servers)
    centre.say(**room.hear())
    room.say(**centre.hear())
    seen = int(room.hear()["seen"])
    room.end()
    return seen


def test_pictures_come_through_turn_over_udp_and_over_tcp_and_not_without(house: tuple[Talk, Machine, str]) -> None:
    centre, room, address = house
    assert watched(centre, room, []) == 0
    for transport in ("udp", "tcp"):
        settings = Settings(relay_turn=f"turn:{address}:3478?transport={transport}", relay_turn_secret=SECRET)
        given = turn.servers(settings, "site-12", epoch_ms() / 1000)
        servers = [{"urls": one.url, "username": one.username, "credential": one.credential} for one in given]
        assert watched(centre, room, servers) == ENOUGH, transport
