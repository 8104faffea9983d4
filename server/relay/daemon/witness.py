"""What the relay itself counts while a site tests: no figure that a page or an edge sends is believed beyond it.

In the supervisor's memory, by the label of the site; forgotten some minutes after the test.
"""

from dataclasses import dataclass, field
from typing import Any

from server.core import clock
from server.relay.readiness.streams import is_rehearsal
from server.relay.readiness.witness import Witnessed

KEPT_S = 900.0
LONG_MS = 300.0  # a shorter body says little: it lay in buffers


@dataclass
class _Label:
    """One site: kb/s both ways, and by rehearsal the pictures that went to each of its viewers."""

    down_kbps: int = 0
    up_kbps: int = 0
    frames: dict[int, dict[str, int]] = field(default_factory=dict)
    at: float = 0.0


@dataclass
class Witness:
    """All sites that test."""

    known: dict[str, _Label] = field(default_factory=dict)

    def down(self, label: str, size: int, ms: float) -> None:
        """So many bytes went to a site within this time."""
        found = self._of(label)
        found.down_kbps = max(found.down_kbps, _kbps(size, ms))

    def up(self, label: str, size: int, ms: float) -> None:
        """So many came from a site."""
        found = self._of(label)
        if ms >= LONG_MS or not found.up_kbps:
            found.up_kbps = _kbps(size, ms)

    def viewers(self, conference: int, rows: list[dict[str, Any]]) -> None:
        """A report of a fan-out process; only rehearsals are kept."""
        if not is_rehearsal(conference):
            return
        for row in rows:
            counts = self._of(str(row["label"])).frames.setdefault(conference, {})
            counts[str(row["id"])] = max(counts.get(str(row["id"]), 0), int(row.get("frames", 0)))

    def of(self, label: str) -> Witnessed:
        """What was counted of a site of late."""
        found = self._of(label, touch=False)
        return Witnessed(
            down_kbps=found.down_kbps, up_kbps=found.up_kbps,
            frames={number: max(counts.values()) for number, counts in found.frames.items() if counts},
        )

    def _of(self, label: str, *, touch: bool = True) -> _Label:
        now = clock.monotonic()
        self.known = {name: one for name, one in self.known.items() if now - one.at < KEPT_S}
        if not touch:
            return self.known.get(label, _Label())
        found = self.known.setdefault(label, _Label())
        found.at = now
        return found


def _kbps(size: int, ms: float) -> int:
    return int(size * 8 / max(ms, 1.0))
