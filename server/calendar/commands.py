"""The writes of the calendar. `put` and `call_off` are steps of another feature's command, which records itself."""

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from server.calendar.models import CalendarDay, CalendarEntry
from server.core.access import Actor
from server.core.errors import Refused
from server.core.text import clean
from server.core.writer import Tx

MOST_EXCEPTIONS = 500


@dataclass(frozen=True, slots=True)
class Note:
    """What to keep and when. `kind`: ≤ 40, `subject`: ≤ 80 characters, `day`: a day in Vietnam."""

    kind: str
    subject: str
    day: date
    title: str
    note: str = ""


def put(tx: Tx, meeting_id: int, note: Note) -> CalendarEntry:
    """Put an entry on the calendar, or move the one of the same kind and subject. The calling command records it."""
    entry = tx.scalar(select(CalendarEntry).where(
        CalendarEntry.meeting_id == meeting_id, CalendarEntry.subject == note.subject, CalendarEntry.kind == note.kind
    ))
    said = (note.day, clean(note.title)[:300], clean(note.note), False)
    if entry is None:
        entry = CalendarEntry(
            meeting_id=meeting_id, kind=note.kind, subject=note.subject, uid=secrets.token_hex(16), serial=0
        )
        tx.add(entry)
    elif (entry.day, entry.title, entry.note, entry.called_off) == said:
        return entry
    else:
        entry.serial += 1
    entry.day, entry.title, entry.note, entry.called_off = said
    entry.changed_at = tx.now
    tx.flush()
    return entry


def call_off(tx: Tx, meeting_id: int, subject: str) -> int:
    """Nothing of this subject need be kept any more. Returns how many entries that were."""
    entries = tx.scalars(select(CalendarEntry).where(
        CalendarEntry.meeting_id == meeting_id, CalendarEntry.subject == subject, CalendarEntry.called_off.is_(False)
    )).all()
    for entry in entries:
        entry.called_off, entry.serial, entry.changed_at = True, entry.serial + 1, tx.now
    return len(entries)


def except_day(tx: Tx, actor: Actor, day: date, *, working: bool, reason: str) -> None:
    """Say that a day is worked or not, whatever the calendar of holidays says.

    Days that were counted before stay as they are: they stand in signed records. Raises Refused `calendar_full`.
    """
    known = tx.get(CalendarDay, day)
    if known is None:
        if (tx.scalar(select(func.count()).select_from(CalendarDay)) or 0) >= MOST_EXCEPTIONS:
            raise Refused("calendar_full", most=MOST_EXCEPTIONS)
        known = CalendarDay(day=day, working=working, reason="")
        tx.add(known)
    known.working, known.reason = working, clean(reason)
    tx.record("calendar.day_set", actor, day=day.isoformat(), working=working, reason=known.reason)


def forget_day(tx: Tx, actor: Actor, day: date) -> None:
    """The calendar of holidays is right about this day. Raises Refused `calendar_day_not_found`."""
    known = tx.get(CalendarDay, day)
    if known is None:
        raise Refused("calendar_day_not_found")
    tx.delete(known)
    tx.record("calendar.day_forgotten", actor, day=day.isoformat())
