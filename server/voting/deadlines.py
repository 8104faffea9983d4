"""Votes with a time limit close by themselves.

The deadline is in the poll's row, so a restart forgets nothing: what fell due meanwhile is closed at once.
"""

import threading
from datetime import timedelta
from functools import partial

import structlog
from sqlalchemy import select

from server.core import clock
from server.core.access import SYSTEM
from server.core.db import Database
from server.core.errors import Refused
from server.core.writer import Writer
from server.voting.commands import close_poll
from server.voting.models import Poll, PollState

log = structlog.get_logger(__name__)

LOOK_EVERY = 0.25  # seconds
# Ballots that arrived in time may still wait for the writer when the time is up.
GRACE = timedelta(seconds=0.5)


def close_due(database: Database, writer: Writer) -> int:
    """Close every open poll whose time is up; returns how many there were."""
    with database.read() as session:
        due = session.execute(
            select(Poll.meeting_id, Poll.id).where(Poll.state == PollState.OPEN, Poll.deadline_at < clock.now() - GRACE)
        ).all()
    closed = 0
    for meeting_id, poll_id in due:
        try:
            writer.run(partial(close_poll, actor=SYSTEM, meeting_id=meeting_id, poll_id=poll_id))
            closed += 1
        except Refused as error:
            log.info("deadline_close_refused", poll=poll_id, code=error.code)  # somebody closed it by hand just now
    return closed


def start(database: Database, writer: Writer) -> threading.Event:
    """Watch the deadlines in a thread (a greenlet of the web process) until the answered event is set."""
    stop = threading.Event()
    threading.Thread(target=_watch, args=(database, writer, stop), name="deadlines", daemon=True).start()
    return stop


def _watch(database: Database, writer: Writer, stop: threading.Event) -> None:
    while not stop.wait(LOOK_EVERY):
        try:
            close_due(database, writer)
        except Exception as error:  # the database may be away for a moment; a deadline must still be kept afterwards
            log.error("deadlines_failed", error=repr(error))
