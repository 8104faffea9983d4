"""Enrolling devices: a one-time code becomes a long-lived session; revoking ends it.

The shape of pretix's devices (facts/kiosk.md): trust comes from pairing by a person, never from being on the network.
"""

from datetime import timedelta
from hmac import compare_digest

from sqlalchemy import select

from server.core.access import Actor
from server.core.errors import Refused
from server.core.keys import Keys
from server.core.writer import Tx
from server.devices.access import ended_hooks
from server.devices.models import Device
from server.meetings.models import Meeting
from server.people import sessions

CODE_LENGTH = 8  # 39 bits, used once within a day and behind a rate limit
CODE_LASTS = timedelta(hours=24)
SESSION_LASTS = timedelta(days=365)


def code_mac(keys: Keys, code: str) -> str:
    """What is stored of a code, whatever way it was typed: under the server's key, so that a copy of the table alone
    does not tell the codes that are still open."""
    typed = "".join(code.upper().split()).replace("-", "")
    return keys.mac("enrolment", typed.encode()).hex()


def add_device(
    tx: Tx, actor: Actor, unit_id: int, *, kind: str, name: str, meeting_id: int | None, mac: str
) -> Device:
    """Make a device that the code of `mac` will enrol, once. Raises Refused `meeting_not_found`."""
    if meeting_id is not None:
        meeting = tx.get(Meeting, meeting_id)
        if meeting is None or meeting.unit_id != unit_id:
            raise Refused("meeting_not_found")
    device = Device(
        unit_id=unit_id, meeting_id=meeting_id, kind=kind, name=name, code_hash=mac,
        code_expires_at=tx.now + CODE_LASTS,
    )
    tx.add(device)
    tx.flush()
    tx.record("device.added", actor, meeting_id, device=device.id, kind=kind, name=name)
    return device


def enrol(tx: Tx, mac: str, surface: str, address: str) -> tuple[Device, str]:
    """Use the code of `mac` up; returns the device and its session token. Raises Refused `enrolment_code_wrong`."""
    waiting = tx.scalars(
        select(Device).where(
            Device.code_hash.is_not(None), Device.revoked_at.is_(None), Device.code_expires_at > tx.now
        )
    ).all()
    device = next((one for one in waiting if compare_digest(one.code_hash or "", mac)), None)
    if device is None:
        raise Refused("enrolment_code_wrong")
    if device.kind != surface:
        raise Refused("enrolment_wrong_surface")
    device.code_hash, device.code_expires_at, device.enrolled_at = None, None, tx.now
    token = sessions.start(tx, surface, address, SESSION_LASTS, device_id=device.id)
    actor = Actor(f"device:{device.id}", device.name, f"{surface} {address}")
    tx.record("device.enrolled", actor, device.meeting_id, device=device.id)
    return device, token


def revoke(tx: Tx, actor: Actor, unit_id: int, device_id: int) -> None:
    """End a device for good: its session and its unused code. Raises Refused `device_not_found`."""
    device = tx.get(Device, device_id)
    if device is None or device.unit_id != unit_id or device.revoked_at is not None:
        raise Refused("device_not_found")
    end(tx, device)
    tx.record("device.revoked", actor, device.meeting_id, device=device.id)


def end(tx: Tx, device: Device) -> None:
    """Its session and its unused code are worth nothing from now on, in the command of whoever records."""
    device.revoked_at, device.code_hash, device.code_expires_at = tx.now, None, None
    sessions.revoke(tx, device_id=device.id)
    for hook in ended_hooks:
        hook(tx, device)
