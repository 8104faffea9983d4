"""Uploads over HTTP: stored once, queued, refused in words, answered once."""

import errno
from collections.abc import Callable
from typing import Any

import pytest

from server.core.config import Settings
from server.documents import commands
from server.documents.files import FileStore
from server.documents.models import Document
from tests.conftest import code
from tests.documents import hostile
from tests.documents.conftest import END, FORM, Desk, form

ODD_NAMES = ["../../etc/passwd.pdf", "C:\\a\\\u202efdp.exe", ".pdf", "\x07.PDF", "a" * 400 + ".pdf"]


def test_an_upload_is_stored_and_queued_and_the_console_sees_it(desk: Desk, settings: Settings) -> None:
    content = hostile.pdf(2)
    answer = desk.upload(content, "Báo cáo quý I.pdf")
    assert answer.status_code == 200
    assert answer.json == desk.documents()[0]
    assert answer.json | {"id": 0, "version_id": 0} == {
        "id": 0, "version_id": 0, "shown_version_id": None, "agenda_item_id": desk.item, "title": "Báo cáo quý I",
        "file_name": "Báo cáo quý I.pdf", "size": len(content), "pages": 0, "state": "queued", "refusal_code": None,
        "refusal": None, "refusal_en": None,
    }
    row = next(row for row in desk.journal() if row.action == "document.added")
    assert FileStore(settings.folder("files")).read(row.data["sha256"]) == content


def test_a_title_can_be_given_and_changed(desk: Desk) -> None:
    made = desk.upload(title="  Tờ trình số 1 ").json
    assert made["title"] == "Tờ trình số 1"
    answer = desk.secretary.patch(f"{desk.address}/documents/{made['id']}", {"title": "Tờ trình số 2"})
    assert answer.json["title"] == "Tờ trình số 2"
    assert desk.documents()[0]["title"] == "Tờ trình số 2"
    assert code(desk.secretary.patch(f"{desk.address}/documents/{made['id']}", {"title": " \u200b"})) == "invalid_input"


def test_nothing_invisible_stays_in_a_title(desk: Desk) -> None:
    made = desk.upload(title="Tờ\u202e trình\n số 1").json
    assert made["title"] == "Tờ trình số 1"
    answer = desk.secretary.patch(f"{desk.address}/documents/{made['id']}", {"title": "Tờ\u202e trình\r\n số 2"})
    assert answer.json["title"] == "Tờ trình số 2"


@pytest.mark.parametrize("name", ODD_NAMES)
def test_an_odd_file_name_is_cleaned_for_showing(desk: Desk, name: str) -> None:
    shown = desk.upload(name=name).json["file_name"]
    assert shown.endswith(".pdf")
    assert len(shown) <= 120
    assert not set(shown) & set("/\\:\u202e\x07")


@pytest.mark.parametrize(("content", "refusal"), [
    (b"", "document_empty"),
    (b"<html>%PDF-1.7 %%EOF", "document_not_pdf"),
    (b"PK\x03\x04" + bytes(5000), "document_not_pdf"),
    (hostile.pdf(2)[:-600], "document_truncated"),
])
def test_what_is_no_whole_pdf_is_refused_at_once_in_words(
    desk: Desk, settings: Settings, content: bytes, refusal: str
) -> None:
    answer = desk.upload(content, "Dự thảo.pdf")
    assert code(answer) == refusal
    assert "Dự thảo.pdf" in answer.json["detail"]
    assert answer.json["next"]
    assert answer.json["detail_en"] != answer.json["detail"]
    assert desk.documents() == []
    assert [path for path in settings.folder("files").rglob("*") if path.is_file()] == [], "nothing is kept"


def test_a_file_over_the_limit_is_refused_whichever_way_its_length_is_told(desk: Desk, settings: Settings) -> None:
    limit = settings.upload_mb << 20
    just_over = hostile.pdf(1) + bytes(limit) + b"%%EOF"
    answer = desk.upload(just_over, "Quá to.pdf")
    assert (code(answer), answer.status_code) == ("document_too_large", 413)
    assert "Quá to.pdf" in answer.json["detail"]
    answer = desk.upload(just_over + bytes(1 << 20))
    assert (code(answer), answer.status_code) == ("upload_too_large", 413)
    assert "50 MB" in answer.json["detail"]
    assert desk.documents() == []


def test_a_form_without_a_file_or_with_two_or_no_form_at_all_is_refused(desk: Desk) -> None:
    path = f"{desk.address}/agenda/{desk.item}/documents"
    file = form("file", hostile.pdf(1), "a.pdf")
    for more in (
        {"data": form("title", b"x") + END, "content_type": FORM},
        {"data": form("file", b"x") + END, "content_type": FORM},
        {"data": file + file + END, "content_type": FORM},
        {"data": file[:-300], "content_type": FORM},
        {"data": b"x", "content_type": "multipart/form-data"},
        {"data": hostile.pdf(1), "content_type": "application/pdf"},
        {"json": {"file": "x"}},
    ):
        assert code(desk.secretary.post(path, **more)) == "upload_file_missing"
    assert code(desk.upload(title="x" * 201)) == "invalid_input"


