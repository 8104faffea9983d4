"""Figures of a test held against what the relay itself counted: better than that is not believed. Pure but for `asked`.

What only the receiver knows (loss, jitter, freezes, the room) is its own word; what the relay sent and took it knows: a
site cannot have received more than was sent, nor decoded more pictures than went out.
"""

from pathlib import Path

from pydantic import Field

from server.relay import link
from server.relay.plan import Part
from server.relay.readiness.figures import Figures, Rehearsal
from server.relay.readiness.streams import NUMBERS
from server.relay.readiness.thresholds import REHEARSAL_SECONDS, TestRung, Top

AGREES = 1.5  # a receiver leaves out the slow beginning, the relay counts it: so much more is no contradiction
FPS = 25
WHOLE = 10_000


class Witnessed(Part):
    """The relay's counts of one site. `frames`: pictures that went to it, by rehearsal (streams.NUMBERS)."""

    down_kbps: int = Field(default=0, ge=0)
    up_kbps: int = Field(default=0, ge=0)
    frames: dict[int, int] = Field(default_factory=dict)


def asked(run: Path, site_id: int) -> Witnessed:
    """The relay's counts of a site. Raises Refused `relay_away`."""
    return Witnessed.model_validate(link.ask(run, "witness", label=f"site-{site_id}")["seen"])


def held(figures: Figures, seen: Witnessed, top: Top) -> Figures:
    """The figures, none better than the relay's own; `agrees` says whether they were as they came."""
    kept = {
        "down": _rate(figures.down, seen.down_kbps), "up": _rate(figures.up, seen.up_kbps),
        "top": _rehearsal(figures.top, seen, top), "low": _rehearsal(figures.low, seen, "low"),
        "audio": figures.audio if NUMBERS["low"] in seen.frames else None,
    }
    agrees = all(getattr(figures, name) == value for name, value in kept.items())
    return figures.model_copy(update={**kept, "agrees": agrees})


def _rate(claimed: int | None, counted: int) -> int | None:
    return claimed if claimed is None or claimed <= counted * AGREES else counted


def _rehearsal(claimed: Rehearsal | None, seen: Witnessed, rung: TestRung) -> Rehearsal | None:
    """A rehearsal of which nothing went out is none; of the rest no more is decoded than was sent."""
    if claimed is None or NUMBERS[rung] not in seen.frames:
        return None
    sent = seen.frames[NUMBERS[rung]]
    most = min(WHOLE, WHOLE * sent // (REHEARSAL_SECONDS * FPS))
    frames = min(claimed.frames, sent)
    decoded = None if claimed.decoded is None else min(claimed.decoded, most)
    return claimed.model_copy(update={"frames": frames, "decoded": decoded})
