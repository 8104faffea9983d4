"""Enrolling devices: a one-time code becomes a long-lived session; revoking ends it.

The shape of pretix's devices (facts/kiosk.md): trust comes from pairing by a person, never from being on the network.
"""

import hashlib
from datetime import timedelta

from sqlalchemy import select

from server.core.access import Actor
from server.core.errors import Refused
from server.core.writer import Tx
from server.devices.models import Device
from server.meetings.models import Meeting
from server.people import sessions

CODE_LENGTH = 8  # 39 bits, used once within a day and behind a rate limit
CODE_LASTS = timedelta(hours=24)
SESSION_LASTS = timedelta(days=365)


def code_hash(code: str) -> str:
    """What is stored of a code, whatever way it was typed."""
    typed = "".join(code.upper().split()).replace("-", "")
    return hashlib.sha256(typed.encode()).hexdigest()


def add_device(
    tx: Tx, actor: Actor, unit_id: int, *, kind: str, name: str, meeting_id: int | None, code: str
) -> Device:
    """Make a device that `code` will enrol, once. Raises Refused `meeting_not_found`."""
    if meeting_id is not None:
        meeting = tx.get(Meeting, meeting_id)
        if meeting is None or meeting.unit_id != unit_id:
            raise Refused("meeting_not_found")
    device = Device(
        unit_id=unit_id, meeting_id=meeting_id, kind=kind, name=name, code_hash=code_hash(code),
        code_expires_at=tx.now + CODE_LASTS,
    )
    tx.add(device)
    tx.flush()
    tx.record("device.added", actor, meeting_id, device=device.id, kind=kind, name=name)
    return device


def enrol(tx: Tx, code: str, surface: str, address: str) -> tuple[Device, str]:
    """Use a code up; returns the device and its session token. Raises Refused `enrolment_code_wrong`."""
    device = tx.scalar(select(Device).where(Device.code_hash == code_hash(code)))
    if device is None or device.revoked_at is not None or (device.code_expires_at or tx.now) <= tx.now:
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
    device.revoked_at, device.code_hash = tx.now, None
    sessions.revoke(tx, device_id=device.id)
    tx.record("device.revoked", actor, device.meeting_id, device=device.id)
