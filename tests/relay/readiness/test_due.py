"""When an edge is told to test by itself."""

from datetime import timedelta
from typing import Any

import pytest

from server.core import clock
from server.devices.models import Device
from server.relay import edges, lookup
from server.relay.models import ConferenceState, Site
from tests.relay.readiness.test_certificates import Rooms
from tests.scene import Scene


class Due(Rooms):
    """What the device of the first site is told."""

    def starts_in(self, minutes: int) -> None:
        def move(tx: Any) -> None:
            lookup.conference_of(tx, self.meeting).starts_at = clock.now() + timedelta(minutes=minutes)

        self.scene.run(move)

    @property
    def told(self) -> bool:
        parts = self.scene.services
        with parts.database.read() as session:
            device = session.get_one(Device, session.get_one(Site, self.sites[0]).device_id)
            return edges.view(session, device, parts.settings, parts.keys).conferences[0].test_due


@pytest.fixture
def rooms(scene: Scene) -> Due:
    return Due(scene)


@pytest.mark.parametrize(("minutes", "due"), [(300, False), (90, False), (59, True), (5, True), (-5, False)])
def test_an_edge_tests_by_itself_in_the_last_hour_only(rooms: Due, minutes: int, due: bool) -> None:
    rooms.starts_in(minutes)
    assert rooms.told is due


def test_it_does_not_where_somebody_has_tested_or_the_conference_runs(rooms: Due) -> None:
    rooms.starts_in(40)
    assert rooms.told
    rooms.test(1)
    assert rooms.told, "the other site's test is not its own"

    def live(tx: Any, state: ConferenceState = ConferenceState.LIVE) -> None:
        lookup.conference_of(tx, rooms.meeting).state = state

    rooms.scene.run(live)
    assert not rooms.told
    rooms.scene.run(lambda tx: live(tx, ConferenceState.PLANNED))
    rooms.test(0)
    assert not rooms.told
