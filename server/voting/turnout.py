"""Who is ready to vote and who has voted; never what, and of an unnamed vote not before its close."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.errors import Refused
from server.meetings import lookup
from server.meetings.models import Participant
from server.people.models import Person, Unit
from server.voting import electorate
from server.voting.commands import poll_of
from server.voting.models import Ballot, Elector, Poll, PollState
from server.voting.views import TurnoutRow, TurnoutView


def turnout(session: Session, meeting_id: int, poll_id: int, online: Collection[int]) -> TurnoutView:
    """Electors by name (of a draft: who would be); `online`: participants whose seat is on the line.

    Raises Refused `not_before_close` for an unnamed vote that is open: who has voted when would tell which ballot is
    whose as the counts move.
    """
    poll = poll_of(session, meeting_id, poll_id)
    if poll.state == PollState.OPEN and not poll.named:
        raise Refused("not_before_close")
    voted = set(session.scalars(select(Ballot.participant_id).where(Ballot.poll_id == poll.id)))
    inside = lookup.hooks.inside(session, meeting_id)
    people = session.execute(
        select(Participant.id, Person.name, Unit.name, Participant.seat)
        .join(Person, Person.id == Participant.person_id).join(Unit, Unit.id == Person.unit_id)
        .where(Participant.id.in_(_electors(session, poll))).order_by(Person.folded_name, Participant.id)
    )
    return TurnoutView(rows=[
        TurnoutRow(
            participant_id=who, name=name, unit=unit, seat=seat, present=who in inside, online=who in online,
            voted=who in voted,
        )
        for who, name, unit, seat in people
    ])


def _electors(session: Session, poll: Poll) -> Collection[int]:
    if poll.state == PollState.DRAFT:
        return electorate.of_poll(session, poll).electors(poll.counted_of, poll.rule_set.late_arrivals)
    return set(session.scalars(select(Elector.participant_id).where(Elector.poll_id == poll.id)))
