"""The opening scene of the demonstration: the secretary opens the meeting, passes the agenda, shows the first report.

Played once; from then on the console is the newcomer's.
"""

from collections.abc import Callable
from typing import Any

from server.core.config import Settings
from server.demo import seed
from server.demo.office import Hand
from server.demo.seed import Demo
from server.rehearsal.loop import Loop

Step = Callable[[], None]


class Stage:
    """Does one step after another on the crowd's loop."""

    def __init__(self, settings: Settings, demo: Demo, loop: Loop) -> None:
        self.settings, self.demo, self.loop = settings, demo, loop
        self.base = f"/api/meetings/{demo.meeting}"
        self.secretary = Hand(settings.address, "console", loop)
        self.secretary.sign_in("thuky", demo.passwords["thuky"])

    def play(self) -> None:
        """Lay out the scene in time (seconds after the first delegate comes)."""
        items = self.demo.items
        self.at(1, "PUT", "/wall", {"scene": "welcome"})
        self.at(28, "POST", "/state", {"to": "in_session", "confirm": True, "confirm_without_quorum": True})
        self.at(30, "POST", f"/agenda/{items['1.1']}/start")
        self.at(30, "PUT", "/wall", {"scene": "agenda"})
        self.at(33, "POST", f"/agenda/{items['1.2']}/start")
        self.at(34, "POST", f"/polls/{self.demo.opening_poll}/open", {"wall": True})
        self.at(50, "POST", f"/polls/{self.demo.opening_poll}/close")
        self.at(51, "POST", f"/polls/{self.demo.opening_poll}/publish", {"wall": True})
        self.at(56, "POST", f"/agenda/{items['2']}/start")
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
        """Put the report's first page on seats and wall."""
        self.at(0, "PUT", "/presenter", {"version_id": self.demo.report, "page": 1, "wall": True})
        self.demo.staged = True
        seed.save(self.settings, self.demo)
