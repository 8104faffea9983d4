"""HTTP of a conference's course and what stays of it: time line, incident log, report, recordings."""

from typing import Annotated

from flask import Response, send_file
from pydantic import BaseModel, Field

from server.core import clock
from server.core.access import Permission
from server.core.http import Call
from server.core.offload import offload
from server.relay import log, lookup, recordings, records
from server.relay.api import R, RelayApi
from server.relay.board import seen
from server.relay.bodies import ReportIn
from server.relay.log import IncidentQuery
from server.relay.readiness.time_line import time_line
from server.relay.readiness.views import TimelineView
from server.relay.report import made, sheet_of
from server.relay.views.records import IncidentList, RecordingList, RecordingTicket

api = RelayApi("relay-records")

CONSOLE, MANAGE, RECORDINGS = Permission.MEETING_CONSOLE, Permission.RELAY_MANAGE, Permission.RELAY_RECORDINGS
FILES = f"{R}/recordings"
FILE = f"{FILES}/<file>"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TicketQuery(BaseModel):
    """What the console was given for this file."""

    ticket: Annotated[str, Field(max_length=100)] = ""


@api.get(f"{R}/timeline", CONSOLE, "Mốc thời gian của hội nghị", answer=TimelineView)
def show_time_line(call: Call[None], meeting_id: int) -> TimelineView:
    """From the plan to the report: what is done, due, late, who is missing, and the one thing to do."""
    with call.read() as session:
        return time_line(session, lookup.conference_of(session, meeting_id))


@api.get(f"{R}/incidents", CONSOLE, "Nhật ký sự cố", query=IncidentQuery, answer=IncidentList)
def show_incidents(call: Call[None], meeting_id: int) -> IncidentList:
    """A page of the whole log, the newest first: by state, kind and site, and by words."""
    with call.read() as session:
        return log.page(session, lookup.conference_of(session, meeting_id), call.query)


@api.post(f"{R}/report", MANAGE, "Lập báo cáo sự cố và tham dự", body=ReportIn, media=PDF)
def make_report(call: Call[ReportIn], meeting_id: int) -> Response:
    """A paper or a workbook to file: per site when it was connected, at which rung, heads, verdict, incidents."""
    form = call.body.form
    call.write(lambda tx: records.report_made(tx, call.actor, meeting_id, form))
    with call.read() as session:
        sheet = sheet_of(session, lookup.conference_of(session, meeting_id), clock.now())
    content = offload(lambda: made(sheet, form))  # hundreds of sites take a second
    name = f"bao-cao-tiep-phat-{meeting_id}.{form}"
    return Response(
        content, mimetype=PDF if form == "pdf" else XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@api.get(FILES, (MANAGE, RECORDINGS), "Các bản ghi của hội nghị", answer=RecordingList)
def list_recordings(call: Call[None], meeting_id: int) -> RecordingList:
    """Length, size and agenda marks of each; also where none may be downloaded."""
    with call.read() as session:
        conference = lookup.conference_of(session, meeting_id)
        why_not = records.why_not(session, conference)
    place, running = recordings.folder(call.services.settings, conference.id), records.running(conference, seen)
    found = offload(lambda: place.listed(running))
    return RecordingList(
        recordings=found, megabytes=round(sum(one.megabytes for one in found), 1), budget_mb=conference.budget_mb,
        free_megabytes=recordings.free_mb(call.services.settings), why_not=why_not,
    )


@api.post(f"{FILE}/ticket", RECORDINGS, "Cấp liên kết tải bản ghi", answer=RecordingTicket)
def give_ticket(call: Call[None], meeting_id: int, file: str) -> RecordingTicket:
    """One download of one file by whoever asks, in the journal; it may stop and go on until the link expires."""
    settings, actor = call.services.settings, call.actor
    with call.read() as session:
        conference = lookup.conference_of(session, meeting_id)
    size = recordings.folder(settings, conference.id).file(file).stat().st_size
    call.write(lambda tx: records.downloaded(tx, actor, meeting_id, file, size))
    expires_s = clock.epoch_ms() // 1000 + recordings.TICKET_LASTS_S
    text = recordings.ticket(call.services.keys, conference.id, file, actor.key, expires_s)
    url = f"/api/meetings/{meeting_id}/relay/recordings/{file}?ticket={text}"
    return RecordingTicket(url=url, expires_ms=expires_s * 1000)


@api.get(FILE, RECORDINGS, "Tải một bản ghi", query=TicketQuery, media="video/mp4")
def download_recording(call: Call[None], meeting_id: int, file: str) -> Response:
    """The file itself, for the account that has its ticket; never where recording is forbidden."""
    with call.read() as session:
        conference = lookup.conference_of(session, meeting_id)
        records.may_leave(session, conference)
    recordings.check(
        call.services.keys, call.query.ticket, conference_id=conference.id, file=file, account=call.actor.key,
        now_s=clock.epoch_ms() / 1000,
    )
    path = recordings.folder(call.services.settings, conference.id).file(file)
    response = send_file(
        path.absolute(), "video/mp4", as_attachment=True, download_name=f"hoi-nghi-{meeting_id}-{file}",
        conditional=True,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@api.delete(FILE, RECORDINGS, "Xóa một bản ghi")
def delete_recording(call: Call[None], meeting_id: int, file: str) -> None:
    """For good. Not one that is being written."""
    with call.read() as session:
        conference = lookup.conference_of(session, meeting_id)
    path = recordings.folder(call.services.settings, conference.id).file(file)
    running = records.running(conference, seen)
    call.write(lambda tx: records.deleted(
        tx, call.actor, meeting_id, file=file, size=path.stat().st_size, running=running
    ))
    path.unlink(missing_ok=True)  # after the journal: a file that is gone is never without its line
