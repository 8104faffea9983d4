"""Who is convened, entitled and present, as voting counts them (the rules are in rules.CountedOf)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.meetings import lookup
from server.meetings.models import Participant, ParticipantRole
from server.voting import rules
from server.voting.models import Ballot, Elector, Exclusion, Poll
from server.voting.rules import CountedOf


@dataclass(frozen=True, slots=True)
class Electorate:
    """One meeting's people at one moment; `excluded` are left out of the base of one poll, with the rule's reasons."""

    convened: frozenset[int]
    entitled: frozenset[int]
    inside: frozenset[int]
    meeting_quorum: rules.Fraction
    excluded: frozenset[int] = frozenset()
    absentees: frozenset[int] = frozenset()  # those of them who are left out because they are not there at all

    @property
    def entitled_present(self) -> frozenset[int]:
        """Who may vote if a vote opens now."""
        return (self.entitled & self.inside) - self.excluded

    @property
    def convened_present(self) -> int:
        """How many of those convened are in the room: what a quorum is measured with."""
        return len(self.convened & self.inside)

    def base_from(self, counted_of: CountedOf, members: int | None = None) -> int | None:
        """The number a majority is a fraction of, before the exclusions; None when it is known only at the close."""
        return {
            CountedOf.CONVENED: len(self.convened),
            CountedOf.ALL_MEMBERS: len(self.entitled) if members is None else members,
            CountedOf.ENTITLED: len(self.entitled),
            CountedOf.PRESENT: len(self.entitled & self.inside),
        }.get(counted_of)

    def base(self, counted_of: CountedOf, members: int | None = None) -> int | None:
        """The same less those excluded; who is not counted anyway is not taken off twice."""
        whole = self.base_from(counted_of, members)
        if whole is None:
            return None
        return whole - len(self.excluded & self.counted(counted_of))

    def counted(self, counted_of: CountedOf) -> frozenset[int]:
        """Who is in such a base: whoever is not cannot be taken off it."""
        return {
            CountedOf.ALL_MEMBERS: self.entitled, CountedOf.ENTITLED: self.entitled,
            CountedOf.PRESENT: self.entitled & self.inside,
        }.get(counted_of, self.convened)

    def electors(self, counted_of: CountedOf, late_arrivals: bool = True) -> frozenset[int]:
        """Who may cast a ballot in a poll opened now. All are within the base, so shares always add up."""
        if counted_of == CountedOf.PRESENT or not late_arrivals:
            return self.entitled_present
        return self.entitled - self.excluded

    def quorum_needed(self, quorum: rules.Fraction | None) -> int:
        """How many of those convened must be there: the rule's quorum, else the meeting's."""
        return (quorum or self.meeting_quorum).needed(len(self.convened))

    def without(self, excluded: Iterable[int], absentees: Iterable[int] = ()) -> "Electorate":
        """The same people with these left out of the base."""
        return replace(self, excluded=frozenset(excluded), absentees=frozenset(absentees))


def of_meeting(session: Session, meeting_id: int) -> Electorate:
    """The electorate now."""
    meeting = lookup.meeting_of(session, meeting_id)
    rows = session.execute(
        select(Participant.id, Participant.role, Participant.entitled).where(Participant.meeting_id == meeting_id)
    ).all()
    convened = frozenset(who for who, role, _ in rows if role != ParticipantRole.GUEST)
    # A guest never votes, whatever his row says: only those convened are in any base.
    entitled = frozenset(who for who, _, entitled in rows if entitled) & convened
    inside = frozenset(lookup.hooks.inside(session, meeting_id))
    quorum = rules.Fraction(numerator=meeting.quorum_numerator, denominator=meeting.quorum_denominator)
    return Electorate(convened, entitled, inside, quorum)


def of_poll(session: Session, poll: Poll, people: Electorate | None = None) -> Electorate:
    """The electorate of a poll now. `people`: the meeting's, when it is known already."""
    people = people or of_meeting(session, poll.meeting_id)
    left_out = exclusions(session, poll.id)
    absent = {one.code for one in poll.rule_set.exclusions if one.absent} if left_out else set()
    return people.without(left_out, [who for who, row in left_out.items() if row.code in absent])


def exclusions(session: Session, poll_id: int) -> dict[int, Exclusion]:
    """Who is left out of a poll's base, by participant."""
    rows = session.scalars(select(Exclusion).where(Exclusion.poll_id == poll_id).order_by(Exclusion.participant_id))
    return {row.participant_id: row for row in rows}


def reach(session: Session, poll: Poll) -> int:
    """How many of an open poll's electors are in the room or have cast their ballot: "47 of 60 have voted"."""
    electors = set(session.scalars(select(Elector.participant_id).where(Elector.poll_id == poll.id)))
    voted = set(session.scalars(select(Ballot.participant_id).where(Ballot.poll_id == poll.id)))
    return len(electors & (voted | lookup.hooks.inside(session, poll.meeting_id).keys()))
