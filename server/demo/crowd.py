"""Forty simulated delegates who come in, read along and vote, through the same API and sockets as everybody.

    python -m server.demo.crowd [--quick]     (started by `nghisu demo`, for the data folder of the environment)
"""

import os
import random
import signal
import sys
from typing import Any

from server.core import config
from server.core.config import Settings
from server.demo import room, seed, stage
from server.demo.office import Hand
from server.demo.seed import Demo
from server.demo.stage import Tempo
from server.rehearsal.browser import Target
from server.rehearsal.loop import Loop
from server.rehearsal.seat import Copy, Decoder, Seat

CHOICES = ["for"] * 44 + ["against"] * 3 + ["not_voting"] * 3
ASKING = 0.03          # how likely one asks to speak when an item begins


class Delegate:
    """One of them."""

    def __init__(self, crowd: "Crowd", participant: int) -> None:
        self.crowd, self.participant = crowd, participant
        self.base = f"/api/meetings/{crowd.demo.meeting}"
        names = ["header", "agenda", "attendance", "presenter", "vote", "floor", "wall", f"me/{participant}"]
        topics = [f"meeting/{crowd.demo.meeting}/{name}" for name in names]
        self.seat = Seat(
            crowd.loop, crowd.target, topics=topics, decode=crowd.decode,
            took=lambda _seat, topic, copy: self.saw(topic, copy),
        )
        self.voted: set[int] = set()
        self.item = 0

    def come(self) -> None:
        """Sign in with the PIN, and go on from there."""
        body = {"participant_id": self.participant, "pin": self.crowd.demo.pins[str(self.participant)]}
        path = f"/api/join/{self.crowd.demo.join_code}/sign-in"
        self.seat.http.ask("POST", path, body, done=lambda _: self.sit_down(), retry=True)

    def sit_down(self) -> None:
        """Be checked in by the steward at the door, and open the line."""
        self.crowd.check_in(self.participant)
        self.seat.start()

    def saw(self, topic: str, copy: Copy) -> None:
        """Do what a delegate does when something new is on the screen."""
        name = topic.split("/")[2]
        if name == "presenter" and copy.data["page"]:
            self.read(copy.data["page"])
        elif name == "vote" and copy.data["poll"]:
            self.consider(copy.data["poll"])
        elif name == "agenda":
            self.listen(copy.data["items"])

    def read(self, page: dict[str, Any]) -> None:
        """Fetch the page that is presented, a moment later."""
        path = f"{self.base}/pages/{page['version_id']}/{page['page']}.webp?size=seat"
        self.later((0.2, 3.0), lambda: self.seat.http.ask("GET", path, done=lambda _: None, retry=False))

    def consider(self, poll: dict[str, Any]) -> None:
        """Vote once in an open poll, after some thought."""
        if poll["state"] != "open" or poll["id"] in self.voted:
            return
        self.voted.add(poll["id"])
        body = {"choice": random.choice(CHOICES)}  # noqa: S311  (an invented opinion)
        path = f"{self.base}/polls/{poll['id']}/ballot"
        self.later(self.crowd.tempo.deciding, lambda: self.seat.http.ask("POST", path, body, done=lambda _: None))

    def listen(self, items: list[dict[str, Any]]) -> None:
        """Now and then ask to speak when a new item begins."""
        current = [item["id"] for item in items if item["state"] == "current"]
        if not current or current[-1] == self.item:
            return
        first, self.item = self.item == 0, current[-1]
        if not first and random.random() < ASKING:  # noqa: S311  (whim)
            body = {"topic": "Góp ý vào nội dung đang trình bày"}
            path = f"{self.base}/floor/requests"
            self.later((3.0, 20.0), lambda: self.seat.http.ask("POST", path, body, done=lambda _: None, retry=False))

    def later(self, span: tuple[float, float], act: Any) -> None:
        """Do something after a human while."""
        self.crowd.loop.after(random.uniform(*span), act)  # noqa: S311  (human slowness)


class Crowd:
    """All of them, on one loop."""

    def __init__(self, settings: Settings, demo: Demo, tempo: Tempo) -> None:
        self.demo, self.tempo = demo, tempo
        self.loop = Loop()
        self.target = Target.parse(settings.address)
        self.decode = Decoder()
        self.steward = Hand(settings.address, "door", self.loop)
        self.steward.sign_in("letan", demo.passwords["letan"])
        ids = sorted(int(one) for one in demo.pins)[: room.SIMULATED]
        self.delegates = [Delegate(self, one) for one in ids]

    def check_in(self, participant: int) -> None:
        """At the door, by name: simulated delegates carry no paper."""
        body = {"participant_id": participant, "method": "search"}
        path = f"/api/meetings/{self.demo.meeting}/check-ins"
        self.steward.browser.ask("POST", path, body, done=lambda _: None)

    def come(self) -> None:
        """Everybody comes, one after another."""
        for number, delegate in enumerate(self.delegates):
            self.loop.after(self.tempo.coming_in * number / len(self.delegates), delegate.come)

    def stay(self) -> None:
        """Until the process is told to end, or the demonstration has died."""
        parent = os.getppid()
        self.loop.run(lambda: os.getppid() != parent, float("inf"))


def main() -> None:
    """Play the crowd of the demonstration in this data folder, and once its opening scene."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    settings = config.load()
    demo = seed.load(settings)
    if demo is None:
        sys.exit("no demonstration in this data folder: run `nghisu demo`")
    tempo = stage.QUICK if "--quick" in sys.argv[1:] else stage.CALM
    crowd = Crowd(settings, demo, tempo)
    crowd.come()
    if not demo.staged:
        stage.Stage(settings, demo, crowd.loop, tempo).play()
    crowd.stay()


if __name__ == "__main__":
    main()
