"""A room whose only way to the relay is the house's TURN server (Debian's coturn), in namespaces."""

import contextlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.core.clock import epoch_ms
from server.core.config import Settings
from server.relay import turn
from tests.relay.coturn import configured
from tests.relay.net import Machine, network
from tests.relay.net import missing as no_namespaces

SECRET = "mot-bi-mat-cua-nha"
PORT = 3478


def missing() -> str:
    """Why this machine has no such room; "" when it has."""
    return no_namespaces() or ("" if shutil.which("turnserver") else "no turnserver (coturn)")


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


@dataclass(frozen=True)
class Turned:
    """A relay, a room that reaches nothing but the TURN server, and that server's address there."""

    centre: Talk
    room: Machine
    address: str

    def servers(self, transport: str) -> list[dict[str, str]]:
        """What the house gives a site's page: `iceServers` of the TURN server over udp or tcp."""
        settings = Settings(relay_turn=f"turn:{self.address}:{PORT}?transport={transport}", relay_turn_secret=SECRET)
        given = turn.servers(settings, "site-12", epoch_ms() / 1000)
        return [{"urls": one.url, "username": one.username, "credential": one.credential} for one in given]


@contextlib.contextmanager
def turned(tmp_path: Path) -> Iterator[Turned]:
    """Three machines in a row; packets are not forwarded by the one in the middle."""
    with network() as net:
        centre, between, room = (net.machine(name) for name in ("centre", "turn", "room"))
        _, inner = net.cable(centre, between)
        outer, _ = net.cable(between, room)
        between.run(["sh", "-c", "echo 0 > /proc/sys/net/ipv4/ip_forward"])
        between.start(configured(tmp_path, SECRET, PORT, (inner, outer), inner))
        talk = Talk(centre, "centre", str(tmp_path / "data"))
        assert talk.hear()["ready"]
        yield Turned(talk, room, outer)
        talk.end()
