"""Who is convened, entitled and present, as voting counts them (the rules are in rules.CountedOf)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.meetings import lookup
from server.meetings.models import Participant, ParticipantRole
from server.voting import rules
from server.voting.models import Ballot, Elector, Poll
from server.voting.rules import CountedOf


@dataclass(frozen=True, slots=True)
class Electorate:
    """One meeting's people at one moment."""

    convened: int
    entitled: frozenset[int]
    entitled_present: frozenset[int]
    quorum_needed: int

    def base(self, counted_of: CountedOf) -> int | None:
        """The number a majority is a fraction of; None when it is known only at the close."""
        return {
            CountedOf.CONVENED: self.convened,
            CountedOf.ENTITLED: len(self.entitled),
            CountedOf.PRESENT: len(self.entitled_present),
            CountedOf.CAST: None,
        }[counted_of]

    def electors(self, counted_of: CountedOf) -> frozenset[int]:
        """Who may cast a ballot in a poll opened now. All are within the base, so shares always add up."""
        return self.entitled_present if counted_of == CountedOf.PRESENT else self.entitled


def of_meeting(session: Session, meeting_id: int) -> Electorate:
    """The electorate now."""
    meeting = lookup.meeting_of(session, meeting_id)
    rows = session.execute(
        select(Participant.id, Participant.role, Participant.entitled).where(Participant.meeting_id == meeting_id)
    ).all()
    convened = sum(role != ParticipantRole.GUEST for _, role, _ in rows)
    # A guest never votes, whatever his row says: only those convened are in any base.
    entitled = frozenset(who for who, role, entitled in rows if entitled and role != ParticipantRole.GUEST)
    present = entitled & lookup.hooks.inside(session, meeting_id).keys()
    quorum = rules.needed(convened, meeting.quorum_numerator, meeting.quorum_denominator, strict=False)
    return Electorate(convened, entitled, present, quorum)


def reach(session: Session, poll: Poll) -> int:
    """How many of an open poll's electors are in the room or have cast their ballot: "47 of 60 have voted"."""
    electors = set(session.scalars(select(Elector.participant_id).where(Elector.poll_id == poll.id)))
    voted = set(session.scalars(select(Ballot.participant_id).where(Ballot.poll_id == poll.id)))
    return len(electors & (voted | lookup.hooks.inside(session, poll.meeting_id).keys()))
