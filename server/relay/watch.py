"""A site whose line gets worse is moved down with a notice, and back up when it is stable; reminders to test; the roll.

This is the one judge of a site, whether its screens watch from here or an edge in its building takes the conference.
Nearer to the line there is only a reflex: the fan-out's ladder for each screen, the ladder of an edge's feed for its
building (ingest/feed_state.py), which drop within seconds to what the line carries and never go above what is decided
here; gate and SRT sender count, and decide nothing. When that lasts, the site as a whole is held at a lower rung, so
that its picture does not come and go; console, log and the building's wall say so.

Pure hysteresis first; what writes is below.
"""

import functools
import threading
from dataclasses import dataclass, field, replace
from typing import Literal

import structlog
from sqlalchemy import select

from server.core import clock
from server.core.access import SYSTEM
from server.core.services import Services
from server.core.writer import Tx
from server.relay import connections, incidents, lines, lookup, sites
from server.relay.board import seen
from server.relay.incidents import Words
from server.relay.lines import SiteLines
from server.relay.models import Conference, ConferenceState, Incident, Site
from server.relay.plan import RUNGS, Rung
from server.relay.readiness import reads, timeline
from server.relay.readiness.streams import is_rehearsal
from server.relay.readiness.turns import turns
from server.relay.reports import ConferenceReport, LabelReport
from server.relay.roll import Change, Roll

log = structlog.get_logger(__name__)

DOWN_AFTER = 10        # bad seconds in excess of good ones
UP_AFTER = 60          # seconds in a row without a fault
SLOWEST_UP = 960       # a line that fails again soon after it was moved up waits longer, up to this
SOON = 300             # seconds
BAD_LOSS, GOOD_LOSS = 5.0, 1.0  # percent (facts: the ladder demotes above 5 %, a fit line loses at most 1 %)
BAD_JITTER, GOOD_JITTER = 100.0, 40.0  # ms
LOOK_EVERY = 15.0

Sample = Literal["bad", "fair", "good"]
Move = Literal["", "down", "up"]
Rungs = tuple[Rung, ...]


@dataclass(frozen=True)
class Held:
    """What is remembered of one site. `rung`: the best it may have; times in whole seconds of one clock."""

    rung: Rung = "top"
    bad: int = 0
    good: int = 0
    patience: int = UP_AFTER
    raised_at: int | None = None


def due(held: Rung, rungs: Rungs) -> Rung:
    """What a site held at a rung ought to get, of those it may have."""
    return next((one for one in rungs if RUNGS.index(one) >= RUNGS.index(held)), rungs[-1])


def sample(line: LabelReport | None, wanted: Rung, *, second_way: bool = False) -> Sample | None:
    """How a line is now, by its worst viewer; None when nobody watches there. `wanted`: the rung it ought to carry.

    That an edge's second way is clean does not tell that the first one is well again.
    """
    if line is None:
        return None
    if line.loss_percent > BAD_LOSS or line.jitter_ms > BAD_JITTER or RUNGS.index(line.rung) > RUNGS.index(wanted):
        return "bad"
    clean = line.loss_percent <= GOOD_LOSS and line.jitter_ms <= GOOD_JITTER
    return "good" if clean and not second_way else "fair"


def sample_of(its: SiteLines, wanted: Rung) -> Sample | None:
    """How a site's lines are together: the worse of what its screens and its edge get from here."""
    found = (sample(its.screens, wanted), sample(its.edge, wanted, second_way=its.second_way))
    order: tuple[Sample | None, ...] = (None, "good", "fair", "bad")
    return max(found, key=order.index)


def step(before: Held, found: Sample | None, now_s: int, rungs: Rungs = RUNGS[:3]) -> tuple[Held, Move]:
    """One second of one site: what is remembered, and whether it is moved. `rungs`: what it may have, best first.

    Nobody watching is no news. At the last rung there is nothing lower; "none" is never reached here.
    """
    if found is None or not rungs:
        return replace(before, bad=0, good=0), ""
    at = rungs.index(due(before.rung, rungs))
    if found == "bad":
        bad = before.bad + 1
        if bad >= DOWN_AFTER and at + 1 < len(rungs):
            return _down(before, rungs[at + 1], now_s), "down"
        return replace(before, bad=min(bad, DOWN_AFTER), good=0), ""
    after = replace(before, bad=max(0, before.bad - 1), good=before.good + 1 if found == "good" else 0)
    if after.good >= before.patience and before.rung != "top":
        up: Rung = rungs[at - 1] if at > 1 else "top"  # at its best again: held no more
        return Held(rung=up, patience=before.patience, raised_at=now_s), "up"
    if before.rung == "top" and after.good >= SOON:
        after = replace(after, patience=UP_AFTER)  # all is well again: forget old troubles
    return after, ""


