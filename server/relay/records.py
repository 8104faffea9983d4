"""The writes about what stays of a conference: that a report was made, that a recording was taken or deleted."""

from sqlalchemy.orm import Session

from server.core.access import Actor
from server.core.errors import Refused
from server.core.writer import Tx
from server.meetings import lookup as meetings
from server.relay import lookup
from server.relay.board import Seen
from server.relay.models import Conference, ConferenceState


def report_made(tx: Tx, actor: Actor, meeting_id: int, form: str) -> None:
    """Somebody makes the report; after the end the time line counts it. Raises Refused `relay_report_early`."""
    conference = lookup.conference_of(tx, meeting_id)
    if conference.live_at is None and conference.rehearsal_at is None:
        raise Refused("relay_report_early")
    if conference.state == ConferenceState.ENDED:
        conference.reported_at = tx.now
    tx.record("relay.report_made", actor, meeting_id, conference=conference.id, form=form, state=conference.state)
    lookup.touch(tx, conference)


def why_not(session: Session, conference: Conference) -> str:
    """The code of why no recording of this conference may leave the server, or ""."""
    if meetings.meeting_of(session, conference.meeting_id).secret:
        return "relay_secret"
    return "relay_recording_forbidden" if conference.recording_forbidden else ""


def may_leave(session: Session, conference: Conference) -> None:
    """Raise Refused `relay_secret` or `relay_recording_forbidden` where no recording may leave the server."""
    code = why_not(session, conference)
    if code == "relay_secret":
        raise Refused(code)
    if code:
        raise Refused(code, reason=conference.recording_forbidden)


def running(conference: Conference, seen: Seen) -> str:
    """The file that is being written now, or ""."""
    report = seen.report_of(conference.id)
    return report.recording.file if report is not None and report.recording.on else ""


def downloaded(tx: Tx, actor: Actor, meeting_id: int, file: str, size: int) -> None:
    """Somebody takes a recording; raises what `may_leave` raises."""
    conference = lookup.conference_of(tx, meeting_id)
    may_leave(tx, conference)
    tx.record("relay.recording_taken", actor, meeting_id, conference=conference.id, file=file, bytes=size)


def deleted(tx: Tx, actor: Actor, meeting_id: int, *, file: str, size: int, running: str) -> None:
    """Somebody deletes a recording. Raises Refused `relay_recording_running` for the one that is being written."""
    conference = lookup.conference_of(tx, meeting_id)
    if file == running:
        raise Refused("relay_recording_running")
    tx.record("relay.recording_deleted", actor, meeting_id, conference=conference.id, file=file, bytes=size)
