"""A change reaches the last of 1,000 seats: this server against Node's socket.io 4.8, same payload, same client.

One client process holds 1,000 websockets to each server. A change is one HTTP request on a kept-alive connection: to
ours, the secretary turns the presented page (checked, journaled, committed durably, view built from the database); to
Node, a POST that emits the same bytes to a room. Measured from sending the request to the moment the last seat's socket
had the topic, on the client's clock; arrival is stamped before anything is parsed. Rounds alternate. `cpu` is the CPU
time the server process spent for one push to all seats.

Left out: the network, TLS, painting; and what Node would need for the durable half of the work, so the comparison is
unkind to us. Server and client each have a core where the machine has two.
"""

import argparse
import contextlib
import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from server.rehearsal.browser import Browser, Target
from server.rehearsal.fleet import Fleet, allow_files, percentile, pin_to
from server.rehearsal.loop import Loop, now
from server.web.build.node import node_home
from tests.bench.figures import Figure, main
from tests.bench.house import CLIENT_CORE, SERVER_CORE, cpu_seconds, house, pin
from tests.bench.scene import Presenter

PAUSE = 0.15  # seconds between pushes: longer than the 100 ms within which a topic is sent only once
SETTLE = 1.0


@dataclass
class Side:
    """One of the two servers with its seats."""

    fleet: Fleet
    topic: str
    change: Callable[[int], None]   # ask for change number n; does not wait
    pid: int
    last_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def round(self, first: int, pushes: int) -> None:
        """Some pushes in a row."""
        loop = self.fleet.loop
        loop.rest(SETTLE)
        before = cpu_seconds(self.pid)
        for number in range(first, first + pushes):
            awaited = self.fleet.expect(self.topic)
            began = now()
            self.change(number)
            self.last_ms.append((self.fleet.wait(awaited) - began) * 1000)
            loop.rest(PAUSE)
        self.cpu_ms.append((cpu_seconds(self.pid) - before) * 1000 / pushes)


@contextlib.contextmanager
def node_peer(topic: str, data: object) -> Iterator[tuple[Target, int]]:
    """Node with socket.io and one topic; its address and process id."""
    script = Path(__file__).with_name("peer.mjs")
    with subprocess.Popen(
        [str(node_home() / "bin" / "node"), str(script), topic, json.dumps(data)], stdout=subprocess.PIPE, text=True,
    ) as process:
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline())
            pin(process.pid, SERVER_CORE)
            yield Target.parse(f"http://127.0.0.1:{port}"), process.pid
        finally:
            process.terminate()


def run(given: argparse.Namespace) -> list[Figure]:
    """Alternate rounds, then the medians of all pushes."""
    allow_files(4 * given.seats)
    with house(given.seats) as ours, contextlib.ExitStack() as stack:
        pin_to(CLIENT_CORE)
        loop = Loop()
        loop.patience = 0.25
        presenter = Presenter(ours, Browser(loop, ours.target, "console", ours.secretary))
        topic = presenter.topic
        fleet = Fleet(ours.target, loop)
        for token in ours.tokens:
            fleet.add(token, [topic])
        fleet.connect()
        mine = Side(fleet, topic, presenter.turn, ours.web_pid())
        target, pid = stack.enter_context(node_peer(topic, fleet.seats[0].copies[topic].data))
        peers = Fleet(target, loop)
        for _ in range(given.seats):
            peers.add("", [topic])
        peers.connect()
        example = fleet.seats[0].copies[topic].data
        http = Browser(loop, target, "console")
        peer = Side(peers, topic, lambda _n: http.ask("POST", "/change", example, done=lambda _: None), pid)
        for number in range(given.rounds):
            for side in (mine, peer) if number % 2 == 0 else (peer, mine):
                side.round(2 + number * given.pushes, given.pushes)
    return [
        _compared("fanout.last_seat.p50", mine.last_ms, peer.last_ms, 0.5, must=1.5, aim=1.0),
        _compared("fanout.last_seat.p95", mine.last_ms, peer.last_ms, 0.95),
        _compared("fanout.cpu_per_push", mine.cpu_ms, peer.cpu_ms, 0.5),
    ]


def _compared(name: str, mine: list[float], peer: list[float], share: float, **bounds: float) -> Figure:
    return Figure.against(name, "ms", percentile(mine, share), percentile(peer, share), **bounds)


if __name__ == "__main__":
    main(run, rounds=4, pushes=15)
