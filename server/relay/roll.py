"""Who is connected, second by second: reports in, beginnings and ends out. Pure: connections.py writes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from server.relay.lookup import worse
from server.relay.plan import RUNGS, Rung

GAP_S = 20.0          # a shorter break is part of the same spell
NOTE_EVERY_S = 60.0   # how often open spells are noted: a server that dies loses so much of their ends
SILENT_S = 5.0        # without a report for so long nothing is known any more


@dataclass(frozen=True)
class Rungs:
    """The best and the worst rung of a time."""

    best: Rung
    worst: Rung

    def with_(self, rung: Rung) -> "Rungs":
        """The same with one more."""
        return Rungs(min(self.best, rung, key=RUNGS.index), worse(self.worst, rung))


@dataclass(frozen=True)
class Change:
    """What a report changes. `ended`: also how many seconds ago the site was last seen; `kept`: those still there."""

    begun: dict[int, Rungs] = field(default_factory=dict)
    ended: dict[int, tuple[float, Rungs]] = field(default_factory=dict)
    kept: dict[int, Rungs] = field(default_factory=dict)


@dataclass
class _Line:
    last: float
    rungs: Rungs


@dataclass
class Roll:
    """The sites of one conference that are connected, as far as reports were heard."""

    lines: dict[int, _Line] = field(default_factory=dict)
    heard: float = float("-inf")
    noted: float = float("-inf")

    def take(self, watching: Mapping[int, Rung], now: float) -> Change:
        """One report: who watches, at which rung."""
        if now - self.heard > SILENT_S:
            self.lines = {}  # the relay or this process was away: who is there now begins, or goes on, in the rows
            self.noted = now
        self.heard = now
        change = Change()
        for site, rung in watching.items():
            line = self.lines.get(site)
            if line is None:
                self.lines[site] = _Line(now, Rungs(rung, rung))
                change.begun[site] = Rungs(rung, rung)
            else:
                line.last, line.rungs = now, line.rungs.with_(rung)
        for site, line in list(self.lines.items()):
            if now - line.last > GAP_S:
                del self.lines[site]
                change.ended[site] = (now - line.last, line.rungs)
        if now - self.noted >= NOTE_EVERY_S:
            self.noted = now
            change.kept.update({site: line.rungs for site, line in self.lines.items() if site not in change.begun})
        return change
