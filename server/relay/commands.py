"""The writes of a conference and its sources. (Sites, floor and incidents have files of their own.)"""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from server.core.access import SYSTEM, Actor
from server.core.errors import Refused
from server.core.writer import Tx
from server.documents import library
from server.meetings import lookup as meetings
from server.meetings.models import Meeting
from server.relay import addresses, connections, lookup, sites
from server.relay.bodies import ConferenceIn, SourceIn
from server.relay.models import Conference, ConferenceState, RelaySource, SharedPaper

STEPS: dict[ConferenceState, tuple[ConferenceState, ...]] = {
    ConferenceState.PLANNED: (ConferenceState.REHEARSAL, ConferenceState.LIVE),
    ConferenceState.REHEARSAL: (ConferenceState.PLANNED, ConferenceState.LIVE),
    ConferenceState.LIVE: (ConferenceState.ENDED,),
    ConferenceState.ENDED: (ConferenceState.LIVE,),  # ended by mistake: the rooms must not have to be invited again
}


def create_conference(tx: Tx, actor: Actor, meeting_id: int, what: ConferenceIn) -> int:
    """A new conference of a meeting; returns its id. Raises Refused `meeting_closed`, `relay_secret`, `relay_exists`
    or `relay_attached` (the meeting is a site of another one).
    """
    meeting = meetings.open_meeting(tx, meeting_id)
    if meeting.secret:
        raise Refused("relay_secret")
    if lookup.find_conference(tx, meeting_id) is not None:
        raise Refused("relay_exists")
    if lookup.attached_site(tx, meeting_id) is not None:
        raise Refused("relay_attached")
    conference = Conference(
        meeting_id=meeting_id, name=what.name, organiser=what.organiser, starts_at=what.starts_at or meeting.starts_at,
        plan=what.plan, phone=what.phone, top=what.top, state=ConferenceState.PLANNED, state_since=tx.now,
    )
    tx.add(conference)
    tx.flush()
    tx.record("relay.created", actor, meeting_id, conference=conference.id, name=what.name, organiser=what.organiser)
    lookup.touch(tx, conference)
    return conference.id


def change_conference(tx: Tx, actor: Actor, meeting_id: int, **changes: object) -> None:
    """Change particulars and options, also while it runs. Raises Refused `relay_recording_forbidden`."""
    conference = lookup.open_conference(tx, meeting_id)
    if changes.get("recording_forbidden"):
        changes["recording"] = False
    forbidden = changes.get("recording_forbidden", conference.recording_forbidden)
    if changes.get("recording") and forbidden:
        raise Refused("relay_recording_forbidden", reason=str(forbidden))
    for name, value in changes.items():
        setattr(conference, name, value)
    said = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in changes.items()}
    tx.record("relay.changed", actor, meeting_id, conference=conference.id, **said)
    lookup.touch(tx, conference)


def delete_conference(tx: Tx, actor: Actor, meeting_id: int) -> None:
    """Remove a conference with its sites and incidents; a device that no other conference uses ends with it.

    Raises Refused `relay_running`, or `relay_was_live`.
    """
    meetings.open_meeting(tx, meeting_id)
    conference = lookup.conference_of(tx, meeting_id)
    if conference.state in lookup.RUNNING:
        raise Refused("relay_running")
    if conference.live_at is not None:
        raise Refused("relay_was_live")
    topics = [*lookup.topics_of(tx, conference, "relay"), *lookup.topics_of(tx, conference, "relay-shared")]
    for site in lookup.sites_of(tx, conference.id):
        sites.part_with_device(tx, site)
    tx.delete(conference)
    tx.record("relay.deleted", actor, meeting_id, conference=conference.id, name=conference.name)
    tx.touch(*topics)


def take_step(tx: Tx, actor: Actor, meeting_id: int, to: ConferenceState, *, confirmed: bool) -> None:
    """Planned, rehearsal, live, ended. Raises Refused `relay_step_impossible`, `relay_step_unconfirmed`,
    `relay_secret`, or `relay_no_source` (a live conference needs one).
    """
    meeting = meetings.open_meeting(tx, meeting_id)
    conference = lookup.conference_of(tx, meeting_id)
    if to not in STEPS[conference.state]:
        raise Refused("relay_step_impossible", state=conference.state, to=to)
    if meeting.secret and to in lookup.RUNNING:
        raise Refused("relay_secret")
    if to == ConferenceState.LIVE and not lookup.sources_of(tx, conference.id):
        raise Refused("relay_no_source")
    if not confirmed:
        raise Refused("relay_step_unconfirmed")
    before = conference.state
    _enter(tx, conference, to)
    tx.record("relay.state", actor, meeting_id, conference=conference.id, before=before, to=to)
    lookup.touch(tx, conference)


def _enter(tx: Tx, conference: Conference, to: ConferenceState) -> None:
    conference.state, conference.state_since = to, tx.now
    if to == ConferenceState.REHEARSAL:
        conference.rehearsal_at = tx.now
    elif to == ConferenceState.LIVE:
        conference.live_at, conference.ended_at = conference.live_at or tx.now, None
    elif to == ConferenceState.ENDED:
        conference.ended_at = tx.now
    connections.turn(tx, conference)


