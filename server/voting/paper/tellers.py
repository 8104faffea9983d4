"""Appointing the tellers (ban kiểm phiếu)."""

from sqlalchemy import select, update

from server.core.access import Actor
from server.core.errors import Refused
from server.core.writer import Tx
from server.meetings import lookup
from server.meetings.models import Participant
from server.people.models import SignInSession
from server.voting.paper import people
from server.voting.paper.bodies import TellersIn
from server.voting.paper.models import PaperVote, Station


def appoint(tx: Tx, actor: Actor, meeting_id: int, said: TellersIn) -> None:
    """Set the whole list. Who stands in a vote under way cannot count (190-QĐ/TW).

    Raises Refused `participant_not_found`, `paper_teller_stands` or `paper_teller_busy`.
    """
    lookup.open_meeting(tx, meeting_id)
    chosen = [lookup.participant_of(tx, meeting_id, one) for one in dict.fromkeys(said.participant_ids)]
    for participant in chosen:
        stands = people.standing_as(tx, meeting_id, participant)
        if stands is not None:
            raise Refused("paper_teller_stands", name=participant.person.name, title=stands.title)
    kept = {participant.id for participant in chosen}
    for participant in people.tellers(tx, meeting_id):
        if participant.id not in kept:
            _require_idle(tx, meeting_id, participant)
            participant.teller = participant.teller_head = False
            _end_station_sessions(tx, participant)
    for participant in chosen:
        participant.teller, participant.teller_head = True, participant.id == said.head_id
    tx.record(
        "tellers.appointed", actor, meeting_id, participants=sorted(kept), head=said.head_id,
        names=[participant.person.name for participant in chosen],
    )
    tx.touch(lookup.topic(meeting_id, "paper"))


def _end_station_sessions(tx: Tx, participant: Participant) -> None:
    """His seat stays signed in; the counting station's screen goes off."""
    tx.execute(
        update(SignInSession).values(revoked_at=tx.now)
        .where(
            SignInSession.participant_id == participant.id, SignInSession.surface == "teller",
            SignInSession.revoked_at.is_(None),
        )
    )


def _require_idle(tx: Tx, meeting_id: int, participant: Participant) -> None:
    held = tx.scalar(
        select(Station.number).join(PaperVote, PaperVote.id == Station.paper_vote_id)
        .where(
            PaperVote.meeting_id == meeting_id, PaperVote.state.in_(people.LIVE),
            Station.holder_id == participant.id, Station.committed_at.is_(None),
        )
    )
    if held is not None:
        raise Refused("paper_teller_busy", name=participant.person.name, station=held)
