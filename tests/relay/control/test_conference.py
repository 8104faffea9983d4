"""A conference from its plan to its end: what the console may do, what screens see, what the relay is told."""

import json
from typing import Any

import pytest

from server.core.journal import JournalEntry
from server.core.writer import Tx
from server.floor.models import SpeakingRequest
from server.relay import incidents, lookup
from server.relay.board import Seen, board
from server.relay.models import Conference, ConferenceState, Incident, Site
from server.relay.reports import ConferenceReport, Event, ViewerReport, together
from tests.conftest import code
from tests.relay.control.conference import SECRET, Relay
from tests.scene import Scene


def test_a_password_in_an_address_is_never_shown_or_journalled(relay: Relay) -> None:
    assert relay.source().status_code == 204
    shown = relay.secretary.get(relay.path).text
    assert "rtsp://***@10.0.0.9:554/h264?token=***" in shown
    with relay.scene.services.database.read() as session:
        rows = str([row.data for row in session.query(JournalEntry)])
    assert "matkhau" not in shown + rows
    assert relay.stored() == SECRET
    assert relay.put("/sources/primary", {"kind": "rtsp", "transport": "udp"}).status_code == 204
    assert relay.stored() == SECRET


@pytest.mark.parametrize(("kind", "address"), [
    ("rtsp", "file:///etc/passwd"), ("file", "../secrets.mp4"), ("file", "/etc/passwd"), ("hls", "rtsp://x/"),
    ("device", "/dev/sda"), ("whip", "http://x"), ("rtmp", "rtmp://:1935/"), ("srt", "srt"), ("rtsp", "rtsp://[x"),
])
def test_an_address_that_does_not_fit_its_kind_is_refused(relay: Relay, kind: str, address: str) -> None:
    assert code(relay.put("/sources/primary", {"kind": kind, "address": address})) == "relay_address_wrong"


def test_a_conference_goes_live_with_a_source_and_a_confirmation_only(relay: Relay) -> None:
    assert code(relay.step("ended")) == "relay_step_impossible"
    assert code(relay.step("live")) == "relay_no_source"
    assert relay.source().status_code == 204
    assert code(relay.step("live", confirm=False)) == "relay_step_unconfirmed"
    assert relay.step("rehearsal").status_code == 204
    assert relay.step("live").status_code == 204
    assert code(relay.secretary.delete(f"{relay.path}/sources/primary")) == "relay_last_source"
    assert relay.step("ended").status_code == 204
    assert code(relay.secretary.delete(relay.path)) == "relay_was_live"
    assert code(relay.source()) == "relay_ended"


def test_the_plan_holds_what_runs_and_nothing_else(relay: Relay) -> None:
    assert relay.plan().conferences == ()
    relay.live()
    (conference,) = relay.plan().conferences
    assert (conference.state, [one.key for one in conference.sources]) == ("live", ["primary"])
    assert conference.caps == {f"site-{site}": "none" for site in relay.sites}
    relay.admit(relay.sites[0])
    assert f"site-{relay.sites[0]}" not in relay.plan().conferences[0].caps


def test_the_floor_goes_to_a_site_through_the_same_queue_and_the_relay_is_told(relay: Relay) -> None:
    relay.live()
    site = relay.sites[1]
    assert code(relay.post(f"/sites/{site}/floor")) == "relay_not_admitted"
    relay.admit(site)
    assert relay.post(f"/sites/{site}/floor").status_code == 204
    floor = relay.topic(name="floor")["speaking"]
    assert (floor["site_id"], floor["name"], floor["participant_id"]) == (site, "Xã Mẫu Hai", None)
    (conference,) = relay.plan().conferences
    assert conference.program.floor == f"site-{site}"
    assert conference.muted == {f"site-{site}"}
    assert conference.sources[-1].kind == "whip"
    assert relay.topic("site")["floor_site_id"] == site
    assert relay.secretary.delete(f"{relay.path}/floor").status_code == 204
    assert relay.plan().conferences[0].program.floor is None
    assert [row.state for row in relay.scene.rows(SpeakingRequest)] == ["done"]


def test_a_sites_page_sees_itself_and_asks_to_speak(relay: Relay, app: Any) -> None:
    relay.live()
    site = relay.sites[0]
    made = relay.post(f"/sites/{site}/device", {"kind": "site"}).json
    assert made["url"].endswith(f"/site/?code={made['code']}")
    page = relay.scene.caller("site")
    assert page.post("/api/enrol", {"code": made["code"]}).status_code == 200
    own = page.get(f"{relay.path}/site").json
    assert (own["site_id"], own["allowed"], own["phone"]) == (site, "none", "0900 000 000")
    assert page.get("/api/device").json["meetings"][0]["id"] == relay.meeting
    assert code(page.post(f"{relay.path}/site/floor", {})) == "relay_not_admitted"
    relay.admit(site)
    assert page.post(f"{relay.path}/site/floor", {"topic": "Thủy lợi"}).status_code == 200
    assert page.get(f"{relay.path}/site").json["request_place"] == 1
    assert relay.topic()["conference"]["requests"] == 1
    assert code(page.post(f"{relay.path}/whip", {"sdp": "v=0\r\no=- 1 1"})) == "relay_floor_not_yours"
    assert page.put(f"{relay.path}/site/headcount", {"people": 45}).status_code == 204
    assert relay.topic(name="relay-board")["people"] == 45
    assert code(page.get(f"/api/meetings/{relay.meeting}/participants")) == "forbidden"


