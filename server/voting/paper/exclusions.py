"""Who is left out of the base, each with a reason of the rule's closed list (190-QĐ/TW Điều 30)."""

from collections.abc import Sequence

from server.core.access import Actor
from server.core.errors import Refused
from server.core.writer import Tx
from server.meetings import lookup
from server.voting import electorate
from server.voting.paper import votes
from server.voting.paper.bodies import PaperExclusionIn
from server.voting.paper.models import Exclusion, PaperState, PaperVote


def exclude(
    tx: Tx, actor: Actor, meeting_id: int, vote_id: int, said: Sequence[PaperExclusionIn]
) -> PaperVote:
    """Set the whole list; until the stations are compared.

    Raises Refused `paper_base_fixed`, `paper_exclusion_unknown`, `paper_exclusion_twice`, `paper_exclusion_guest`,
    `paper_exclusion_present` or `paper_issued_beyond`.
    """
    vote = votes.open_vote(tx, meeting_id, vote_id)
    if vote.state == PaperState.COMPARED:
        raise Refused("paper_base_fixed")
    for old in votes.exclusions_of(tx, vote):
        tx.delete(old)
    tx.flush()
    room = electorate.of_meeting(tx, meeting_id)
    seen: set[int] = set()
    for one in said:
        refused = votes.exclusion_problem(tx, vote, room, one.participant_id, one.code)
        if refused is not None:
            raise refused
        if one.participant_id in seen:
            name = lookup.participant_of(tx, meeting_id, one.participant_id).person.name
            raise Refused("paper_exclusion_twice", name=name)
        seen.add(one.participant_id)
        tx.add(Exclusion(
            paper_vote_id=vote.id, participant_id=one.participant_id, code=one.code, reason=one.reason
        ))
    tx.flush()
    votes.require_enough_people(tx, vote)
    tx.record(
        "paper.excluded", actor, meeting_id, vote=vote.id, title=vote.title,
        excluded=[one.model_dump() for one in said],
    )
    votes.touch(tx, vote)
    return vote
