"""The three stations: taking, releasing, committing, reopening. Each is blind to the others."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.access import Actor
from server.core.errors import Refused
from server.core.keys import Keys
from server.core.writer import Tx
from server.meetings.models import Participant
from server.voting.paper import people, votes
from server.voting.paper.marks import reading
from server.voting.paper.models import (
    STATIONS,
    Difference,
    Entry,
    PaperState,
    PaperVote,
    Standing,
    Station,
    StationHand,
)
from server.voting.paper.views import StationView


def take(tx: Tx, actor: Actor, meeting_id: int, vote_id: int, number: int) -> StationView:
    """Sit down at a free station. In one vote a teller keeps to one station, so that nobody sees two.

    Raises Refused `paper_not_counting`, `paper_not_teller`, `paper_teller_is_candidate`, `paper_station_unknown`,
    `paper_station_other`, `paper_station_taken` or `paper_station_committed`.
    """
    vote = entering_vote(tx, meeting_id, vote_id)
    teller = require_teller(tx, vote, actor)
    station = station_of(tx, vote, number)
    if station.holder_id == teller.id:
        return view(tx, station)
    if station.committed_at is not None:
        raise Refused("paper_station_committed", station=number)
    hand = tx.scalar(select(StationHand).where(
        StationHand.paper_vote_id == vote.id, StationHand.participant_id == teller.id
    ))
    if hand is not None and hand.number != number:
        raise Refused("paper_station_other", station=hand.number)
    if station.holder_id is not None:
        raise Refused("paper_station_taken", station=number, holder=_name(tx, station.holder_id))
    if hand is None:
        tx.add(StationHand(paper_vote_id=vote.id, number=number, participant_id=teller.id))
    station.holder_id, station.held_since = teller.id, tx.now
    vote.state = PaperState.COUNTING
    tx.record("paper.station_taken", actor, meeting_id, vote=vote.id, station=number, teller=teller.id)
    votes.touch(tx, vote)
    return view(tx, station)


def release(tx: Tx, actor: Actor, meeting_id: int, vote_id: int, number: int, *, reason: str) -> StationView:
    """Free a station whose tablet died or whose teller had to leave; its entries stay.

    Raises Refused `paper_station_free` or `paper_station_committed`.
    """
    vote = entering_vote(tx, meeting_id, vote_id)
    station = station_of(tx, vote, number)
    if station.holder_id is None:
        raise Refused("paper_station_free", station=number)
    if station.committed_at is not None:
        raise Refused("paper_station_committed", station=number)
    before, station.holder_id, station.held_since = station.holder_id, None, None
    tx.record(
        "paper.station_released", actor, meeting_id, vote=vote.id, station=number, teller=before, reason=reason
    )
    votes.touch(tx, vote)
    return view(tx, station)


def reopen(tx: Tx, actor: Actor, meeting_id: int, vote_id: int, number: int, *, reason: str) -> StationView:
    """Let a committed station go on. Once the stations were compared it starts from nothing, and so does settling.

    Raises Refused `paper_not_counting` or `paper_station_not_committed`.
    """
    vote = votes.open_vote(tx, meeting_id, vote_id)
    if vote.state not in (PaperState.COUNTING, PaperState.COMPARED):
        raise Refused("paper_not_counting")
    station = station_of(tx, vote, number)
    if station.committed_at is None:
        raise Refused("paper_station_not_committed", station=number)
    anew = vote.state == PaperState.COMPARED
    if anew:
        tx.execute(delete(Difference).where(Difference.paper_vote_id == vote.id))
        tx.execute(delete(Entry).where(Entry.paper_vote_id == vote.id, Entry.station == number))
        vote.state, vote.compared_at = PaperState.COUNTING, None
    station.committed_at = station.returned = None
    tx.record(
        "paper.station_reopened", actor, meeting_id, vote=vote.id, station=number, anew=anew, reason=reason
    )
    votes.touch(tx, vote)
    return view(tx, station)


def commit(
    tx: Tx, actor: Actor, meeting_id: int, vote_id: int, number: int, *, returned: int, keys: Keys
) -> StationView:
    """Freeze what a station entered: ballots 1…N without holes, N as it counted its pile.

    The journal keeps a keyed seal over everything, no figure. Raises Refused `paper_station_incomplete`,
    `paper_station_beyond` or what `own_station` raises.
    """
    vote, station = own_station(tx, actor, meeting_id, vote_id, number)
    there = list(tx.scalars(
        select(Entry).where(Entry.paper_vote_id == vote.id, Entry.station == number).order_by(Entry.number)
    ))
    numbers = {one.number for one in there}
    missing = next((one for one in range(1, returned + 1) if one not in numbers), None)
    if missing is not None:
        raise Refused("paper_station_incomplete", number=missing, returned=returned, entered=len(there))
    if len(there) > returned:
        raise Refused("paper_station_beyond", returned=returned, entered=len(there))
    station.committed_at, station.returned = tx.now, returned
    tx.record(
        "paper.station_committed", actor, meeting_id, vote=vote.id, station=number,
        sealed=seal(keys, vote.id, number, there),
    )
    votes.touch(tx, vote)
    return view(tx, station)


def seal(keys: Keys, vote_id: int, number: int, entered: Sequence[Entry]) -> str:
    """A keyed commitment of everything a station entered: hex HMAC-SHA-256 under the purpose "paper"."""
    text = "\n".join(f"{one.number} {reading(one.marks, one.invalid)}" for one in entered)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return keys.mac("paper", f"station|{vote_id}|{number}|{len(entered)}|{digest}".encode()).hex()


def entering_vote(tx: Tx, meeting_id: int, vote_id: int) -> PaperVote:
    """A vote whose ballots are being entered. Raises Refused `paper_not_counting` besides."""
    vote = votes.open_vote(tx, meeting_id, vote_id)
    if vote.state not in votes.ENTERING:
        raise Refused("paper_not_counting")
    return vote


def require_teller(session: Session, vote: PaperVote, actor: Actor) -> Participant:
    """The acting teller, who must not stand on this list.

    Asked in every command: a session may remember for some seconds what an appointment no longer grants.
    """
    teller = session.get(Participant, actor.participant_id or 0)
    if teller is None or teller.meeting_id != vote.meeting_id or not teller.teller:
        raise Refused("paper_not_teller")
    lines = votes.candidates_of(session, vote)
    if any(one.standing == Standing.STANDING and people.is_same(one, teller) for one in lines):
        raise Refused("paper_teller_is_candidate")
    return teller


def own_station(tx: Tx, actor: Actor, meeting_id: int, vote_id: int, number: int) -> tuple[PaperVote, Station]:
    """The actor's own station, which still enters. Raises Refused `paper_station_committed` besides."""
    vote = entering_vote(tx, meeting_id, vote_id)
    station = held_by(tx, vote, number, actor)
    if station.committed_at is not None:
        raise Refused("paper_station_committed", station=number)
    return vote, station


