"""Where recording is forbidden nothing is recorded, whoever asks; and why a recording stopped is said in words."""

from collections.abc import Callable
from typing import Any

import pytest

from server.core.config import Settings
from server.core.keys import Keys
from server.devices.models import Device
from server.relay import curve, edges, incidents
from server.relay.daemon.children import needs
from server.relay.daemon.edge.orders import Home, plan_of
from server.relay.edge_words import EdgeOrders
from server.relay.models import Conference, Incident, Site
from server.relay.plan import RelayPlan
from server.relay.reports import Event
from tests.conftest import code
from tests.relay.control.conference import Relay
from tests.scene import Scene

WHY = "nội dung nội bộ"


@pytest.fixture
def relay(scene: Scene, client: Callable[..., Any]) -> Relay:
    """A live conference that is recorded."""
    made = Relay(scene, client("secretary"))
    assert made.secretary.patch(made.path, {"recording": True}).status_code == 204
    made.live()
    return made


def recorders(plan: RelayPlan) -> list[str]:
    """The recording processes of a plan."""
    return [name for name, need in needs(plan, 1, 0).items() if need.kind == "recorder"]


def at_the_edge(relay: Relay, settings: Settings) -> RelayPlan:
    """What an edge of the first site would run by the centre's words."""
    site = relay.sites[0]
    relay.admit(site)
    unit = relay.scene.top
    relay.scene.run(lambda tx: tx.add(
        Device(id=77, unit_id=unit, meeting_id=relay.meeting, kind="edge", name="Máy biên", enrolled_at=tx.now)))
    relay.scene.run(lambda tx: setattr(tx.get_one(Site, site), "device_id", 77))
    return told(relay, settings)


def told(relay: Relay, settings: Settings) -> RelayPlan:
    """The centre's words of this moment as the edge's plan."""
    keys = Keys(settings.folder("keys"))
    with relay.scene.services.database.read() as session:
        view = edges.view(session, session.get_one(Device, 77), settings, keys)
    orders = EdgeOrders.model_validate(view.model_dump(mode="json"))
    return plan_of(orders, Home(mine=curve.pair(keys), centre_host="10.0.0.1"), 1)


def test_the_word_that_forbids_ends_the_recording_here_and_at_the_edges(relay: Relay, settings: Settings) -> None:
    assert recorders(relay.plan()) == [f"recorder-{relay.scene.rows(Conference)[0].id}"]
    assert relay.secretary.patch(relay.path, {"recording_forbidden": WHY}).status_code == 204
    assert recorders(relay.plan()) == []
    assert recorders(at_the_edge(relay, settings)) == []
    assert not relay.scene.rows(Conference)[0].recording  # also when it is allowed again, somebody has to want it


@pytest.mark.parametrize("body", [
    {"recording": True}, {"recording": True, "recording_forbidden": WHY}, {"recording_forbidden": WHY, "recording": 1},
    {"recording": True, "recording_forbidden": " "},
])
def test_no_request_begins_a_forbidden_recording(relay: Relay, body: dict[str, Any]) -> None:
    assert relay.secretary.patch(relay.path, {"recording_forbidden": WHY}).status_code == 204
    relay.secretary.patch(relay.path, body)
    forbidden = relay.scene.rows(Conference)[0].recording_forbidden
    assert recorders(relay.plan()) == [] or not forbidden.strip()
    relay.secretary.patch(relay.path, {"recording_forbidden": WHY})
    assert code(relay.secretary.patch(relay.path, {"recording": True})) == "relay_recording_forbidden"
    assert recorders(relay.plan()) == []


def test_rows_that_contradict_each_other_record_nothing(relay: Relay, settings: Settings) -> None:
    number = relay.scene.rows(Conference)[0].id
    relay.scene.run(lambda tx: setattr(tx.get_one(Conference, number), "recording_forbidden", WHY))
    assert relay.scene.rows(Conference)[0].recording
    assert recorders(relay.plan()) == []
    assert recorders(at_the_edge(relay, settings)) == []


def test_a_rehearsal_is_recorded_neither_here_nor_at_the_edges(relay: Relay, settings: Settings) -> None:
    assert recorders(at_the_edge(relay, settings)) != []
    number = relay.scene.rows(Conference)[0].id
    relay.scene.run(lambda tx: setattr(tx.get_one(Conference, number), "state", "rehearsal"))
    assert recorders(relay.plan()) == []
    assert recorders(told(relay, settings)) == []


def test_a_stop_is_an_incident_in_words_and_the_return_settles_it(relay: Relay) -> None:
    number = relay.scene.rows(Conference)[0].id

    def happens(kind: str, **data: str) -> None:
        event = Event.model_validate({"conference": number, "code": kind, "at_ms": 1, "data": data})
        relay.scene.run(lambda tx: incidents.happened(tx, event))

    happens("recording_warning", why="disk")
    happens("recording_stopped", why="disk")
    assert [one.text for one in relay.scene.rows(Incident)] == [
        "Ghi hình: ổ đĩa sắp đầy.", "Ghi hình đã dừng: ổ đĩa gần đầy. Máy tự ghi tiếp khi có chỗ."]
    assert relay.scene.rows(Incident)[1].text_en.startswith("The recording has stopped: the disk is all but full.")
    happens("recording_back")
    assert [one.resolved_at is None for one in relay.scene.rows(Incident)] == [False, False]
