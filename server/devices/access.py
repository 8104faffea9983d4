"""How a device's session becomes an actor."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from server.core.access import Actor, Grant
from server.core.writer import Tx
from server.devices.models import Device
from server.people.models import Unit
from server.people.roles import DEVICE_PERMISSIONS
from server.people.sessions import subject

grant_hooks: dict[str, Callable[[Session, Device], tuple[Grant, ...]]] = {}
"""Kind → what such a device may do where, when that is not simply its unit or its one meeting."""
meeting_hooks: dict[str, Callable[[Session, Device], list[int]]] = {}
"""Kind → the meetings such a device serves, the most pressing first."""


ended_hooks: list[Callable[[Tx, Device], None]] = []
"""What else ends with a device, in the transaction that ends it."""
heard_hooks: dict[str, Callable[[int], tuple[int, str] | None]] = {}
"""Kind → when such a device (its id) was heard last, in ms since 1970, and its version."""


@subject("device")
def _device(session: Session, device_id: int) -> Actor | None:
    device = session.get(Device, device_id)
    if device is None or device.revoked_at is not None:
        return None
    if device.kind in grant_hooks:
        grants = grant_hooks[device.kind](session, device)
        return Actor(key=f"device:{device.id}", name=device.name, origin="", grants=grants, device_id=device.id)
    permissions = DEVICE_PERMISSIONS[device.kind]
    if device.meeting_id is not None:
        grant = Grant(permissions, meeting_id=device.meeting_id)
    else:
        grant = Grant(permissions, unit_path=session.get_one(Unit, device.unit_id).path)
    return Actor(key=f"device:{device.id}", name=device.name, origin="", grants=(grant,), device_id=device.id)
