"""Settling differences against the paper, and opening again what all three stations agree on."""

from server.core.access import Actor
from server.core.errors import Refused
from server.core.writer import Tx
from server.voting.paper import compare, counting, stations, votes
from server.voting.paper.bodies import ReopenIn, SettleIn
from server.voting.paper.count_views import DifferenceView
from server.voting.paper.marks import ABSENT, LETTERS, are_marks, marks_of, reading
from server.voting.paper.models import Difference, PaperKind, PaperState, PaperVote

SETTLED = "paper.settled"


def settle(
    tx: Tx, actor: Actor, meeting_id: int, vote_id: int, difference_id: int, *, said: SettleIn
) -> DifferenceView:
    """Record what the paper says; once more corrects it, until the close.

    Raises Refused `paper_not_compared`, `paper_not_teller`, `paper_difference_not_found`, `paper_difference_pending` or
    `paper_value_unfit`.
    """
    vote, difference, teller = _compared(tx, actor, meeting_id, vote_id, difference_id)
    if compare.is_pending(difference):
        raise Refused("paper_difference_pending", ballot=difference.ballot)
    difference.settled, difference.note = _value(tx, vote, difference, said), said.note
    difference.settled_by, difference.settled_at = teller, tx.now
    tx.record(SETTLED, actor, meeting_id, **_said(difference), settled=difference.settled, note=said.note)
    votes.touch(tx, vote)
    return counting.difference_view(tx, vote, difference)


def reopen(tx: Tx, actor: Actor, meeting_id: int, vote_id: int, said: ReopenIn) -> DifferenceView:
    """Ask to look again at what all three stations agree on; it takes a second teller.

    Raises Refused `paper_not_compared`, `paper_line_open` or `paper_line_unknown`.
    """
    vote = _compared_vote(tx, meeting_id, vote_id)
    teller = stations.require_teller(tx, vote, actor)
    found = compare.differences_of(tx, vote)
    if any(one.ballot == said.ballot and one.line in (0, said.line) for one in found):
        raise Refused("paper_line_open", ballot=said.ballot)
    values = [_piece(pile.get(said.ballot, ABSENT), said) for pile in compare.piles_of(tx, vote)]
    difference = Difference(
        paper_vote_id=vote.id, ballot=said.ballot, line=said.line, values=values, reopened_reason=said.reason,
        reopened_by=teller.id, note="",
    )
    tx.add(difference)
    tx.flush()
    tx.record("paper.reopened", actor, meeting_id, **_said(difference), reason=said.reason)
    votes.touch(tx, vote)
    return counting.difference_view(tx, vote, difference)


def second(tx: Tx, actor: Actor, meeting_id: int, vote_id: int, difference_id: int) -> DifferenceView:
    """Agree to look again. Raises Refused `paper_same_teller` or `paper_line_open`."""
    vote, difference, teller = _compared(tx, actor, meeting_id, vote_id, difference_id)
    if not compare.is_pending(difference):
        raise Refused("paper_line_open", ballot=difference.ballot)
    if difference.reopened_by == teller:
        raise Refused("paper_same_teller")
    difference.seconded_by = teller
    tx.record("paper.seconded", actor, meeting_id, **_said(difference))
    votes.touch(tx, vote)
    return counting.difference_view(tx, vote, difference)


def drop(tx: Tx, actor: Actor, meeting_id: int, vote_id: int, difference_id: int) -> None:
    """Take back what one teller asked for and no second agreed to. Raises Refused `paper_line_open`."""
    vote, difference, _ = _compared(tx, actor, meeting_id, vote_id, difference_id)
    if not compare.is_pending(difference):
        raise Refused("paper_line_open", ballot=difference.ballot)
    tx.delete(difference)
    tx.record("paper.reopening_dropped", actor, meeting_id, **_said(difference))
    votes.touch(tx, vote)


def _compared_vote(tx: Tx, meeting_id: int, vote_id: int) -> PaperVote:
    vote = votes.open_vote(tx, meeting_id, vote_id)
    if vote.state != PaperState.COMPARED:
        raise Refused("paper_not_compared")
    return vote


def _compared(
    tx: Tx, actor: Actor, meeting_id: int, vote_id: int, difference_id: int
) -> tuple[PaperVote, Difference, int]:
    vote = _compared_vote(tx, meeting_id, vote_id)
    teller = stations.require_teller(tx, vote, actor)
    difference = tx.get(Difference, difference_id)
    if difference is None or difference.paper_vote_id != vote.id:
        raise Refused("paper_difference_not_found")
    return vote, difference, teller.id


def _value(tx: Tx, vote: PaperVote, difference: Difference, said: SettleIn) -> str:
    kind = PaperKind(vote.kind)
    if difference.line:
        if said.marks is None or len(said.marks) != 1 or said.marks not in LETTERS[kind]:
            raise Refused("paper_value_unfit")
        return said.marks
    if said.absent:
        return ABSENT
    if said.marks is not None and not are_marks(kind, said.marks, len(votes.lines_of(tx, vote))):
        raise Refused("paper_value_unfit")
    return reading(said.marks or "", said.invalid)


def _piece(read: str, said: ReopenIn) -> str:
    """What a station reads at the place that shall be opened."""
    marks = marks_of(read)
    if read == ABSENT or (said.line and (marks is None or said.line > len(marks))):
        raise Refused("paper_line_unknown", ballot=said.ballot)
    return marks[said.line - 1] if said.line and marks is not None else read


def _said(difference: Difference) -> dict[str, object]:
    return {
        "vote": difference.paper_vote_id, "ballot": difference.ballot, "line": difference.line,
        "values": difference.values,
    }