def test_without_a_relay_process_the_refusal_says_so(relay: Relay) -> None:
    relay.live()
    assert code(relay.post("/whep", {"sdp": "v=0\r\no=- 1 1"})) == "relay_away"
    assert code(relay.post("/sources/primary/probe", {"kind": "rtsp"})) == "relay_away"


def test_an_attached_meeting_shows_the_relay_as_its_site(relay: Relay, scene: Scene) -> None:
    local = scene.meeting()
    site = relay.sites[2]
    assert relay.topic("wall", meeting=local)["state"] == "none"
    assert relay.secretary.patch(f"{relay.path}/sites/{site}", {"local_meeting_id": local}).status_code == 204
    relay.live()
    assert (relay.topic("wall", meeting=local)["watch"], relay.topic("wall", meeting=local)["site_id"]) == (False, site)
    relay.admit(site)
    seen = relay.topic("wall", meeting=local)
    assert (seen["watch"], seen["sound"], relay.topic("seat", meeting=local)["sound"]) == (True, True, False)
    body = {"scene": "relay", "beside": "agenda"}
    assert relay.secretary.put(f"/api/meetings/{local}/wall", body).status_code == 204
    assert relay.topic("wall", "wall", local)["beside"] == "agenda"
    assert relay.topic("wall", "relay-shared", local)["agenda"] == []
    assert relay.secretary.patch(relay.path, {"share_agenda": True}).status_code == 204
    assert len(relay.topic("wall", "relay-shared", local)["agenda"]) == 2


def test_an_event_is_an_incident_once_and_is_settled_when_it_is_over(relay: Relay) -> None:
    relay.live()
    number = relay.scene.rows(Conference)[0].id

    def happens(kind: str) -> None:
        event = Event.model_validate({"conference": number, "code": kind, "at_ms": 1, "data": {"source": "primary"}})
        relay.scene.run(lambda tx: incidents.happened(tx, event))

    happens("source_lost")
    happens("source_lost")
    (row,) = relay.scene.rows(Incident)
    assert (row.times, row.text, row.resolved_at) == (2, "Mất tín hiệu nguồn chính.", None)
    assert relay.topic()["conference"]["incidents_open"] == 1
    happens("source_back")
    assert relay.topic()["conference"]["incidents_open"] == 0
    made = relay.post("/incidents", {"text": "Mất điện 3 phút", "site_id": relay.sites[0]}).json["id"]
    assert relay.post(f"/incidents/{made}/resolve", {"text": "đã chạy máy phát"}).status_code == 204
    assert code(relay.post(f"/incidents/{made}/resolve")) == "relay_incident_not_found"


def test_a_conference_that_may_not_be_recorded_is_not(relay: Relay) -> None:
    assert relay.secretary.patch(relay.path, {"recording": True}).status_code == 204
    relay.live()
    assert relay.plan().conferences[0].recording.on
    assert relay.secretary.patch(relay.path, {"recording_forbidden": "nội dung nội bộ"}).status_code == 204
    assert not relay.plan().conferences[0].recording.on
    assert code(relay.secretary.patch(relay.path, {"recording": True})) == "relay_recording_forbidden"


def test_the_relay_ends_with_its_meeting(relay: Relay) -> None:
    relay.live()
    body = {"to": "closed", "confirm": True, "confirm_without_quorum": True}
    assert relay.secretary.post(f"/api/meetings/{relay.meeting}/state", body).status_code == 204
    assert relay.scene.rows(Conference)[0].state == ConferenceState.ENDED
    assert relay.plan().conferences == ()


def test_topics_of_the_console_stay_small_with_240_sites(relay: Relay) -> None:
    def many(tx: Tx) -> None:
        conference = lookup.conference_of(tx, relay.meeting)
        tx.add_all([
            Site(
                conference_id=conference.id, position=place, headcount=150, verdict="B",
                held="low", admission="verdict", cap="top", name=f"Đảng ủy phường Nguyễn Huệ Mẫu số {place} phía đông",
            )
            for place in range(10, 247)
        ])

    relay.scene.run(many)
    relay.live()
    topic = relay.scene.topic(f"meeting/{relay.meeting}/relay", "console")
    assert len(topic["conference"]["sites"]) == 240
    conference = relay.scene.rows(Conference)[0]
    viewers = tuple(
        ViewerReport(
            id=f"fanout-0.{site.id:016x}", label=f"site-{site.id}", rung="audio", loss_percent=12.5,
            round_trip_ms=1234.5,
        )
        for site in relay.scene.rows(Site)
    )
    seen = Seen()
    seen.take(ConferenceReport(id=conference.id, viewers=len(viewers), labels=together(viewers)))
    with relay.scene.services.database.read() as session:
        view = board(session, relay.meeting, seen)
    assert view.relay == "running"
    assert view.sites_watching == 240
    assert len(view.model_dump_json().encode()) <= 16_384
    assert len(json.dumps(topic, ensure_ascii=False, separators=(",", ":")).encode()) <= 16_384
