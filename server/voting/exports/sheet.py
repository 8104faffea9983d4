"""What an export says of a poll: its sealed record, and beside it reserved opinions and an annulment."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from server.core import clock
from server.core.errors import Refused
from server.core.keys import Keys
from server.voting import records, reserved
from server.voting.commands import poll_of
from server.voting.models import Poll, PollState
from server.voting.outcome import PollOutcome
from server.voting.records import RecordKind, ResultRecord
from server.voting.rules import Choice


@dataclass(frozen=True, slots=True)
class Reserved:
    """A reserved opinion. `sha256` is that of its words, as the journal has it.

    `agreed`: the ballot in the record agrees all the same; the paper says so.
    """

    name: str
    unit: str
    text: str
    stated_ms: int
    sha256: str
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Annulment:
    """When and why the result lost its force."""

    at_ms: int
    reason: str


@dataclass(frozen=True, slots=True)
class ResultSheet:
    """One result. `valid`: the record is the one this server signed; where it is not, the export says so."""

    body: PollOutcome
    sha256: str
    signature: str
    public_key: str
    sealed_ms: int
    valid: bool
    reserved: tuple[Reserved, ...] = ()
    annulled: Annulment | None = None


def result_sheet(session: Session, keys: Keys, meeting_id: int, poll_id: int) -> ResultSheet:
    """The result of a closed poll. Raises Refused `poll_not_found`, `poll_not_closed`, `poll_annulled` (while open)."""
    poll = poll_of(session, meeting_id, poll_id)
    record = records.of(session, RecordKind.POLL, poll_id)
    if record is None:
        raise Refused("poll_annulled" if poll.state == PollState.ANNULLED else "poll_not_closed")
    return replace(
        of_record(record, keys), reserved=_reserved(session, poll_id, PollOutcome.model_validate_json(record.text)),
        annulled=_annulment(poll),
    )


def of_record(record: ResultRecord, keys: Keys) -> ResultSheet:
    """The record alone."""
    return ResultSheet(
        body=PollOutcome.model_validate_json(record.text), sha256=record.sha256, signature=record.signature,
        public_key=record.public_key, sealed_ms=clock.epoch_ms(record.sealed_at),
        valid=records.is_valid(record, keys),
    )


def _reserved(session: Session, poll_id: int, body: PollOutcome) -> tuple[Reserved, ...]:
    """Names as the record has them: a name that changes after the close changes no paper."""
    known = {one.participant_id: (one.name, one.unit) for one in (*body.silent, *body.voters)}
    agreed = {one.participant_id for one in body.voters if one.choice == Choice.FOR}
    return tuple(
        Reserved(
            *known.get(one.participant_id, (one.name, one.unit)), one.text, one.stated_ms, one.sha256,
            agreed=one.participant_id in agreed,
        )
        for one in reserved.list_of(session, poll_id)
    )


def _annulment(poll: Poll) -> Annulment | None:
    if poll.annulled_at is None:
        return None
    return Annulment(clock.epoch_ms(poll.annulled_at), poll.annulled_reason or "")
