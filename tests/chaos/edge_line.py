"""An edge's line that gets narrow, against the real server: the board, the log and the building's wall; prints a table.

    python -m tests.chaos.edge_line [--to FOLDER]

`nghisu serve` and `nghisu edge` in namespaces, Chromium in the building's. The line carries the low rung and not the
top one for a while, then everything again. Times are seconds, pictures those of the building's program, on a machine
that does other work beside. Takes some three minutes: a site goes up again after a clean one.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from server.core import clock
from tests.chaos.edge_wall import launched, wait
from tests.relay.clip import Recipe, make
from tests.relay.edge.campus import Campus, campus, until
from tests.relay.net import missing

SOURCE = Recipe(width=640, height=360, fps=25, seconds=10, kbps=1800, noise=0.4)
NARROW_KBPS = 1000
PATIENCE_S = 240.0


def note(what: str, seconds: float) -> None:
    """One line of the table."""
    print(f"{what:<64}{seconds:>8.2f} s", flush=True)


def begun(here: Campus) -> None:
    """Live, and the building gets the top rung."""
    here.centre.admit()
    here.centre.do("POST", "/relay/state", {"to": "live", "confirm": True})
    began = clock.monotonic()
    here.enrol()
    here.edge.primary.wait(began, "the first picture")
    here.centre.board(lambda row: row["light"] == "green" and row["rung"] == "top", "green and top")


def log_of(here: Campus) -> list[tuple[str, bool]]:
    """What the log says of the site's line, the newest first: the words, and whether that is settled."""
    found: list[dict[str, Any]] = here.centre.do("GET", "/relay")["incidents"]
    return [(one["text"], one["resolved_ms"] is not None) for one in found if one["code"].startswith("site_")]


def held(here: Campus) -> str:
    """At which rung the centre holds the site."""
    return str(here.centre.do("GET", f"/relay/sites/{here.centre.site}")["held"])


def gets_narrow(here: Campus, page: Any, to: Path) -> None:
    """Moved down, with a notice everywhere."""
    began = clock.monotonic()
    here.line.change(kbps=NARROW_KBPS)
    until(lambda: here.edge.conference().get("rung") != "top", "a lower rung in the building")
    note("line too narrow for the top rung: to a lower one in the building", clock.monotonic() - began)
    here.centre.board(lambda row: row["why"] == "held", "amber")
    note("to the board: amber", clock.monotonic() - began)
    until(lambda: held(here) == "low", "held at the low rung")
    note("to the log: held at the low rung", clock.monotonic() - began)
    row = here.centre.board(lambda row: row["why"] == "held" and row["rung"] == "low", "held, on the board")
    print(f"board: {row}; log: {log_of(here)}")
    assert not log_of(here)[0][1], "it waits for the line"
    page.get_by_text("tự trở lại khi ổn định").wait_for(timeout=30_000)
    page.screenshot(path=to / "wall-held.png")
    wait(page, lambda number, _: number is not None, "a picture at the low rung")
    note("longest time without a picture while it went down", here.edge.program.longest_gap(began, clock.monotonic()))


def gets_wide(here: Campus, page: Any, to: Path) -> None:
    """Moved up again by itself."""
    began = clock.monotonic()
    here.line.change(kbps=0)
    until(lambda: held(here) == "top", "let go", PATIENCE_S)
    note("line wide again: to the top rung allowed", clock.monotonic() - began)
    row = here.centre.board(lambda row: row["light"] == "green" and row["rung"] == "top", "green and top")
    note("to the board: green and top", clock.monotonic() - began)
    print(f"board: {row}; log: {log_of(here)}")
    assert all(settled for _, settled in log_of(here))
    page.get_by_text("tự trở lại khi ổn định").wait_for(state="hidden", timeout=30_000)
    page.screenshot(path=to / "wall-top.png")
    note("longest time without a picture while it went up", here.edge.program.longest_gap(began, clock.monotonic()))


def tell(base: Path, to: Path) -> None:
    """The whole story."""
    with campus(base, make(SOURCE)) as here, sync_playwright() as playwright:
        begun(here)
        browser = launched(playwright, here.room, base)
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(f"http://{here.edge_address}:8080/")
        wait(page, lambda number, _: number is not None, "a picture")
        gets_narrow(here, page, to)
        gets_wide(here, page, to)
        browser.close()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--to", type=Path, default=None)
    given = parser.parse_args()
    if missing():
        sys.exit(f"edge_line: {missing()}")
    with tempfile.TemporaryDirectory(prefix="nl") as base:
        to = given.to or Path(base)
        to.mkdir(parents=True, exist_ok=True)
        tell(Path(base), to)


if __name__ == "__main__":
    main()
