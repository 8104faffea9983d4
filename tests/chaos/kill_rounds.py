"""kill -9 of the web process at a random moment while every seat votes; what was acknowledged has to be there, once.

    python -m tests.chaos.kill_rounds --rounds 20 --seats 500

Each round opens a poll, lets every seat cast one ballot at its own random moment, and kills the process somewhere among
them. The supervisor starts it anew; seats come back and send again by themselves. Then the rows are compared with what
every single seat was told, and what it sees with what is stored.
"""

import argparse
import collections
import collections.abc
import json
import random
import sqlite3
import sys
from dataclasses import asdict, dataclass, field

from server.core import journal
from server.core.db import Database
from server.rehearsal.browser import Browser
from server.rehearsal.fleet import Fleet, allow_files
from server.rehearsal.loop import now
from server.rehearsal.seat import Seat
from server.rehearsal.wire import Answer
from tests.bench.house import House, house

VOTING = 2.0       # seconds over which the seats vote
CHOICES = ("for", "against", "not_voting")


@dataclass
class Round:
    """What one round found. Everything but `seats`, `tries` and the times has to be empty or 0."""

    seats: int
    killed_after_s: float = 0.0
    acknowledged_before_kill: int = 0
    tries: int = 0
    back_s: float = 0.0
    lost: list[int] = field(default_factory=list)
    doubled: list[int] = field(default_factory=list)
    journaled_twice: list[int] = field(default_factory=list)
    wrong_screens: list[int] = field(default_factory=list)
    broken_journal: str = ""

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, doubled or wrong."""
        wrong = self.lost or self.doubled or self.journaled_twice or self.wrong_screens or self.broken_journal
        return not wrong


class Rounds:
    """One server, its seats, and as many rounds as one likes."""

    def __init__(self, server: House, seed: int) -> None:
        self.server = server
        self.random = random.Random(seed)
        self.fleet = Fleet(server.target)
        self.loop = self.fleet.loop
        self.numbers: dict[Seat, int] = {}
        for number, token in enumerate(server.tokens, 1):
            self.numbers[self.fleet.add(token, server.seat_topics(number))] = number
        self.secretary = Browser(self.loop, server.target, "console", server.secretary)
        self.fleet.connect(120)

    def play(self) -> Round:
        """One poll with a murder in it."""
        found = Round(self.server.seats)
        polls = f"/api/meetings/{self.server.meeting_id}/polls"
        poll = int(self._do("POST", polls, {"title": "Biểu quyết"})["id"])
        self._do("POST", f"{polls}/{poll}/open", {})
        told: dict[int, str] = {}
        wanted = {number: self.random.choice(CHOICES) for number in self.numbers.values()}
        began = now()
        for seat, number in self.numbers.items():
            self._vote_later(seat, f"{polls}/{poll}/ballot", wanted[number], told, found)
        self.loop.rest(self.random.uniform(0.05, VOTING))
        found.killed_after_s, found.acknowledged_before_kill = round(now() - began, 3), len(told)
        killed = now()
        self.server.kill_web()
        if not self.loop.run(lambda: len(told) == len(self.numbers) and self.fleet.all_online(), 120):
            raise TimeoutError(f"{len(self.numbers) - len(told)} ballots unanswered, or seats not back")
        found.back_s = round(now() - killed, 3)
        self._do("POST", f"{polls}/{poll}/close")
        self._do("POST", f"{polls}/{poll}/publish", {})
        self._compare(poll, told, found)
        self._look_at_screens(poll, told, found)
        return found

    def _vote_later(self, seat: Seat, path: str, choice: str, told: dict[int, str], found: Round) -> None:
        def taken(answer: Answer) -> None:
            assert answer.ok, f"a ballot was refused: {answer.status} {answer.body.decode()}"
            told[self.numbers[seat]] = answer.json()["choice"]
            found.tries += answer.tries

        self.loop.after(
            self.random.uniform(0, VOTING), lambda: seat.http.ask("POST", path, {"choice": choice}, done=taken)
        )

    def _compare(self, poll: int, told: dict[int, str], found: Round) -> None:
        with sqlite3.connect(self.server.folder / "nghisu.db") as rows:
            stored = rows.execute("SELECT participant_id, choice FROM ballot WHERE poll_id = ?", (poll,)).fetchall()
            written = rows.execute(
                "SELECT json_extract(data, '$.participant') FROM journal WHERE action = 'ballot.cast'"
                " AND json_extract(data, '$.poll') = ?", (poll,)
            ).fetchall()
        rows.close()
        choices = dict(stored)
        found.lost = sorted(number for number, choice in told.items() if choices.get(number) != choice)
        found.doubled = _twice(number for number, _ in stored)
        found.journaled_twice = _twice(number for number, in written)
        database = Database(f"sqlite:///{self.server.folder / 'nghisu.db'}")
        with database.read() as session:
            broken = journal.verify(session)
        database.dispose()
        found.broken_journal = broken.reason if broken else ""

    def _look_at_screens(self, poll: int, told: dict[int, str], found: Round) -> None:
        counts = collections.Counter(told.values())

        def right(seat: Seat) -> bool:
            number = self.numbers[seat]
            vote = seat.copies[self.server.topic("vote")].data["poll"]
            mine = seat.copies[self.server.topic(f"me/{number}")].data["ballot"]
            tally = (vote or {}).get("tally") or {}
            return bool(
                seat.online and vote and vote["id"] == poll and mine and mine["choice"] == told[number]
                and tally.get("votes_for") == counts["for"] and tally.get("votes_against") == counts["against"]
            )

        self.loop.run(lambda: all(right(seat) for seat in self.numbers), 30)
        found.wrong_screens = sorted(number for seat, number in self.numbers.items() if not right(seat))

    def _do(self, method: str, path: str, body: object = None) -> dict[str, object]:
        answer = self.secretary.do(method, path, body)
        assert answer.ok, f"{method} {path}: {answer.status} {answer.body.decode()}"
        return dict(answer.json())

    def close(self) -> None:
        """Hang up."""
        self.fleet.close()


def _twice(numbers: collections.abc.Iterable[int]) -> list[int]:
    return sorted(number for number, times in collections.Counter(numbers).items() if times > 1)


def main() -> None:
    """The full figure, one line a round and one JSON object at the end."""
    parser = argparse.ArgumentParser(description="kill -9 while seats vote")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seats", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    given = parser.parse_args()
    allow_files(3 * given.seats)
    print(f"seed {given.seed}")
    found = []
    with house(given.seats) as server:
        rounds = Rounds(server, given.seed)
        for number in range(1, given.rounds + 1):
            one = rounds.play()
            found.append(one)
            print(number, json.dumps(asdict(one)), flush=True)
        rounds.close()
    print(json.dumps({
        "rounds": len(found), "seats": given.seats, "lost": sum(len(one.lost) for one in found),
        "doubled": sum(len(one.doubled) + len(one.journaled_twice) for one in found),
        "wrong_screens": sum(len(one.wrong_screens) for one in found),
        "slowest_back_s": max(one.back_s for one in found),
    }))
    sys.exit(0 if all(one.clean for one in found) else 1)


if __name__ == "__main__":
    main()
