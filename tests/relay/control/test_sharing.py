"""The host's agenda and papers in the rooms, read-only: what is shared, and every way in which it is not."""

from typing import Any

import pytest

from server.devices.models import Device
from server.meetings.models import Meeting
from server.relay import sharing
from server.relay.models import Conference
from tests.conftest import code
from tests.documents import hostile
from tests.documents.conftest import Desk


class Rooms:
    """A host with one paper that is shared and one that is not; a room with its own meeting; a room with a page."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.scene, self.secretary = desk, desk.scene, desk.secretary
        self.host = desk.meeting
        self.paper, self.other = desk.ready(hostile.pdf(2)), desk.ready(hostile.pdf(3))
        self.local = self.scene.meeting(delegates=2)
        self.seat = self.scene.seat(self.scene.people[0])
        self.path = f"/api/meetings/{self.host}/relay"
        self.do("post", "", {"name": "Hội nghị toàn tỉnh", "organiser": "province"})
        self.attached, self.away = self.do(
            "post", "/sites", {"sites": [{"name": "Xã Mẫu Một"}, {"name": "Xã Mẫu Hai"}]}
        )["ids"]
        self.do("patch", f"/sites/{self.attached}", {"local_meeting_id": self.local})
        for site in (self.attached, self.away):
            self.admit(site)
        self.do("patch", "", {"share_agenda": True, "share_documents": True})
        self.share(self.paper["id"])
        self.do("put", "/sources/primary", {"kind": "whip"})
        self.do("post", "/state", {"to": "live", "confirm": True})

    def do(self, verb: str, path: str, body: Any) -> Any:
        answer = getattr(self.secretary, verb)(self.path + path, body)
        assert answer.status_code < 300, answer.json
        return answer.json

    def share(self, *documents: int) -> None:
        self.do("put", "/papers", {"document_ids": documents})

    def admit(self, site: int, admission: str = "admitted") -> None:
        self.do("put", f"/sites/{site}/admission", {"admission": admission, "reason": "đã gọi thử"})

    def page(self, version: int, number: int = 1, *, caller: Any = None, room: int = 0, **more: Any) -> Any:
        path = f"/api/meetings/{room or self.local}/relay/pages/{version}/{number}.webp?size=seat"
        return (caller or self.seat).get(path, buffered=True, **more)

    def site_page(self) -> Any:
        """A browser enrolled as the room that has no meeting here."""
        made = self.do("post", f"/sites/{self.away}/device", {"kind": "site"})
        page = self.scene.caller("site")
        assert page.post("/api/enrol", {"code": made["code"]}).status_code == 200
        return page

    def wall(self) -> Any:
        def make(tx: Any) -> int:
            device = Device(unit_id=self.scene.top, kind="wall", name="Màn hình", enrolled_at=tx.now)
            tx.add(device)
            tx.flush()
            return device.id

        return self.scene.device(self.scene.run(make), "wall")

    def shared(self, audience: str = "seat", room: int = 0) -> Any:
        return self.scene.topic(f"meeting/{room or self.local}/relay-shared", audience)

    def set(self, model: type[Any], row: int, **values: Any) -> None:
        def change(tx: Any) -> None:
            for name, value in values.items():
                setattr(tx.get_one(model, row), name, value)

        self.scene.run(change)


@pytest.fixture
def rooms(desk: Desk) -> Rooms:
    return Rooms(desk)


def test_an_attached_room_reads_the_agenda_and_the_papers_that_were_approved_and_no_others(rooms: Rooms) -> None:
    shared = rooms.shared()
    assert [one["version_id"] for one in shared["papers"]] == [rooms.paper["version_id"]]
    assert [one["documents"] for one in shared["agenda"]] == [[], []]
    answer = rooms.page(rooms.paper["version_id"], 2)
    assert (answer.status_code, answer.mimetype, answer.data[:4]) == (200, "image/webp", b"RIFF")
    assert code(rooms.page(rooms.other["version_id"])) == "relay_not_shared"
    assert code(rooms.page(rooms.paper["version_id"], 3)) == "page_not_found"


def test_a_shared_page_is_kept_for_good_like_every_page_and_is_checked_each_time_it_is_asked_for(rooms: Rooms) -> None:
    first = rooms.page(rooms.paper["version_id"])
    assert first.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    etag = {"If-None-Match": first.headers["ETag"]}
    assert rooms.page(rooms.paper["version_id"], headers=etag).status_code == 304
    rooms.share()
    assert code(rooms.page(rooms.paper["version_id"], headers=etag)) == "relay_not_shared"


def test_a_sites_page_sees_in_itself_what_is_shared_and_loads_the_pages(rooms: Rooms) -> None:
    page = rooms.site_page()
    rooms.desk.present(rooms.paper["version_id"], 2)
    own = page.get(f"{rooms.path}/site").json["shared"]
    assert (own["page"]["page"], len(own["agenda"]), len(own["papers"])) == (2, 2, 1)
    assert rooms.page(rooms.paper["version_id"], caller=page, room=rooms.host).status_code == 200
    rooms.admit(rooms.away, "refused")
    own = page.get(f"{rooms.path}/site").json["shared"]
    assert (own["page"], own["agenda"], own["papers"]) == (None, [], [])
    assert code(rooms.page(rooms.paper["version_id"], caller=page, room=rooms.host)) == "relay_not_admitted"
    assert code(rooms.page(rooms.paper["version_id"], caller=page)) == "forbidden"


def test_a_page_that_is_presented_is_shown_only_when_its_paper_is_approved(rooms: Rooms) -> None:
    rooms.desk.present(rooms.paper["version_id"], 2)
    assert rooms.shared("wall")["page"]["version_id"] == rooms.paper["version_id"]
    rooms.desk.present(rooms.other["version_id"], 1)
    assert rooms.shared("wall")["page"] is None
    assert code(rooms.page(rooms.other["version_id"])) == "relay_not_shared"


def test_a_wall_loads_what_is_presented_and_has_no_list_of_papers(rooms: Rooms) -> None:
    wall = rooms.wall()
    assert code(rooms.page(rooms.paper["version_id"], caller=wall)) == "relay_not_shared"
    rooms.desk.present(rooms.paper["version_id"])
    assert rooms.page(rooms.paper["version_id"], caller=wall).status_code == 200
    assert rooms.shared("wall")["papers"] == []


@pytest.mark.parametrize("step", ["planned", "ended"])
def test_nothing_is_shared_before_and_after_the_conference(rooms: Rooms, step: str) -> None:
    (conference,) = rooms.scene.rows(Conference)
    rooms.set(Conference, conference.id, state=step)
    assert rooms.shared()["agenda"] == []
    assert code(rooms.page(rooms.paper["version_id"])) == "relay_not_running"


def test_the_switches_of_the_conference_come_before_what_was_approved(rooms: Rooms) -> None:
    rooms.do("patch", "", {"share_documents": False})
    assert (rooms.shared()["papers"], len(rooms.shared()["agenda"])) == ([], 2)
    assert code(rooms.page(rooms.paper["version_id"])) == "relay_not_shared"
    rooms.do("patch", "", {"share_agenda": False})
    assert rooms.shared()["agenda"] == []


def test_a_room_that_is_no_longer_admitted_reads_nothing(rooms: Rooms) -> None:
    rooms.admit(rooms.attached, "refused")
    assert rooms.shared()["papers"] == []
    assert code(rooms.page(rooms.paper["version_id"])) == "relay_not_admitted"


def test_a_room_that_was_not_tested_reads_nothing_of_a_live_conference(rooms: Rooms) -> None:
    rooms.admit(rooms.attached, "verdict")
    assert code(rooms.page(rooms.paper["version_id"])) == "relay_not_admitted"


def test_a_recalled_paper_leaves_every_room_at_once(rooms: Rooms) -> None:
    assert rooms.secretary.delete(f"/api/meetings/{rooms.host}/documents/{rooms.paper['id']}").status_code == 204
    assert rooms.shared()["papers"] == []
    assert code(rooms.page(rooms.paper["version_id"])) == "relay_not_shared"


@pytest.mark.parametrize("who", ["host", "local"])
def test_nothing_of_or_in_a_secret_meeting_is_shared_whatever_else_is_set(rooms: Rooms, who: str) -> None:
    rooms.set(Meeting, getattr(rooms, who), secret=True)
    assert rooms.shared()["papers"] == []
    assert code(rooms.page(rooms.paper["version_id"])) == "relay_secret"


def test_numbers_of_other_meetings_papers_lead_nowhere(rooms: Rooms) -> None:
    third = Desk(rooms.scene, rooms.secretary, rooms.desk.shop)
    foreign = third.ready(hostile.pdf(4))
    for version in (foreign["version_id"], 999_999):
        assert code(rooms.page(version)) == "relay_not_shared"
    assert rooms.secretary.put(f"{rooms.path}/papers", {"document_ids": [foreign["id"]]}).status_code == 404
    assert code(rooms.page(rooms.paper["version_id"], room=third.meeting, caller=rooms.secretary)) == "relay_none"


def test_the_hosts_own_screens_read_in_the_hosts_own_meeting(rooms: Rooms) -> None:
    assert rooms.shared(room=rooms.host)["papers"] == []
    answer = rooms.page(rooms.paper["version_id"], room=rooms.host, caller=rooms.secretary)
    assert code(answer) == "relay_not_shared"


def test_somebody_of_another_meeting_may_not_ask(rooms: Rooms) -> None:
    rooms.scene.meeting(delegates=1)
    stranger = rooms.scene.seat(rooms.scene.people[0])
    assert code(rooms.page(rooms.paper["version_id"], caller=stranger)) == "forbidden"


def test_rooms_that_are_shown_the_papers_are_told_when_anything_of_it_changes(rooms: Rooms) -> None:
    topics = {f"meeting/{room}/relay-shared" for room in (rooms.local, rooms.host)}  # sites' pages follow the host's
    heard: list[str] = []
    rooms.scene.services.live.listeners.append(heard.extend)
    changes = [
        lambda: rooms.share(rooms.other["id"]),
        lambda: rooms.desk.present(rooms.other["version_id"], 2),
        lambda: rooms.admit(rooms.attached, "refused"),
        lambda: rooms.do("patch", "", {"share_agenda": False}),
        lambda: rooms.desk.replace(rooms.other["id"], hostile.pdf(2)),
        lambda: rooms.do("post", "/state", {"to": "ended", "confirm": True}),
    ]
    for change in changes:
        heard.clear()
        change()
        assert topics <= set(heard)
    name = rooms.secretary.get(rooms.path).json["conference"]["name"]
    assert rooms.shared("site", rooms.host) == {"conference": name}


def test_the_secretary_sees_which_papers_could_be_shared_and_which_are(rooms: Rooms) -> None:
    papers = rooms.secretary.get(rooms.path).json["papers"]
    assert [(one["id"], one["shared"]) for one in papers] == [(rooms.paper["id"], True), (rooms.other["id"], False)]
    rooms.share(rooms.other["id"])
    assert [one["shared"] for one in rooms.secretary.get(rooms.path).json["papers"]] == [False, True]


def test_hundreds_of_pages_that_ask_again_cost_one_making_until_something_changes(
    rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    agenda = sharing.agenda
    monkeypatch.setattr(sharing, "agenda", lambda *what: made.append(1) or agenda(*what))
    first = rooms.shared()
    assert rooms.shared() == first
    assert len(made) == 1
    rooms.desk.present(rooms.paper["version_id"], 2)
    assert rooms.shared()["page"]["page"] == 2
    assert len(made) == 2
