"""Where a meeting is, and how a participant's session becomes an actor."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.access import Actor, Grant, Place
from server.core.errors import Refused
from server.meetings.models import Meeting, Participant
from server.people.models import Unit
from server.people.roles import PARTICIPANT_PERMISSIONS
from server.people.sessions import subject


def place_of_meeting(session: Session, meeting_id: int) -> Place:
    """The unit path of a meeting. Raises Refused `meeting_not_found`."""
    path = session.execute(
        select(Unit.path).join(Meeting, Meeting.unit_id == Unit.id).where(Meeting.id == meeting_id)
    ).scalar()
    if path is None:
        raise Refused("meeting_not_found")
    return Place(path, meeting_id)


def place_of_unit(session: Session, unit_id: int) -> Place:
    """The path of a unit. Raises Refused `unit_not_found`."""
    path = session.execute(select(Unit.path).where(Unit.id == unit_id)).scalar()
    if path is None:
        raise Refused("unit_not_found")
    return Place(path)


@subject("participant")
def _participant(session: Session, participant_id: int) -> Actor | None:
    participant = session.get(Participant, participant_id)
    if participant is None:
        return None
    grant = Grant(PARTICIPANT_PERMISSIONS[participant.role], meeting_id=participant.meeting_id)
    return Actor(
        key=f"participant:{participant.id}", name=participant.person.name, origin="", grants=(grant,),
        person_id=participant.person_id, participant_id=participant.id,
    )
