"""HTTP of the calendar: lists and files for a meeting and for a unit; exceptional days for the administrator."""

from collections.abc import Sequence
from datetime import date

from flask import Response
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

import server.calendar.refusals  # noqa: F401  (declares them)
from server.calendar import commands, ics
from server.calendar.models import CalendarDay, CalendarEntry
from server.calendar.views import EntryList, EntryView, ExceptionList, ExceptionView
from server.core.access import Permission
from server.core.errors import Refused
from server.core.http import Api, Call
from server.core.views import Input
from server.meetings import lookup
from server.meetings.models import Meeting
from server.people.inputs import Reason
from server.people.models import Unit

api = Api("calendar")

OF_MEETING = "/api/meetings/<int:meeting_id>/calendar"
OF_UNIT = "/api/units/<int:unit_id>/calendar"
DAYS = "/api/calendar/days"
READ = Permission.MEETING_CONSOLE
MOST_ENTRIES = 500

Found = Sequence[tuple[CalendarEntry, str]]


class DayIn(Input):
    """Whether the day is worked, and by whose decision."""

    working: bool
    reason: Reason


@api.get(OF_MEETING, READ, "Lịch của cuộc họp", answer=EntryList)
def list_of_meeting(call: Call[None], meeting_id: int) -> EntryList:
    """Days to keep because of this meeting."""
    with call.read() as session:
        return _views(_of_meeting(session, meeting_id))


@api.get(f"{OF_MEETING}.ics", READ, "Tệp lịch của cuộc họp", media="text/calendar")
def file_of_meeting(call: Call[None], meeting_id: int) -> Response:
    """For any calendar program; what was called off is in it as such."""
    with call.read() as session:
        title = lookup.meeting_of(session, meeting_id).title
        return _file(title, _of_meeting(session, meeting_id), f"lich-cuoc-hop-{meeting_id}.ics")


@api.get(OF_UNIT, READ, "Lịch của đơn vị", answer=EntryList)
def list_of_unit(call: Call[None], unit_id: int) -> EntryList:
    """Days to keep because of meetings of this unit and of those below it."""
    with call.read() as session:
        return _views(_of_unit(session, unit_id))


@api.get(f"{OF_UNIT}.ics", READ, "Tệp lịch của đơn vị", media="text/calendar")
def file_of_unit(call: Call[None], unit_id: int) -> Response:
    """For any calendar program."""
    with call.read() as session:
        name = session.get_one(Unit, unit_id).name
        return _file(name, _of_unit(session, unit_id), f"lich-don-vi-{unit_id}.ics")


@api.get(DAYS, READ, "Ngày nghỉ, ngày làm bù ngoài lịch", answer=ExceptionList)
def list_days(call: Call[None]) -> ExceptionList:
    """What differs from the calendar of holidays."""
    with call.read() as session:
        days = session.scalars(select(CalendarDay).order_by(CalendarDay.day))
        return ExceptionList(
            days=[ExceptionView(day=one.day, working=one.working, reason=one.reason) for one in days]
        )


@api.put(f"{DAYS}/<day>", Permission.SYSTEM_MANAGE, "Ghi ngày nghỉ hoặc ngày làm bù", body=DayIn)
def set_day(call: Call[DayIn], day: str) -> None:
    """Working days are counted with it from now on; dates that were counted before stay."""
    when, said = _day(day), call.body
    call.write(lambda tx: commands.except_day(tx, call.actor, when, working=said.working, reason=said.reason))


@api.delete(f"{DAYS}/<day>", Permission.SYSTEM_MANAGE, "Bỏ ngày nghỉ hoặc ngày làm bù đã ghi")
def remove_day(call: Call[None], day: str) -> None:
    """The calendar of holidays is right about it."""
    when = _day(day)
    call.write(lambda tx: commands.forget_day(tx, call.actor, when))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("calendar_day_wrong", text=text[:40]) from None


def _of_meeting(session: Session, meeting_id: int) -> Found:
    lookup.meeting_of(session, meeting_id)
    return _found(session, _ENTRIES.where(CalendarEntry.meeting_id == meeting_id))


def _of_unit(session: Session, unit_id: int) -> Found:
    path = session.get_one(Unit, unit_id).path
    below = _ENTRIES.join(Unit, Unit.id == Meeting.unit_id).where(Unit.path.startswith(path, autoescape=True))
    return _found(session, below.where(Meeting.rehearsal.is_(False)))  # nobody keeps what was only rehearsed


_ENTRIES = select(CalendarEntry, Meeting.title).join(Meeting, Meeting.id == CalendarEntry.meeting_id)


def _found(session: Session, query: Select[CalendarEntry, str]) -> Found:
    """The latest 500, by day."""
    newest = query.order_by(CalendarEntry.day.desc(), CalendarEntry.id.desc()).limit(MOST_ENTRIES)
    return [(row[0], row[1]) for row in session.execute(newest)][::-1]


def _views(found: Found) -> EntryList:
    return EntryList(entries=[
        EntryView(
            id=entry.id, meeting_id=entry.meeting_id, meeting_title=title, kind=entry.kind, subject=entry.subject,
            day=entry.day, title=entry.title, note=entry.note, called_off=entry.called_off,
        )
        for entry, title in found
    ])


def _file(name: str, found: Found, file_name: str) -> Response:
    response = Response(ics.calendar_file(name, found), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
