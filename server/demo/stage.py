"""The opening scene of the demonstration: the secretary opens the meeting, passes the agenda, shows the first report.

Played once; from then on the console is the newcomer's.
"""

from collections.abc import Callable
from typing import Any

from server.core.config import Settings
from server.demo import room, seed
from server.demo.office import Hand
from server.demo.seed import Demo
from server.rehearsal.loop import Loop
from server.rehearsal.wire import Answer

Step = Callable[[], None]


class Stage:
    """Does one step after another on the crowd's loop."""

    def __init__(self, settings: Settings, demo: Demo, loop: Loop) -> None:
        self.settings, self.demo, self.loop = settings, demo, loop
        self.base = f"/api/meetings/{demo.meeting}"
        self.secretary = Hand(settings.address, "console", loop)
        self.secretary.sign_in("thuky", demo.passwords["thuky"])
        plan = self.secretary.get(self.base)
        self.items = {item["number"]: item for item in self.secretary.get(f"{self.base}/agenda")["items"]}
        polls = self.secretary.get(f"{self.base}/polls")["polls"]
        self.poll = next(poll["id"] for poll in polls if poll["title"] == room.OPENING.title)
        self.state = plan["state"]

    def play(self) -> None:
        """Lay out the scene in time (seconds after the first delegate comes)."""
        self.at(1, "PUT", "/wall", {"scene": "welcome"})
        self.at(28, "POST", "/state", {"to": "in_session", "confirm": True, "confirm_without_quorum": True})
        self.at(30, "POST", f"/agenda/{self.items['1.1']['id']}/start")
        self.at(30, "PUT", "/wall", {"scene": "agenda"})
        self.at(33, "POST", f"/agenda/{self.items['1.2']['id']}/start")
        self.at(34, "POST", f"/polls/{self.poll}/open", {"wall": True})
        self.at(50, "POST", f"/polls/{self.poll}/close")
        self.at(51, "POST", f"/polls/{self.poll}/publish", {"wall": True})
        self.at(56, "POST", f"/agenda/{self.items['2']['id']}/start")
        self.loop.after(57, self.show_report)

    def at(self, second: float, method: str, path: str, body: dict[str, Any] | None = None) -> None:
        """Send something at a moment of the scene. What was done by hand meanwhile is simply refused."""
        self.loop.after(
            second,
            lambda: self.secretary.browser.ask(
                method, self.base + path, body or {}, done=lambda _: None, retry=True
            ),
        )

    def show_report(self) -> None:
        """Put the report's first page on seats and wall, when it is drawn."""
        self.secretary.browser.ask("GET", f"{self.base}/agenda", done=self._show, retry=True)

    def _show(self, answer: Answer) -> None:
        items = {item["number"]: item for item in answer.json()["items"]}
        papers = items["2"]["documents"]
        if papers:
            body = {"version_id": papers[0]["version_id"], "page": 1, "wall": True}
            self.secretary.browser.ask("PUT", f"{self.base}/presenter", body, done=lambda _: None)
        self.demo.staged = True
        seed.save(self.settings, self.demo)
