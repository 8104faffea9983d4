"""Fixtures of documents: a secretary with a meeting, uploads over HTTP, and the worker's job in this process."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select

from server.core.config import Settings
from server.core.jobs import Workshop
from server.core.journal import JournalEntry
from server.documents import work
from server.jobs import make_workshop
from tests.documents import hostile
from tests.scene import Scene

FORM = "multipart/form-data; boundary=ranh-gioi"
END = b"--ranh-gioi--\r\n"


def form(field: str, content: bytes, file_name: str | None = None) -> bytes:
    """One part of a multipart form (werkzeug's own maker leaves a temporary file open for large ones)."""
    said = f'; filename="{file_name}"' if file_name else ""
    return f'--ranh-gioi\r\nContent-Disposition: form-data; name="{field}"{said}\r\n\r\n'.encode() + content + b"\r\n"


class Desk:
    """The secretary's desk: one meeting with two agenda items."""

    def __init__(self, scene: Scene, secretary: Any, shop: Workshop) -> None:
        self.scene, self.secretary, self.shop = scene, secretary, shop
        self.meeting = scene.meeting(delegates=2, guests=1)
        self.item, self.other_item = scene.items
        self.people = list(scene.people)

    @property
    def address(self) -> str:
        return f"/api/meetings/{self.meeting}"

    def upload(self, content: bytes | None = None, name: str = "Báo cáo.pdf", **more: Any) -> Any:
        """Upload under the first item; the answer."""
        return self.send(f"{self.address}/agenda/{more.pop('item', self.item)}/documents", content, name, **more)

    def replace(self, document: int, content: bytes, name: str = "Báo cáo 2.pdf", **more: Any) -> Any:
        return self.send(f"{self.address}/documents/{document}/versions", content, name, **more)

    def send(self, path: str, content: bytes | None, name: str, **more: Any) -> Any:
        body = form("file", hostile.pdf(2) if content is None else content, name)
        if "title" in more:
            body = form("title", more.pop("title").encode()) + body
        caller = more.pop("caller", self.secretary)
        return caller.post(path, data=body + END, content_type=FORM, **more)

    def work_off(self) -> None:
        """Do the worker's job until nothing waits."""
        for _ in range(20):
            work.render_next(self.shop)

    def ready(self, content: bytes | None = None, **more: Any) -> dict[str, Any]:
        """A document that delegates can read, as the console sees it."""
        made = self.upload(content, **more).json
        self.work_off()
        return next(one for one in self.documents() if one["id"] == made["id"])

    def documents(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.topic("documents")["documents"]
        return found

    def page(self, version: int, number: int = 1, *, caller: Any = None, size: str = "seat", **more: Any) -> Any:
        """The answer to a page image asked for; by the first delegate's seat unless `caller` says otherwise."""
        caller = caller or self.scene.seat(self.people[0])
        return caller.get(f"{self.address}/pages/{version}/{number}.webp?size={size}", buffered=True, **more)

    def present(self, version: int, page: int = 1) -> None:
        answer = self.secretary.put(f"{self.address}/presenter", {"version_id": version, "page": page})
        assert answer.status_code == 200, answer.json

    def journal(self) -> list[JournalEntry]:
        """Every journal row so far."""
        with self.shop.database.read() as session:
            return list(session.scalars(select(JournalEntry).order_by(JournalEntry.seq)))

    def topic(self, name: str, audience: str = "console") -> dict[str, Any]:
        return self.scene.topic(f"meeting/{self.meeting}/{name}", audience)


@pytest.fixture
def shop(settings: Settings) -> Iterator[Workshop]:
    """What the worker works with, in this process."""
    made = make_workshop(settings)
    yield made
    made.jobs.close()
    made.bus.close()
    made.database.dispose()


@pytest.fixture
def desk(scene: Scene, client: Callable[..., Any], shop: Workshop) -> Desk:
    return Desk(scene, client("secretary"), shop)
