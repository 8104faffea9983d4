"""Votes with a time limit close by themselves, and batches go on.

Deadlines and batches are rows, so a restart forgets nothing: what fell due meanwhile is done at once.
"""

import threading
from functools import partial

import structlog
from sqlalchemy import select

from server.core import clock
from server.core.access import SYSTEM
from server.core.db import Database
from server.core.errors import Refused
from server.core.keys import Keys
from server.core.writer import Writer
from server.voting import batches
from server.voting.batches import GRACE
from server.voting.models import BatchState, Poll, PollBatch, PollState
from server.voting.running import close_poll

log = structlog.get_logger(__name__)

LOOK_EVERY = 0.25  # seconds


def close_due(database: Database, writer: Writer, keys: Keys) -> int:
    """Close every open poll whose time is up, but for those of batches; returns how many there were."""
    due_now = clock.now() - GRACE
    running = select(PollBatch.id).where(PollBatch.state == BatchState.RUNNING)
    with database.read() as session:
        due = session.execute(
            select(Poll.meeting_id, Poll.id).where(
                Poll.state == PollState.OPEN, Poll.deadline_at < due_now,
                Poll.batch_id.is_(None) | Poll.batch_id.not_in(running),
            )
        ).all()
    closed = 0
    for meeting_id, poll_id in due:
        try:
            writer.run(partial(close_poll, actor=SYSTEM, meeting_id=meeting_id, poll_id=poll_id, keys=keys))
            closed += 1
        except Refused as error:
            log.info("deadline_close_refused", poll=poll_id, code=error.code)  # somebody closed it by hand just now
        except Exception as error:  # one vote that cannot be counted must keep no other from closing
            log.error("deadline_close_failed", poll=poll_id, error=repr(error))
    return closed


def go_on(database: Database, writer: Writer, keys: Keys) -> int:
    """Take every running batch one step on where a step is due; returns how many steps there were."""
    with database.read() as session:
        running = list(session.scalars(select(PollBatch.id).where(PollBatch.state == BatchState.RUNNING)))
    steps = 0
    for batch_id in running:
        try:
            steps += writer.run(partial(batches.step, batch_id=batch_id, keys=keys))
        except Refused as error:
            _halt(writer, batch_id, error.code)
        except Exception as error:  # nor may one batch keep another from going on
            log.error("batch_failed", batch=batch_id, error=repr(error))
    return steps


def _halt(writer: Writer, batch_id: int, code: str) -> None:
    if code == "busy":  # the step was not kept: it is taken again at the next look
        return
    log.info("batch_stopped", batch=batch_id, code=code)
    writer.run(partial(batches.halt, batch_id=batch_id, code=code))


def start(database: Database, writer: Writer, keys: Keys) -> threading.Event:
    """Watch the deadlines in a thread (a greenlet of the web process) until the answered event is set."""
    stop = threading.Event()
    threading.Thread(target=_watch, args=(database, writer, keys, stop), name="deadlines", daemon=True).start()
    return stop


def _watch(database: Database, writer: Writer, keys: Keys, stop: threading.Event) -> None:
    while not stop.wait(LOOK_EVERY):
        try:
            close_due(database, writer, keys)
            go_on(database, writer, keys)
        except Exception as error:  # the database may be away for a moment; a deadline must still be kept afterwards
            log.error("deadlines_failed", error=repr(error))
