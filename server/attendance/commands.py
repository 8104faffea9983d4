"""Writes of attendance: coming, going, and the secretary's override.

Presence is kept as intervals; a partial unique index lets each participant have one open interval at most, so two doors
that scan the same person at once count one person (facts/kiosk.md).
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.attendance.models import Presence, Scan
from server.attendance.presence import counts, open_presence
from server.attendance.views import CheckInAnswer
from server.core.access import Actor
from server.core.clock import epoch_ms
from server.core.errors import Refused
from server.core.keys import Keys
from server.core.writer import Tx
from server.meetings import invitations, lookup
from server.meetings.models import Meeting, MeetingState, Participant
from server.people.models import Unit

OPEN = (MeetingState.CONVENED, MeetingState.IN_SESSION, MeetingState.PAUSED)


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody comes in: the method (scan, search, seat, console), and who or what let him in."""

    method: str
    by: str


def scan(tx: Tx, actor: Actor, meeting_id: int, text: str, keys: Keys) -> CheckInAnswer | Refused:
    """A code read at the door. Every scan is logged; a refusal is returned, so that its log entry is kept."""
    where = (actor.name or actor.key)[:120]
    try:
        participant = _scanned(tx, meeting_id, invitations.read(keys, text))
        answer = _enter(tx, actor, participant, Way("scan", where))
    except Refused as refused:
        tx.add(Scan(meeting_id=meeting_id, at=tx.now, outcome=refused.code, origin=where))
        return refused
    tx.add(Scan(
        meeting_id=meeting_id, participant_id=participant.id, at=tx.now, outcome=answer.outcome, origin=where
    ))
    return answer


def _scanned(session: Session, meeting_id: int, said: invitations.Invitation | None) -> Participant:
    if said is None:
        raise Refused("scan_not_ours")
    if said.meeting_id != meeting_id:
        other = session.scalar(select(Meeting.title).where(Meeting.id == said.meeting_id))
        raise Refused("scan_wrong_meeting", title=other or "?")
    _open(session, meeting_id)
    participant = session.get(Participant, said.participant_id)
    if participant is None or participant.meeting_id != meeting_id:
        raise Refused("scan_not_convened")
    if not invitations.is_valid(said, participant):
        raise Refused("scan_revoked", name=participant.person.name)
    return participant


def enter_by_name(tx: Tx, actor: Actor, meeting_id: int, participant_id: int) -> CheckInAnswer:
    """Somebody without a code, found by name."""
    _open(tx, meeting_id)
    participant = lookup.participant_of(tx, meeting_id, participant_id)
    return _enter(tx, actor, participant, Way("search", (actor.name or actor.key)[:120]))


def enter_from_seat(tx: Tx, actor: Actor, meeting_id: int, participant_id: int) -> CheckInAnswer:
    """Somebody who typed the code that only those in the room can read."""
    _open(tx, meeting_id)
    return _enter(tx, actor, lookup.participant_of(tx, meeting_id, participant_id), Way("seat", "seat"))


def leave(tx: Tx, actor: Actor, meeting_id: int, participant_id: int) -> None:
    """Somebody went out. Raises `not_inside`."""
    _open(tx, meeting_id)
    _leave(tx, actor, lookup.participant_of(tx, meeting_id, participant_id), None)


def override(tx: Tx, actor: Actor, meeting_id: int, participant_id: int, *, present: bool, reason: str) -> None:
    """The secretary says who is here, and why. Saying what is so already changes nothing."""
    _open(tx, meeting_id)
    participant = lookup.participant_of(tx, meeting_id, participant_id)
    if (open_presence(tx, participant_id) is not None) == present:
        return
    if present:
        _enter(tx, actor, participant, Way("console", "console"), reason)
    else:
        _leave(tx, actor, participant, reason)


def _open(session: Session, meeting_id: int) -> Meeting:
    meeting = lookup.meeting_of(session, meeting_id)
    if meeting.state not in OPEN:
        raise Refused("meeting_not_open")
    return meeting


def _enter(tx: Tx, actor: Actor, participant: Participant, way: Way, reason: str | None = None) -> CheckInAnswer:
    inside = open_presence(tx, participant.id)
    if inside is not None:
        return _answer(tx, "again", participant, inside)
    inside = Presence(
        meeting_id=participant.meeting_id, participant_id=participant.id, entered_at=tx.now, method=way.method,
        origin=way.by,
    )
    tx.add(inside)
    tx.flush()
    tx.record(
        "attendance.entered", actor, participant.meeting_id, participant=participant.id, method=way.method,
        **({"reason": reason} if reason else {}),
    )
    _touch(tx, participant)
    return _answer(tx, "welcome", participant, inside)


def _leave(tx: Tx, actor: Actor, participant: Participant, reason: str | None) -> None:
    inside = open_presence(tx, participant.id)
    if inside is None:
        raise Refused("not_inside", name=participant.person.name)
    inside.left_at = tx.now
    tx.record(
        "attendance.left", actor, participant.meeting_id, participant=participant.id,
        **({"reason": reason} if reason else {}),
    )
    _touch(tx, participant)


def _touch(tx: Tx, participant: Participant) -> None:
    meeting_id = participant.meeting_id
    tx.flush()
    tx.touch(
        *(lookup.topic(meeting_id, name) for name in ("attendance", "seats", "participants")),
        lookup.topic(meeting_id, "me", participant.id),
        *(topic for ask in lookup.presence_topics for topic in ask(tx, meeting_id)),
    )


def _answer(session: Session, outcome: str, participant: Participant, inside: Presence) -> CheckInAnswer:
    now = counts(session, participant.meeting_id)
    person = participant.person
    return CheckInAnswer(
        outcome=outcome, participant_id=participant.id, name=person.name, title=person.title,
        unit=session.get_one(Unit, person.unit_id).name, seat=participant.seat, role=participant.role,
        entered_ms=epoch_ms(inside.entered_at), entered_by=inside.origin or inside.method, present=now.present,
        convened=now.convened,
    )


def keep_who_was_here(session: Session, participant_id: int) -> None:
    """Whoever was in the room once stays on the list."""
    if session.scalar(select(Presence.id).where(Presence.participant_id == participant_id).limit(1)) is not None:
        raise Refused("participant_kept")


lookup.participant_removal_checks.append(keep_who_was_here)