def test_a_full_disk_is_said_in_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileStore, "put", full)
    answer = desk.upload()
    assert (code(answer), answer.status_code) == ("storage_full", 507)


def test_the_same_key_is_one_document_and_another_file_needs_another_key(desk: Desk) -> None:
    first = desk.upload(key="upload-0001")
    again = desk.upload(key="upload-0001")
    assert (again.status_code, again.json) == (200, first.json)
    assert len(desk.documents()) == 1
    assert code(desk.upload(hostile.pdf(3), key="upload-0001")) == "idempotency_key_reused"
    assert code(desk.upload(name="khác.pdf", key="upload-0001")) == "idempotency_key_reused"
    assert len(desk.documents()) == 1


def test_the_same_file_twice_is_two_documents_and_one_content(desk: Desk, settings: Settings) -> None:
    desk.upload()
    desk.upload(item=desk.other_item)
    assert len(desk.documents()) == 2
    assert len([path for path in settings.folder("files").rglob("*") if path.is_file()]) == 1


def test_the_item_must_be_of_this_meeting_and_the_meeting_open(desk: Desk) -> None:
    assert code(desk.upload(item=10**6)) == "agenda_item_not_found"
    assert code(desk.upload(item=10**30)) == "not_found"
    made = desk.ready()
    mine, other = desk.item, desk.scene.meeting(state="closed")
    desk.meeting = other
    assert code(desk.upload(item=mine)) == "meeting_closed"
    assert code(desk.replace(made["id"], hostile.pdf(1))) == "meeting_closed"
    path = f"{desk.address}/documents/{made['id']}"
    assert code(desk.secretary.patch(path, {"title": "x"})) == "meeting_closed"
    assert code(desk.secretary.delete(path)) == "meeting_closed"
    assert code(desk.secretary.put(f"{desk.address}/presenter", {"page": 1})) == "meeting_closed"
    desk.meeting = desk.scene.meeting()
    assert code(desk.secretary.delete(f"{desk.address}/documents/{made['id']}")) == "document_not_found"
    assert code(desk.upload(item=mine)) == "agenda_item_not_found"


@pytest.mark.parametrize("role", [
    "administrator", "unit_administrator", "chair", "delegate", "teller", "steward", "technician", "nobody",
])
def test_only_the_secretary_uploads_replaces_removes_and_presents(
    desk: Desk, client: Callable[..., Any], role: str
) -> None:
    made = desk.ready()
    caller = client(role)
    wanted = "sign_in_required" if role == "nobody" else "forbidden"
    path = f"{desk.address}/documents/{made['id']}"
    assert code(desk.upload(caller=caller)) == wanted
    assert code(desk.replace(made["id"], hostile.pdf(1), caller=caller)) == wanted
    assert code(caller.patch(path, {"title": "x"})) == wanted
    assert code(caller.delete(path)) == wanted
    assert code(caller.put(f"{desk.address}/presenter", {"version_id": made["version_id"], "page": 1})) == wanted
    assert code(caller.delete(f"{desk.address}/presenter")) == wanted


def test_limits_of_number_are_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "MOST_DOCUMENTS", 2)
    monkeypatch.setattr(commands, "MOST_VERSIONS", 2)
    made = desk.upload().json
    desk.upload()
    assert code(desk.upload()) == "too_many_documents"
    assert desk.replace(made["id"], hostile.pdf(3)).status_code == 200
    assert code(desk.replace(made["id"], hostile.pdf(3))) == "too_many_versions"
    desk.secretary.delete(f"{desk.address}/documents/{made['id']}")
    assert desk.upload().status_code == 200


def test_a_hundred_documents_fit_into_what_a_seat_is_sent(desk: Desk) -> None:
    long = "Báo cáo kết quả thực hiện nghị quyết về phát triển kinh tế - xã hội"
    for _ in range(3):
        desk.upload(title=long)
    desk.work_off()
    each = len(str(desk.topic("agenda", "seat")["items"][0]["documents"][0]).encode())
    assert each * commands.MOST_DOCUMENTS < 24_000


def test_a_document_taken_back_leaves_every_screen_and_keeps_its_row(desk: Desk) -> None:
    made = desk.ready()
    desk.present(made["version_id"], 2)
    assert desk.page(made["version_id"]).status_code == 200
    assert desk.secretary.delete(f"{desk.address}/documents/{made['id']}").status_code == 204
    assert desk.documents() == []
    assert desk.topic("presenter", "wall") == {"page": None}
    assert desk.topic("agenda", "seat")["items"][0]["documents"] == []
    assert code(desk.page(made["version_id"])) == "document_not_found"
    assert code(desk.secretary.get(f"{desk.address}/documents/{made['id']}/file.pdf")) == "document_not_found"
    assert code(desk.secretary.delete(f"{desk.address}/documents/{made['id']}")) == "document_not_found"
    assert desk.scene.row(Document, made["id"]).removed_at is not None
