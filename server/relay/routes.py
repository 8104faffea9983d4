"""HTTP of conferences: set up, states, sites, incidents, floor; and what the relay tells other features."""

from typing import Any

import server.relay.topics  # noqa: F401  (declares them)
from server.core import writer
from server.core.access import Permission
from server.core.errors import Refused
from server.core.http import Call
from server.core.views import Input
from server.core.writer import Tx
from server.devices import access as device_access
from server.devices.commands import CODE_LENGTH, code_mac
from server.meetings import lookup as meetings
from server.meetings.views import Created
from server.people import once
from server.relay import commands, incidents, lookup, shown, sites, speaking
from server.relay.api import R, RelayApi
from server.relay.board import seen
from server.relay.bodies import (
    AdmissionIn,
    ConferenceIn,
    ConferencePatch,
    HeadcountIn,
    IncidentIn,
    LineIn,
    PapersIn,
    RelayStepIn,
    ResolveIn,
    SiteDeviceIn,
    SitePatch,
    SitesIn,
)
from server.relay.views.conference import RelayDetail
from server.relay.views.sites import SiteDeviceAdded, SitesAdded, SiteView
from server.wall import Scene, scene_checks

api = RelayApi("relay")

MANAGE = Permission.RELAY_MANAGE
FLOOR = (Permission.FLOOR_MANAGE, Permission.RELAY_MANAGE)
SITE = f"{R}/sites/<int:site_id>"


def changed(body: Input) -> dict[str, Any]:
    """The fields that were sent with a value."""
    return {name: getattr(body, name) for name in body.model_fields_set if getattr(body, name) is not None}


@api.get(R, Permission.MEETING_CONSOLE, "Hội nghị trực tuyến của cuộc họp", answer=RelayDetail)
def show_conference(call: Call[None], meeting_id: int) -> RelayDetail:
    """Everything about it, with all sites and incidents."""
    with call.read() as session:
        return shown.detail(session, meeting_id)


@api.post(R, MANAGE, "Tạo hội nghị trực tuyến", body=ConferenceIn, answer=Created)
def create_conference(call: Call[ConferenceIn], meeting_id: int) -> Created:
    """At most one a meeting."""
    return call.write(lambda tx: Created(id=commands.create_conference(tx, call.actor, meeting_id, call.body)))


@api.patch(R, MANAGE, "Sửa hội nghị trực tuyến", body=ConferencePatch)
def change_conference(call: Call[ConferencePatch], meeting_id: int) -> None:
    """Particulars and options, also while it runs."""
    call.write(lambda tx: commands.change_conference(tx, call.actor, meeting_id, **changed(call.body)))


@api.delete(R, MANAGE, "Xóa hội nghị trực tuyến")
def delete_conference(call: Call[None], meeting_id: int) -> None:
    """Only one that was never live."""
    call.write(lambda tx: commands.delete_conference(tx, call.actor, meeting_id))
    call.services.forget_sessions()


@api.post(f"{R}/state", MANAGE, "Chuyển trạng thái tiếp phát", body=RelayStepIn)
def take_step(call: Call[RelayStepIn], meeting_id: int) -> None:
    """Rehearsal, live, ended; confirmed."""
    body = call.body
    call.write(lambda tx: commands.take_step(tx, call.actor, meeting_id, body.to, confirmed=body.confirm))


@api.put(f"{R}/papers", Permission.MEETING_MANAGE, "Chọn tài liệu chia sẻ với điểm cầu", body=PapersIn)
def share_papers(call: Call[PapersIn], meeting_id: int) -> None:
    """The whole list; read-only for the rooms. The secretary's decision, not the technician's."""
    call.write(lambda tx: commands.share_papers(tx, call.actor, meeting_id, call.body.document_ids))


@api.post(f"{R}/sites", MANAGE, "Mời điểm cầu", body=SitesIn, answer=SitesAdded)
def invite_sites(call: Call[SitesIn], meeting_id: int) -> SitesAdded:
    """Units of this server, or names."""
    return call.write(lambda tx: SitesAdded(ids=sites.invite(tx, call.actor, meeting_id, call.body.sites)))


@api.get(SITE, Permission.MEETING_CONSOLE, "Một điểm cầu", answer=SiteView)
def show_site(call: Call[None], meeting_id: int, site_id: int) -> SiteView:
    """Everything about it, and whether its device is on the line."""
    online = {one.actor.device_id for one in list(call.services.live.connections.values())}
    with call.read() as session:
        conference = lookup.conference_of(session, meeting_id)
        found = shown.site_view(session, conference, lookup.site_of(session, conference, site_id))
    known = found.device_id is not None and (found.device_id in online or seen.edge_of(found.device_id) is not None)
    return found.model_copy(update={"device_online": known})


@api.patch(SITE, MANAGE, "Sửa điểm cầu", body=SitePatch)
def change_site(call: Call[SitePatch], meeting_id: int, site_id: int) -> None:
    """Also attaches a device or the room's own meeting."""
    call.write(lambda tx: sites.change_site(tx, call.actor, meeting_id, site_id, **changed(call.body)))
    call.services.forget_sessions()


