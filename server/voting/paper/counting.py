"""What those who count see: their own station, and after the comparison the differences."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.errors import Refused
from server.voting.paper import compare, people, stations, votes
from server.voting.paper.count_views import (
    BallotEntryView,
    BallotLine,
    BallotReading,
    DifferenceList,
    DifferenceView,
    StationBallots,
)
from server.voting.paper.marks import ABSENT, LETTERS, marks_of, outcome, reading
from server.voting.paper.models import Candidate, Difference, Entry, PaperKind, PaperVote, Standing, Station

MOST_DIFFERENCES = 500  # at once


def station_ballots(session: Session, vote: PaperVote, station: Station) -> StationBallots:
    """One station with everything it entered: for who holds it, and for nobody else."""
    lines, kind = votes.lines_of(session, vote), PaperKind(vote.kind)
    ignored = votes.ignored_lines(lines)
    rows = session.scalars(
        select(Entry).where(Entry.paper_vote_id == vote.id, Entry.station == station.number).order_by(Entry.number)
    )
    return StationBallots(
        vote_id=vote.id, title=vote.title, kind=kind.value, seats=vote.seats, letters=LETTERS[kind],
        issued=vote.issued or 0, station=stations.view(session, station),
        lines=[
            BallotLine(
                line=one.place or 0, name=one.name, counts=one.standing == Standing.STANDING,
                detail=", ".join(part for part in (one.title, one.unit) if part),
            )
            for one in lines
        ],
        ballots=[_entry(vote, one, ignored) for one in rows],
    )


def _entry(vote: PaperVote, entry: Entry, ignored: frozenset[int]) -> BallotEntryView:
    judged = outcome(PaperKind(vote.kind), vote.seats, reading(entry.marks, entry.invalid), ignored)
    return BallotEntryView(
        number=entry.number, marks=entry.marks, invalid=entry.invalid, judged=judged.value if judged else None,
        entered_ms=entry.entered_ms,
    )


def difference_list(session: Session, vote: PaperVote, skip: int, *, only_open: bool) -> DifferenceList:
    """A page of differences. Raises Refused `paper_not_compared`: before, nobody sees two stations side by side."""
    if vote.compared_at is None:
        raise Refused("paper_not_compared")
    total, still = compare.counts_of(session, vote)
    wanted = select(Difference).where(Difference.paper_vote_id == vote.id)
    if only_open:
        wanted = wanted.where(*compare.open_only(vote))
    page = session.scalars(
        wanted.order_by(Difference.ballot, Difference.line).offset(skip).limit(MOST_DIFFERENCES)
    ).all()
    lines = {one.place: one for one in votes.lines_of(session, vote)}
    names = people.names_of(session, {
        who for one in page for who in (one.reopened_by, one.seconded_by, one.settled_by) if who is not None
    })
    return DifferenceList(
        returned=[one.returned or 0 for one in stations.stations_of(session, vote)], total=total,
        open=still, skip=skip, differences=[_difference(one, lines, names) for one in page],
    )


def difference_view(session: Session, vote: PaperVote, one: Difference) -> DifferenceView:
    """One difference as it is now."""
    session.flush()
    lines = {line.place: line for line in votes.lines_of(session, vote)}
    asked = {who for who in (one.reopened_by, one.seconded_by, one.settled_by) if who is not None}
    return _difference(one, lines, people.names_of(session, asked))


def _difference(one: Difference, lines: dict[int | None, Candidate], names: dict[int, str]) -> DifferenceView:
    line = lines.get(one.line) if one.line else None
    return DifferenceView(
        id=one.id, ballot=one.ballot, line=one.line, kind=_kind(one), name=line.name if line else "",
        values=[_reading(value) for value in one.values], pending=compare.is_pending(one), reason=one.reopened_reason,
        opened_by=names.get(one.reopened_by or 0, ""), opened_by_id=one.reopened_by,
        seconded_by=names.get(one.seconded_by or 0, ""),
        settled=_reading(one.settled) if one.settled is not None else None, note=one.note,
        settled_by=names.get(one.settled_by or 0, ""),
        settled_ms=clock.epoch_ms(one.settled_at) if one.settled_at else None,
    )


def _kind(one: Difference) -> str:
    if one.reopened_reason:
        return "reopened"
    if one.line:
        return "line"
    return "missing" if ABSENT in one.values else "ballot"


def _reading(value: str) -> BallotReading:
    if value == ABSENT:
        return BallotReading(marks=None, invalid=None, absent=True)
    if value.startswith("i:"):
        return BallotReading(marks=None, invalid=value[2:], absent=False)
    return BallotReading(marks=marks_of(value) or value, invalid=None, absent=False)
