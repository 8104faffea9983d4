"""1,000 ballots at once, each acknowledged after a durable commit, against 1,000 POSTs that write nothing.

Every seat has a websocket and sends one HTTP POST at the same moment, on a connection opened for it. Ours: a ballot
in an open poll, answered when its group is committed with synchronous=FULL. Peer: the rehearsal's echo, which goes
the same way (connection, HTTP, session, permission at the meeting, body checked) and writes nothing. Measured from
the first byte sent to the last answer received; rounds alternate, each round of ballots in a poll of its own. Pushes
of the live count to all seats go on meanwhile: they belong to a vote.

Left out: the network, TLS; and the personal topics that follow the receipts are waited for before the next round.
"""

import argparse
import statistics
from typing import Any

from server.rehearsal.browser import Browser
from server.rehearsal.fleet import Fleet, allow_files, pin_to
from server.rehearsal.loop import Loop
from server.rehearsal.wire import Answer
from tests.bench.figures import Figure, main
from tests.bench.house import CLIENT_CORE, House, house

SETTLE = 2.5  # seconds: gunicorn closes idle connections after 2, so that every round opens its own


def all_post(fleet: Fleet, path: str, body: Any) -> float:
    """Every seat sends at once; seconds to the last answer. Raises RuntimeError when one was refused."""
    answers: list[Answer] = fleet.each(lambda seat, done: seat.http.ask("POST", path, body, done=done))
    for answer in answers:
        if not answer.ok:
            raise RuntimeError(f"refused: {answer.status} {answer.body.decode()[:300]}")
    return max(one.arrived for one in answers) - min(one.sent for one in answers)


def ballots(server: House, fleet: Fleet, secretary: Browser) -> float:
    """One poll: opened, voted by all, closed and counted."""
    polls = f"/api/meetings/{server.meeting_id}/polls"
    poll = secretary.do("POST", polls, {"title": "Biểu quyết thử"}).json()["id"]
    opened = secretary.do("POST", f"{polls}/{poll}/open", {})
    if not opened.ok:
        raise RuntimeError(opened.body.decode())
    fleet.loop.rest(SETTLE)
    seconds = all_post(fleet, f"{polls}/{poll}/ballot", {"choice": "for"})
    fleet.loop.rest(SETTLE)
    counted = secretary.do("POST", f"{polls}/{poll}/close").json()
    if counted["tally"]["votes_for"] != server.seats:
        raise RuntimeError(f"{server.seats} ballots were acknowledged, {counted['tally']} counted")
    return seconds


def run(given: argparse.Namespace) -> list[Figure]:
    """Alternating rounds; medians."""
    allow_files(4 * given.seats)
    ours, peer = [], []
    with house(given.seats) as server:
        pin_to(CLIENT_CORE)
        loop = Loop()
        loop.patience = 0.05
        fleet = Fleet(server.target, loop)
        for number, token in enumerate(server.tokens, 1):
            fleet.add(token, server.seat_topics(number))
        fleet.connect()
        secretary = Browser(loop, server.target, "console", server.secretary)
        echo = f"/api/meetings/{server.meeting_id}/rehearsal/echo"
        all_post(fleet, echo, {"text": "for"})  # both sides warm
        for _ in range(given.rounds):
            loop.rest(SETTLE)
            peer.append(all_post(fleet, echo, {"text": "for"}))
            loop.rest(SETTLE)
            ours.append(ballots(server, fleet, secretary))
        fleet.close()
    print("ballots", [round(one, 3) for one in ours], "echo", [round(one, 3) for one in peer])
    mine, others = statistics.median(ours), statistics.median(peer)
    return [Figure.against("ballots.last_acknowledged", "s", mine, others, must=2.0, aim=1.3)]


if __name__ == "__main__":
    main(run, rounds=3)
