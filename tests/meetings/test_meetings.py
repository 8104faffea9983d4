"""Creating, listing and changing meetings; notices; one's own view."""

import pytest

from server.core.journal import JournalEntry
from server.meetings.models import Meeting
from tests.conftest import code

NEW = {"title": "Hội nghị lần thứ tám", "kind": "conference", "room": "A1", "starts_at": "2026-11-24T08:00:00+07:00"}


def test_a_meeting_begins_as_a_draft_with_the_time_in_utc(scene, client):
    made = client("secretary").post(f"/api/units/{scene.top}/meetings", NEW).json["id"]
    details = client("secretary").get(f"/api/meetings/{made}").json
    assert (details["state"], details["starts_ms"], details["can_manage"]) == ("draft", 1795482000000, True)
    assert details["join_url"].endswith(f"/seat/?m={details['join_code']}")


@pytest.mark.parametrize("wrong", [
    {"starts_at": "2026-11-24T08:00:00"}, {"starts_at": "9999-12-31T23:59:59Z"}, {"title": "  "}, {"kind": "party"},
    {"quorum_numerator": 4}, {"quorum_denominator": 0}, {"surprise": 1},
])
def test_wrong_particulars_are_refused(scene, client, wrong):
    assert code(client("secretary").post(f"/api/units/{scene.top}/meetings", {**NEW, **wrong})) == "invalid_input"


def test_particulars_change_only_before_the_meeting_begins(scene, client):
    meeting = scene.meeting(state="convened")
    assert client("secretary").patch(f"/api/meetings/{meeting}", {"room": "B2"}).status_code == 204
    assert scene.row(Meeting, meeting).room == "B2"
    begun = scene.meeting(state="in_session")
    assert code(client("secretary").patch(f"/api/meetings/{begun}", {"room": "B2"})) == "meeting_started"


def test_the_list_holds_what_lies_at_or_below_ones_unit(scene, client):
    below = scene.unit("Đảng ủy xã", scene.top)
    beside = scene.unit("Đảng ủy phường", scene.top)
    here, there = scene.meeting(unit=below), scene.meeting(unit=beside)

    def listed(caller):
        return {row["id"] for row in caller.get("/api/me/meetings").json["meetings"]}

    assert listed(client("secretary", below)) == {here}
    assert listed(client("steward", beside)) == {there}
    assert listed(client("chair")) == {here, there}
    assert listed(client("delegate")) == set()
    assert code(client("secretary", below).get(f"/api/meetings/{there}")) == "forbidden"


def test_one_request_sent_twice_makes_one_meeting(scene, client):
    secretary = client("secretary")
    first, again = (
        secretary.post(f"/api/units/{scene.top}/meetings", NEW, key="the-same-key").json for _ in range(2)
    )
    assert first == again
    assert len(scene.rows(Meeting)) == 1


def test_the_newest_notice_is_shown_until_withdrawn(scene, client):
    meeting, secretary = scene.meeting(), client("secretary")
    path = f"/api/meetings/{meeting}/notices"
    first = secretary.post(path, {"text": "Giải lao 10 phút"}).json["id"]
    second = secretary.post(path, {"text": "Mời vào phòng họp"}).json["id"]
    header = f"meeting/{meeting}/header"
    assert scene.topic(header, "seat")["notice"]["text"] == "Mời vào phòng họp"
    assert secretary.delete(f"{path}/{second}").status_code == 204
    assert scene.topic(header, "seat")["notice"] is None
    assert code(secretary.delete(f"{path}/{first}")) == "notice_not_found"


def test_ones_own_view_says_why_one_cannot_vote(scene):
    meeting = scene.meeting(delegates=2, guests=1)
    scene.enter(meeting, scene.people[0])

    def standing(participant):
        return scene.topic(f"meeting/{meeting}/me/{participant}", "seat")["standing"]

    assert standing(scene.people[2])["code"] == "not_entitled"
    assert standing(scene.people[1])["code"] == "not_present"
    assert standing(scene.people[1])["reason"]
    me = scene.topic(f"meeting/{meeting}/me/{scene.people[0]}", "seat")
    assert (me["present"], me["role"]) == (True, "chair")


def test_every_change_is_one_journal_row(scene, client, services):
    meeting, secretary = scene.meeting(), client("secretary")
    secretary.post(f"/api/meetings/{meeting}/notices", {"text": "Mời vào"})
    secretary.post(f"/api/meetings/{meeting}/agenda/{scene.items[0]}/start")
    with services.database.read() as session:
        rows = session.query(JournalEntry).filter_by(meeting_id=meeting).order_by(JournalEntry.seq).all()
    assert [row.action for row in rows] == ["notice.sent", "agenda.started"]
    assert rows[0].actor_name.startswith("secretary")


def test_only_who_may_see_meetings_learns_whether_one_(scene, client):
    assert code(client("nobody").get("/api/meetings/999")) == "sign_in_required"
    assert code(client("delegate").get("/api/meetings/999")) == "forbidden"
    assert code(client("secretary").get("/api/meetings/999")) == "meeting_not_found"
