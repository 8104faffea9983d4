"""A site whose line gets worse is moved down with a notice, and back up when it is stable; reminders to test; the roll.

The fan-out process already changes rungs within seconds, for each viewer alone. Here the site as a whole is held at a
lower rung when that lasts, so that its picture does not come and go, and the console learns of it. Pure hysteresis
first; what writes is below.
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
from server.relay import connections, incidents, lookup, sites
from server.relay.board import seen
from server.relay.incidents import Words
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


@dataclass(frozen=True)
class Held:
    """What is remembered of one site. `rung`: the best it may have; times in whole seconds of one clock."""

    rung: Rung = "top"
    bad: int = 0
    good: int = 0
    patience: int = UP_AFTER
    raised_at: int | None = None


def sample(line: LabelReport | None, held: Rung) -> Sample | None:
    """How a site's line is now, by its worst viewer; None when nobody watches there."""
    if line is None:
        return None
    if line.loss_percent > BAD_LOSS or line.jitter_ms > BAD_JITTER or RUNGS.index(line.rung) > RUNGS.index(held):
        return "bad"
    clean = line.loss_percent <= GOOD_LOSS and line.jitter_ms <= GOOD_JITTER
    return "good" if clean else "fair"


def step(before: Held, found: Sample | None, now_s: int) -> tuple[Held, Move]:
    """One second of one site: what is remembered, and whether it is moved.

    Nobody watching is no news. At sound alone there is nothing lower; "none" is never reached here.
    """
    if found is None:
        return replace(before, bad=0, good=0), ""
    if found == "bad":
        bad = before.bad + 1
        if bad >= DOWN_AFTER and before.rung in ("top", "low"):
            return _down(before, now_s), "down"
        return replace(before, bad=min(bad, DOWN_AFTER), good=0), ""
    after = replace(before, bad=max(0, before.bad - 1), good=before.good + 1 if found == "good" else 0)
    if after.good >= before.patience and before.rung != "top":
        up: Rung = "top" if before.rung == "low" else "low"
        return Held(rung=up, patience=before.patience, raised_at=now_s), "up"
    if before.rung == "top" and after.good >= SOON:
        after = replace(after, patience=UP_AFTER)  # all is well again: forget old troubles
    return after, ""


def _down(before: Held, now_s: int) -> Held:
    soon = before.raised_at is not None and now_s - before.raised_at < SOON
    patience = min(SLOWEST_UP, before.patience * 2) if soon else UP_AFTER
    return Held(rung="low" if before.rung == "top" else "audio", patience=patience)


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
    words = {"name": site.name, "rung": RUNG_WORDS[rung].vi, "rung_en": RUNG_WORDS[rung].en}
    said = Words(MOVED[move].vi.format_map(words), MOVED[move].en.format_map(words))
    incidents.note_of_site(tx, conference, site_id, "site_held" if move == "down" else "site_released", said,
                           settled=move == "up")
    if move == "up":
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
        known = self.known.get(report.id)
        if known is None:
            known = self.known[report.id] = self._held(report.id)
        watching: dict[int, LabelReport] = {}
        for one in report.labels:
            kind, _, number = one.label.partition("-")
            if kind == "site" and number.isdecimal():
                watching[int(number)] = one
        now_s = int(clock.monotonic())
        for site_id in {*known, *watching}:
            before = known.get(site_id, Held())
            after, move = step(before, sample(watching.get(site_id), before.rung), now_s)
            known[site_id] = after
            if move:
                self._move(report.id, site_id, after.rung, move)
        self._call_roll(report.id, watching)

    def _call_roll(self, conference_id: int, watching: dict[int, LabelReport]) -> None:
        """Note who came and who went, edges included."""
        rungs = {site: one.rung for site, one in watching.items()} | self._edges(conference_id)
        there = {site: rung for site, rung in rungs.items() if rung != "none"}
        change = self.rolls.setdefault(conference_id, Roll()).take(there, clock.monotonic())
        if change != Change():
            self.services.writer.run(lambda tx: connections.note(tx, conference_id, change))

    def _edges(self, conference_id: int) -> dict[int, Rung]:
        """The sites whose edge has been heard, and at which rung it serves them."""
        if not seen.edges:
            return {}
        with self.services.database.read() as session:
            found = lookup.sites_of(session, conference_id)
            beats = {site.id: seen.edge_of(site.device_id) for site in found if site.device_id is not None}
        return {site: beat.rung for site, beat in beats.items() if beat is not None}

    def _move(self, conference_id: int, site_id: int, rung: Rung, move: Move) -> None:
        log.info("relay_site_moved", conference=conference_id, site=site_id, rung=rung, move=move)
        self.services.writer.run(lambda tx: hold_site(tx, conference_id, site_id, rung, move))

    def _held(self, conference_id: int) -> dict[int, Held]:
        with self.services.database.read() as session:
            found = lookup.sites_of(session, conference_id)
            return {site.id: Held(rung=lookup.worse(site.held)) for site in found}

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
