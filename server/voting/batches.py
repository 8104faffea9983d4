"""A batch: motions voted one after another while the secretary watches. The web process drives it (deadlines.py).

Where a batch stands is in its rows, so a restart goes on where it was: each step is one command. A step that is refused
(a pause, no quorum) stops the batch with that reason, and the drafts that are left stay drafts.
"""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.access import SYSTEM, Actor
from server.core.errors import Refused
from server.core.keys import Keys
from server.core.writer import Tx
from server.meetings import lookup
from server.voting import audit, electorate, records, running
from server.voting.bodies import BatchIn
from server.voting.commands import draft_of, open_poll_of
from server.voting.models import BatchState, Poll, PollBatch, PollState
from server.voting.records import RecordKind

# Ballots that arrived in time may still wait for the writer when the time is up.
GRACE = timedelta(seconds=0.5)


def start_batch(tx: Tx, actor: Actor, meeting_id: int, said: BatchIn) -> PollBatch:
    """Put drafts in a row and begin. The first opens at once.

    Raises Refused `batch_running`, `poll_already_open`, `poll_not_draft`, `poll_not_found` or `meeting_not_in_session`.
    """
    lookup.meeting_in_session(tx, meeting_id)
    if running_batch(tx, meeting_id) is not None:
        raise Refused("batch_running")
    other = open_poll_of(tx, meeting_id)
    if other is not None:
        raise Refused("poll_already_open", title=other.title)
    batch = PollBatch(
        meeting_id=meeting_id, seconds=said.seconds, pause_seconds=said.pause_seconds, on_wall=said.wall,
        size=len(set(said.polls)), next_at=tx.now,
    )
    tx.add(batch)
    tx.flush()
    for place, poll_id in enumerate(dict.fromkeys(said.polls), 1):
        poll = draft_of(tx, meeting_id, poll_id)
        poll.batch_id, poll.batch_place = batch.id, place
    tx.record("batch.started", actor, meeting_id, batch=batch.id, polls=said.polls, seconds=said.seconds)
    _touch(tx, batch)
    return batch


def stop_batch(tx: Tx, actor: Actor, meeting_id: int) -> PollBatch:
    """No further vote opens; the open one goes on until its time is up. Raises Refused `batch_not_running`."""
    batch = running_batch(tx, meeting_id)
    if batch is None:
        raise Refused("batch_not_running")
    batch.state = BatchState.STOPPED
    tx.record("batch.stopped", actor, meeting_id, batch=batch.id, by="")
    _touch(tx, batch)
    return batch


def running_batch(session: Session, meeting_id: int) -> PollBatch | None:
    """The batch under way."""
    return session.scalar(
        select(PollBatch).where(PollBatch.meeting_id == meeting_id, PollBatch.state == BatchState.RUNNING)
    )


def last_batch(session: Session, meeting_id: int) -> PollBatch | None:
    """The batch under way, or the one before."""
    newest = select(PollBatch).where(PollBatch.meeting_id == meeting_id).order_by(PollBatch.id.desc()).limit(1)
    return session.scalar(newest)


def polls_of(session: Session, batch: PollBatch) -> list[Poll]:
    """Its votes in order; a draft that was deleted meanwhile is not there."""
    return list(session.scalars(select(Poll).where(Poll.batch_id == batch.id).order_by(Poll.batch_place)))


def step(tx: Tx, batch_id: int, keys: Keys) -> bool:
    """Do what is due in a batch, if anything; returns whether something was done."""
    batch = tx.get(PollBatch, batch_id)
    if batch is None or batch.state != BatchState.RUNNING:
        return False
    polls = polls_of(tx, batch)
    now_open = next((poll for poll in polls if poll.state == PollState.OPEN), None)
    if now_open is not None:
        return _close(tx, batch, now_open, keys)
    if tx.now < batch.next_at:
        return False
    coming = next((poll for poll in polls if poll.state == PollState.DRAFT), None)
    if coming is None:
        batch.state = BatchState.DONE
        tx.record("batch.done", SYSTEM, batch.meeting_id, batch=batch.id)
        _touch(tx, batch)
        return True
    return _open(tx, batch, coming)


def halt(tx: Tx, batch_id: int, code: str) -> None:
    """A step was refused: stop, and keep why."""
    batch = tx.get(PollBatch, batch_id)
    if batch is not None and batch.state == BatchState.RUNNING:
        batch.state, batch.stopped_by = BatchState.STOPPED, code
        tx.record("batch.stopped", SYSTEM, batch.meeting_id, batch=batch.id, by=code)
        _touch(tx, batch)


def _open(tx: Tx, batch: PollBatch, poll: Poll) -> bool:
    running.open_draft(tx, poll, on_wall=batch.on_wall, seconds=batch.seconds)
    # If somebody closes it by hand, the batch still waits for the time it would have had.
    batch.next_at = tx.now + timedelta(seconds=batch.seconds + batch.pause_seconds)
    tx.record("poll.opened", SYSTEM, batch.meeting_id, batch=batch.id, **running.opened_data(tx, poll))
    return True


def _close(tx: Tx, batch: PollBatch, poll: Poll, keys: Keys) -> bool:
    """Close and publish in one step: when the time is up, or when all have voted and no ballot may change."""
    late = poll.deadline_at is not None and poll.deadline_at < tx.now - GRACE
    complete = not poll.changeable and running.ballots_in(tx, poll.id) >= electorate.reach(tx, poll)
    if not late and not complete:
        return False
    running.close_open(tx, poll, keys)
    running.publish_closed(tx, poll, on_wall=batch.on_wall)
    batch.next_at = tx.now + timedelta(seconds=batch.pause_seconds)
    record = records.of(tx, RecordKind.POLL, poll.id)
    tx.record(
        audit.CLOSED, SYSTEM, batch.meeting_id, poll=poll.id, title=poll.title, batch=batch.id, published=True,
        record=record.sha256 if record else "",
    )
    return True


def _touch(tx: Tx, batch: PollBatch) -> None:
    tx.touch(lookup.topic(batch.meeting_id, "vote"))