def _down(before: Held, rung: Rung, now_s: int) -> Held:
    soon = before.raised_at is not None and now_s - before.raised_at < SOON
    patience = min(SLOWEST_UP, before.patience * 2) if soon else UP_AFTER
    return Held(rung=rung, patience=patience)


RUNG_WORDS: dict[Rung, Words] = {
    "top": Words("mức cao nhất", "the top rung"), "low": Words("hình mức thấp", "the low rung"),
    "audio": Words("chỉ còn tiếng", "sound alone"), "none": Words("không có hình", "nothing"),
}
MOVED: dict[Move, Words] = {
    "down": Words("Đường truyền của {name} xấu đi: tạm chuyển xuống {rung}.",
                  "The line of {name} got worse: moved down to {rung_en}."),
    "up": Words("Đường truyền của {name} ổn định trở lại: chuyển lên {rung}.",
                "The line of {name} is stable again: moved up to {rung_en}."),
}


def hold_site(tx: Tx, conference_id: int, site_id: int, rung: Rung, move: Move) -> None:
    """Hold a site at a rung, and say so in the log. Does nothing when it is gone or held there already."""
    conference, site = tx.get(Conference, conference_id), tx.get(Site, site_id)
    if conference is None or site is None or site.conference_id != conference_id or site.held == rung:
        return
    sites.hold(site, rung)
    now = RUNG_WORDS[lookup.allowed(conference, site)]  # let go, it is at what it is granted, which may not be the top
    words = {"name": site.name, "rung": now.vi, "rung_en": now.en}
    said = Words(MOVED[move].vi.format_map(words), MOVED[move].en.format_map(words))
    incidents.note_of_site(tx, conference, site_id, "site_held" if move == "down" else "site_released", said,
                           settled=move == "up")
    if rung == "top":
        _settle(tx, conference_id, "site_held", site_id)
    tx.record("relay.site_held", SYSTEM, conference.meeting_id, site=site_id, rung=rung, move=move)


def _settle(tx: Tx, conference_id: int, code: str, site_id: int | None) -> None:
    open_ones = select(Incident).where(
        Incident.conference_id == conference_id, Incident.code == code, Incident.resolved_at.is_(None)
    )
    for one in tx.scalars(open_ones.where(Incident.site_id == site_id) if site_id is not None else open_ones):
        one.resolved_at = tx.now


REMINDERS: dict[str, Words] = {
    "eve": Words("Kiểm tra ngày hôm trước: còn {count} điểm cầu chưa kiểm tra: {names}.",
                 "Test on the eve: {count} sites have not tested: {names}."),
    "t60": Words("Còn dưới 60 phút: {count} điểm cầu chưa kiểm tra lại: {names}.",
                 "Less than 60 minutes left: {count} sites have not tested again: {names}."),
}
MOST_NAMED = 6


def remind(tx: Tx, conference_id: int) -> None:
    """Keep one line in the log for the test that is due: who is missing; settled when nobody is."""
    conference = tx.get(Conference, conference_id)
    if conference is None:
        return
    call = timeline.calls(conference.starts_at, tx.now)
    missing = reads.missing_sites(tx, conference, tx.now) if call else set()
    known = tx.scalars(
        select(Incident).where(
            Incident.conference_id == conference_id, Incident.code.in_([f"readiness_{one}" for one in REMINDERS]),
            Incident.resolved_at.is_(None),
        )
    ).all()
    current = next((one for one in known if one.code == f"readiness_{call}"), None)
    changed = [one for one in known if one is not current or not missing]
    for one in changed:
        one.resolved_at = tx.now
    words = _missing_words(tx, conference, call, missing) if missing else None
    if words is not None and current is None:
        changed.append(_reminder(tx, conference, call, words))
    elif words is not None and current is not None and current.text != words.vi:
        current.text, current.text_en, current.last_at = words.vi, words.en, tx.now
        changed.append(current)
    if changed:
        tx.record("relay.readiness_called", SYSTEM, conference.meeting_id, call=call, missing=sorted(missing))
        lookup.touch(tx, conference)