def end_with_meeting(session: Session, meeting_id: int) -> None:
    """The meeting closes: its relay ends with it, in the same step."""
    conference = lookup.find_conference(session, meeting_id)
    if not isinstance(session, Tx):
        raise TypeError("a conference ends in a command")
    if conference is not None and conference.state in lookup.RUNNING:
        _enter(session, conference, ConferenceState.ENDED)
        lookup.touch(session, conference)


def share_papers(tx: Tx, actor: Actor, meeting_id: int, document_ids: list[int]) -> None:
    """Approve these papers of the host for the rooms, and no others; one that is not drawn yet is shown once it is.

    Raises Refused `relay_paper_not_found` for a paper of another meeting, or one that was recalled.
    """
    conference = lookup.open_conference(tx, meeting_id)
    if not set(document_ids) <= {one.id for one in library.documents_of(tx, meeting_id)}:
        raise Refused("relay_paper_not_found")
    tx.execute(delete(SharedPaper).where(SharedPaper.conference_id == conference.id))
    wanted = sorted(set(document_ids))
    tx.add_all(SharedPaper(conference_id=conference.id, document_id=one) for one in wanted)
    tx.flush()
    tx.record("relay.papers_shared", actor, meeting_id, conference=conference.id, documents=wanted)
    lookup.touch(tx, conference)


def end_in_isolation(tx: Tx, conference_id: int) -> None:
    """This server has become an isolated one: what was running before is over, and no screen waits for it."""
    conference = tx.get_one(Conference, conference_id)
    said = {"before": conference.state, "to": ConferenceState.ENDED, "why": "isolated"}
    _enter(tx, conference, ConferenceState.ENDED)
    tx.record("relay.state", SYSTEM, conference.meeting_id, conference=conference.id, **said)
    lookup.touch(tx, conference)


def put_source(tx: Tx, actor: Actor, meeting_id: int, key: str, what: SourceIn, *, secret: str) -> None:
    """Set a source up or change it; without an address the stored one stays, if the kind does.

    One that is to be called and has no address gets one with `secret` for its stream key. Raises Refused
    `relay_address_wrong` or `relay_sound_wrong`. The journal gets the address without its secrets.
    """
    conference = lookup.open_conference(tx, meeting_id)
    source = tx.get(RelaySource, (conference.id, key))
    given = addresses.wanted(source, what)
    if what.listen and not given:
        given = addresses.made(what.kind, key, secret)
    address, sound = addresses.checked(what.kind, given), addresses.sound_checked(what.kind, what.sound)
    if source is None:
        source = RelaySource(conference_id=conference.id, key=key)
        tx.add(source)
    source.kind, source.address, source.listen = what.kind, address, what.listen
    source.transport, source.sound = what.transport, sound
    tx.record(
        "relay.source_set", actor, meeting_id, conference=conference.id, key=key, kind=what.kind,
        address=addresses.shown(address, listen=what.listen), listen=what.listen,
    )
    lookup.touch(tx, conference)


def drop_source(tx: Tx, actor: Actor, meeting_id: int, key: str) -> None:
    """Remove a source. Raises Refused `relay_source_not_found`, or `relay_last_source` of a live conference."""
    conference = lookup.open_conference(tx, meeting_id)
    source = lookup.source_of(tx, conference, key)
    if conference.state == ConferenceState.LIVE and len(lookup.sources_of(tx, conference.id)) == 1:
        raise Refused("relay_last_source")
    tx.delete(source)
    tx.record("relay.source_dropped", actor, meeting_id, conference=conference.id, key=key)
    lookup.touch(tx, conference)


def show_entry(tx: Tx, actor: Actor, meeting_id: int, key: str) -> None:
    """Somebody is shown the stream key or the pass of a source: the journal says who.

    Raises Refused `relay_source_not_found`, or `relay_source_not_called` for one the server fetches by itself.
    """
    conference = lookup.open_conference(tx, meeting_id)
    source = lookup.source_of(tx, conference, key)
    if source.kind != "whip" and not source.listen:
        raise Refused("relay_source_not_called")
    tx.record("relay.source_entry", actor, meeting_id, conference=conference.id, key=key, kind=source.kind)


def stop_for_secrecy(tx: Tx, meeting: Meeting) -> dict[str, object]:
    """The meeting is marked secret: its relay ends in the same step, or its screens leave the one they show."""
    said: dict[str, object] = {}
    conference = lookup.find_conference(tx, meeting.id)
    if conference is not None:
        conference.share_agenda = conference.share_documents = False
        if conference.state in lookup.RUNNING:
            _enter(tx, conference, ConferenceState.ENDED)
            said["relay_ended"] = conference.id
        lookup.touch(tx, conference)
    site = lookup.attached_site(tx, meeting.id)
    if site is not None:
        shown = tx.get_one(Conference, site.conference_id)
        topics = [*lookup.topics_of(tx, shown, "relay"), *lookup.topics_of(tx, shown, "relay-shared")]
        site.local_meeting_id = None
        said["relay_left_as_site"] = site.id
        tx.touch(*topics)
    return said
