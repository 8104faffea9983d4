"""The presenter: one page for everybody who follows."""

from tests.conftest import code
from tests.documents import hostile
from tests.documents.conftest import Desk


def test_everybody_sees_the_presented_page(desk: Desk) -> None:
    made = desk.ready(hostile.pdf(3), title="Báo cáo")
    path = f"{desk.address}/presenter"
    answer = desk.secretary.put(path, {"version_id": made["version_id"], "page": 2})
    page = {"document_id": made["id"], "version_id": made["version_id"], "title": "Báo cáo", "page": 2, "pages": 3}
    assert answer.json == {"page": page}
    for audience in ("seat", "wall", "console"):
        assert desk.topic("presenter", audience) == {"page": page}
    assert desk.secretary.put(path, {"page": 3}).json["page"]["page"] == 3
    assert desk.secretary.delete(path).status_code == 204
    assert desk.topic("presenter", "seat") == {"page": None}
    assert desk.secretary.delete(path).status_code == 204, "twice does no harm"
    assert [row.action for row in desk.journal()][-3:] == ["presenter.page", "presenter.page", "presenter.ended"]


def test_a_page_that_cannot_be_shown_is_refused_and_changes_nothing(desk: Desk) -> None:
    made = desk.ready()
    path = f"{desk.address}/presenter"
    assert code(desk.secretary.put(path, {"page": 1})) == "nothing_presented"
    desk.present(made["version_id"])
    before = desk.topic("presenter")
    queued = desk.upload(hostile.pdf(4)).json["version_id"]
    for body, wanted in (
        ({"page": 3}, "page_not_found"), ({"version_id": made["version_id"], "page": 3}, "page_not_found"),
        ({"page": 0}, "invalid_input"), ({"page": 10**9}, "invalid_input"), ({}, "invalid_input"),
        ({"version_id": queued, "page": 1}, "document_not_ready"),
        ({"version_id": queued + 100, "page": 1}, "document_not_found"),
        ({"version_id": 10**20, "page": 1}, "invalid_input"),
        ({"page": 1, "more": 1}, "invalid_input"),
    ):
        assert code(desk.secretary.put(path, body)) == wanted, body
    assert desk.topic("presenter") == before


def test_a_page_is_sent_to_the_seats_and_the_wall_in_one_step(desk: Desk) -> None:
    made = desk.ready()
    path = f"{desk.address}/presenter"
    desk.secretary.put(path, {"version_id": made["version_id"], "page": 1})
    assert desk.topic("wall", "wall")["scene"] == "welcome"
    desk.secretary.put(path, {"page": 2, "wall": True})
    assert desk.topic("wall", "wall")["scene"] == "document"
    assert desk.topic("presenter", "wall")["page"]["page"] == 2
    assert code(desk.secretary.put(path, {"page": 3, "wall": True})) == "page_not_found"


def test_a_document_of_another_meeting_is_not_presented(desk: Desk) -> None:
    made = desk.ready()
    desk.meeting = desk.scene.meeting()
    answer = desk.secretary.put(f"{desk.address}/presenter", {"version_id": made["version_id"], "page": 1})
    assert code(answer) == "document_not_found"
