"""Comparing the three stations once all are committed."""

from sqlalchemy import ColumnElement, func, insert, or_, select
from sqlalchemy.orm import Session

from server.core.access import Actor, Permission
from server.core.errors import Refused
from server.core.writer import Tx
from server.voting.paper import stations, votes
from server.voting.paper.comparing import Form, Settled, differences, resolve
from server.voting.paper.count_views import Compared
from server.voting.paper.marks import reading
from server.voting.paper.models import STATIONS, Difference, Entry, PaperKind, PaperState, PaperVote


def compare(tx: Tx, actor: Actor, meeting_id: int, vote_id: int) -> Compared:
    """List every difference. By a teller, or by whoever runs the vote.

    Raises Refused `paper_not_counting` or `paper_stations_open`.
    """
    vote = votes.open_vote(tx, meeting_id, vote_id)
    if not actor.may(Permission.VOTE_MANAGE):
        stations.require_teller(tx, vote, actor)
    if vote.state == PaperState.COMPARED:
        return _compared(tx, vote)
    if vote.state not in votes.ENTERING:
        raise Refused("paper_not_counting")
    three = stations.stations_of(tx, vote)
    if any(one.committed_at is None for one in three):
        raise Refused("paper_stations_open")
    found = differences(form_of(tx, vote), piles_of(tx, vote))
    if found:
        tx.execute(insert(Difference), [
            {
                "paper_vote_id": vote.id, "ballot": one.ballot, "line": one.line, "values": list(one.values),
                "reopened_reason": "", "note": "",
            }
            for one in found
        ])
    vote.state, vote.compared_at = PaperState.COMPARED, tx.now
    tx.record(
        "paper.compared", actor, meeting_id, vote=vote.id, differences=len(found),
        returned=[one.returned for one in three],
    )
    votes.touch(tx, vote)
    return _compared(tx, vote)


def form_of(session: Session, vote: PaperVote) -> Form:
    """What its ballot is."""
    return Form(PaperKind(vote.kind), vote.seats, votes.ignored_lines(votes.lines_of(session, vote)))


def piles_of(session: Session, vote: PaperVote) -> list[dict[int, str]]:
    """What each station entered, by number. Only for after the comparison, and for comparing itself."""
    piles: dict[int, dict[int, str]] = {number: {} for number in STATIONS}
    rows = session.execute(
        select(Entry.station, Entry.number, Entry.marks, Entry.invalid).where(Entry.paper_vote_id == vote.id)
    )
    for station, number, marks, invalid in rows:
        piles[station][number] = reading(marks, invalid)
    return [piles[number] for number in STATIONS]


def differences_of(session: Session, vote: PaperVote) -> list[Difference]:
    """By ballot and line."""
    return list(session.scalars(
        select(Difference).where(Difference.paper_vote_id == vote.id).order_by(Difference.ballot, Difference.line)
    ))


def is_pending(difference: Difference) -> bool:
    """Asked for by one teller, and not yet by a second."""
    return bool(difference.reopened_reason) and difference.seconded_by is None


def still_open(found: list[Difference]) -> list[Difference]:
    """Those not settled. Lines of a ballot that was settled as a whole need nothing more."""
    whole = {one.ballot for one in found if one.line == 0 and one.settled is not None}
    return [one for one in found if one.settled is None and not (one.line and one.ballot in whole)]


def counts_of(session: Session, vote: PaperVote) -> tuple[int, int]:
    """How many differences there are, and how many of them are still open (see `still_open`), without reading them."""
    mine = Difference.paper_vote_id == vote.id
    total = session.scalar(select(func.count()).select_from(Difference).where(mine)) or 0
    return total, session.scalar(select(func.count()).select_from(Difference).where(mine, *open_only(vote))) or 0


def open_only(vote: PaperVote) -> tuple[ColumnElement[bool], ...]:
    """The conditions of `still_open` for the database."""
    whole = select(Difference.ballot).where(
        Difference.paper_vote_id == vote.id, Difference.line == 0, Difference.settled.is_not(None)
    )
    return Difference.settled.is_(None), or_(Difference.line == 0, Difference.ballot.not_in(whole))


def final_pile(session: Session, vote: PaperVote, found: list[Difference]) -> dict[int, str]:
    """The pile as the paper says, by number."""
    settled = [Settled(one.ballot, one.line, one.settled) for one in found if one.settled is not None]
    return resolve(piles_of(session, vote), settled)


def _compared(session: Session, vote: PaperVote) -> Compared:
    session.flush()
    ballots = max((one.returned or 0 for one in stations.stations_of(session, vote)), default=0)
    return Compared(ballots=ballots, differences=len(differences_of(session, vote)))
