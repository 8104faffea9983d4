"""A meeting that holds state secrets neither sends nor shows a relay, whenever it is marked."""

from typing import Any

from server.core.journal import JournalEntry
from server.meetings.models import Meeting
from server.relay.models import Conference, ConferenceState, Site
from tests.conftest import code
from tests.relay.control.conference import Relay
from tests.scene import Scene


def mark(relay: Relay, meeting: int) -> Any:
    return relay.secretary.patch(f"/api/meetings/{meeting}", {"secret": True})


def test_a_live_conference_ends_in_the_moment_its_meeting_is_marked(relay: Relay) -> None:
    relay.live()
    assert relay.secretary.patch(relay.path, {"share_agenda": True, "recording": True}).status_code == 204
    assert len(relay.plan().conferences) == 1
    assert mark(relay, relay.meeting).status_code == 204
    assert relay.plan().conferences == ()
    (conference,) = relay.scene.rows(Conference)
    assert (conference.state, conference.share_agenda) == (ConferenceState.ENDED, False)
    assert relay.topic("wall")["watch"] is False
    with relay.scene.services.database.read() as session:
        said = [str(row.data) for row in session.query(JournalEntry)]
    assert "relay_ended" in said[-1]
    assert code(relay.step("live")) == "relay_secret"
    assert code(relay.secretary.patch(f"/api/meetings/{relay.meeting}", {"secret": False})) == "meeting_started"


def test_a_planned_conference_of_a_marked_meeting_can_only_be_deleted(relay: Relay) -> None:
    assert mark(relay, relay.meeting).status_code == 204
    assert code(relay.source()) == "relay_secret"
    assert code(relay.step("rehearsal")) == "relay_secret"
    assert code(relay.post("/sites", {"sites": [{"name": "Xã Mẫu Bốn"}]})) == "relay_secret"
    assert code(relay.secretary.patch(relay.path, {"share_agenda": True})) == "relay_secret"
    assert relay.secretary.delete(relay.path).status_code == 204


def test_a_room_s_own_meeting_leaves_the_conference_when_it_is_marked(relay: Relay, scene: Scene) -> None:
    local, site = scene.meeting(), relay.sites[2]
    path = f"{relay.path}/sites/{site}"
    assert relay.secretary.patch(path, {"local_meeting_id": local}).status_code == 204
    relay.live()
    relay.admit(site)
    assert relay.topic("wall", meeting=local)["watch"] is True
    assert relay.plan().conferences[0].meetings == {relay.meeting, local}
    assert mark(relay, local).status_code == 204
    assert relay.topic("wall", meeting=local)["state"] == "none"
    assert relay.plan().conferences[0].meetings == {relay.meeting}  # the fan-out lets its screens go
    assert [one.local_meeting_id for one in scene.rows(Site)] == [None, None, None]
    assert code(relay.secretary.post(f"/api/meetings/{local}/relay/whep", {"sdp": "v=0\r\no=- 1 1"})) == "relay_secret"
    assert code(relay.secretary.post(f"/api/meetings/{local}/relay/pass", {})) == "relay_secret"
    assert code(relay.secretary.patch(path, {"local_meeting_id": local})) == "relay_secret"


def test_a_secret_meeting_has_no_way_in(relay: Relay, scene: Scene) -> None:
    secret = scene.meeting(secret=True, state="convened")
    base = f"/api/meetings/{secret}"
    body = {"name": "Hội nghị", "organiser": "central"}
    assert code(relay.secretary.post(f"{base}/relay", body)) == "relay_secret"
    attach = {"local_meeting_id": secret}
    assert code(relay.secretary.patch(f"{relay.path}/sites/{relay.sites[0]}", attach)) == "relay_secret"
    assert code(relay.secretary.put(f"{base}/wall", {"scene": "relay"})) == "relay_secret"
    assert relay.secretary.get(f"{base}/relay").json["why_not"] == "relay_secret"


def test_a_marked_meeting_takes_no_other_change_once_it_has_begun(relay: Relay) -> None:
    assert code(relay.secretary.patch(f"/api/meetings/{relay.meeting}", {"secret": True, "title": "Khác"})) == (
        "meeting_started"
    )
    assert not relay.scene.rows(Meeting)[0].secret
