"""Casting ballots: one call for all that wait, a handful of SQL statements for all of them together.

The journal's row of a ballot holds who voted, when, and a keyed commitment of the choice, so that the audit page shows
no choices and a changed row is still found (audit.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, tuple_, update
from sqlalchemy.orm import Session

from server.core import clock
from server.core.access import Actor
from server.core.errors import Refused
from server.core.idempotency import StoredAnswer
from server.core.journal import Draft
from server.core.keys import Keys
from server.core.writer import Tx
from server.meetings import lookup
from server.meetings.models import Participant
from server.voting.bodies import BallotIn
from server.voting.marks import Form
from server.voting.models import Ballot, Elector, Exclusion, Poll, PollState
from server.voting.rules import BallotKind
from server.voting.views import Receipt

ACTION = "ballot.cast"
# Tables rather than classes: hundreds of rows go in at once, without an object each.
_BALLOTS, _ANSWERS = cast("Table", Ballot.__table__), cast("Table", StoredAnswer.__table__)


@dataclass(frozen=True, slots=True)
class Slip:
    """One ballot as it arrived."""

    actor: Actor
    meeting_id: int
    poll_id: int
    said: BallotIn
    key: str                # Idempotency-Key
    fingerprint: str        # of the request
    arrived: datetime       # before it waited for the writer: what counts for the deadline
    keys: Keys = field(repr=False)


def commitment(  # the five parts of a ballot's row
    keys: Keys, poll_id: int, participant_id: int, *, choice: str, opinion: str, cast_ms: int
) -> str:
    """What the journal keeps of a choice: hex HMAC-SHA-256 under the purpose "ballot"."""
    said = f"{poll_id}|{participant_id}|{choice}|{cast_ms}" + (f"|{opinion}" if opinion else "")
    return keys.mac("ballot", said.encode()).hex()


def cast_ballots(tx: Tx, slips: Sequence[Slip]) -> list[Receipt | Refused]:
    """Take the slips in their order; answers a receipt or a refusal for each.

    Refusals: poll_not_found, forbidden, poll_not_open, not_entitled, excluded_from_base, came_after_open, not_present,
    ballot_final, idempotency_key_reused, and those of marks.Form for a ballot that does not fit its poll.
    """
    box = _Box(tx, slips)
    answers = [box.take(slip) for slip in slips]
    box.store()
    return answers


@dataclass(slots=True)
class _Cast:
    """A ballot as it is or will be stored."""

    poll_id: int
    participant_id: int
    choice: str
    opinion: str
    cast_ms: int
    serial: int
    stored: bool

    def receipt(self) -> Receipt:
        return Receipt(poll_id=self.poll_id, choice=self.choice, cast_ms=self.cast_ms, changed=self.serial > 1)


class _Box:
    """The state that the slips of one call meet, and what they leave to be written."""

    def __init__(self, tx: Tx, slips: Sequence[Slip]) -> None:
        self.tx = tx
        self.now_ms = clock.epoch_ms(tx.now)
        self.polls = {poll.id: poll for poll in tx.scalars(select(Poll).where(Poll.id.in_({s.poll_id for s in slips})))}
        people = {slip.actor.participant_id for slip in slips}
        meetings = {poll.meeting_id for poll in self.polls.values()}
        self.inside = {meeting: lookup.hooks.inside(tx, meeting).keys() for meeting in meetings}
        self.entitled = set(tx.scalars(select(Participant.id).where(Participant.id.in_(people), Participant.entitled)))
        self.electors = _electors(tx, self.polls, people)
        self.excluded = _excluded(tx, self.polls, people)
        self.cast = _cast(tx, self.polls, people)
        self.answered = _answered(tx, slips)
        self.changed: dict[tuple[int, int], _Cast] = {}
        self.answers: list[dict[str, object]] = []
        self.drafts: list[Draft] = []
        self.topics: list[set[str]] = []

    def take(self, slip: Slip) -> Receipt | Refused:
        """Judge one slip."""
        known = self.answered.get((slip.actor.key, slip.key))
        if known is not None:
            # A key of another kind of request has another fingerprint: what it was answered is never looked at.
            same = known[0] == slip.fingerprint
            return Receipt.model_validate(known[1]) if same else Refused("idempotency_key_reused")
        try:
            receipt = self._accept(slip)
        except Refused as refused:
            return refused
        self._answer(slip, receipt)
        return receipt

    def _accept(self, slip: Slip) -> Receipt:
        poll, voter = self.polls.get(slip.poll_id), slip.actor.participant_id
        if poll is None or poll.meeting_id != slip.meeting_id:
            raise Refused("poll_not_found")
        if voter is None:
            raise Refused("forbidden")
        late = poll.deadline_at is not None and slip.arrived > poll.deadline_at
        if poll.state != PollState.OPEN or late:
            raise Refused("poll_not_open")
        form = Form(BallotKind(poll.kind), len(poll.options), poll.choose_most or 1)
        said = form.choice(slip.said), form.opinion(slip.said)
        before = self.cast.get((poll.id, voter))
        refused = self._obstacle(poll, voter, said, before)
        if refused is not None:
            raise refused
        if before is None or (before.choice, before.opinion) != said:
            before = self._put_in(slip, voter, said, before)
        return before.receipt()

    def _obstacle(self, poll: Poll, voter: int, said: tuple[str, str], before: "_Cast | None") -> Refused | None:
        if voter not in self.entitled:
            return Refused("not_entitled")
        if voter not in self.inside[poll.meeting_id]:
            return Refused("not_present")
        if (poll.id, voter) in self.excluded:
            return Refused("excluded_from_base")
        if (poll.id, voter) not in self.electors:
            return Refused("came_after_open")
        if before is not None and (before.choice, before.opinion) != said and not poll.changeable:
            return Refused("ballot_final")
        return None

    def _put_in(self, slip: Slip, voter: int, said: tuple[str, str], before: _Cast | None) -> _Cast:
        made = _Cast(
            slip.poll_id, voter, *said, self.now_ms, before.serial + 1 if before else 1,
            before.stored if before else False,
        )
        self.cast[slip.poll_id, voter] = self.changed[slip.poll_id, voter] = made
        sealed = commitment(
            slip.keys, made.poll_id, voter, choice=made.choice, opinion=made.opinion, cast_ms=made.cast_ms
        )
        data = {
            "poll": made.poll_id, "participant": voter, "cast_ms": made.cast_ms, "serial": made.serial, "sealed": sealed
        }
        actor = slip.actor
        self.drafts.append(Draft(ACTION, actor.key, actor.name, actor.origin, slip.meeting_id, data))
        meeting = f"meeting/{slip.meeting_id}"
        self.topics.append({f"{meeting}/vote", f"{meeting}/me/{voter}"})
        return made

    def _answer(self, slip: Slip, receipt: Receipt) -> None:
        self.answered[slip.actor.key, slip.key] = (slip.fingerprint, receipt)
        self.answers.append({
            "actor": slip.actor.key, "key": slip.key, "fingerprint": slip.fingerprint,
            "answer": receipt.model_dump(mode="json"), "at": self.tx.now,
        })

    def store(self) -> None:
        """Write what was taken: four statements at most, whatever the number of slips."""
        new = [ballot for ballot in self.changed.values() if not ballot.stored]
        old = [ballot for ballot in self.changed.values() if ballot.stored]
        if new:
            self.tx.execute(insert(_BALLOTS), [
                {"poll_id": b.poll_id, "participant_id": b.participant_id, "choice": b.choice, "opinion": b.opinion,
                 "cast_ms": b.cast_ms, "serial": b.serial} for b in new
            ])
        if old:
            statement = update(_BALLOTS).where(
                _BALLOTS.c.poll_id == bindparam("of_poll"), _BALLOTS.c.participant_id == bindparam("of_participant")
            )
            self.tx.connection().execute(statement, [
                {"of_poll": b.poll_id, "of_participant": b.participant_id, "choice": b.choice, "opinion": b.opinion,
                 "cast_ms": b.cast_ms, "serial": b.serial} for b in old
            ])
        if self.answers:
            self.tx.execute(insert(_ANSWERS), self.answers)
        self.tx.append_many(self.drafts, self.topics)


def _electors(session: Session, polls: Iterable[int], people: Iterable[int | None]) -> set[tuple[int, int]]:
    rows = session.execute(
        select(Elector.poll_id, Elector.participant_id)
        .where(Elector.poll_id.in_(list(polls)), Elector.participant_id.in_(list(people)))
    )
    return {(row[0], row[1]) for row in rows}


def _excluded(session: Session, polls: Iterable[int], people: Iterable[int | None]) -> set[tuple[int, int]]:
    rows = session.execute(
        select(Exclusion.poll_id, Exclusion.participant_id)
        .where(Exclusion.poll_id.in_(list(polls)), Exclusion.participant_id.in_(list(people)))
    )
    return {(row[0], row[1]) for row in rows}


def _cast(session: Session, polls: Iterable[int], people: Iterable[int | None]) -> dict[tuple[int, int], _Cast]:
    rows = session.execute(
        select(Ballot.poll_id, Ballot.participant_id, Ballot.choice, Ballot.opinion, Ballot.cast_ms, Ballot.serial)
        .where(Ballot.poll_id.in_(list(polls)), Ballot.participant_id.in_(list(people)))
    )
    return {(row[0], row[1]): _Cast(*row, stored=True) for row in rows}


def _answered(session: Session, slips: Sequence[Slip]) -> dict[tuple[str, str], tuple[str, Any]]:
    """Earlier answers by (actor, key): the fingerprint of the request, and what it was answered."""
    rows = session.execute(
        select(StoredAnswer.actor, StoredAnswer.key, StoredAnswer.fingerprint, StoredAnswer.answer)
        .where(tuple_(StoredAnswer.actor, StoredAnswer.key).in_([(slip.actor.key, slip.key) for slip in slips]))
    )
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}
