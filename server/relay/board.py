"""What happens now: the last reports of the relay, in memory, and the console's board made from them and the rows."""

import math
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from server.core import clock
from server.relay import lines, lookup
from server.relay.bodies import EdgeReportIn, WatchedIn
from server.relay.lines import Labels, SiteLines
from server.relay.models import Admission, Conference, ConferenceState, Site
from server.relay.plan import RUNGS, Rung
from server.relay.reports import ConferenceReport
from server.relay.views.board import BoardSites, Light, LightReason, RelayBoardView

SILENT = 5.0           # seconds without a report after which the relay is away
EDGE_SILENT = 20.0     # seconds without a heartbeat after which an edge is away
WATCHED_FOR = 20.0     # seconds for which a receiver's own figures count
BAD_LOSS, FAIR_LOSS = 5.0, 1.0   # percent (facts/relay.md)
FAIR_ROUND_TRIP = 150.0          # ms
BAD_FREEZES = 3
MOST_WATCHERS = 5000


@dataclass
class Now:
    """What is known of one conference since this process started."""

    report: ConferenceReport | None = None
    heard: float = float("-inf")


@dataclass
class Seen:
    """Figures of all conferences; written by the bus and by receivers, read by the board."""

    conferences: dict[int, Now] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)  # whose a WHEP session is
    watched: dict[str, dict[str, tuple[float, WatchedIn]]] = field(default_factory=dict)  # by label, by session
    edges: dict[int, tuple[float, EdgeReportIn]] = field(default_factory=dict)  # by device

    def take(self, report: ConferenceReport) -> None:
        """Keep the newest report of a conference."""
        now = self.conferences.setdefault(report.id, Now())
        now.report, now.heard = report, clock.monotonic()

    def joined(self, session_id: str, label: str) -> None:
        """Remember whose a session is: what it tells of itself counts for that label."""
        if len(self.labels) > MOST_WATCHERS:
            self.labels.clear()
        self.labels[session_id] = label

    def watch(self, session_id: str, label: str, figures: WatchedIn) -> None:
        """Keep what a receiver told of itself; what its neighbours told long ago is forgotten."""
        if len(self.watched) > MOST_WATCHERS:
            self.watched.clear()
        now = clock.monotonic()
        kept = {one: said for one, said in self.watched.get(label, {}).items() if now - said[0] < WATCHED_FOR}
        self.watched[label] = {**kept, session_id: (now, figures)}

    def beat(self, device_id: int, figures: EdgeReportIn) -> None:
        """Keep an edge's heartbeat."""
        self.edges[device_id] = (clock.monotonic(), figures)

    def last_beat(self, device_id: int) -> tuple[int, str] | None:
        """When an edge was heard last (ms since 1970) and its version; None since this process began."""
        known = self.edges.get(device_id)
        if known is None:
            return None
        return clock.epoch_ms() - int((clock.monotonic() - known[0]) * 1000), known[1].version

    def report_of(self, conference_id: int) -> ConferenceReport | None:
        """The last report, None when the relay has been silent since."""
        now = self.conferences.get(conference_id)
        return now.report if now is not None and clock.monotonic() - now.heard < SILENT else None

    def freezes_of(self, label: str) -> int:
        """How often the picture froze in the last seconds, at the worst receiver of this label."""
        now = clock.monotonic()
        return max((int(said.freezes) for at, said in self.watched.get(label, {}).values() if now - at < WATCHED_FOR),
                   default=0)

    def edge_of(self, device_id: int | None) -> EdgeReportIn | None:
        """An edge's last heartbeat, None when it is silent."""
        known = self.edges.get(device_id or 0)
        return known[1] if known is not None and clock.monotonic() - known[0] < EDGE_SILENT else None


@dataclass(frozen=True)
class SiteNow:
    """One site by its worst line. `inside`: percent lost between its edge and the building's own screens."""

    rung: Rung = "none"
    loss: float = 0
    round_trip: float = 0
    freezes: int = 0
    inside: float = 0


def site_now(site: Site, its: SiteLines, seen: Seen) -> SiteNow:
    """How a site fares: by its edge's line from the centre, or by its screens that watch from there."""
    if its.beat is not None or its.edge is not None:
        line, beat = its.edge, its.beat
        return SiteNow(
            rung=line.rung if line is not None else beat.rung if beat is not None else "none",
            loss=line.loss_percent if line is not None else 0, round_trip=line.round_trip_ms if line is not None else 0,
            freezes=int(beat.freezes) if beat is not None else 0, inside=beat.loss_percent if beat is not None else 0,
        )
    if its.screens is None:
        return SiteNow()
    return SiteNow(
        rung=its.screens.rung, loss=its.screens.loss_percent, round_trip=its.screens.round_trip_ms,
        freezes=seen.freezes_of(f"site-{site.id}"),
    )


