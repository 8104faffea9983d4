"""HTTP of devices."""

from typing import Literal

from flask import Response
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.access import Permission
from server.core.clock import epoch_ms
from server.core.errors import Refused
from server.core.http import Api, Call, respond, surface
from server.core.limits import limited
from server.core.views import Input, View
from server.core.writer import Tx
from server.devices import commands
from server.devices.access import heard_hooks, meeting_hooks
from server.devices.models import Device
from server.meetings.models import Meeting, MeetingState
from server.people import once
from server.people.inputs import Name, RowId
from server.people.routes import set_session_cookie

api = Api("devices")


class DeviceIn(Input):
    """A device to enrol."""

    kind: Literal["wall", "door", "seat", "site", "edge"]
    name: Name
    meeting_id: RowId | None = None


class DeviceId(View):
    """A new device."""

    id: int


class DeviceAdded(DeviceId):
    """A new device, its one-time code (valid a day) and the address to open on it."""

    code: str
    url: str


class DeviceRow(View):
    """A device in the list."""

    id: int
    kind: str
    name: str
    meeting_id: int | None
    enrolled: bool
    enrolled_ms: int | None
    code_expires_ms: int | None
    heard_ms: int | None = Field(description="when it was heard last, where its kind says so (edges)")
    version: str


class DeviceList(View):
    """The devices of a unit that are not revoked."""

    devices: list[DeviceRow]


class EnrolIn(Input):
    """The code as typed or scanned; spaces, hyphens and case do not matter."""

    code: str = Field(min_length=4, max_length=20)


class Enrolled(View):
    """What the device is now."""

    kind: str
    name: str
    meeting_id: int | None


class DeviceMeeting(View):
    """A meeting this device may serve, the most pressing first."""

    id: int
    title: str
    state: str
    starts_ms: int


class DeviceView(Enrolled):
    """What a device learns about itself."""

    meetings: list[DeviceMeeting]


@api.post(
    "/api/units/<int:unit_id>/devices", Permission.DEVICES_MANAGE, "Thêm thiết bị", body=DeviceIn, answer=DeviceAdded
)
def add_device(call: Call[DeviceIn], unit_id: int) -> DeviceAdded:
    """Make a device; the code in the answer is shown once."""
    asked = call.body
    code = once.letters(once.secret_bytes(call, "enrolment"), commands.CODE_LENGTH)

    mac = commands.code_mac(call.services.keys, code)

    def command(tx: Tx) -> DeviceId:
        device = commands.add_device(
            tx, call.actor, unit_id, kind=asked.kind, name=asked.name, meeting_id=asked.meeting_id, mac=mac
        )
        return DeviceId(id=device.id)

    added = once.answered(DeviceId, call.write(command))  # the code itself is never stored
    url = f"{call.services.settings.address}/{asked.kind}/?code={code}"
    return DeviceAdded(id=added.id, code=code, url=url)


@api.get("/api/units/<int:unit_id>/devices", Permission.DEVICES_MANAGE, "Danh sách thiết bị", answer=DeviceList)
def list_devices(call: Call[None], unit_id: int) -> DeviceList:
    """The unit's own devices."""
    with call.read() as session:
        found = session.scalars(
            select(Device).where(Device.unit_id == unit_id, Device.revoked_at.is_(None)).order_by(Device.id)
        )
        return DeviceList(devices=[_row(device) for device in found])


def _row(device: Device) -> DeviceRow:
    heard = heard_hooks[device.kind](device.id) if device.kind in heard_hooks else None
    return DeviceRow(
        id=device.id, kind=device.kind, name=device.name, meeting_id=device.meeting_id,
        enrolled=device.enrolled_at is not None,
        enrolled_ms=epoch_ms(device.enrolled_at) if device.enrolled_at else None,
        code_expires_ms=epoch_ms(device.code_expires_at) if device.code_expires_at else None,
        heard_ms=heard[0] if heard else None, version=heard[1] if heard else "",
    )


@api.delete("/api/units/<int:unit_id>/devices/<int:device_id>", Permission.DEVICES_MANAGE, "Thu hồi thiết bị")
def revoke_device(call: Call[None], unit_id: int, device_id: int) -> None:
    """End a device's session."""
    call.write(lambda tx: commands.revoke(tx, call.actor, unit_id, device_id))
    call.services.forget_sessions()


@api.post("/api/enrol", Permission.PUBLIC, "Ghép thiết bị", body=EnrolIn, answer=Enrolled, idempotent=False)
@limited
def enrol(call: Call[EnrolIn]) -> Response:
    """A one-time code becomes this browser's session on the surface of the request."""
    where, address = surface(), call.actor.origin.split(" ")[-1]
    mac = commands.code_mac(call.services.keys, call.body.code)
    device, token = call.services.writer.run(lambda tx: commands.enrol(tx, mac, where, address))
    response = respond(Enrolled(kind=device.kind, name=device.name, meeting_id=device.meeting_id))
    set_session_cookie(response, call, token, hours=int(commands.SESSION_LASTS.total_seconds() // 3600))
    return response


@api.get("/api/device", Permission.SIGNED_IN, "Thiết bị này", answer=DeviceView)
def this_device(call: Call[None]) -> DeviceView:
    """What this device is and which meeting it should show."""
    if call.actor.device_id is None:
        raise Refused("device_not_found")
    with call.read() as session:
        device = session.get_one(Device, call.actor.device_id)
        return DeviceView(
            kind=device.kind, name=device.name, meeting_id=device.meeting_id, meetings=_meetings(session, device)
        )


_PRESSING = [MeetingState.IN_SESSION, MeetingState.PAUSED, MeetingState.CONVENED]


def _meetings(session: Session, device: Device) -> list[DeviceMeeting]:
    wanted = select(Meeting).where(Meeting.unit_id == device.unit_id, Meeting.state.in_(_PRESSING))
    if device.meeting_id is not None:
        wanted = select(Meeting).where(Meeting.id == device.meeting_id)
    hooked = meeting_hooks.get(device.kind)
    if hooked is not None:
        wanted = select(Meeting).where(Meeting.id.in_(hooked(session, device)))
    found = list(session.scalars(wanted.order_by(Meeting.starts_at).limit(50)))
    found.sort(key=lambda one: _PRESSING.index(one.state) if one.state in _PRESSING else len(_PRESSING))
    return [
        DeviceMeeting(id=one.id, title=one.title, state=one.state, starts_ms=epoch_ms(one.starts_at)) for one in found
    ]
