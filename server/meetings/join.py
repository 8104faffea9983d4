"""Signing in at a seat: a name and a PIN, or an invitation and a PIN."""

from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.access import Actor
from server.core.config import Settings
from server.core.errors import Refused
from server.core.keys import Keys
from server.core.writer import Tx
from server.meetings import invitations, lookup
from server.meetings.models import Meeting, MeetingState, Participant
from server.people import sessions, sign_in

OPEN = (MeetingState.CONVENED, MeetingState.IN_SESSION, MeetingState.PAUSED)
BY_INVITATION = "invitation"  # in the place of a join code: the meeting is the one the invitation names
LONGEST_LOCKOUT = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who says he is whom, and from where."""

    join_code: str
    participant_id: int | None
    invitation: str | None
    pin: str
    address: str
    surface: str = "seat"  # or "teller": a counting station


def meeting_by_code(session: Session, code: str) -> Meeting:
    """The open meeting of a join code. Raises Refused `join_unknown`."""
    meeting = session.scalar(select(Meeting).where(Meeting.join_code == code.strip().upper(), Meeting.state.in_(OPEN)))
    if meeting is None:
        raise Refused("join_unknown")
    return meeting


def finish(tx: Tx, attempt: Attempt, keys: Keys, settings: Settings) -> tuple[str, Participant] | Refused:
    """Check an attempt, count it, log it; the session's token and who sits, or the refusal.

    A refusal is returned rather than raised, because the count of wrong PINs must be kept.
    """
    try:
        participant = _who(tx, attempt, keys)
    except Refused as refused:
        sign_in.note_attempt(tx, "participant:?", attempt.surface, attempt.address, refused.code)
        return refused
    refusal = _refusal(tx, participant, attempt.pin, keys, settings)
    if refusal is None and attempt.surface == "teller" and not participant.teller:
        refusal = Refused("not_a_teller")
    outcome = refusal.code if refusal else "ok"
    sign_in.note_attempt(tx, f"participant:{participant.id}", attempt.surface, attempt.address, outcome)
    if refusal:
        return refusal
    participant.pin_failures, participant.pin_locked_until = 0, None
    lasts = timedelta(hours=settings.session_hours)
    token = sessions.start(tx, attempt.surface, attempt.address, lasts, participant_id=participant.id)
    actor = Actor(f"participant:{participant.id}", participant.person.name, f"{attempt.surface} {attempt.address}")
    tx.record(f"{attempt.surface}.signed_in", actor, participant.meeting_id, participant=participant.id)
    return token, participant


def _who(tx: Tx, attempt: Attempt, keys: Keys) -> Participant:
    if attempt.invitation is None:
        meeting = meeting_by_code(tx, attempt.join_code)
        return lookup.participant_of(tx, meeting.id, attempt.participant_id or 0)
    said = invitations.read(keys, attempt.invitation)
    participant = tx.get(Participant, said.participant_id) if said else None
    if said is None or participant is None or not invitations.is_valid(said, participant):
        raise Refused("invitation_invalid")
    meeting = lookup.meeting_of(tx, participant.meeting_id)
    named = attempt.join_code.strip().upper() in (BY_INVITATION.upper(), meeting.join_code)
    if meeting.state not in OPEN or not named:
        raise Refused("join_unknown")
    return participant


def _refusal(tx: Tx, participant: Participant, pin: str, keys: Keys, settings: Settings) -> Refused | None:
    if participant.pin_locked_until is not None and participant.pin_locked_until > tx.now:
        return Refused("locked_out", until=sign_in.shown_time(participant.pin_locked_until))
    if participant.pin_mac is None:
        return Refused("pin_missing")
    if not compare_digest(participant.pin_mac, invitations.pin_mac(keys, participant.id, pin)):
        return _count_failure(tx, participant, settings)
    starts = lookup.meeting_of(tx, participant.meeting_id).starts_at
    return Refused("pin_expired") if tx.now > starts + timedelta(days=settings.pin_days) else None


def _count_failure(tx: Tx, participant: Participant, settings: Settings) -> Refused:
    """Each wrong PIN after the first lock-out locks again at once, and twice as long.

    Six digits are few: somebody who tries every name of a hall five times per lock-out would hit one within days.
    A right PIN or a new one starts afresh.
    """
    participant.pin_failures += 1
    beyond = participant.pin_failures - settings.sign_in_attempts
    if beyond < 0:
        return Refused("pin_wrong", left=-beyond)
    lasts = min(timedelta(minutes=settings.lockout_minutes) * 2 ** min(beyond, 10), LONGEST_LOCKOUT)
    participant.pin_locked_until = tx.now + lasts
    return Refused("locked_out", until=sign_in.shown_time(participant.pin_locked_until))