def _missing_words(tx: Tx, conference: Conference, call: str, missing: set[int]) -> Words:
    names = [site.name for site in lookup.sites_of(tx, conference.id) if site.id in missing]
    shown = "; ".join(names[:MOST_NAMED]) + ("…" if len(names) > MOST_NAMED else "")
    filled = {"count": str(len(names)), "names": shown}
    return Words(REMINDERS[call].vi.format_map(filled)[:500], REMINDERS[call].en.format_map(filled)[:500])


def _reminder(tx: Tx, conference: Conference, call: str, words: Words) -> Incident:
    made = Incident(
        conference_id=conference.id, site_id=None, code=f"readiness_{call}", subject=call, text=words.vi,
        text_en=words.en, by="", at=tx.now, last_at=tx.now, times=1, resolved_by="", resolution="",
    )
    tx.add(made)
    return made


@dataclass(frozen=True)
class Watched:
    """A site as a report finds it. `held`: where its row has it; `rungs`: what it may have, best first."""

    id: int
    held: Rung
    rungs: Rungs
    lines: SiteLines

    @property
    def rung(self) -> Rung:
        """What it gets: as its edge says, or its line, or its screens here."""
        if self.lines.beat is not None:
            return self.lines.beat.rung
        line = self.lines.edge or self.lines.screens
        return line.rung if line is not None else "none"


@dataclass
class SiteWatch:
    """The watch of one web process. Feed it every report; it writes when a site is moved, comes or goes."""

    services: Services
    known: dict[int, dict[int, Held]] = field(default_factory=dict)  # by conference, by site
    rolls: dict[int, Roll] = field(default_factory=dict)  # by conference

    def heard(self, report: ConferenceReport) -> None:
        """A report of the relay (bus word relay.report, once a second); that of a rehearsal says nothing of a site."""
        if is_rehearsal(report.id):
            return
        known, now_s = self.known.setdefault(report.id, {}), int(clock.monotonic())
        watched = self._look_at(report)
        for site in watched:
            before = known.get(site.id, Held(rung=site.held))
            found = sample_of(site.lines, due(before.rung, site.rungs)) if site.rungs else None
            after, move = step(before, found, now_s, site.rungs)
            known[site.id] = after
            if move:
                self._move(report.id, site.id, after.rung, move)
        self._call_roll(report.id, watched)

    def _look_at(self, report: ConferenceReport) -> list[Watched]:
        """The sites of a conference and how their lines are."""
        labels = lines.by_label(report)
        with self.services.database.read() as session:
            conference = session.get(Conference, report.id)
            if conference is None:
                return []
            return [
                Watched(
                    site.id, lookup.worse(site.held), lookup.rungs_of(conference, site),
                    lines.lines_of(site, labels, seen.edge_of(site.device_id)),
                )
                for site in lookup.sites_of(session, report.id)
            ]

    def _call_roll(self, conference_id: int, watched: list[Watched]) -> None:
        """Note who came and who went, edges included."""
        rungs = {one.id: one.rung for one in watched}
        there = {site: rung for site, rung in rungs.items() if rung != "none"}
        change = self.rolls.setdefault(conference_id, Roll()).take(there, clock.monotonic())
        if change != Change():
            self.services.writer.run(lambda tx: connections.note(tx, conference_id, change))

    def _move(self, conference_id: int, site_id: int, rung: Rung, move: Move) -> None:
        log.info("relay_site_moved", conference=conference_id, site=site_id, rung=rung, move=move)
        self.services.writer.run(lambda tx: hold_site(tx, conference_id, site_id, rung, move))

    def start(self) -> None:
        """Look now and then for reminders that are due and rehearsals that nobody needs."""
        threading.Thread(target=self._loop, name="relay-watch", daemon=True).start()

    def _loop(self) -> None:
        pause = threading.Event()
        while not pause.wait(LOOK_EVERY):
            try:
                self.look()
            except Exception as error:  # the database may be away for a moment; the next look finds what is left
                log.error("relay_watch_failed", error=repr(error))

    def look(self) -> None:
        """One look."""
        turns.look(clock.monotonic())
        with self.services.database.read() as session:
            waiting = session.scalars(
                select(Conference.id).where(Conference.state.in_((ConferenceState.PLANNED, ConferenceState.REHEARSAL)))
            ).all()
        for conference_id in waiting:
            self.services.writer.run(functools.partial(remind, conference_id=conference_id))
