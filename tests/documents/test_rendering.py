"""From upload to readable: what the worker's job makes of good, bad and replaced files."""

import errno
from typing import Any

import pytest

from server.core.config import Settings
from server.core.errors import catalogue
from server.documents import commands, pages, pdfium, work
from server.documents.files import FileStore
from server.documents.models import DocumentVersion
from server.documents.pages import PageSet
from tests.documents import hostile
from tests.documents.conftest import Desk


def agenda(desk: Desk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.topic("agenda", "seat")["items"][0]["documents"]
    return found


def test_a_rendered_document_is_ready_and_delegates_see_it_under_its_item(desk: Desk) -> None:
    made = desk.upload(hostile.pdf(3)).json
    assert agenda(desk) == [], "nobody sees it before it can be read"
    desk.work_off()
    document = desk.documents()[0]
    assert (document["state"], document["pages"], document["shown_version_id"]) == ("ready", 3, made["version_id"])
    assert agenda(desk) == [{"id": made["id"], "version_id": made["version_id"], "title": "Báo cáo", "pages": 3}]
    assert desk.topic("agenda", "seat")["items"][1]["documents"] == []
    assert [row.action for row in desk.journal() if row.actor == "system"] == ["document.rendering", "document.ready"]


@pytest.mark.parametrize(("content", "code"), [
    (hostile.encrypted(user="mật khẩu"), "document_encrypted"),
    (b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n", "document_broken"),
    (hostile.no_pages(), "document_no_pages"),
    (hostile.pdf(1, size=(20_000, 20_000)), "document_page_too_large"),
])
def test_a_bad_file_is_refused_on_the_console_in_both_languages(desk: Desk, content: bytes, code: str) -> None:
    desk.upload(content, "Tài liệu mật.pdf")
    desk.work_off()
    document = desk.documents()[0]
    assert (document["state"], document["refusal_code"]) == ("refused", code)
    assert "Tài liệu mật.pdf" in document["refusal"]
    assert "Tài liệu mật.pdf" in document["refusal_en"]
    assert document["refusal"].endswith(catalogue[code].next_vi)
    assert document["refusal_en"].endswith(catalogue[code].next_en)
    assert agenda(desk) == []


def test_the_page_limit_is_the_setting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(desk.shop.settings.__dict__, "max_pages", 2)
    desk.upload(hostile.pdf(3))
    desk.work_off()
    assert desk.documents()[0]["refusal_code"] == "document_too_many_pages"


def test_a_new_version_takes_over_only_when_it_is_ready_and_the_presenter_goes_on_with_it(desk: Desk) -> None:
    first = desk.ready(hostile.pdf(3))
    desk.present(first["version_id"], 3)
    second = desk.replace(first["id"], hostile.pdf(2)).json
    assert (second["state"], second["shown_version_id"]) == ("queued", first["version_id"])
    assert agenda(desk)[0]["version_id"] == first["version_id"]
    desk.work_off()
    assert agenda(desk) == [{"id": first["id"], "version_id": second["version_id"], "title": "Báo cáo", "pages": 2}]
    page = desk.topic("presenter", "seat")["page"]
    assert (page["version_id"], page["page"], page["pages"]) == (second["version_id"], 2, 2)


def test_a_refused_new_version_leaves_the_older_one_to_be_read(desk: Desk) -> None:
    first = desk.ready()
    desk.replace(first["id"], hostile.encrypted(user="x"))
    desk.work_off()
    document = desk.documents()[0]
    assert (document["state"], document["shown_version_id"]) == ("refused", first["version_id"])
    assert agenda(desk)[0]["version_id"] == first["version_id"]
    third = desk.replace(first["id"], hostile.pdf(1)).json
    desk.work_off()
    assert agenda(desk)[0]["version_id"] == third["version_id"]


def test_a_full_disk_is_tried_again_a_few_times_and_then_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    desk.upload()
    with monkeypatch.context() as patch:
        patch.setattr(pages, "_write", full)
        work.render_next(desk.shop)
    assert desk.documents()[0]["state"] == "rendering"
    work.render_next(desk.shop)
    assert desk.documents()[0]["state"] == "ready"
    desk.upload(hostile.pdf(4))
    monkeypatch.setattr(pages, "_write", full)
    for _ in range(commands.MOST_ATTEMPTS + 1):
        work.render_next(desk.shop)
    assert desk.documents()[1]["refusal_code"] == "rendering_failed"


def test_a_file_that_fails_again_and_again_does_not_hold_up_the_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = desk.upload(hostile.pdf(4)).json["version_id"]
    real = work._draw

    def draw(shop: Any, version: Any) -> int:
        if version.id == bad:
            raise OSError(errno.EIO, "bad")
        return real(shop, version)

    monkeypatch.setattr(work, "_draw", draw)
    work.render_next(desk.shop)
    desk.upload()
    work.render_next(desk.shop)
    assert [document["state"] for document in desk.documents()] == ["rendering", "ready"]


def test_a_child_ended_by_a_shutdown_is_no_fault_of_the_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.upload()
    with monkeypatch.context() as patch:
        child = desk.shop.settings.data / "child.py"
        child.write_text("import os, signal, sys; sys.stdin.read(); os.kill(os.getpid(), signal.SIGTERM)")
        patch.setattr(pdfium, "CHILD", child)
        work.render_next(desk.shop)
    assert desk.documents()[0]["state"] == "rendering"
    work.render_next(desk.shop)
    assert desk.documents()[0]["state"] == "ready"


def test_a_document_taken_back_is_not_rendered(desk: Desk) -> None:
    made = desk.upload().json
    desk.secretary.delete(f"{desk.address}/documents/{made['id']}")
    desk.work_off()
    assert desk.scene.row(DocumentVersion, made["version_id"]).state == "queued"


def test_the_job_done_twice_changes_nothing(desk: Desk) -> None:
    made = desk.ready()
    before = len(desk.journal())
    desk.work_off()
    work.redraw(desk.shop, made["version_id"])
    work.redraw(desk.shop, 10**6)
    assert len(desk.journal()) == before


def test_a_ready_document_whose_file_is_gone_is_taken_from_the_screens_with_words(
    desk: Desk, settings: Settings
) -> None:
    made = desk.ready()
    desk.present(made["version_id"])
    sha256 = desk.scene.row(DocumentVersion, made["version_id"]).sha256
    PageSet(settings.folder("pages"), sha256).remove()
    FileStore(settings.folder("files")).path(sha256).unlink()
    work.redraw(desk.shop, made["version_id"])
    assert desk.documents()[0]["refusal_code"] == "file_missing"
    assert agenda(desk) == []
    assert desk.topic("presenter") == {"page": None}


def test_an_item_with_documents_is_not_removed(desk: Desk) -> None:
    made = desk.upload().json
    answer = desk.secretary.delete(f"{desk.address}/agenda/{desk.item}")
    assert answer.json["code"] == "item_has_documents"
    desk.secretary.delete(f"{desk.address}/documents/{made['id']}")
    assert desk.secretary.delete(f"{desk.address}/agenda/{desk.item}").status_code < 300