def light(conference: Conference, site: Site, now: SiteNow, *, watching: bool) -> tuple[Light, LightReason]:
    """A site's traffic light and the one reason that weighs most."""
    if conference.state not in lookup.RUNNING:
        return "off", ""
    allowed = lookup.allowed(conference, site)
    if allowed == "none" and (site.admission == Admission.REFUSED or site.verdict is not None):
        return "red", "refused"
    if site.verdict is None and site.admission == Admission.VERDICT:
        return ("red" if conference.state == ConferenceState.LIVE else "amber"), "untested"
    if not watching:
        return ("red" if conference.state == ConferenceState.LIVE else "amber"), "absent"
    return _of_line(site, now, allowed)


def _of_line(site: Site, now: SiteNow, allowed: Rung) -> tuple[Light, LightReason]:
    if now.loss > FAIR_LOSS:
        return ("red" if now.loss > BAD_LOSS else "amber"), "loss"
    if now.freezes:
        return ("red" if now.freezes >= BAD_FREEZES else "amber"), "freezes"
    if site.held != "top" or RUNGS.index(now.rung) > RUNGS.index(allowed):
        return "amber", "held"
    if now.round_trip > FAIR_ROUND_TRIP:
        return "amber", "slow"
    if now.inside > FAIR_LOSS:
        return "amber", "inside"
    return "green", ""


def board(session: Session, meeting_id: int, seen: Seen) -> RelayBoardView:
    """Topic `relay-board`."""
    conference = lookup.find_conference(session, meeting_id)
    if conference is None:
        return _empty()
    report = seen.report_of(conference.id)
    labels = lines.by_label(report)
    sites = lookup.sites_of(session, conference.id)
    dead = _dead_floor(session, conference, report)
    columns: list[tuple[Site, SiteNow, Light, LightReason]] = []
    for site in sites:
        its = lines.lines_of(site, labels, seen.edge_of(site.device_id))
        now = site_now(site, its, seen)
        shown = light(conference, site, now, watching=its.there)
        columns.append((site, now, *(("red", "floor") if site.id == dead else shown)))
    running = conference.state in lookup.RUNNING
    return RelayBoardView(
        at_ms=clock.epoch_ms(), relay="off" if not running else "away" if report is None else "running",
        sources=list(report.sources) if report else [], program=report.program if report else None,
        recording=report.recording if report else None, viewers=report.viewers if report else 0,
        walls=_count(labels, "wall"), seats=_count(labels, "seat"), people=sum(one.headcount for one in sites),
        sites_watching=sum(now.rung != "none" for _, now, _, _ in columns), sites=_columns(columns),
    )


def _count(labels: Labels, label: str) -> int:
    return labels[label, ""].viewers if (label, "") in labels else 0


def _dead_floor(session: Session, conference: Conference, report: ConferenceReport | None) -> int | None:
    """The site that has the floor and whose line is dead."""
    speaking = lookup.floor_of(session, conference)
    lost = report is not None and report.program is not None and report.program.floor == "lost"
    return speaking.site_id if lost and speaking is not None else None


def _columns(found: list[tuple[Site, SiteNow, Light, LightReason]]) -> BoardSites:
    return BoardSites(
        id=[site.id for site, *_ in found], light=[colour for _, _, colour, _ in found],
        why=[why for *_, why in found], rung=[now.rung for _, now, *_ in found],
        loss=[round(now.loss * 10) for _, now, *_ in found],
        rtt=[min(9999, math.ceil(now.round_trip)) for _, now, *_ in found],
        freezes=[min(99, now.freezes) for _, now, *_ in found], people=[site.headcount for site, *_ in found],
        verdict=[site.verdict or "" for site, *_ in found],
    )


def _empty() -> RelayBoardView:
    none = BoardSites(id=[], light=[], why=[], rung=[], loss=[], rtt=[], freezes=[], people=[], verdict=[])
    return RelayBoardView(
        at_ms=clock.epoch_ms(), relay="off", sources=[], program=None, recording=None, viewers=0, walls=0, seats=0,
        people=0, sites_watching=0, sites=none,
    )


seen = Seen()
"""Of this process: the web process is one, and what it has seen is gone with it."""
