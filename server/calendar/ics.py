"""Entries as an iCalendar file (RFC 5545), for any calendar program. The same entries give the same bytes."""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Alarm, Calendar, Event

from server.calendar.models import CalendarEntry

PRODUCT = "-//Nghi Su//Lich//VI"
DAY_BEFORE = timedelta(hours=-16)  # at eight in the morning of the day before: a whole day starts at midnight


def calendar_file(name: str, entries: Iterable[tuple[CalendarEntry, str]]) -> bytes:
    """Each entry with the title of its meeting, as a whole-day event. `name` is the calendar's own."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for entry, meeting in entries:
        made.add_component(_event(entry, meeting))
    return bytes(made.to_ical())


def _event(entry: CalendarEntry, meeting: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@nghisu")
    event.add("dtstamp", entry.changed_at)
    event.add("sequence", entry.serial)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", entry.title)
    event.add("description", "\n".join(line for line in (meeting, entry.note) if line))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.called_off else "CONFIRMED")
    if not entry.called_off:
        event.add_component(_alarm(entry.title))
    return event


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", DAY_BEFORE)
    return alarm
