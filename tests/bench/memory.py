"""Memory of the web process with 1,000 seats on the line that hold all topics of a seat.

Resident set size after the seats have been there for some seconds and got some pushes. No peer: the bound is in MB.
Left out: memory shared with the supervisor's other processes is counted as ours.
"""

import argparse

import psutil

from server.rehearsal.browser import Browser
from server.rehearsal.fleet import Fleet, allow_files, pin_to
from server.rehearsal.loop import Loop
from tests.bench.figures import Figure, main
from tests.bench.house import CLIENT_CORE, house
from tests.bench.scene import Presenter

MB = 1024 * 1024


def run(given: argparse.Namespace) -> list[Figure]:
    """Before the seats, and with them."""
    allow_files(2 * given.seats)
    with house(given.seats) as server:
        pin_to(CLIENT_CORE)
        process = psutil.Process(server.web_pid())
        empty = process.memory_info().rss / MB
        loop = Loop()
        fleet = Fleet(server.target, loop)
        for number, token in enumerate(server.tokens, 1):
            fleet.add(token, server.seat_topics(number))
        fleet.connect()
        presenter = Presenter(server, Browser(loop, server.target, "console", server.secretary))
        for page in range(2, 2 + given.pushes):
            awaited = fleet.expect(presenter.topic)
            presenter.turn(page)
            fleet.wait(awaited)
            loop.rest(0.15)
        full = process.memory_info().rss / MB
        fleet.close()
    return [Figure.alone("memory.web", "MB", full, 250), Figure.alone("memory.web_without_seats", "MB", empty)]


if __name__ == "__main__":
    main(run, pushes=50)
