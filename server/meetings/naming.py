"""Whose name a screen shows: what a new name of a person or a unit changes in meetings that are not closed."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from server.meetings import lookup
from server.meetings.models import Meeting, MeetingState, Participant
from server.people.models import Person, Unit


def renamed(session: Session, what: Person | Unit) -> list[str]:
    """Topics that show the name of this person or unit. A closed meeting keeps the picture its screens have."""
    if isinstance(what, Person):
        return _topics(_participants(session, Participant.person_id == what.id))
    held = session.scalars(select(Meeting.id).where(Meeting.unit_id == what.id, Meeting.state != MeetingState.CLOSED))
    members = _participants(session, Participant.person_id.in_(select(Person.id).where(Person.unit_id == what.id)))
    return [*(lookup.topic(meeting, "header") for meeting in held), *_topics(members)]


def _participants(session: Session, condition: ColumnElement[bool]) -> list[tuple[int, int]]:
    rows = session.execute(
        select(Participant.meeting_id, Participant.id).join(Meeting)
        .where(condition, Meeting.state != MeetingState.CLOSED)
    )
    return [(row[0], row[1]) for row in rows]


def _topics(participants: Iterable[tuple[int, int]]) -> list[str]:
    found = dict.fromkeys(
        lookup.topic(meeting, kind) for meeting, _ in participants for kind in lookup.naming_topics
    )
    return [*found, *(lookup.topic(meeting, "me", one) for meeting, one in participants)]
