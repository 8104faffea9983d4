"""An edge against the real server: what each trouble costs the building; prints a table.

    python -m tests.chaos.edge_story

`nghisu serve` and `nghisu edge` in namespaces, 10 ms apart. The edge enrols with a one-time code, gets its orders,
takes the feed and serves its building. Times are seconds as the building's program has them (pictures of the centre;
words on a slate are none), on a machine that does other work beside.
"""

import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from server.core import clock
from tests.relay.clip import clip
from tests.relay.edge.campus import Campus, campus, kill_tree, until
from tests.relay.net import missing


@dataclass
class Story:
    """What happened, in seconds by name."""

    here: Campus
    base: Path
    took: dict[str, float] = field(default_factory=dict)

    def note(self, what: str, seconds: float) -> None:
        """One line of the table."""
        self.took[what] = seconds
        print(f"{what:<64}{seconds:>8.2f} s", flush=True)

    def comes_on(self) -> None:
        """Enrolled by a code, it shows the conference, and the board shows it."""
        here = self.here
        here.centre.admit()
        here.centre.do("PUT", f"/relay/sites/{here.centre.site}/headcount", {"people": 12})
        here.centre.do("PATCH", "/relay", {"recording": True})
        here.centre.do("POST", "/relay/state", {"to": "live", "confirm": True})
        began = clock.monotonic()
        here.enrol()
        first = here.edge.primary.wait(began, "the first picture")
        self.note("from the start of nghisu edge to the first picture", first)
        row = here.centre.board(lambda row: row["light"] == "green" and row["rung"] == "top", "green and top")
        assert row["people"] == 12
        (seen,) = here.viewers(self.base / "seen.json")
        assert seen["frames"], "the building's network gets pictures over WHEP"
        until(here.edge.recorded, "the edge records")

    def goes_down_and_up(self) -> None:
        """A cap set at the centre is carried out, and the board says so."""
        here = self.here
        began = clock.monotonic()
        here.centre.admit(cap="low")
        until(lambda: here.edge.conference().get("rung") == "low", "the low rung")
        self.note("from the cap at the centre to the low rung in the building", clock.monotonic() - began)
        here.centre.board(lambda row: row["rung"] == "low", "low")
        here.centre.admit()
        until(lambda: here.edge.conference().get("rung") == "top", "the top rung again")

    def is_shut_out_and_let_in(self) -> None:
        """Refused: nothing is shown any more, not even by the edge itself."""
        here = self.here
        began = clock.monotonic()
        here.centre.admit("refused")
        until(lambda: here.edge.conference().get("watch") is False, "the page says that it is refused")
        assert here.edge.conference()["pass"] == ""
        until(lambda: clock.monotonic() - here.edge.program.last() > 2, "no picture any more")
        self.note("from the refusal to the last picture", max(0.0, here.edge.program.last() - began))
        here.centre.board(lambda row: row["light"] == "red" and row["why"] == "refused", "red")
        began = clock.monotonic()
        here.centre.admit()
        self.note("from the admission to the first picture", here.edge.primary.wait(began, "pictures again"))
        here.centre.board(lambda row: row["light"] == "green", "green again")

    def loses_the_centre_and_itself(self) -> None:
        """The centre dies: slate and recording go on; the edge dies too and goes on with the orders it kept."""
        here, edge = self.here, self.here.edge
        until(lambda: edge.conference().get("recording"), "it records")
        died = clock.monotonic()
        assert here.centre.process is not None
        kill_tree(here.centre.process)
        until(lambda: edge.conference().get("showing") == "slate", "the slate")
        first = edge.program.wait(edge.primary.last() + 0.3, "a picture of the slate")
        self.note("centre killed: from the last picture to the slate", first + 0.3)
        assert (until(edge.state, "its page")["enrolled"], edge.conference()["watch"]) == (True, True)
        before = edge.recorded()
        until(lambda: edge.recorded() > before, "the slate is recorded")
        killed = clock.monotonic()
        edge.kill()
        edge.start()
        self.note("edge killed while alone: to its slate again", edge.program.wait(killed, "the slate again"))
        assert until(edge.state, "its page")["centre_away"]
        before = edge.recorded()
        until(lambda: edge.recorded() > before, "it records again")
        back = clock.monotonic()
        here.centre.begin()
        self.note("centre started again: to its first answer", clock.monotonic() - back)
        self.note("centre started again: to its first picture", edge.primary.wait(back, "pictures again"))
        self.note("centre killed: no picture of it for", edge.primary.longest_gap(died, clock.monotonic()))
        here.centre.board(lambda row: row["light"] == "green", "green again")

    def dies_alone(self) -> None:
        """The edge dies and is started again."""
        edge = self.here.edge
        killed = clock.monotonic()
        edge.kill()
        edge.start()
        self.note("edge killed and started: to its first picture", edge.primary.wait(killed, "pictures again"))
        until(lambda: edge.conference().get("showing") == "primary", "the building sees the centre")
        time.sleep(0.5)

    def is_revoked(self) -> None:
        """Its device is taken away at the console: nothing is shown from then on."""
        here = self.here
        began = clock.monotonic()
        here.centre.revoke()
        until(lambda: not here.edge.state().get("enrolled", True), "it knows that it is revoked")
        until(lambda: clock.monotonic() - here.edge.program.last() > 2, "no picture any more")
        self.note("from the revocation to the last picture", max(0.0, here.edge.program.last() - began))


def tell(base: Path, *, short: bool = False) -> dict[str, float]:
    """The whole story; short: the edge dies only while it is alone."""
    with campus(base, clip("h264")) as here:
        story = Story(here, base)
        story.comes_on()
        story.goes_down_and_up()
        story.is_shut_out_and_let_in()
        story.loses_the_centre_and_itself()
        if not short:
            story.dies_alone()
        story.is_revoked()
        return story.took


def main() -> None:
    """The command line."""
    if missing():
        sys.exit(f"edge_story: {missing()}")
    with tempfile.TemporaryDirectory(prefix="ne") as base:
        tell(Path(base))


if __name__ == "__main__":
    main()
