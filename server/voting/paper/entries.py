"""Entering paper ballots at a station: whole ballots, again and again until the station commits.

The journal's row of a request holds a keyed commitment of each ballot and no marks, so that nobody who reads the
journal learns what a station entered, and a changed row is still found (audit.py).
"""

from pydantic import ValidationError
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.access import Actor
from server.core.errors import Refused
from server.core.http import field_errors
from server.core.keys import Keys
from server.core.writer import Tx
from server.voting.paper import stations, votes
from server.voting.paper.bodies import BallotEntriesIn, BallotEntryIn, ReadingIn
from server.voting.paper.count_views import EntriesStored, Judged
from server.voting.paper.marks import are_marks, outcome, reading
from server.voting.paper.models import Entry, PaperKind, PaperVote, Station

ENTERED, REMOVED = "paper.entered", "paper.entry_removed"


def bulk_of(number: int, said: ReadingIn) -> BallotEntriesIn:
    """One ballot by the number in its address. Raises Refused `invalid_input`."""
    try:
        return BallotEntriesIn(ballots=[BallotEntryIn(number=number, marks=said.marks, invalid=said.invalid)])
    except ValidationError as error:
        raise Refused("invalid_input", field_errors(error)) from None


def commitment(keys: Keys, vote_id: int, entry: Entry) -> str:
    """What the journal keeps of an entry: hex HMAC-SHA-256 under the purpose "paper"."""
    text = reading(entry.marks, entry.invalid)
    message = f"{vote_id}|{entry.station}|{entry.number}|{text}|{entry.entered_ms}|{entry.serial}|{entry.entered_by}"
    return keys.mac("paper", message.encode()).hex()


def enter(
    tx: Tx, actor: Actor, meeting_id: int, vote_id: int, number: int, *, said: BallotEntriesIn, keys: Keys
) -> EntriesStored:
    """Store up to 50 ballots of one's own station: all or none. The same value again changes nothing.

    Raises Refused `paper_number_beyond`, `paper_marks_unfit` or what `stations.own_station` raises.
    """
    vote, station = stations.own_station(tx, actor, meeting_id, vote_id, number)
    lines = votes.lines_of(tx, vote)
    for one in said.ballots:
        _require_fit(vote, one, len(lines))
    there = {entry.number: entry for entry in tx.scalars(
        select(Entry).where(
            Entry.paper_vote_id == vote.id, Entry.station == number,
            Entry.number.in_([one.number for one in said.ballots]),
        )
    )}
    put = [_put(tx, station, one, there.get(one.number), actor) for one in said.ballots]
    changed = [entry for entry in put if entry is not None]
    if changed:
        _store_new(tx, [entry for entry in changed if entry.number not in there])
        tx.record(
            ENTERED, actor, meeting_id, vote=vote.id, station=number,
            ballots={str(one.number): commitment(keys, vote.id, one) for one in changed},
        )
        votes.touch(tx, vote)
    ignored = votes.ignored_lines(lines)
    return _stored(tx, vote, number, [
        Judged(number=one.number, judged=_judged(vote, reading(one.marks or "", one.invalid), ignored))
        for one in said.ballots
    ])


def remove(tx: Tx, actor: Actor, meeting_id: int, vote_id: int, number: int, *, ballot: int) -> EntriesStored:
    """Take back the last ballot that was entered. Raises Refused `paper_entry_not_found` or `paper_entry_not_last`."""
    vote, _ = stations.own_station(tx, actor, meeting_id, vote_id, number)
    last = _highest(tx, vote, number)
    entry = tx.scalar(select(Entry).where(
        Entry.paper_vote_id == vote.id, Entry.station == number, Entry.number == ballot
    ))
    if entry is None:
        raise Refused("paper_entry_not_found", number=ballot)
    if ballot != last:
        raise Refused("paper_entry_not_last", number=last)
    tx.delete(entry)
    tx.flush()
    tx.record(REMOVED, actor, meeting_id, vote=vote.id, station=number, ballot=ballot)
    votes.touch(tx, vote)
    return _stored(tx, vote, number, [])


def _require_fit(vote: PaperVote, said: BallotEntryIn, lines: int) -> None:
    if vote.issued is not None and said.number > vote.issued:
        raise Refused("paper_number_beyond", number=said.number, issued=vote.issued)
    if said.marks is not None and not are_marks(PaperKind(vote.kind), said.marks, lines):
        raise Refused("paper_marks_unfit", number=said.number, lines=lines)


def _put(
    tx: Tx, station: Station, said: BallotEntryIn, entry: Entry | None, actor: Actor
) -> Entry | None:
    """The row as it shall be; None when it says so already."""
    if entry is None:
        return Entry(
            paper_vote_id=station.paper_vote_id, station=station.number, number=said.number, marks=said.marks or "",
            invalid=said.invalid, entered_by=actor.participant_id, entered_ms=clock.epoch_ms(tx.now), serial=1,
        )
    if reading(entry.marks, entry.invalid) == reading(said.marks or "", said.invalid):
        return None
    entry.marks, entry.invalid = said.marks or "", said.invalid
    entry.entered_by, entry.entered_ms = actor.participant_id or 0, clock.epoch_ms(tx.now)
    entry.serial += 1
    return entry


def _store_new(tx: Tx, new: list[Entry]) -> None:
    if new:
        tx.execute(insert(Entry), [
            {
                "paper_vote_id": one.paper_vote_id, "station": one.station, "number": one.number, "marks": one.marks,
                "invalid": one.invalid, "entered_by": one.entered_by, "entered_ms": one.entered_ms, "serial": 1,
            }
            for one in new
        ])


def _judged(vote: PaperVote, read: str, ignored: frozenset[int]) -> str | None:
    found = outcome(PaperKind(vote.kind), vote.seats, read, ignored)
    return found.value if found else None


def _highest(session: Session, vote: PaperVote, number: int) -> int:
    return session.scalar(
        select(func.max(Entry.number)).where(Entry.paper_vote_id == vote.id, Entry.station == number)
    ) or 0


def _stored(tx: Tx, vote: PaperVote, number: int, judged: list[Judged]) -> EntriesStored:
    tx.flush()
    entered = tx.scalar(
        select(func.count()).select_from(Entry).where(Entry.paper_vote_id == vote.id, Entry.station == number)
    )
    return EntriesStored(
        station=number, entered=entered or 0, highest=_highest(tx, vote, number), ballots=judged
    )
