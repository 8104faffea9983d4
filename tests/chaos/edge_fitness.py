"""A room tested by its edge against the real server, on a good line and on bad ones; prints what came of it.

    python -m tests.chaos.edge_fitness [--short]

The conference begins in ten minutes and nobody has tested: the edge tests by itself. Then by the button of its page, on
a line that carries the low rung, and from the command line with 4 % loss. Figures of a machine that does other work.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from server.core import clock
from tests.browser.house import NGHISU
from tests.relay.clip import clip
from tests.relay.edge.campus import Campus, campus, until
from tests.relay.net import missing

TAKES = 300.0
ROOM = {
    "screen": True, "speakers": True, "microphone": True, "camera": True, "echo": True, "no_hdcp": True,
    "second_path": True, "failover_s": 20, "ups_min": 45, "technician": True, "phone_tree": True, "antivirus": True,
    "technician_name": "Trần Thị Minh",
}


def last(here: Campus) -> dict[str, Any]:
    """The newest verdict on the edge's page."""
    return here.edge.state().get("test", {}).get("verdict") or {}


def certificate(here: Campus, test: int) -> dict[str, Any]:
    """What the centre signed."""
    kept = here.centre.do("GET", f"/relay/readiness/{test}/certificate")
    found: dict[str, Any] = json.loads(kept["certificate"])
    return found


def tell(here: Campus, name: str, test: int) -> dict[str, Any]:
    """Print a test; answers its certificate."""
    found = certificate(here, test)
    assert found["about"]["by"] == "edge"
    figures = found["figures"]
    print(f"{name}: {found['letter']} (line {found['line']}), phase {found['about']['phase']}", flush=True)
    print(f"  down {figures['down']} kb/s, up {figures['up']} kb/s, clock {figures['clock_off_ms']} ms, "
          f"agrees {figures['agrees']}")
    for rung in ("top", "low", "audio"):
        print(f"  {rung}: {figures[rung]}")
    print("  reasons:", ", ".join(f"{one['key']} ({one['why']['en']})" for one in found["reasons"]), flush=True)
    return found


def by_itself(here: Campus) -> int:
    """An hour before the start, without anybody."""
    began = clock.monotonic()
    here.enrol()
    until(lambda: here.edge.state().get("test", {}).get("running"), "it begins by itself")
    number = int(until(lambda: last(here).get("id"), "its verdict", TAKES))
    print(f"from its start to its verdict: {clock.monotonic() - began:.0f} s")
    found = tell(here, "by itself, nobody said anything of the room", number)
    assert found["about"]["phase"] == "t60"
    assert found["letter"] == "D", "loudspeakers that nobody heard are none"
    return number


def by_the_button(here: Campus, before: int) -> int:
    """Somebody answered on the page, and pressed the button."""
    assert here.edge.ask("/room", ROOM)["said_ms"]
    assert here.edge.ask("/test", {})["begun"]
    assert here.edge.ask("/test", {}) == {}, "one at a time"
    return int(until(lambda: last(here).get("id", 0) > before and last(here)["id"], "a second verdict", TAKES))


def from_the_command_line(here: Campus) -> str:
    """`nghisu edge --test` beside the running edge."""
    done = here.edge.machine.run(
        [*NGHISU, "edge", "--test"], env={**os.environ, **here.edge.environ()}, stdout=subprocess.PIPE
    )
    return str(done.stdout.decode())


def run(base: Path, *, short: bool) -> None:
    """All of it; short: without the good line by the button and without the command line."""
    with campus(base, clip("h264"), top="720p") as here:
        first = by_itself(here)
        if not short:
            first = by_the_button(here, first)
            tell(here, "by the button, a good line", first)
        here.line.change(kbps=1600)
        third = by_the_button(here, first)
        tell(here, "a line of 1.6 Mb/s", third)
        if short:
            return
        here.line.change(kbps=0, loss=0.04)
        said = from_the_command_line(here)
        print("nghisu edge --test, 4 % loss:\n" + said, flush=True)
        tests = here.centre.do("GET", f"/relay/readiness/sites/{here.centre.site}")["tests"]
        tell(here, "nghisu edge --test, 4 % loss", tests[0]["id"])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--short", action="store_true")
    asked = parser.parse_args()
    if missing():
        sys.exit(f"edge_fitness: {missing()}")
    with tempfile.TemporaryDirectory(prefix="ne") as base:
        run(Path(base), short=asked.short)


if __name__ == "__main__":
    main()
