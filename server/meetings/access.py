"""Where a meeting is, and how a participant's session becomes an actor.

Both are asked at every request and every return of a screen, so the statements are built once and read columns only.
"""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.access import Actor, Grant, Place
from server.core.errors import Refused
from server.meetings.models import Meeting, Participant
from server.people.models import Person, Unit
from server.people.roles import PARTICIPANT_PERMISSIONS, TELLER_PERMISSIONS
from server.people.sessions import CACHE_SECONDS, subject

_UNIT, _MEETING = Unit.__table__.c, Meeting.__table__.c
_PARTICIPANT, _PERSON = Participant.__table__.c, Person.__table__.c
_PATH_OF_MEETING = (
    select(_UNIT.path).select_from(Unit.__table__.join(Meeting.__table__, _MEETING.unit_id == _UNIT.id))
    .where(_MEETING.id == bindparam("meeting_id"))
)
_WHO_SITS = (
    select(
        _PARTICIPANT.id, _PARTICIPANT.meeting_id, _PARTICIPANT.role, _PARTICIPANT.person_id, _PARTICIPANT.teller,
        _PERSON.name,
    )
    .select_from(Participant.__table__.join(Person.__table__, _PERSON.id == _PARTICIPANT.person_id))
    .where(_PARTICIPANT.id == bindparam("participant_id"))
)


def place_of_meeting(session: Session, meeting_id: int) -> Place:
    """The unit path of a meeting. Raises Refused `meeting_not_found`."""
    path = session.execute(_PATH_OF_MEETING, {"meeting_id": meeting_id}).scalar()
    if path is None:
        raise Refused("meeting_not_found")
    return Place(path, meeting_id)


class Places:
    """`place_of_meeting` with a short memory. Forget it with the sessions: whatever moves a unit changes both."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[float, Place]] = {}

    def of_meeting(self, session: Session, meeting_id: int) -> Place:
        """The unit path of a meeting. Raises Refused `meeting_not_found`."""
        known = self._known.get(meeting_id)
        if known is not None and known[0] > clock.monotonic():
            return known[1]
        place = place_of_meeting(session, meeting_id)
        self._known[meeting_id] = (clock.monotonic() + CACHE_SECONDS, place)
        return place

    def forget(self) -> None:
        """Read every place afresh."""
        self._known.clear()


def place_of_unit(session: Session, unit_id: int) -> Place:
    """The path of a unit. Raises Refused `unit_not_found`."""
    path = session.execute(select(Unit.path).where(Unit.id == unit_id)).scalar()
    if path is None:
        raise Refused("unit_not_found")
    return Place(path)


@subject("participant")
def _participant(session: Session, participant_id: int) -> Actor | None:
    found = session.execute(_WHO_SITS, {"participant_id": participant_id}).first()
    if found is None:
        return None
    counts = TELLER_PERMISSIONS if found.teller else frozenset()
    grant = Grant(PARTICIPANT_PERMISSIONS[found.role] | counts, meeting_id=found.meeting_id)
    return Actor(
        key=f"participant:{found.id}", name=found.name, origin="", grants=(grant,), person_id=found.person_id,
        participant_id=found.id,
    )
