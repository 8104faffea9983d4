"""When each site was connected: spells with a beginning and an end, and a line in the log when a live one is lost.

Written by the watch (watch.py) from what the relay and the edges report; bounded for each site, whatever its line does.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select

from server.core.access import SYSTEM
from server.core.writer import Tx
from server.relay import incidents, lookup
from server.relay.incidents import Words
from server.relay.models import Conference, ConferenceState, Incident, Site, Spell
from server.relay.plan import Rung
from server.relay.roll import GAP_S, NOTE_EVERY_S, Change, Rungs

MOST_SPELLS = 60  # of one site in one conference; further ones are joined to the last
GAP = timedelta(seconds=GAP_S)
FRESH = timedelta(seconds=GAP_S + NOTE_EVERY_S)  # an open spell noted longer ago has ended unseen
LOST = "site_lost"
OVER = "Hội nghị kết thúc."
LOST_WORDS = Words("{name} mất kết nối.", "{name} is no longer connected.")


def note(tx: Tx, conference_id: int, change: Change) -> None:
    """Write what a report changed; nothing for a conference that does not run, or a site that is gone."""
    conference = tx.get(Conference, conference_id)
    if conference is None or conference.state not in lookup.RUNNING:
        return
    sites = {one.id: one for one in lookup.sites_of(tx, conference_id)}
    begun = [site for site in change.begun if site in sites]
    ended = [site for site in change.ended if site in sites]
    for site in begun:
        _begin(tx, conference, site, change.begun[site])
    for site in change.kept:
        if site in sites:
            _begin(tx, conference, site, change.kept[site])
    for site in ended:
        _end(tx, conference, sites[site], *change.ended[site])
    if begun or ended:
        told = [*begun, *ended]
        _settle_found(tx, conference, begun)
        tx.record(
            "relay.sites_connected", SYSTEM, conference.meeting_id, conference=conference.id, begun=begun, ended=ended,
            sites={str(site): sites[site].name for site in told},
        )


def _begin(tx: Tx, conference: Conference, site_id: int, rungs: Rungs) -> None:
    """A site is connected: its open spell goes on, or one begins."""
    last = _last(tx, conference, site_id)
    live = conference.state == ConferenceState.LIVE
    if last is not None and not last.ended and tx.now - last.seen_at > FRESH:
        last.ended = True
    goes_on = last is not None and not last.ended and last.live == live
    soon = last is not None and last.live == live and tx.now - last.seen_at <= GAP
    full = last is not None and _count(tx, conference, site_id) >= MOST_SPELLS
    if last is not None and (goes_on or soon or full):
        last.gaps += 0 if goes_on else 1
        last.ended, last.seen_at = False, tx.now
        _widen(last, rungs)
        return
    if last is not None:
        last.ended = True
    tx.add(Spell(
        conference_id=conference.id, site_id=site_id, live=live, from_at=tx.now, seen_at=tx.now, ended=False,
        best=rungs.best, worst=rungs.worst, gaps=0,
    ))


def _widen(spell: Spell, rungs: Rungs) -> None:
    known = Rungs(_rung(spell.best), _rung(spell.worst)).with_(rungs.best).with_(rungs.worst)
    spell.best, spell.worst = known.best, known.worst


def _rung(text: str) -> Rung:
    return lookup.worse(text)


def _end(tx: Tx, conference: Conference, site: Site, ago_s: float, rungs: Rungs) -> None:
    last = _last(tx, conference, site.id)
    if last is not None and not last.ended:
        last.ended, last.seen_at = True, max(last.from_at, tx.now - timedelta(seconds=ago_s))
        _widen(last, rungs)
    if conference.state == ConferenceState.LIVE and lookup.allowed(conference, site) != "none":
        words = Words(LOST_WORDS.vi.format(name=site.name), LOST_WORDS.en.format(name=site.name))
        incidents.count(tx, conference, LOST, f"site-{site.id}", words, site_id=site.id)


def _settle_found(tx: Tx, conference: Conference, begun: Sequence[int]) -> None:
    subjects = [f"site-{site}" for site in begun]
    if any(incidents.settle(tx, conference, (LOST,), subject) for subject in subjects):
        lookup.touch(tx, conference)


def turn(tx: Tx, conference: Conference) -> None:
    """The conference has just entered a state: open spells end; when it runs on, those of who is there begin anew."""
    for spell in tx.scalars(select(Spell).where(Spell.conference_id == conference.id, Spell.ended.is_(False))).all():
        there = tx.now - spell.seen_at <= FRESH
        spell.ended = True
        if there:
            spell.seen_at = tx.now
        if there and conference.state in lookup.RUNNING:
            tx.add(Spell(
                conference_id=conference.id, site_id=spell.site_id, live=conference.state == ConferenceState.LIVE,
                from_at=tx.now, seen_at=tx.now, ended=False, best=spell.worst, worst=spell.worst, gaps=0,
            ))
    if conference.state not in lookup.RUNNING:
        _nobody_is_missed(tx, conference)


def _nobody_is_missed(tx: Tx, conference: Conference) -> None:
    """After the end nobody needs to look for a site that went before it."""
    for one in tx.scalars(select(Incident).where(
        Incident.conference_id == conference.id, Incident.code == LOST, Incident.resolved_at.is_(None)
    )):
        one.resolved_at, one.resolution = tx.now, OVER


def _last(tx: Tx, conference: Conference, site_id: int) -> Spell | None:
    return tx.scalar(
        select(Spell).where(Spell.conference_id == conference.id, Spell.site_id == site_id)
        .order_by(Spell.id.desc()).limit(1)
    )


def _count(tx: Tx, conference: Conference, site_id: int) -> int:
    return tx.scalar(
        select(func.count()).select_from(Spell)
        .where(Spell.conference_id == conference.id, Spell.site_id == site_id)
    ) or 0
