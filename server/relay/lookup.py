"""Reads that the relay's parts share, and which topics look different when a conference changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.clock import epoch_ms
from server.core.errors import Refused
from server.core.writer import Tx
from server.floor.commands import speaker_of
from server.floor.models import SpeakingRequest
from server.meetings import lookup as meetings
from server.relay.models import Admission, Conference, ConferenceState, Incident, RelaySource, Site
from server.relay.plan import RUNGS, Rung, SrtLine

RUNNING = (ConferenceState.REHEARSAL, ConferenceState.LIVE)
OF_VERDICT: dict[str, Rung] = {"A": "top", "B": "low", "C": "audio", "D": "none"}


def find_conference(session: Session, meeting_id: int) -> Conference | None:
    """The conference of a meeting, if it has one of its own."""
    return session.scalar(select(Conference).where(Conference.meeting_id == meeting_id))


def conference_of(session: Session, meeting_id: int) -> Conference:
    """The conference of a meeting. Raises Refused `relay_none`."""
    found = find_conference(session, meeting_id)
    if found is None:
        raise Refused("relay_none")
    return found


def open_conference(session: Session, meeting_id: int) -> Conference:
    """The conference of a meeting, both of which may still be changed.

    Raises Refused `relay_none`, `meeting_closed`, `relay_ended`, or `relay_secret` (it was marked afterwards).
    """
    meeting = meetings.open_meeting(session, meeting_id)
    conference = conference_of(session, meeting_id)
    if conference.state == ConferenceState.ENDED:
        raise Refused("relay_ended")
    if meeting.secret:
        raise Refused("relay_secret")
    return conference


def running_conference(session: Session, meeting_id: int) -> Conference:
    """The conference of a meeting, in rehearsal or live. Raises Refused `relay_not_running` besides."""
    conference = open_conference(session, meeting_id)
    if conference.state not in RUNNING:
        raise Refused("relay_not_running")
    return conference


def sites_of(session: Session, conference_id: int) -> Sequence[Site]:
    """The sites of a conference in their order."""
    return session.scalars(
        select(Site).where(Site.conference_id == conference_id).order_by(Site.position, Site.id)
    ).all()


def site_of(session: Session, conference: Conference, site_id: int) -> Site:
    """A site of this conference. Raises Refused `relay_site_not_found`."""
    site = session.get(Site, site_id)
    if site is None or site.conference_id != conference.id:
        raise Refused("relay_site_not_found")
    return site


def site_of_device(session: Session, meeting_id: int, device_id: int | None) -> tuple[Conference, Site]:
    """The conference of a meeting and the site whose device this is. Raises Refused `relay_site_not_found`."""
    conference = conference_of(session, meeting_id)
    site = session.scalar(
        select(Site).where(Site.conference_id == conference.id, Site.device_id == device_id)
    ) if device_id is not None else None
    if site is None:
        raise Refused("relay_site_not_found")
    return conference, site


def attached_site(session: Session, meeting_id: int) -> Site | None:
    """The site whose own meeting this is."""
    return session.scalar(select(Site).where(Site.local_meeting_id == meeting_id))


def sources_of(session: Session, conference_id: int) -> Sequence[RelaySource]:
    """The sources of a conference, primary first."""
    return session.scalars(
        select(RelaySource).where(RelaySource.conference_id == conference_id).order_by(RelaySource.key.desc())
    ).all()


def source_of(session: Session, conference: Conference, key: str) -> RelaySource:
    """A source of this conference. Raises Refused `relay_source_not_found`."""
    source = session.get(RelaySource, (conference.id, key))
    if source is None:
        raise Refused("relay_source_not_found")
    return source


def incidents_of(session: Session, conference_id: int, *, most: int, only_open: bool = False) -> Sequence[Incident]:
    """Incidents, the newest first."""
    found = select(Incident).where(Incident.conference_id == conference_id)
    if only_open:
        found = found.where(Incident.resolved_at.is_(None))
    return session.scalars(found.order_by(Incident.last_at.desc(), Incident.id.desc()).limit(most)).all()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a meeting's screens show of the relay: its own conference, or that to which it is attached as `site`."""

    conference: Conference
    site: Site | None


