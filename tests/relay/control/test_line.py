"""How a site's edge takes the conference: who may be told to use SRT, and what relay and edge are told then."""

from collections.abc import Callable
from typing import Any

import pytest

from server.core.access import SYSTEM
from server.core.config import Settings
from server.core.errors import Refused
from server.core.keys import Keys
from server.devices.models import Device
from server.relay import curve, edges, incidents, planner, sites
from server.relay.daemon.edge.orders import Home, plan_of
from server.relay.daemon.srt.secret import stream_id
from server.relay.daemon.srt.sender import grants
from server.relay.edge_words import EdgeOrders
from server.relay.models import Conference, Incident
from server.relay.reports import Event
from tests.conftest import code
from tests.relay.control.test_conference import Relay
from tests.scene import Scene


class Lossy(Relay):
    """A live conference whose first site has an edge."""

    def __init__(self, scene: Scene, secretary: Any) -> None:
        super().__init__(scene, secretary)
        self.live()
        self.site = self.sites[0]
        self.admit(self.site)
        self.room = Keys(scene.services.settings.data / "room")

        self.device = int(scene.run(
            lambda tx: sites.add_device(tx, SYSTEM, self.meeting, self.site, kind="edge", mac="mac").id
        ))
        public = curve.pair(self.room).public.decode()
        scene.run(lambda tx: edges.give_key(tx, SYSTEM, tx.get_one(Device, self.device), public))

    def set(self, line: Any, site: int | None = None) -> None:
        self.scene.run(lambda tx: sites.set_line(tx, SYSTEM, self.meeting, site or self.site, line))

    def opened(self) -> dict[str, str]:
        """Stream id → passphrase, as the centre's process has them."""
        mine = curve.pair(self.scene.services.keys)
        return {name: one.secret for name, one in grants(list(self.plan().edges), mine).items()}

    def orders(self) -> EdgeOrders:
        settings = Settings(data=self.scene.services.settings.data, relay_srt_port=8891)
        with self.scene.services.database.read() as session:
            told = edges.view(session, session.get_one(Device, self.device), settings, self.scene.services.keys)
        return EdgeOrders.model_validate_json(told.model_dump_json())


@pytest.fixture
def lossy(scene: Scene, client: Callable[..., Any]) -> Lossy:
    return Lossy(scene, client("secretary"))


def test_a_line_set_to_srt_opens_one_stream_to_the_one_edge_with_the_passphrase_that_it_makes_too(lossy: Lossy) -> None:
    assert lossy.opened() == {}
    lossy.set("srt")
    (conference,) = plan_of(lossy.orders(), Home(curve.pair(lossy.room), "10.0.0.1"), 1).conferences
    ((name, secret),) = lossy.opened().items()
    assert name == stream_id(f"edge-{lossy.device}", conference.id, "top")
    assert conference.sources[0].kind == "srt"
    assert f"passphrase={secret}" in conference.sources[0].address
    assert secret not in lossy.orders().model_dump_json()
    assert secret not in str([edge.model_dump() for edge in lossy.plan().edges])
    lossy.set("feed")
    assert lossy.opened() == {}
    assert lossy.orders().conferences[0].line == "feed"


def test_setting_the_line_anew_changes_its_passphrase_and_a_lower_cap_its_stream(lossy: Lossy) -> None:
    lossy.set("srt")
    before = lossy.opened()
    lossy.set("srt")
    assert lossy.opened().keys() == before.keys()
    assert lossy.opened() != before
    lossy.put(f"/sites/{lossy.site}/admission", {"admission": "admitted", "reason": "yếu", "cap": "low"})
    assert [name.rpartition("/")[2] for name in lossy.opened()] == ["low"]
    lossy.put(f"/sites/{lossy.site}/admission", {"admission": "refused", "reason": "thôi"})
    assert lossy.opened() == {}


def test_srt_is_refused_where_no_edge_serves_the_site_or_the_server_offers_none(lossy: Lossy) -> None:
    with pytest.raises(Refused) as refused:
        lossy.set("srt", lossy.sites[1])
    assert refused.value.code == "relay_line_no_edge"
    assert code(lossy.put(f"/sites/{lossy.site}/line", {"line": "srt"})) == "relay_line_off"
    assert lossy.put(f"/sites/{lossy.site}/line", {"line": "feed"}).status_code == 204
    assert code(lossy.put(f"/sites/{lossy.site}/line", {"line": "smoke"})) == "invalid_input"


def test_the_console_sees_which_line_a_site_has(lossy: Lossy) -> None:
    lossy.set("srt")
    found = {one["id"]: one["line"] for one in lossy.secretary.get(lossy.path).json["sites"]}
    assert (found[lossy.site], found[lossy.sites[1]]) == ("srt", "feed")
    with lossy.scene.services.database.read() as session:
        assert [len(one.srt) for one in planner.plan(session).edges] == [1]


def test_the_log_names_the_site_whose_edge_lost_its_line_and_no_conference_hears_of_another_s(lossy: Lossy) -> None:
    other = Relay(lossy.scene, lossy.secretary)
    other.live()
    numbers = [one.id for one in lossy.scene.rows(Conference)]

    def told(code: Any) -> None:
        for number in numbers:  # the gate knows edges, not who invites them
            event = Event(conference=number, code=code, at_ms=0, data={"label": f"edge-{lossy.device}"})
            lossy.scene.run(lambda tx, said=event: incidents.happened(tx, said))

    told("edge_lost")
    (said,) = lossy.scene.rows(Incident)
    assert (said.conference_id, said.site_id, said.resolved_at) == (numbers[0], lossy.site, None)
    assert said.text == "Trạm biên của Xã Mẫu Một mất đường truyền về trung tâm."
    told("edge_back")
    assert lossy.scene.rows(Incident)[0].resolved_at is not None
