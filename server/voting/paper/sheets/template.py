"""The template of the papers (template.toml): lengths in points, sizes of letters in points."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Margins:
    """Of a page, in points."""

    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class BallotLook:
    """Of one size of ballot. `margin`, `stamp` and `row` (the least height of a line) are lengths in points."""

    margin: float
    stamp: float
    party: float
    issuer: float
    title: float
    abstract: float
    text: float
    head: float
    name: float
    detail: float
    row: float


@dataclass(frozen=True, slots=True)
class Template:
    """Everything in the file. `sizes` of letters by part of a paper; `titles` by paper; `ballots` by paper size."""

    titles: dict[str, str]
    sizes: dict[str, float]
    margins: Margins
    ballots: dict[str, BallotLook]


@cache
def template() -> Template:
    """The shipped template, read once. Raises KeyError or TypeError when something is missing in it."""
    return read(tomllib.loads(Path(__file__).with_name("template.toml").read_text("utf-8")))


def read(data: dict[str, Any]) -> Template:
    """A template from its tables."""
    minutes = data["minutes"]
    return Template(
        titles=data["titles"],
        sizes=data["sizes"],
        margins=Margins(**{side: value * MM for side, value in minutes[minutes["margins"]].items()}),
        ballots={size: _ballot(values) for size, values in data["ballot"].items()},
    )


def _ballot(values: dict[str, float]) -> BallotLook:
    lengths = {name: values[name] * MM for name in ("margin", "stamp", "row")}
    return BallotLook(**{**values, **lengths})
