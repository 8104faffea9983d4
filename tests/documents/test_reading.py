"""Pages and files: who may read them, how they are kept, what happens when an image is missing."""

import shutil
from collections.abc import Callable
from typing import Any

import pytest

from server.core.config import Settings
from server.core.writer import Tx
from server.devices.models import Device
from server.documents import work
from server.documents.models import DocumentVersion
from tests.conftest import code
from tests.documents import hostile
from tests.documents.conftest import Desk


@pytest.fixture
def ready(desk: Desk) -> int:
    """A ready version of two pages."""
    return int(desk.ready()["version_id"])


def wall(desk: Desk, **where: Any) -> Any:
    """A caller on an enrolled wall."""

    def make(tx: Tx) -> int:
        ordinary = {"unit_id": desk.scene.top, "kind": "wall", "name": "Màn hình lớn", "enrolled_at": tx.now}
        device = Device(**{**ordinary, **where})
        tx.add(device)
        tx.flush()
        return device.id

    return desk.scene.device(desk.scene.run(make), "wall")


def test_a_page_is_a_picture_that_is_kept_for_good(desk: Desk, ready: int) -> None:
    sha256 = desk.scene.row(DocumentVersion, ready).sha256
    answer = desk.page(ready, 2)
    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    assert answer.data[:4] == b"RIFF"
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer.headers["ETag"] == f'"{sha256}-2-seat"'
    assert answer.content_length == len(answer.data)
    larger = desk.page(ready, 2, size="wall")
    assert larger.headers["ETag"] == f'"{sha256}-2-wall"'
    assert larger.data != answer.data


def test_a_page_that_a_screen_has_already_is_not_sent_again(desk: Desk, ready: int) -> None:
    etag = desk.page(ready).headers["ETag"]
    answer = desk.page(ready, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == etag
    assert desk.page(ready, 2, headers={"If-None-Match": etag}).status_code == 200


def test_seats_and_consoles_of_the_meeting_read_every_ready_page(
    desk: Desk, ready: int, client: Callable[..., Any]
) -> None:
    guest = desk.scene.seat(desk.people[-1])
    for caller in (guest, desk.secretary, client("chair"), client("teller"), client("technician")):
        assert desk.page(ready, caller=caller).status_code == 200


def test_whoever_only_watches_sees_what_is_presented(desk: Desk, ready: int, client: Callable[..., Any]) -> None:
    for caller in (wall(desk), wall(desk, meeting_id=desk.meeting), client("steward"), client("unit_administrator")):
        assert code(desk.page(ready, caller=caller)) == "page_not_presented"
        desk.present(ready)
        assert desk.page(ready, 2, caller=caller, size="wall").status_code == 200
        desk.secretary.delete(f"{desk.address}/presenter")


def test_nobody_else_reads_pages_or_files(desk: Desk, ready: int, client: Callable[..., Any]) -> None:
    document = desk.documents()[0]["id"]
    people = desk.people
    other_unit = desk.scene.unit("Đảng bộ xã bên", desk.scene.top)
    other_meeting = desk.scene.meeting(unit=other_unit)
    stranger = desk.scene.seat(desk.scene.people[0])
    desk.people = people
    for caller, wanted in (
        (client("nobody"), "sign_in_required"), (client("nobody", surface="seat"), "sign_in_required"),
        (client("delegate"), "forbidden"), (stranger, "forbidden"), (client("secretary", other_unit), "forbidden"),
        (wall(desk, meeting_id=other_meeting), "forbidden"),
    ):
        assert code(desk.page(ready, caller=caller)) == wanted
        assert code(caller.get(f"{desk.address}/documents/{document}/file.pdf")) == wanted
    assert code(wall(desk).get(f"{desk.address}/documents/{document}/file.pdf")) == "forbidden"
    desk.meeting = other_meeting
    assert code(desk.page(ready, caller=stranger)) == "document_not_found", "through another meeting's address"


def test_a_page_that_does_not_exist_is_refused_in_words(desk: Desk, ready: int) -> None:
    for number in (0, 3, 10**6):
        answer = desk.page(ready, number)
        assert code(answer) == "page_not_found"
        assert answer.json["params"]["pages"] == 2
    assert code(desk.page(ready + 100)) == "document_not_found"
    assert code(desk.page(ready, 10**20)) == "not_found"
    assert code(desk.page(ready, size="../x")) == "invalid_input"
    queued = desk.upload().json["version_id"]
    assert code(desk.page(queued)) == "document_not_ready"


def test_pages_that_were_deleted_are_drawn_again(desk: Desk, ready: int, settings: Settings) -> None:
    before = desk.page(ready).data
    shutil.rmtree(settings.folder("pages"))
    jobs = desk.scene.services.jobs
    while jobs._queue.dequeue():
        pass
    for _ in range(3):
        answer = desk.page(ready)
        assert (code(answer), answer.status_code, answer.headers["Retry-After"]) == ("page_not_ready", 503, "2")
        assert "no-store" in answer.headers["Cache-Control"]
    asked = [jobs._queue.dequeue(), jobs._queue.dequeue()]
    assert asked[1] is None, "three screens ask once"
    assert asked[0].args == (work.REDRAW, ready)
    work.redraw(desk.shop, ready)
    assert desk.page(ready).data == before


def test_the_file_itself_is_for_the_console_and_the_participants(desk: Desk, ready: int) -> None:
    document = desk.documents()[0]["id"]
    path = f"{desk.address}/documents/{document}/file.pdf"
    for caller in (desk.secretary, desk.scene.seat(desk.people[0])):
        answer = caller.get(path, buffered=True)
        assert (answer.status_code, answer.mimetype, answer.data) == (200, "application/pdf", hostile.pdf(2))
        assert "filename*=UTF-8''B%C3%A1o%20c%C3%A1o.pdf" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "private, no-cache"
        again = caller.get(path, headers={"If-None-Match": answer.headers["ETag"]}, buffered=True)
        assert again.status_code == 304
        part = caller.get(path, headers={"Range": "bytes=0-7"}, buffered=True)
        assert (part.status_code, part.data) == (206, hostile.pdf(2)[:8])


def test_a_seat_gets_the_file_it_reads_and_the_console_the_newest(desk: Desk, ready: int) -> None:
    document = desk.documents()[0]["id"]
    path = f"{desk.address}/documents/{document}/file.pdf"
    newer = hostile.encrypted(user="x")
    desk.replace(document, newer)
    assert desk.scene.seat(desk.people[0]).get(path, buffered=True).data == hostile.pdf(2)
    assert desk.secretary.get(path, buffered=True).data == newer
    unready = desk.upload().json["id"]
    answer = desk.scene.seat(desk.people[0]).get(f"{desk.address}/documents/{unready}/file.pdf")
    assert code(answer) == "document_not_ready"


def test_a_damaged_file_is_never_handed_out(desk: Desk, ready: int, settings: Settings) -> None:
    sha256 = desk.scene.row(DocumentVersion, ready).sha256
    stored = settings.folder("files") / sha256[:2] / sha256[2:4] / sha256
    stored.chmod(0o640)
    stored.write_bytes(stored.read_bytes() + b" ")
    answer = desk.secretary.get(f"{desk.address}/documents/{desk.documents()[0]['id']}/file.pdf")
    assert (code(answer), answer.status_code) == ("file_damaged", 500)