@api.delete(SITE, MANAGE, "Bỏ điểm cầu")
def remove_site(call: Call[None], meeting_id: int, site_id: int) -> None:
    """Not while the conference is live."""
    call.write(lambda tx: sites.remove_site(tx, call.actor, meeting_id, site_id))
    call.services.forget_sessions()


@api.put(f"{SITE}/admission", MANAGE, "Nhận hoặc từ chối điểm cầu", body=AdmissionIn)
def admit_site(call: Call[AdmissionIn], meeting_id: int, site_id: int) -> None:
    """By its verdict, or by hand with a reason."""
    body = call.body
    call.write(lambda tx: sites.admit(
        tx, call.actor, meeting_id, site_id, body.admission, reason=body.reason, cap=body.cap
    ))


@api.put(f"{SITE}/line", MANAGE, "Chọn đường nhận hình của điểm cầu", body=LineIn)
def set_line(call: Call[LineIn], meeting_id: int, site_id: int) -> None:
    """The encrypted feed, or SRT where the line loses packets."""
    if call.body.line == "srt" and not call.services.settings.relay_srt_port:
        raise Refused("relay_line_off")
    call.write(lambda tx: sites.set_line(tx, call.actor, meeting_id, site_id, call.body.line))


@api.put(f"{SITE}/headcount", MANAGE, "Ghi số người tại điểm cầu", body=HeadcountIn)
def count_heads(call: Call[HeadcountIn], meeting_id: int, site_id: int) -> None:
    """As the room told by telephone."""
    call.write(lambda tx: sites.count_heads(tx, call.actor, meeting_id, site_id, call.body.people))


@api.post(f"{SITE}/device", MANAGE, "Cấp mã ghép máy của điểm cầu", body=SiteDeviceIn, answer=SiteDeviceAdded)
def add_device(call: Call[SiteDeviceIn], meeting_id: int, site_id: int) -> SiteDeviceAdded:
    """A page in a browser or an edge; the code in the answer is shown once."""
    kind = call.body.kind
    code = once.letters(once.secret_bytes(call, "enrolment"), CODE_LENGTH)
    mac = code_mac(call.services.keys, code)

    def command(tx: Tx) -> Created:
        return Created(id=sites.add_device(tx, call.actor, meeting_id, site_id, kind=kind, mac=mac).id)

    added = once.answered(Created, call.write(command))
    call.services.forget_sessions()
    base = call.services.settings.address
    return SiteDeviceAdded(id=added.id, code=code, url=f"{base}/site/?code={code}" if kind == "site" else base)


@api.delete(f"{SITE}/device", MANAGE, "Gỡ máy của điểm cầu")
def remove_device(call: Call[None], meeting_id: int, site_id: int) -> None:
    """Its page is signed out, or its edge gets nothing any more."""
    call.write(lambda tx: sites.remove_device(tx, call.actor, meeting_id, site_id))
    call.services.forget_sessions()


@api.post(f"{SITE}/floor", FLOOR, "Mời điểm cầu phát biểu")
def give_floor(call: Call[None], meeting_id: int, site_id: int) -> None:
    """At once; whoever had the floor has finished."""
    call.write(lambda tx: speaking.give(tx, call.actor, meeting_id, site_id))


@api.delete(f"{R}/floor", FLOOR, "Thu lời của điểm cầu")
def take_floor(call: Call[None], meeting_id: int) -> None:
    """At once."""
    call.write(lambda tx: speaking.take(tx, call.actor, meeting_id))


@api.post(f"{R}/incidents", MANAGE, "Ghi sự cố", body=IncidentIn, answer=Created)
def write_incident(call: Call[IncidentIn], meeting_id: int) -> Created:
    """In one's own words."""
    body = call.body
    return call.write(
        lambda tx: Created(id=incidents.write(tx, call.actor, meeting_id, body.text, body.site_id))
    )


@api.post(f"{R}/incidents/<int:incident_id>/resolve", MANAGE, "Đóng sự cố", body=ResolveIn)
def resolve_incident(call: Call[ResolveIn], meeting_id: int, incident_id: int) -> None:
    """With or without words."""
    call.write(lambda tx: incidents.resolve(tx, call.actor, meeting_id, incident_id, call.body.text))


scene_checks[Scene.RELAY] = shown.relayable
meetings.closed_hooks.append(commands.end_with_meeting)
meetings.hooks.marked_secret.append(commands.stop_for_secrecy)
writer.followers.append(speaking.followers)
for _kind in sites.KINDS:
    device_access.grant_hooks[_kind] = sites.grants_of_device
    device_access.meeting_hooks[_kind] = sites.meetings_of_device
device_access.ended_hooks.append(sites.device_ended)
device_access.heard_hooks["edge"] = seen.last_beat
