"""Who is in the room: reads for other features (voting stands on them) and for the topics.

Counting rule: guests are counted apart; everybody else is convened (facts/meeting-rules.md §5: the base is never simply
"present"). The ordinary quorum is a fraction of those convened, a setting of the meeting.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, case, func, select
from sqlalchemy.orm import Session

from server.attendance.models import Presence
from server.meetings import lookup
from server.meetings.lookup import Inside
from server.meetings.models import Meeting, Participant, ParticipantRole

# Built once: it is asked for every seat that comes, and after every ballot.
_INSIDE_ONE = select(Presence.entered_at, Presence.method).where(
    Presence.participant_id == bindparam("participant_id"), Presence.left_at.is_(None)
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many are convened, present, entitled, … now."""

    convened: int
    present: int
    entitled: int
    entitled_present: int
    excused: int
    guests_present: int
    quorum_needed: int

    @property
    def quorum_met(self) -> bool:
        """Whether enough of those convened are present."""
        return self.present >= self.quorum_needed


def present_ids(session: Session, meeting_id: int) -> set[int]:
    """Participants (guests too) who are in the room."""
    rows = select(Presence.participant_id).where(Presence.meeting_id == meeting_id, Presence.left_at.is_(None))
    return set(session.scalars(rows))


def is_present(session: Session, participant_id: int) -> bool:
    """Whether this participant is in the room."""
    return open_presence(session, participant_id) is not None


def open_presence(session: Session, participant_id: int) -> Presence | None:
    """The open interval of this participant."""
    return session.scalar(
        select(Presence).where(Presence.participant_id == participant_id, Presence.left_at.is_(None))
    )


def quorum_needed(meeting: Meeting, convened: int) -> int:
    """The smallest whole number that is at least the quorum's fraction of `convened`: 2/3 of 9 is 6, of 10 is 7."""
    return -(-convened * meeting.quorum_numerator // meeting.quorum_denominator)


def counts(session: Session, meeting_id: int) -> Counts:
    """All counts in one query."""
    inside = Presence.id.is_not(None)
    votes = Participant.entitled.is_(True)
    member = Participant.role != ParticipantRole.GUEST

    def number(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((and_(*conditions), 1), else_=0)), 0)

    columns = (
        number(member), number(member, inside), number(votes), number(votes, inside),
        number(member, Participant.excused_reason.is_not(None), ~inside), number(~member, inside),
    )
    joined = and_(Presence.participant_id == Participant.id, Presence.left_at.is_(None))
    everybody = select(*columns).select_from(Participant).outerjoin(Presence, joined)
    convened, present, entitled, entitled_present, excused, guests = (
        int(figure) for figure in session.execute(everybody.where(Participant.meeting_id == meeting_id)).one()
    )
    needed = quorum_needed(lookup.meeting_of(session, meeting_id), convened)
    return Counts(convened, present, entitled, entitled_present, excused, guests, needed)


def inside(session: Session, meeting_id: int) -> dict[int, Inside]:
    """Who is in the room, since when and how."""
    rows = session.execute(
        select(Presence.participant_id, Presence.entered_at, Presence.method)
        .where(Presence.meeting_id == meeting_id, Presence.left_at.is_(None))
    )
    return {participant: Inside(since, method) for participant, since, method in rows}


def inside_one(session: Session, participant_id: int) -> Inside | None:
    """Since when this participant is in the room."""
    found = session.execute(_INSIDE_ONE, {"participant_id": participant_id}).first()
    return Inside(found.entered_at, found.method) if found else None


lookup.hooks.inside = inside
lookup.hooks.inside_one = inside_one
