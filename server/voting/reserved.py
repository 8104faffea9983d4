"""Reserved opinions (bảo lưu ý kiến): who did not agree may have his opinion kept with the result.

They may be stated until the meeting ends, after the record is sealed, so they stand beside it: each in a row of its own
whose hash is in the journal. Exports and minutes print both.
"""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.access import Actor
from server.core.errors import Refused
from server.core.text import clean_lines
from server.core.writer import Tx
from server.meetings import lookup
from server.meetings.models import Participant
from server.people.models import Person, Unit
from server.voting.commands import poll_of, touch
from server.voting.models import Ballot, Elector, Poll, PollState, ReservedOpinion
from server.voting.rules import Choice
from server.voting.views import ReservedView

ACTION = "opinion.reserved"
_STATES = (PollState.OPEN, PollState.CLOSED, PollState.PUBLISHED)


def reserve(
    tx: Tx, actor: Actor, meeting_id: int, poll_id: int, *, participant_id: int, text: str
) -> ReservedOpinion:
    """Keep somebody's opinion on record; stating it again replaces the words, and the journal keeps both hashes.

    Raises Refused `reserve_not_allowed`, `poll_not_opened`, `not_in_poll`, `reserve_after_close`,
    `reserve_before_ballot`, `reserve_agreed` or `opinion_missing`.
    """
    lookup.open_meeting(tx, meeting_id)
    poll = poll_of(tx, meeting_id, poll_id)
    text = clean_lines(text)
    _require_dissent(tx, poll, participant_id, own=actor.participant_id == participant_id)
    if not text:
        raise Refused("opinion_missing")
    row = tx.scalar(select(ReservedOpinion).where(
        ReservedOpinion.poll_id == poll_id, ReservedOpinion.participant_id == participant_id
    ))
    if row is None:
        row = ReservedOpinion(poll_id=poll_id, participant_id=participant_id)
        tx.add(row)
    row.text, row.stated_at, row.sha256 = text, tx.now, digest(text)
    tx.flush()
    tx.record(ACTION, actor, meeting_id, poll=poll_id, participant=participant_id, sha256=row.sha256)
    touch(tx, poll)
    tx.touch(lookup.topic(meeting_id, "me", participant_id))
    return row


def digest(text: str) -> str:
    """Hex SHA-256 of an opinion's words."""
    return hashlib.sha256(text.encode()).hexdigest()


def list_of(session: Session, poll_id: int) -> list[ReservedView]:
    """The reserved opinions of a poll, oldest first."""
    rows = session.execute(
        select(ReservedOpinion, Person.name, Unit.name)
        .join(Participant, Participant.id == ReservedOpinion.participant_id)
        .join(Person, Person.id == Participant.person_id).join(Unit, Unit.id == Person.unit_id)
        .where(ReservedOpinion.poll_id == poll_id).order_by(ReservedOpinion.stated_at, ReservedOpinion.id)
    )
    return [
        ReservedView(
            participant_id=row.participant_id, name=name, unit=unit, text=row.text,
            stated_ms=clock.epoch_ms(row.stated_at), sha256=row.sha256,
        )
        for row, name, unit in rows
    ]


def has_reserved(session: Session, poll_id: int, participant_id: int) -> bool:
    """Whether somebody's opinion is on record."""
    found = select(ReservedOpinion.id).where(
        ReservedOpinion.poll_id == poll_id, ReservedOpinion.participant_id == participant_id
    )
    return session.scalar(found) is not None


def may_reserve(poll: Poll, *, own: bool) -> bool:
    """Whether opinions can be reserved now: by oneself (`own`), or by the secretary who writes them down."""
    if not poll.rule.get("reserved_opinions", False) or poll.state not in _STATES:
        return False
    # Who may still change his ballot may still agree; and a refusal must tell nobody else what is in an open box.
    return poll.state != PollState.OPEN or (own and not poll.changeable)


def _require_dissent(session: Session, poll: Poll, participant_id: int, *, own: bool) -> None:
    if poll.state not in _STATES:
        raise Refused("poll_not_opened")
    rule = poll.rule_set
    if not rule.reserved_opinions:
        raise Refused("reserve_not_allowed", rule=rule.name.vi, rule_en=rule.name.en, citation=rule.citation.text)
    if session.get(Elector, (poll.id, participant_id)) is None:
        raise Refused("not_in_poll")
    if not may_reserve(poll, own=own):
        raise Refused("reserve_after_close")
    if not own and not poll.named:
        return  # to refuse would tell the secretary a choice that the result does not name
    choice = session.scalar(
        select(Ballot.choice).where(Ballot.poll_id == poll.id, Ballot.participant_id == participant_id)
    )
    if choice is None and poll.state == PollState.OPEN:
        raise Refused("reserve_before_ballot")  # he may still agree
    if choice == Choice.FOR:
        raise Refused("reserve_agreed")
