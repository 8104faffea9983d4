"""Turns: only so many sites test at once, because they share the centre's line; the others wait in order.

It lives in the web process's memory: after a restart whoever still waits asks again and is soon in line. `wanted` says
which rehearsals ought to run now; whoever makes the relay's plan adds them to it.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from server.relay.plan import ConferencePlan
from server.relay.readiness.streams import plan_of
from server.relay.readiness.thresholds import TestRung, Top

AT_ONCE = 3
LASTS_S = 240.0   # a test with its questions takes two to three minutes
FORGETS_S = 20.0  # a page that waits asks every few seconds
LINGERS_S = 30.0  # the rehearsals run on so long after the last turn: the next one need not wait for their start


@dataclass
class Turns:
    """Who tests now and who waits. Times are seconds of clock.monotonic()."""

    at_once: int = AT_ONCE
    changed: list[Callable[[], None]] = field(default_factory=list)
    _testing: dict[int, tuple[float, Top]] = field(default_factory=dict)
    _waiting: dict[int, float] = field(default_factory=dict)  # in order of arrival
    _running: dict[TestRung, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, site_id: int, top: Top, now: float) -> tuple[int, float]:
        """(place, seconds the turn still lasts). Place 0: it is this site's turn."""
        with self._lock:
            self._tidy(now)
            if site_id not in self._testing:
                self._waiting[site_id] = now
                first = list(self._waiting)[: max(0, self.at_once - len(self._testing))]
                if site_id not in first:
                    return list(self._waiting).index(site_id) + 1, 0.0
                del self._waiting[site_id]
                self._testing[site_id] = (now + LASTS_S, top)
            before = set(self._running)
            end = self._testing[site_id][0]
            for rung in (top, "low"):
                self._running[rung] = max(self._running.get(rung, 0.0), end + LINGERS_S)
            news = set(self._running) != before
        if news:
            self._tell()
        return 0, end - now

    def leave(self, site_id: int) -> None:
        """The test is over, or given up."""
        with self._lock:
            self._testing.pop(site_id, None)
            self._waiting.pop(site_id, None)

    def forget(self) -> None:
        """Everybody asks again, as after a restart."""
        with self._lock:
            self._testing.clear()
            self._waiting.clear()
            self._running.clear()

    def has(self, site_id: int, now: float) -> bool:
        """Whether it is this site's turn."""
        with self._lock:
            self._tidy(now)
            return site_id in self._testing

    def line(self, now: float) -> dict[int, int]:
        """Place of each site that tests (0) or waits (1 for the next)."""
        with self._lock:
            self._tidy(now)
            waiting = {site: place for place, site in enumerate(self._waiting, 1)}
            return {**waiting, **dict.fromkeys(self._testing, 0)}

    def wanted(self, now: float) -> list[ConferencePlan]:
        """The rehearsals that ought to run now, for the relay's plan."""
        with self._lock:
            self._tidy(now)
            return [plan_of(rung) for rung in sorted(self._running)]

    def look(self, now: float) -> None:
        """Now and then: rehearsals that nobody needs any more leave the plan."""
        with self._lock:
            before = set(self._running)
            self._tidy(now)
            news = set(self._running) != before
        if news:
            self._tell()

    def _tidy(self, now: float) -> None:
        self._testing = {site: kept for site, kept in self._testing.items() if kept[0] > now}
        self._waiting = {site: asked for site, asked in self._waiting.items() if asked > now - FORGETS_S}
        self._running = {rung: until for rung, until in self._running.items() if until > now}

    def _tell(self) -> None:
        for tell in self.changed:
            tell()


turns = Turns()
"""Those of this process."""
