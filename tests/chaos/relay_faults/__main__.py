"""`python -m tests.chaos.relay_faults [--only WORDS] [--quick]`: the table."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

from tests.browser.conftest import CHROMIUM
from tests.chaos.relay_faults import doors, edges, page
from tests.chaos.relay_faults.table import HEAD, Cost
from tests.relay.net import missing

Run = Callable[[Path, list[str], Callable[[Cost], Any]], Coroutine[Any, Any, list[Cost]]]
KINDS: dict[str, tuple[Run, list[str]]] = {
    "edges": (edges.run, list(edges.FAULTS)),
    "doors": (doors.run, list(doors.FAULTS)),
    "page": (page.run, list(page.WORSE)),
}


def chosen(words: list[str], *, quick: bool) -> dict[str, list[str]]:
    """The faults of each kind that were asked for; a word is a kind or a part of a fault's name."""
    some = {*edges.QUICK, *doors.QUICK} if quick else set()
    return {
        kind: [
            name for name in names
            if (not quick or name in some) and (not words or any(word == kind or word in name for word in words))
        ]
        for kind, (_run, names) in KINDS.items()
    }


def obstacle(kind: str) -> str:
    """Why a kind cannot be tried on this machine; "" when it can."""
    if kind == "page" and not Path(CHROMIUM).exists():
        return f"no {CHROMIUM}"
    return "" if kind == "doors" else missing()


def try_all(kind: str, names: list[str], *, quick: bool) -> None:
    """One kind, in a folder of its own."""
    run = partial(edges.run, quick=quick) if kind == "edges" else KINDS[kind][0]
    with tempfile.TemporaryDirectory(prefix="nf") as base:
        try:
            asyncio.run(run(Path(base), names, lambda cost: print(cost.row(), flush=True)))
        except BaseException:
            for log in Path(base).glob("*/log"):
                print(log, log.read_text(errors="replace")[-3000:], file=sys.stderr)
            raise


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="kinds (edges, doors, page) or words of faults, comma between them")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    print(HEAD)
    for kind, names in chosen([one.strip() for one in asked.only.split(",") if one.strip()], quick=asked.quick).items():
        if names and (why := obstacle(kind)):
            sys.exit(f"relay_faults: {kind}: {why}")
        if names:
            try_all(kind, names, quick=asked.quick)


if __name__ == "__main__":
    main()
