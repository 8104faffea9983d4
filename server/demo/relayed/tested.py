"""The rooms' tests of the eve. They are invented, like the rooms.

Over the API a room cannot claim figures that the relay did not count itself (readiness/witness.py), and no room stands
behind these. So they are recorded by the same command, beside the server, before anybody watches; each certificate
names the demonstration as its machine.
"""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace

from server.app import make_services
from server.core.access import SYSTEM
from server.core.config import Settings
from server.core.services import Services
from server.core.writer import Tx
from server.demo.relayed import rooms
from server.demo.relayed.rooms import Room
from server.relay.models import Site
from server.relay.readiness import commands
from server.relay.readiness.bodies import ReadinessIn
from server.relay.readiness.figures import Figures

MACHINE = "Phần trình diễn: không có máy nào đo"


def record(settings: Settings, meeting: int, sites: Mapping[str, int]) -> None:
    """One test for each room that has figures; every site has a device by now. `sites`: ids by name of the room."""
    parts = make_services(settings)
    try:
        with closing(parts.bus), closing(parts.jobs):
            for room in rooms.ROOMS:
                if room.figures is not None:
                    _record(parts, meeting, sites[room.unit], room)
    finally:
        parts.database.dispose()


def _record(parts: Services, meeting: int, site: int, room: Room) -> None:
    what = ReadinessIn(
        figures=Figures.model_validate({**rooms.FIT, **(room.figures or {})}), technician=room.technician,
        technician_phone=room.phone, machine=MACHINE,
    )

    def command(tx: Tx) -> None:
        actor = replace(SYSTEM, device_id=tx.get_one(Site, site).device_id)
        commands.record_test(tx, actor, parts.keys, meeting, what, by="page")

    parts.writer.run(command)
