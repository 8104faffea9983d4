"""Paper ballots are entered while the web process dies: what was answered is there, once, on its own station."""

import random
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from server.core import journal
from server.core.db import Database
from server.core.keys import Keys
from server.core.writer import Tx, Writer
from server.people import sessions
from server.rehearsal.browser import Browser
from server.rehearsal.loop import Loop
from server.rehearsal.seat import Seat
from server.voting.paper.audit import check
from tests.bench.house import House, house

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(300)]

VOTES, TELLERS, BALLOTS, NAMES = "/api/meetings/1/paper-votes", (8, 9, 10), 40, 5
VOTE = f"{VOTES}/1"


class Count:
    """A count under way on real processes: three desks, each with its own station."""

    def __init__(self, server: House, loop: Loop) -> None:
        self.server, self.loop = server, loop
        self.secretary = Browser(loop, server.target, "console", server.secretary)
        self.tokens = self._sign_in()
        self.say("PUT", "/api/meetings/1/tellers", {"participant_ids": list(TELLERS)})
        self.say("POST", VOTES, {
            "title": "Ban Chấp hành", "kind": "election_surplus", "rule": "election-members-congress", "seats": 4
        })
        for number in range(NAMES):
            self.say("POST", f"{VOTE}/candidates", {"name": f"Ứng viên {number}"})
        self.say("POST", f"{VOTE}/print")
        self.say("POST", f"{VOTE}/issue", {"issued": BALLOTS})
        self.desks = [Browser(loop, server.target, "teller", token) for token in self.tokens]
        for number, desk in enumerate(self.desks, 1):
            assert desk.do("POST", f"{VOTE}/stations/{number}/take").ok

    def say(self, method: str, path: str, body: object = None) -> None:
        answer = self.secretary.do(method, path, body)
        assert answer.ok, f"{method} {path}: {answer.status} {answer.body.decode()}"

    def kill(self) -> None:
        """kill -9 of the web process once it serves."""
        self.server.wait_ready()
        self.server.kill_web()

    def _sign_in(self) -> list[str]:
        """Sessions at the counting stations, without asking for PINs."""
        database = Database(f"sqlite:///{self.server.folder / 'nghisu.db'}")

        def command(tx: Tx) -> list[str]:
            lasts = timedelta(hours=1)
            return [sessions.start(tx, "teller", "127.0.0.1", lasts, participant_id=one) for one in TELLERS]

        tokens = Writer(database).run(command)
        database.dispose()
        return tokens


@pytest.fixture
def count() -> Iterator[Count]:
    loop = Loop()
    with house(BALLOTS) as server:
        yield Count(server, loop)
    loop.close()


def test_every_ballot_that_was_answered_is_there_once_when_the_web_process_is_killed(count: Count) -> None:
    seed = random.randrange(1_000_000)
    chance = random.Random(seed)
    kills = [threading.Timer(chance.uniform(0.1, 1.5) + 3 * turn, count.kill) for turn in range(2)]
    for kill in kills:
        kill.start()
    told: list[dict[int, str]] = [{}, {}, {}]
    for ballot in range(1, BALLOTS + 1):
        for number, desk in enumerate(count.desks, 1):
            marks = "".join(chance.choice("kkks") for _ in range(NAMES))
            answer = desk.do("PUT", f"{VOTE}/stations/{number}/ballots/{ballot}", {"marks": marks})
            assert answer.ok, f"seed {seed}: {answer.status} {answer.body.decode()}"
            told[number - 1][ballot] = marks
    for kill in kills:
        kill.join()
    count.server.wait_ready()
    for number, desk in enumerate(count.desks, 1):
        seen = desk.do("GET", f"{VOTE}/stations/{number}").json()
        assert {one["number"]: one["marks"] for one in seen["ballots"]} == told[number - 1], f"seed {seed}"
        assert desk.do("POST", f"{VOTE}/stations/{number}/commit", {"returned": BALLOTS}).ok
    assert count.secretary.do("POST", f"{VOTE}/compare").ok
    database = Database(f"sqlite:///{count.server.folder / 'nghisu.db'}")
    with database.read() as session:
        assert journal.verify(session) is None
        assert check(session, Keys(count.server.folder / "keys")) == []
    database.dispose()


def test_a_tellers_screen_follows_the_count_and_sees_no_stations_progress(count: Count) -> None:
    topics = [count.server.topic("paper"), count.server.topic("header"), count.server.topic("agenda")]
    screen = Seat(count.loop, count.server.target, "teller", token=count.tokens[0], topics=topics)
    screen.start()
    assert count.loop.run(lambda: len(screen.copies) == 2, 20)
    assert [one["code"] for one in screen.refused] == ["topic_unknown"]
    before = screen.copies[topics[0]].version
    assert count.desks[1].do("PUT", f"{VOTE}/stations/2/ballots/1", {"marks": "kkkks"}).ok
    assert count.loop.run(lambda: screen.copies[topics[0]].version > before, 20)
    stations = screen.copies[topics[0]].data["votes"][0]["stations"]
    assert [one["entered"] for one in stations] == [None, None, None]
    assert [one["state"] for one in stations] == ["held", "held", "held"]
    screen.stop()
