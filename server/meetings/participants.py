"""Writes of the list of participants."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.access import Actor, Permission, Place
from server.core.errors import Refused
from server.core.text import fold
from server.core.writer import Tx
from server.meetings import lookup
from server.meetings.models import Meeting, MeetingState, Participant, ParticipantRole
from server.people.models import Person, Unit

MOST_PARTICIPANTS = 5000


@dataclass(frozen=True, slots=True)
class Part:
    """The part somebody has in a meeting."""

    role: ParticipantRole
    entitled: bool
    seat: str | None


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person who is not yet in the register. `unit_id` None: the meeting's unit."""

    name: str
    title: str
    unit_id: int | None
    card_number: str | None


def default_entitled(role: ParticipantRole) -> bool:
    """Whether this part usually votes: delegates and the chair do; who takes the minutes may be staff."""
    return role in (ParticipantRole.DELEGATE, ParticipantRole.CHAIR)


def list_topics(meeting_id: int) -> list[str]:
    """Topics that look different when the list of participants does."""
    return [lookup.topic(meeting_id, name) for name in ("attendance", "seats", "participants")]


def add_participant(tx: Tx, actor: Actor, meeting_id: int, who: int | NewPerson, part: Part) -> int:
    """Put a person (by id, or new) on the list; returns the participant's id."""
    meeting = lookup.open_meeting(tx, meeting_id)
    person = _known_person(tx, actor, meeting, who) if isinstance(who, int) else new_person(tx, actor, meeting, who)
    there = select(Participant.id).where(Participant.meeting_id == meeting_id, Participant.person_id == person.id)
    if tx.scalar(there) is not None:
        raise Refused("participant_twice", name=person.name)
    check_part(tx, meeting_id, None, part)
    participant = Participant(
        meeting_id=meeting_id, person_id=person.id, role=part.role, entitled=part.entitled, seat=part.seat
    )
    tx.add(participant)
    tx.flush()
    tx.record("participant.added", actor, meeting_id, participant=participant.id, name=person.name, role=str(part.role))
    tx.touch(*list_topics(meeting_id))
    return participant.id


def _known_person(tx: Tx, actor: Actor, meeting: Meeting, person_id: int) -> Person:
    person = tx.get(Person, person_id)
    if person is None or not _may_name(tx, actor, meeting, person.unit_id):
        raise Refused("person_not_found")
    return person


def new_person(tx: Tx, actor: Actor, meeting: Meeting, who: NewPerson) -> Person:
    """Enter a person into the register. Raises `unit_not_found` or `card_number_taken`."""
    unit_id = who.unit_id or meeting.unit_id
    if not _may_name(tx, actor, meeting, unit_id):
        raise Refused("unit_not_found")
    if who.card_number and tx.scalar(select(Person.id).where(Person.card_number == who.card_number)):
        raise Refused("card_number_taken", card=who.card_number)
    person = Person(
        unit_id=unit_id, name=who.name, folded_name=fold(who.name)[:120], title=who.title,
        card_number=who.card_number or None,
    )
    tx.add(person)
    tx.flush()
    return person


def _may_name(session: Session, actor: Actor, meeting: Meeting, unit_id: int) -> bool:
    """Persons of the meeting's own unit and below may be named by whoever manages it; others by who may read them."""
    unit, own = session.get(Unit, unit_id), session.get_one(Unit, meeting.unit_id)
    if unit is None:
        return False
    return unit.path.startswith(own.path) or actor.may(Permission.PEOPLE_READ, Place(unit.path))


def check_part(session: Session, meeting_id: int, participant_id: int | None, part: Part) -> None:
    """Raises `guest_entitled` or `seat_taken`."""
    if part.role == ParticipantRole.GUEST and part.entitled:
        raise Refused("guest_entitled")
    if part.seat is None:
        return
    holder = session.scalar(
        select(Participant).where(Participant.meeting_id == meeting_id, Participant.seat == part.seat)
    )
    if holder is not None and holder.id != participant_id:
        raise Refused("seat_taken", seat=part.seat, name=holder.person.name)


def change_participant(tx: Tx, actor: Actor, meeting_id: int, participant_id: int, **changes: Any) -> None:
    """Change somebody's `role`, `entitled`, `seat` or `excused_reason`; what is left out stays."""
    lookup.open_meeting(tx, meeting_id)
    participant = lookup.participant_of(tx, meeting_id, participant_id)
    if changes.get("role") == ParticipantRole.GUEST:
        changes = {"entitled": False, **changes}
    now = {"role": participant.role, "entitled": participant.entitled, "seat": participant.seat}
    wanted = {name: changes.get(name, value) for name, value in now.items()}
    check_part(tx, meeting_id, participant_id, Part(**wanted))
    for name, value in changes.items():
        setattr(participant, name, value)
    tx.record("participant.changed", actor, meeting_id, participant=participant_id, **changes)
    tx.touch(*list_topics(meeting_id), lookup.topic(meeting_id, "me", participant_id), *_further(tx, meeting_id))


def _further(tx: Tx, meeting_id: int) -> list[str]:
    return [topic for ask in lookup.presence_topics for topic in ask(tx, meeting_id)]


def remove_participant(tx: Tx, actor: Actor, meeting_id: int, participant_id: int) -> None:
    """Take somebody off the list who has left no trace in the meeting; his invitation is void."""
    meeting = lookup.open_meeting(tx, meeting_id)
    participant = lookup.participant_of(tx, meeting_id, participant_id)
    if meeting.state not in (MeetingState.DRAFT, MeetingState.CONVENED):
        raise Refused("participant_kept")
    for check in lookup.participant_removal_checks:
        check(tx, participant_id)
    tx.record("participant.removed", actor, meeting_id, participant=participant_id, name=participant.person.name)
    tx.delete(participant)
    tx.touch(*list_topics(meeting_id))


def matches(participant: Participant, search: str) -> bool:
    """Whether every word of the folded `search` begins a word of the name, or it is the seat."""
    words = participant.person.folded_name.split()
    named = all(any(word.startswith(part) for word in words) for part in search.split())
    return named or search.replace(" ", "").upper() == participant.seat
