"""What a site needs, read from `thresholds.toml`."""

import functools
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

TestRung = Literal["1080p", "720p", "low", "audio"]
Top = Literal["1080p", "720p"]
RUNGS: tuple[TestRung, ...] = ("1080p", "720p", "low", "audio")
Unit = Literal["kb/s", "%", "ms", "s", "min", "times", "yes", "dB"]
Failing = Literal["rung", "sound", "refused", "no-floor", "to-fix"]


class Piece(BaseModel):
    """A frozen part; an unknown field is an error, because a limit with a typo is another limit."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Piece):
    """One text in both languages."""

    vi: str
    en: str


class Item(Piece):
    """One thing that must hold. Limits are whole numbers in its unit; "%" counts hundredths of a percent."""

    key: str
    name: Words
    unit: Unit
    better: Literal["more", "less"] = "more"
    limits: dict[TestRung, int] = Field(default_factory=dict)
    sources: dict[TestRung, str] = Field(default_factory=dict)
    limit: int | None = None
    source: str = ""
    failing: Failing
    unless: str = Field(default="", description="judged only while this figure was not measured")
    needs: str = Field(default="", description="judged only when this figure is yes; its own: when it was measured")
    why: Words
    do: Words

    def holds(self, measured: int | None, limit: int) -> bool:
        """Whether a figure is good enough; one that was not measured is not."""
        if measured is None:
            return False
        return measured >= limit if self.better == "more" else measured <= limit

    @model_validator(mode="after")
    def _sound(self) -> "Item":
        if (self.failing == "rung") != bool(self.limits) or bool(self.limits) == (self.limit is not None):
            raise ValueError(f"{self.key}: a limit for each rung, or one for all")
        if set(self.limits) != set(self.sources):
            raise ValueError(f"{self.key}: each limit has its source")
        for better, worse in (("1080p", "720p"), ("720p", "low"), ("1080p", "low"), ("low", "audio")):
            self._ordered(better, worse)  # type: ignore[arg-type]  # (the pairs are rungs)
        return self

    def _ordered(self, better: TestRung, worse: TestRung) -> None:
        # A rung must never ask less than the one below it: else a site would rise by getting worse.
        if better in self.limits and worse in self.limits:
            a, b = self.limits[better], self.limits[worse]
            if (a < b) if self.better == "more" else (a > b):
                raise ValueError(f"{self.key}: {better} asks less than {worse}")


class Thresholds(Piece):
    """The whole table."""

    sources: dict[str, Words]
    items: tuple[Item, ...]

    @model_validator(mode="after")
    def _whole(self) -> "Thresholds":
        named = {source for item in self.items for source in (*item.sources.values(), item.source) if source}
        if named - set(self.sources) or len({item.key for item in self.items}) != len(self.items):
            raise ValueError("an item names a source that is not there, or stands twice")
        return self

    def item(self, key: str) -> Item:
        """One item. Raises KeyError."""
        return next((item for item in self.items if item.key == key), None) or _missing(key)


def _missing(key: str) -> Item:
    raise KeyError(key)


@functools.cache
def shipped() -> Thresholds:
    """The table that ships with this server."""
    return Thresholds.model_validate(tomllib.loads(Path(__file__).with_name("thresholds.toml").read_text("utf-8")))


REHEARSAL_KBPS: dict[TestRung, int] = {"1080p": 3900, "720p": 2600, "low": 650, "audio": 83}
"""What a rehearsal sends: 1.3 times the rung's own rate (3 Mb/s, 2 Mb/s, 500 kb/s, 64 kb/s)."""
REHEARSAL_SECONDS = 10


def centre_needs_kbps(rungs: dict[TestRung, int]) -> int:
    """What a fan-out point must be able to send: 1.2 times the sum of its sites, in whole kb/s rounded up.

    `rungs`: how many sites there are on each rung.
    """
    plain = sum(REHEARSAL_KBPS[rung] * 10 * count for rung, count in rungs.items())
    return -(-plain * 12 // 130)
