"""The form every benchmark speaks: figures with a peer, a ratio and the bounds it has to keep."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One measured thing. `must` and `aim` bound `ratio` (ours/peer) from above, or `ours` where there is no peer."""

    name: str
    unit: str
    ours: float
    peer: float | None = None
    ratio: float | None = None
    must: float | None = None
    aim: float | None = None

    @classmethod
    def against(
        cls, name: str, unit: str, ours: float, peer: float, *, must: float | None = None, aim: float | None = None
    ) -> "Figure":
        """A figure with its peer, both measured in this run."""
        return cls(name, unit, round(ours, 3), round(peer, 3), round(ours / peer, 3), must, aim)

    @classmethod
    def alone(
        cls, name: str, unit: str, ours: float, must: float | None = None, aim: float | None = None
    ) -> "Figure":
        """A figure without a peer."""
        return cls(name, unit, round(ours, 3), must=must, aim=aim)

    @property
    def kept(self) -> bool:
        """Whether it keeps its `must`."""
        value = self.ours if self.ratio is None else self.ratio
        return self.must is None or value <= self.must


def show(figures: list[Figure]) -> None:
    """A table for people."""
    print(f"{'':34}{'ours':>12}{'peer':>12}{'ratio':>8}{'must':>8}{'aim':>8}")
    for one in figures:
        cells = [_cell(value) for value in (one.peer, one.ratio, one.must, one.aim)]
        print(
            f"{one.name:34}{_cell(one.ours):>12}{cells[0]:>12}{cells[1]:>8}{cells[2]:>8}{cells[3]:>8}  {one.unit}"
            f"{'' if one.kept else '   MISSED'}"
        )


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def main(run: Callable[[argparse.Namespace], list[Figure]], *, seats: int = 1000, **more: int) -> None:
    """The command line of one benchmark: `--seats N --json` and its own numbers. Exit code 1 when a must is missed."""
    parser = argparse.ArgumentParser(description=(sys.modules["__main__"].__doc__ or "").split("\n")[0])
    parser.add_argument("--json", action="store_true", help="print nothing but the list of figures")
    parser.add_argument("--seats", type=int, default=seats)
    for name, value in more.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    given = parser.parse_args()
    figures = run(given)
    if not given.json:
        show(figures)
    print(json.dumps([asdict(one) for one in figures]))
    sys.exit(0 if all(one.kept for one in figures) else 1)
