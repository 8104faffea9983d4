"""A site's device: its code, whether it is on the line, and what becomes of it when it is replaced or removed."""

from collections.abc import Callable
from typing import Any

import pytest

from server.core.live import Connection
from server.devices.models import Device
from server.relay import board, passes
from tests.conftest import code
from tests.relay.control.test_conference import Relay


@pytest.fixture
def relay(scene: Any, client: Callable[..., Any]) -> Relay:
    return Relay(scene, client("secretary"))


def device_of(relay: Relay, site: int) -> tuple[bool, bool, bool]:
    """Whether the site's device is enrolled, has a code that waits, and is on the line."""
    shown = relay.secretary.get(f"{relay.path}/sites/{site}").json
    return shown["device_enrolled"], shown["device_code_ms"] is not None, shown["device_online"]


def enrol(relay: Relay, given: str) -> Any:
    page = relay.scene.caller("site")
    return page, page.post("/api/enrol", {"code": given})


def test_a_new_code_makes_the_old_one_and_the_page_it_opened_worthless(relay: Relay) -> None:
    site = relay.sites[0]
    first = relay.post(f"/sites/{site}/device", {"kind": "site"}).json
    assert device_of(relay, site) == (False, True, False)
    second = relay.post(f"/sites/{site}/device", {"kind": "site"}).json
    assert code(enrol(relay, first["code"])[1]) == "enrolment_code_wrong"
    page, answer = enrol(relay, second["code"])
    assert answer.status_code == 200
    assert device_of(relay, site) == (True, False, False)
    relay.post(f"/sites/{site}/device", {"kind": "edge"})
    assert code(page.get(f"{relay.path}/site")) == "sign_in_required"


def test_a_site_whose_device_is_removed_is_signed_out_and_has_none(relay: Relay) -> None:
    site = relay.sites[0]
    page, _ = enrol(relay, relay.post(f"/sites/{site}/device", {"kind": "site"}).json["code"])
    assert page.get(f"{relay.path}/site").status_code == 200
    assert relay.secretary.delete(f"{relay.path}/sites/{site}/device").status_code == 204
    assert code(page.get(f"{relay.path}/site")) == "sign_in_required"
    assert device_of(relay, site) == (False, False, False)
    assert code(relay.secretary.delete(f"{relay.path}/sites/{site}/device")) == "device_not_found"


def test_a_device_that_another_conference_uses_stays_enrolled(relay: Relay) -> None:
    site, other = relay.sites[0], Relay(relay.scene, relay.secretary)
    page, _ = enrol(relay, relay.post(f"/sites/{site}/device", {"kind": "site"}).json["code"])
    device = relay.scene.rows(Device)[-1].id
    attach = {"device_id": device}
    assert other.secretary.patch(f"{other.path}/sites/{other.sites[0]}", attach).status_code == 204
    assert relay.secretary.delete(f"{relay.path}/sites/{site}").status_code == 204
    assert page.get(f"{other.path}/site").status_code == 200
    assert other.secretary.delete(f"{other.path}/sites/{other.sites[0]}").status_code == 204
    assert code(page.get(f"{other.path}/site")) == "sign_in_required"


def test_the_console_sees_that_the_page_of_a_site_is_open(relay: Relay) -> None:
    site = relay.sites[0]
    enrol(relay, relay.post(f"/sites/{site}/device", {"kind": "site"}).json["code"])
    device = relay.scene.rows(Device)[-1]
    actor: Any = type("Somebody", (), {"device_id": device.id})()
    live = relay.scene.services.live
    line: Any = None
    live.connections["x"] = Connection("x", actor, "site", line, since_ms=0)
    assert device_of(relay, site) == (True, False, True)
    del live.connections["x"]
    assert device_of(relay, site) == (True, False, False)


def test_what_a_revoked_device_still_receives_ends_by_the_plan(relay: Relay) -> None:
    relay.admit(relay.sites[0])
    page, _ = enrol(relay, relay.post(f"/sites/{relay.sites[0]}/device", {"kind": "site"}).json["code"])
    device = relay.scene.rows(Device)[-1].id
    relay.live()
    given = page.post(f"{relay.path}/pass", {"may": "watch"}).json["token"]
    assert passes.read(relay.scene.services.keys, given, 0).holder == f"device-{device}"
    assert relay.plan().conferences[0].shut == frozenset()
    touched: list[str] = []
    relay.scene.services.live.listeners.append(touched.extend)
    assert relay.secretary.delete(f"{relay.path}/sites/{relay.sites[0]}/device").status_code == 204
    assert f"device-{device}" in relay.plan().conferences[0].shut
    assert f"meeting/{relay.meeting}/relay" in touched  # the planner sends it at once


def test_a_conference_that_is_deleted_signs_its_rooms_out_and_their_unused_codes_open_nothing(relay: Relay) -> None:
    site, waiting, shared = relay.sites
    page, _ = enrol(relay, relay.post(f"/sites/{site}/device", {"kind": "site"}).json["code"])
    unused = relay.post(f"/sites/{waiting}/device", {"kind": "edge"}).json["code"]
    kept, _ = enrol(relay, relay.post(f"/sites/{shared}/device", {"kind": "site"}).json["code"])
    other = Relay(relay.scene, relay.secretary)
    attach = {"device_id": relay.scene.rows(Device)[-1].id}
    assert other.secretary.patch(f"{other.path}/sites/{other.sites[0]}", attach).status_code == 204
    assert relay.secretary.delete(relay.path).status_code == 204
    assert relay.topic()["conference"] is None
    assert code(page.get("/api/device")) == "sign_in_required"
    assert code(enrol(relay, unused)[1]) == "enrolment_code_wrong"
    assert kept.get(f"{other.path}/site").status_code == 200


def test_a_conference_is_not_deleted_while_it_is_relayed_nor_after_it_took_place(relay: Relay) -> None:
    assert relay.source().status_code == 204
    assert relay.step("rehearsal").status_code == 204
    assert code(relay.secretary.delete(relay.path)) == "relay_running"
    assert relay.step("live").status_code == 204
    assert code(relay.secretary.delete(relay.path)) == "relay_running"
    assert relay.step("ended").status_code == 204
    assert code(relay.secretary.delete(relay.path)) == "relay_was_live"
    assert relay.topic()["conference"]["state"] == "ended"


def test_what_a_page_tells_of_a_picture_that_is_another_s_is_not_heard(relay: Relay) -> None:
    one, other = relay.sites[:2]
    pages = {}
    for site in (one, other):
        relay.admit(site)
        pages[site], _ = enrol(relay, relay.post(f"/sites/{site}/device", {"kind": "site"}).json["code"])
    relay.live()
    board.seen.joined("fanout-0.aa", f"site-{one}")
    told = {"freezes": 7}
    assert pages[other].post(f"{relay.path}/whep/fanout-0.aa/watched", told).status_code == 204
    assert [board.seen.freezes_of(f"site-{site}") for site in (one, other)] == [0, 0]
    assert pages[one].post(f"{relay.path}/whep/fanout-0.aa/watched", told).status_code == 204
    assert board.seen.freezes_of(f"site-{one}") == 7
