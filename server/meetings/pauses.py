"""When the meeting rested, as the journal tells it: an item's clock does not run in a pause."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.journal import JournalEntry
from server.meetings.models import MeetingState

STEP = "meeting.step"  # the journal's row of every step of the life cycle


def pauses(session: Session, meeting_id: int) -> list[tuple[int, int]]:
    """The pauses that are over, as (from, to) in epoch milliseconds, in their order."""
    rows = session.execute(
        select(JournalEntry.at, JournalEntry.data)
        .where(JournalEntry.action == STEP, JournalEntry.meeting_id == meeting_id).order_by(JournalEntry.seq)
    )
    found: list[tuple[int, int]] = []
    since: int | None = None
    for at, data in rows:
        if since is not None:
            found.append((since, at))
        since = at if data["after"] == MeetingState.PAUSED else None
    return found


def within(rests: list[tuple[int, int]], start_ms: int, end_ms: int | None) -> int:
    """How many milliseconds of these pauses lie between two moments; without an end, after the first."""
    return sum(
        max(0, (to if end_ms is None else min(to, end_ms)) - max(since, start_ms)) for since, to in rests
    )