def station_of(session: Session, vote: PaperVote, number: int) -> Station:
    """A station by its number. Raises Refused `paper_station_unknown` or, before handing out, `paper_not_counting`."""
    if number not in STATIONS:
        raise Refused("paper_station_unknown")
    station = session.scalar(select(Station).where(Station.paper_vote_id == vote.id, Station.number == number))
    if station is None:
        raise Refused("paper_not_counting")
    return station


def stations_of(session: Session, vote: PaperVote) -> list[Station]:
    """All three in order; none before the ballots are handed out."""
    return list(session.scalars(
        select(Station).where(Station.paper_vote_id == vote.id).order_by(Station.number)
    ))


def held_by(session: Session, vote: PaperVote, number: int, actor: Actor) -> Station:
    """The station, which this actor holds. Raises Refused `paper_station_not_yours`."""
    teller = require_teller(session, vote, actor)
    station = station_of(session, vote, number)
    if station.holder_id != teller.id:
        raise Refused("paper_station_not_yours")
    return station


def log_for(session: Session, vote: PaperVote, number: int, actor: Actor) -> Station:
    """The station whose log this actor may print: his own, or any once they were compared."""
    if vote.compared_at is not None:
        return station_of(session, vote, number)
    return held_by(session, vote, number, actor)


def view(session: Session, station: Station, entered: int | None = None) -> StationView:
    """As everybody who counts may see it; `entered` for the console only."""
    state = "committed" if station.committed_at else "held" if station.holder_id else "free"
    return StationView(
        number=station.number, state=state, holder_id=station.holder_id,
        holder=_name(session, station.holder_id) if station.holder_id else None,
        held_since_ms=clock.epoch_ms(station.held_since) if station.held_since else None,
        committed_ms=clock.epoch_ms(station.committed_at) if station.committed_at else None, entered=entered,
    )


def _name(session: Session, participant_id: int) -> str:
    participant = session.get(Participant, participant_id)
    return participant.person.name if participant else ""
