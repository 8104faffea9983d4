"""Closing, publishing, annulling, and the next round."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import calendar
from server.core.access import Actor
from server.core.errors import Refused
from server.core.keys import Keys
from server.core.writer import Tx
from server.meetings import lookup
from server.voting import records
from server.voting.paper import compare, comparing, result, ruling, tally, votes
from server.voting.paper.models import Candidate, PaperKind, PaperState, PaperVote, Standing
from server.voting.paper.record import PaperRecord
from server.voting.records import RecordKind

CLOSED = "paper.closed"


def close(
    tx: Tx, actor: Actor, meeting_id: int, vote_id: int, *, returned: int, keys: Keys
) -> PaperVote:
    """Write the result record. Of two who close at once, the second is told who was first.

    Raises Refused `paper_closed`, `paper_not_compared`, `paper_differences_open`, `paper_pile_broken`,
    `paper_returned_differs` or `paper_more_than_issued`.
    """
    vote = votes.open_vote(tx, meeting_id, vote_id)
    if vote.state != PaperState.COMPARED:
        raise Refused("paper_not_compared")
    pile = _settled_pile(tx, vote)
    if len(pile) != returned:
        raise Refused("paper_returned_differs", said=returned, counted=len(pile))
    issued = vote.issued or 0
    if returned > issued:
        raise Refused("paper_more_than_issued", returned=returned, issued=issued)
    body = result.record_of(tx, vote, result.counted(tx, vote, pile, issued), tx.now)
    record = records.seal(tx, keys, meeting_id, kind=RecordKind.PAPER, subject_id=vote.id, body=body)
    vote.state, vote.closed_at, vote.closed_by = PaperState.CLOSED, tx.now, actor.name
    vote.record_hash = record.sha256
    _keep_days(tx, vote, body)
    tx.record(
        CLOSED, actor, meeting_id, vote=vote.id, title=vote.title, record=record.sha256,
        figures=body.figures.model_dump(), elected=body.elected, tied=body.tied,
    )
    votes.touch(tx, vote)
    return vote


def _settled_pile(tx: Tx, vote: PaperVote) -> dict[int, str]:
    found = compare.differences_of(tx, vote)
    still = len(compare.still_open(found))
    if still:
        raise Refused("paper_differences_open", open=still)
    pile = compare.final_pile(tx, vote, found)
    hole = comparing.first_hole(pile)
    if hole is not None:
        raise Refused("paper_pile_broken", ballot=hole[0], later=hole[1])
    return pile


def _keep_days(tx: Tx, vote: PaperVote, body: PaperRecord) -> None:
    rule, subject = ruling.of(vote), _subject(vote)
    if rule.custody is None:
        return
    days = result.days_of(tx, rule, tx.now)
    for kind, day, words in (
        ("ballots_sealed", days.sealed_until, "Hết hạn niêm phong phiếu"),
        ("complaints", days.complaints_until, "Hết hạn khiếu nại về bầu cử"),
    ):
        calendar.put(tx, vote.meeting_id, calendar.Note(
            kind=kind, subject=subject, day=day, title=f"{words}: {body.title}", note=rule.custody.article
        ))


def publish(tx: Tx, actor: Actor, meeting_id: int, vote_id: int) -> PaperVote:
    """Let everybody see the result; once more brings it back to seats and walls. Raises Refused `paper_not_closed`."""
    lookup.open_meeting(tx, meeting_id)
    vote = votes.vote_of(tx, meeting_id, vote_id)
    if vote.state == PaperState.ANNULLED:
        raise Refused("paper_annulled", reason=vote.annulled_reason)
    if vote.state not in votes.CLOSED:
        raise Refused("paper_not_closed")
    vote.state, vote.published_at = PaperState.PUBLISHED, tx.now
    tx.record("paper.published", actor, meeting_id, vote=vote.id, title=vote.title, record=vote.record_hash)
    votes.touch(tx, vote)
    return vote


def annul(tx: Tx, actor: Actor, meeting_id: int, vote_id: int, reason: str) -> PaperVote:
    """Declare a vote void; everything of it is kept. Raises Refused `paper_draft_not_annulled` or `paper_annulled`."""
    lookup.open_meeting(tx, meeting_id)
    vote = votes.vote_of(tx, meeting_id, vote_id)
    if vote.state == PaperState.DRAFT:
        raise Refused("paper_draft_not_annulled")
    if vote.state == PaperState.ANNULLED:
        raise Refused("paper_annulled", reason=vote.annulled_reason)
    before = PaperState(vote.state)
    vote.state, vote.annulled_at, vote.annulled_reason = PaperState.ANNULLED, tx.now, reason
    tx.record(
        "paper.annulled", actor, meeting_id, vote=vote.id, title=vote.title, before=before.value, reason=reason
    )
    votes.touch(tx, vote)
    return vote


def second_round(tx: Tx, actor: Actor, meeting_id: int, vote_id: int) -> PaperVote:
    """A draft for the seats that are left: of those tied, else of the next highest within the allowed surplus.

    Raises Refused `paper_not_closed`, `paper_no_second_round` or `paper_second_round_there`.
    """
    lookup.open_meeting(tx, meeting_id)
    before = votes.vote_of(tx, meeting_id, vote_id)
    if before.state not in votes.CLOSED:
        raise Refused("paper_not_closed")
    body = record_body(tx, before)
    chosen = _next_lines(tx, before, body) if body is not None else []
    if body is None or not chosen:
        raise Refused("paper_no_second_round")
    there = next_round_of(tx, before)
    if there is not None:
        raise Refused("paper_second_round_there", title=there.title)
    votes.require_room(tx, meeting_id)
    vote = PaperVote(
        meeting_id=meeting_id, agenda_item_id=before.agenda_item_id, follows_id=before.id, title=before.title,
        seats=body.seats_left, rule_code=before.rule_code, rule=before.rule, round=before.round + 1,
        kind=PaperKind.SURPLUS if len(chosen) > body.seats_left else PaperKind.NO_SURPLUS, state=PaperState.DRAFT,
        closed_by="", annulled_reason="", record_hash="",
    )
    tx.add(vote)
    tx.flush()
    tx.add_all([_again(one, vote.id, place) for place, one in enumerate(chosen, 1)])
    tx.flush()
    tx.record(
        "paper.created", actor, meeting_id, vote=vote.id, title=vote.title, kind=PaperKind(vote.kind).value,
        seats=vote.seats, rule=vote.rule_code, round=vote.round, follows=before.id,
        candidates=[one.name for one in chosen],
    )
    votes.touch(tx, vote)
    return vote


def next_round_of(session: Session, vote: PaperVote) -> PaperVote | None:
    """The round after this one, if it was made and not annulled."""
    return session.scalar(
        select(PaperVote).where(PaperVote.follows_id == vote.id, PaperVote.state != PaperState.ANNULLED).limit(1)
    )


def record_body(session: Session, vote: PaperVote) -> PaperRecord | None:
    """The result; None before the close."""
    record = records.of(session, RecordKind.PAPER, vote.id) if vote.record_hash else None
    return PaperRecord.model_validate(record.body) if record is not None else None


def _next_lines(tx: Tx, vote: PaperVote, body: PaperRecord) -> list[Candidate]:
    if vote.kind == PaperKind.CONFIDENCE or not body.seats_left:
        return []
    surplus = ruling.most_surplus(ruling.of(vote), body.seats_left) or 0
    verdict = tally.Verdict(tuple(body.elected), tuple(body.tied), body.seats_left)
    got = [
        tally.Tally(one.line, {"k": one.votes}, one.outcome == "withdrawn") for one in body.lines
    ]
    wanted = set(tally.next_in_line(got, verdict, body.seats_left + surplus))
    return [one for one in votes.lines_of(tx, vote) if one.place in wanted]


def _again(candidate: Candidate, vote_id: int, place: int) -> Candidate:
    names = (
        "participant_id", "name", "title", "unit", "birth", "detail", "source", "nominators", "nomination_votes",
        "nomination_attending",
    )
    return Candidate(
        paper_vote_id=vote_id, position=place, standing=Standing.STANDING, reason="",
        **{name: getattr(candidate, name) for name in names},
    )


def _subject(vote: PaperVote) -> str:
    return f"paper:{vote.id}"
