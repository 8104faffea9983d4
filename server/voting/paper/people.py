"""Who counts, and who of them stands on a list."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.text import fold
from server.meetings.models import Participant
from server.people.models import Person
from server.voting.paper.models import Candidate, PaperState, PaperVote, Standing

LIVE = (PaperState.DRAFT, PaperState.PRINTED, PaperState.ISSUED, PaperState.COUNTING, PaperState.COMPARED)


def tellers(session: Session, meeting_id: int) -> list[Participant]:
    """The tellers, the head first, then by name."""
    rows = session.scalars(
        select(Participant).join(Person, Person.id == Participant.person_id)
        .where(Participant.meeting_id == meeting_id, Participant.teller)
        .order_by(Participant.teller_head.desc(), Person.folded_name, Participant.id)
    )
    return list(rows)


def names_of(session: Session, participants: set[int]) -> dict[int, str]:
    """Names by participant id."""
    rows = session.execute(
        select(Participant.id, Person.name).join(Person, Person.id == Participant.person_id)
        .where(Participant.id.in_(participants))
    )
    return {row[0]: row[1] for row in rows}


def standing_as(session: Session, meeting_id: int, participant: Participant) -> PaperVote | None:
    """A vote under way on whose list this participant stands.

    By the link to the participant, or by the same name where the list has no link.
    """
    rows = session.execute(
        select(Candidate, PaperVote).join(PaperVote, PaperVote.id == Candidate.paper_vote_id)
        .where(
            PaperVote.meeting_id == meeting_id, PaperVote.state.in_(LIVE), Candidate.standing == Standing.STANDING
        )
        .order_by(PaperVote.id)
    )
    return next((vote for candidate, vote in rows if is_same(candidate, participant)), None)


def is_same(candidate: Candidate, participant: Participant) -> bool:
    """Whether a name on the list is this participant."""
    if candidate.participant_id is not None:
        return candidate.participant_id == participant.id
    return fold(candidate.name) == participant.person.folded_name
