"""The opening scene of the demonstration: the secretary opens the meeting, passes the agenda, shows the first report.

Played once; from then on the console is the newcomer's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from server.core.config import Settings
from server.demo import seed
from server.demo.office import Hand
from server.demo.seed import Demo
from server.rehearsal.loop import Loop

Step = Callable[[], None]


@dataclass(frozen=True)
class Tempo:
    """How slow people are, in seconds: over which they all come, and which one takes to decide, at least and most."""

    coming_in: float
    deciding: tuple[float, float]


CALM = Tempo(25, (2, 14))
QUICK = Tempo(8, (0.5, 4))


class Stage:
    """Does one step after another on the crowd's loop."""

    def __init__(self, settings: Settings, demo: Demo, loop: Loop, tempo: Tempo) -> None:
        self.settings, self.demo, self.loop, self.tempo = settings, demo, loop, tempo
        self.base = f"/api/meetings/{demo.meeting}"
        self.secretary = Hand(settings.address, "console", loop)
        self.secretary.sign_in("thuky", demo.passwords["thuky"])

    def play(self) -> None:
        """Lay out the scene in time (seconds after the first delegate comes)."""
        items = self.demo.items
        here = self.tempo.coming_in  # everybody has come
        self.at(1, "PUT", "/wall", {"scene": "welcome"})
        self.at(here + 3, "POST", "/state", {"to": "in_session", "confirm": True, "confirm_without_quorum": True})
        self.at(here + 5, "POST", f"/agenda/{items['1.1']}/start")
        self.at(here + 5, "PUT", "/wall", {"scene": "agenda"})
        self.at(here + 8, "POST", f"/agenda/{items['1.2']}/start")
        self.at(here + 9, "POST", f"/polls/{self.demo.opening_poll}/open", {"wall": True})
        decided = here + 9 + self.tempo.deciding[1] + 2
        self.at(decided, "POST", f"/polls/{self.demo.opening_poll}/close")
        self.at(decided + 1, "POST", f"/polls/{self.demo.opening_poll}/publish", {"wall": True})
        self.at(decided + 6, "POST", f"/agenda/{items['2']}/start")
        self.loop.after(decided + 7, self.show_report)

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