def shown_in(session: Session, meeting_id: int) -> Shown | None:
    """The conference this meeting's rooms may see; its own comes first."""
    own = find_conference(session, meeting_id)
    if own is not None:
        return Shown(own, None)
    site = attached_site(session, meeting_id)
    return Shown(session.get_one(Conference, site.conference_id), site) if site is not None else None


def floor_of(session: Session, conference: Conference) -> SpeakingRequest | None:
    """The request of the site that has the floor."""
    speaking = speaker_of(session, conference.meeting_id)
    return speaking if speaking is not None and speaking.site_id is not None else None


def return_muted(session: Session, conference: Conference, site: Site) -> bool:
    """Whether a site gets no sound back: it has the floor, and its line is not known to be dead."""
    speaking = floor_of(session, conference)
    if speaking is None or speaking.site_id != site.id:
        return False
    dead = select(Incident.id).where(
        Incident.conference_id == conference.id, Incident.code == "floor_lost", Incident.subject == f"site-{site.id}",
        Incident.resolved_at.is_(None),
    )
    return session.scalar(dead.limit(1)) is None


def worse(*rungs: str) -> Rung:
    """The worst of several rungs."""
    return max((rung for rung in RUNGS if rung in rungs), key=RUNGS.index)


def granted(conference: Conference, site: Site) -> Rung:
    """The best rung a site may have by hand or by its verdict, whatever its line carries now; never above its cap.

    Without a test a site is let into a rehearsal (that is where it is tested) and not into a live conference.
    """
    if site.admission == Admission.REFUSED:
        return "none"
    if site.admission == Admission.ADMITTED:
        return worse(site.cap)
    if site.verdict is None:
        return worse(site.cap) if conference.state != ConferenceState.LIVE else "none"
    judged = OF_VERDICT[site.verdict]
    if judged == "none" and conference.state != ConferenceState.LIVE:
        judged = "audio"  # a refused site may look for what is wrong with it
    return worse(site.cap, judged)


def allowed(conference: Conference, site: Site) -> Rung:
    """The best rung a site may have now: what it is granted, as far as its line carries it (`held`, watch.py)."""
    return worse(granted(conference, site), site.held)


def rungs_of(conference: Conference, site: Site) -> tuple[Rung, ...]:
    """The rungs a site may be moved among, best first; none for one that is not let in."""
    offered: tuple[Rung, ...] = ("top", "low", "audio") if conference.low else ("top", "audio")
    best = granted(conference, site)
    return tuple(one for one in offered if RUNGS.index(one) >= RUNGS.index(best))


def srt_line(conference: Conference, site: Site) -> SrtLine | None:
    """What the site's edge takes over SRT now, None when it takes the feed.

    The turn changes when a rehearsal begins and whenever the line is set anew: so does the passphrase.
    """
    rung = allowed(conference, site)
    if site.line != "srt" or rung == "none" or conference.state not in RUNNING:
        return None
    began = conference.rehearsal_at or conference.live_at
    turn = f"{site.line_turn}.{epoch_ms(began) if began else 0}"
    return SrtLine(conference=conference.id, rung=rung, turn=turn)


def touch(tx: Tx, conference: Conference) -> None:
    """Whatever shows this conference looks different now: the host's screens and those of attached meetings.

    What is shared with a room hangs on the same things (state, admission, held), so it is looked at again as well.
    """
    tx.touch(*topics_of(tx, conference, "relay"), *topics_of(tx, conference, "relay-shared"))


def topics_of(session: Session, conference: Conference, name: str) -> list[str]:
    """A topic of the host's meeting and of every meeting attached to its conference."""
    attached = session.scalars(
        select(Site.local_meeting_id).where(
            Site.conference_id == conference.id, Site.local_meeting_id.is_not(None)
        )
    )
    meeting_ids = [conference.meeting_id, *(one for one in attached if one is not None)]
    return [meetings.topic(meeting_id, name) for meeting_id in meeting_ids]
