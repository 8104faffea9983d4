"""1,000 seats come back after a kill -9 of the web process, each with the current state.

Ours: with all seats on the line the web process is killed, the secretary's next change is asked for at once (and sent
again until it is answered), and the supervisor starts the process anew. Measured from the kill to the moment the last
seat holds that change; seats wait 0.2 to 2 s before they try again, as the screens do. Peer: the sum of a restart
without any seat (kill to the first answer of /healthz) and 1,000 bare Socket.IO connects (no topics, no waiting) to a
warm server.

Left out: the network, TLS, and a disk that has to be mounted first.
"""

import argparse
import statistics
import time

from server.rehearsal.browser import Browser
from server.rehearsal.fleet import Fleet, allow_files, pin_to
from server.rehearsal.loop import Loop, now
from tests.bench.figures import Figure, main
from tests.bench.house import CLIENT_CORE, House, house
from tests.bench.scene import Presenter


def restart_alone(ours: House) -> float:
    """Seconds from kill -9 to a server that answers, without seats."""
    began = time.monotonic()
    ours.kill_web()
    ours.wait_ready()
    return time.monotonic() - began


def bare_connects(ours: House) -> float:
    """Seconds until every seat is connected, without topics."""
    fleet = Fleet(ours.target)
    for token in ours.tokens:
        fleet.add(token)
    seconds = fleet.connect()
    fleet.close()
    return seconds


def comes_back(ours: House) -> float:
    """Seconds from kill -9 to the last seat with the newest state."""
    loop = Loop()
    fleet = Fleet(ours.target, loop)
    for number, token in enumerate(ours.tokens, 1):
        fleet.add(token, ours.seat_topics(number))
    presenter = Presenter(ours, Browser(loop, ours.target, "console", ours.secretary))
    fleet.connect()
    loop.rest(1)
    awaited = fleet.expect(presenter.topic)
    began = now()
    ours.kill_web()
    presenter.turn(2)
    seconds = fleet.wait(awaited, 60) - began
    fleet.loop.run(fleet.all_online, 30)
    fleet.close()
    return seconds


def run(given: argparse.Namespace) -> list[Figure]:
    """Several rounds; medians."""
    allow_files(3 * given.seats)
    ours, peer = [], []
    with house(given.seats) as server:
        pin_to(CLIENT_CORE)
        for _ in range(given.rounds):
            restart = restart_alone(server)
            bare = bare_connects(server)
            back = comes_back(server)
            print(f"restart {restart:.2f} s, connects {bare:.2f} s, back {back:.2f} s")
            ours.append(back)
            peer.append(restart + bare)
    return [Figure.against("reconnect.last_seat", "s", statistics.median(ours), statistics.median(peer), must=1.5)]


if __name__ == "__main__":
    main(run, rounds=3)
