"""Writes of a meeting itself and of its notices. (Agenda, participants and life cycle have files of their own.)"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from server.core.access import Actor
from server.core.errors import Refused
from server.core.writer import Tx
from server.meetings import lookup
from server.meetings.models import Meeting, MeetingKind, MeetingState, Notice
from server.people.once import base32


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the secretary says of a meeting."""

    title: str
    kind: MeetingKind
    room: str
    starts_at: datetime
    quorum_numerator: int
    quorum_denominator: int
    rehearsal: bool = False
    secret: bool = False


def create_meeting(tx: Tx, actor: Actor, unit_id: int, what: Particulars) -> int:
    """A new meeting in draft; returns its id."""
    meeting = Meeting(
        unit_id=unit_id, title=what.title, kind=what.kind, room=what.room, starts_at=what.starts_at,
        quorum_numerator=what.quorum_numerator, quorum_denominator=what.quorum_denominator,
        rehearsal=what.rehearsal, secret=what.secret, state=MeetingState.DRAFT, state_since=tx.now,
        join_code=base32(secrets.token_bytes(7))[:10],
    )
    tx.add(meeting)
    tx.flush()
    tx.record("meeting.created", actor, meeting.id, title=meeting.title, unit=unit_id)
    tx.touch(lookup.topic(meeting.id, "header"))
    return meeting.id


def change_meeting(tx: Tx, actor: Actor, meeting_id: int, **changes: object) -> None:
    """Change particulars before the meeting has begun. Raises `meeting_started` afterwards.

    It may be marked secret at any time: what ought not to be heard outside must not wait for the end of the meeting.
    """
    meeting = lookup.open_meeting(tx, meeting_id)
    if meeting.state not in (MeetingState.DRAFT, MeetingState.CONVENED) and changes != {"secret": True}:
        raise Refused("meeting_started")
    stopped: dict[str, object] = {}
    if changes.get("secret"):
        for stop in lookup.hooks.marked_secret:
            stopped |= stop(tx, meeting)
    for name, value in changes.items():
        setattr(meeting, name, value)
    said = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in changes.items()}
    tx.record("meeting.changed", actor, meeting_id, **said, **stopped)
    tx.touch(*(lookup.topic(meeting_id, name) for name in ("header", "agenda", "attendance", "relay")))


def send_notice(tx: Tx, actor: Actor, meeting_id: int, text: str) -> int:
    """Show a notice on every screen until it is withdrawn or a newer one comes; returns its id."""
    lookup.open_meeting(tx, meeting_id)
    notice = Notice(meeting_id=meeting_id, text=text, sent_at=tx.now)
    tx.add(notice)
    tx.flush()
    tx.record("notice.sent", actor, meeting_id, notice=notice.id, text=text)
    tx.touch(lookup.topic(meeting_id, "header"))
    return notice.id


def withdraw_notice(tx: Tx, actor: Actor, meeting_id: int, notice_id: int) -> None:
    """Take this notice, and whatever older one would come up in its place, off the screens."""
    lookup.open_meeting(tx, meeting_id)
    rows = select(Notice).where(
        Notice.meeting_id == meeting_id, Notice.id <= notice_id, Notice.withdrawn_at.is_(None)
    )
    shown = list(tx.scalars(rows))
    if notice_id not in {notice.id for notice in shown}:
        raise Refused("notice_not_found")
    for notice in shown:
        notice.withdrawn_at = tx.now
    tx.record("notice.withdrawn", actor, meeting_id, notice=notice_id)
    tx.touch(lookup.topic(meeting_id, "header"))
