"""Writes of the list: who is proposed, nominated, withdrawn or left out, and in which order."""

from typing import Any

from sqlalchemy import func, select

from server.core.access import Actor
from server.core.errors import Refused
from server.core.text import fold
from server.core.writer import Tx
from server.meetings import lookup
from server.voting.paper import people, votes
from server.voting.paper.bodies import CandidateIn, CandidatePatch
from server.voting.paper.models import MOST_LINES, Candidate, PaperKind, PaperState, PaperVote, Source, Standing
from server.voting.paper.order import name_key


def add(tx: Tx, actor: Actor, meeting_id: int, vote_id: int, said: CandidateIn) -> PaperVote:
    """Put somebody on the list of a draft.

    Raises Refused `paper_list_full`, `paper_candidate_twice`, `paper_left_out_unfit`, `participant_not_found` or
    `paper_candidate_is_teller`.
    """
    vote = votes.draft(tx, meeting_id, vote_id)
    if len(votes.candidates_of(tx, vote)) >= MOST_LINES:
        raise Refused("paper_list_full", most=MOST_LINES)
    last = tx.scalar(select(func.max(Candidate.position)).where(Candidate.paper_vote_id == vote.id))
    candidate = Candidate(
        paper_vote_id=vote.id, position=(last or 0) + 1, standing=Standing.STANDING, reason="", nominators=[]
    )
    _fill(candidate, said.model_dump())
    _require_fit(tx, vote, candidate)
    tx.add(candidate)
    tx.flush()
    tx.record("paper.candidate_added", actor, meeting_id, **_said(vote, candidate))
    votes.touch(tx, vote)
    return vote


def edit(
    tx: Tx, actor: Actor, meeting_id: int, vote_id: int, candidate_id: int, *, said: CandidatePatch
) -> PaperVote:
    """Change somebody on the list of a draft; the link to a participant until the stations are compared."""
    vote = votes.open_vote(tx, meeting_id, vote_id)
    links_only = said.model_fields_set <= {"participant_id"} and vote.state != PaperState.COMPARED
    if vote.state != PaperState.DRAFT and not links_only:
        raise Refused("paper_not_draft")
    candidate = _candidate(tx, vote, candidate_id)
    if candidate.standing == Standing.WITHDRAWN:
        raise Refused("paper_candidate_gone", name=candidate.name)
    _fill(candidate, said.model_dump(exclude_unset=True))
    _require_fit(tx, vote, candidate)
    tx.record("paper.candidate_edited", actor, meeting_id, **_said(vote, candidate))
    votes.touch(tx, vote)
    return vote


def remove(tx: Tx, actor: Actor, meeting_id: int, vote_id: int, candidate_id: int) -> PaperVote:
    """Take a slip of the pen off a draft's list."""
    vote = votes.draft(tx, meeting_id, vote_id)
    candidate = _candidate(tx, vote, candidate_id)
    tx.delete(candidate)
    tx.record("paper.candidate_removed", actor, meeting_id, **_said(vote, candidate))
    votes.touch(tx, vote)
    return vote


def withdraw(
    tx: Tx, actor: Actor, meeting_id: int, vote_id: int, candidate_id: int, *, reason: str
) -> PaperVote:
    """Somebody withdraws. Before printing the name leaves the ballot; afterwards it stays on the paper, uncounted.

    Raises Refused `paper_candidate_gone` or `paper_list_counted`.
    """
    vote = votes.open_vote(tx, meeting_id, vote_id)
    if vote.state == PaperState.COMPARED:
        raise Refused("paper_list_counted")
    candidate = _candidate(tx, vote, candidate_id)
    if candidate.standing != Standing.STANDING:
        raise Refused("paper_candidate_gone", name=candidate.name)
    candidate.standing, candidate.reason, candidate.withdrawn_at = Standing.WITHDRAWN, reason, tx.now
    tx.record(
        "paper.candidate_withdrawn", actor, meeting_id, **_said(vote, candidate), reason=reason,
        printed=candidate.place is not None,
    )
    votes.touch(tx, vote)
    return vote


def arrange(tx: Tx, actor: Actor, meeting_id: int, vote_id: int, order: list[int] | None) -> PaperVote:
    """Set the order of those who stand: by hand, or alphabetically. Raises Refused `paper_order_stale`."""
    vote = votes.draft(tx, meeting_id, vote_id)
    everybody = votes.candidates_of(tx, vote)
    standing = {one.id: one for one in everybody if one.standing == Standing.STANDING}
    if order is None:
        order = sorted(standing, key=lambda one: (name_key(standing[one].name), one))
    if sorted(order) != sorted(standing):
        raise Refused("paper_order_stale")
    others = [one for one in everybody if one.id not in standing]
    for position, candidate in enumerate([*(standing[one] for one in order), *others], 1):
        candidate.position = position
    tx.record("paper.ordered", actor, meeting_id, vote=vote.id, order=order)
    votes.touch(tx, vote)
    return vote


def _candidate(tx: Tx, vote: PaperVote, candidate_id: int) -> Candidate:
    candidate = tx.get(Candidate, candidate_id)
    if candidate is None or candidate.paper_vote_id != vote.id:
        raise Refused("paper_candidate_not_found")
    return candidate


def _fill(candidate: Candidate, said: dict[str, Any]) -> None:
    nullable = ("participant_id", "nomination_votes", "nomination_attending")
    if "left_out" in said:
        reason = said.pop("left_out")
        candidate.standing, candidate.reason = (
            (Standing.LEFT_OUT, reason) if reason else (Standing.STANDING, "")
        )
    for name, value in said.items():
        if value is not None or name in nullable:
            setattr(candidate, name, value)


def _require_fit(tx: Tx, vote: PaperVote, candidate: Candidate) -> None:
    if candidate.standing == Standing.LEFT_OUT and vote.kind != PaperKind.CONFIDENCE:
        raise Refused("paper_left_out_unfit")
    if candidate.participant_id is not None:
        lookup.participant_of(tx, vote.meeting_id, candidate.participant_id)
    with tx.no_autoflush:
        for other in votes.candidates_of(tx, vote):
            if other.id != candidate.id and other.standing != Standing.WITHDRAWN and _alike(other, candidate):
                raise Refused("paper_candidate_twice", name=candidate.name)
        for teller in people.tellers(tx, vote.meeting_id):
            if candidate.standing == Standing.STANDING and people.is_same(candidate, teller):
                raise Refused("paper_candidate_is_teller", name=candidate.name)


def _alike(one: Candidate, other: Candidate) -> bool:
    if one.participant_id is not None and other.participant_id is not None:
        return one.participant_id == other.participant_id
    return (fold(one.name), fold(one.unit or ""), one.birth or "") == (
        fold(other.name), fold(other.unit or ""), other.birth or ""
    )


def _said(vote: PaperVote, candidate: Candidate) -> dict[str, object]:
    return {
        "vote": vote.id, "title": vote.title, "candidate": candidate.id, "name": candidate.name,
        "source": Source(candidate.source).value, "standing": Standing(candidate.standing).value,
        "nomination": [candidate.nomination_votes, candidate.nomination_attending],
    }
