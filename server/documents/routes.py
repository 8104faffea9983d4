"""HTTP of documents: upload, replace, rename, take back; page images and files; the presenter's page."""

import hashlib

from flask import Response, send_file
from pydantic import Field

from server.core.access import Permission
from server.core.errors import Refused
from server.core.http import LARGEST_ID, Api, Call
from server.core.offload import offload
from server.core.views import Input
from server.documents import commands, library, uploads, work
from server.documents.commands import Upload
from server.documents.files import FileStore
from server.documents.pictures import PageQuery, page_picture
from server.documents.views import DocumentView, PresenterView
from server.people.inputs import Label

api = Api("documents")

READ_PAGES = (Permission.MEETING_SIT, Permission.MEETING_CONSOLE, Permission.MEETING_WATCH)
READ_FILES = (Permission.MEETING_SIT, Permission.MEETING_CONSOLE)


class TitleIn(Input):
    """A document's new title."""

    title: Label


class PresentIn(Input):
    """The page to present; without a version another page of what is presented already. `wall`: on the wall, too."""

    version_id: int | None = Field(default=None, ge=1, le=LARGEST_ID)
    page: int = Field(ge=1, le=100_000)
    wall: bool = False


DOCUMENTS = "/api/meetings/<int:meeting_id>/documents/<int:document_id>"


@api.post(
    "/api/meetings/<int:meeting_id>/agenda/<int:item_id>/documents", Permission.MEETING_MANAGE,
    "Tải tài liệu PDF lên một nội dung", upload=True, answer=DocumentView,
)
def upload_document(call: Call[None], meeting_id: int, item_id: int) -> DocumentView:
    """Store the PDF (`file`, and perhaps a `title`) and queue its pages; topic `documents` says how it went on."""
    with uploads.received(call.services.settings) as form:
        upload = uploads.store(call.services.settings, form.content, form.file_name)
        title = form.title
    _sign_with(call, upload, title)
    answer = call.write(lambda tx: commands.add_document(tx, call.actor, meeting_id, item_id, upload, title=title))
    call.services.jobs.add(work.RENDER)
    return answer


@api.post(
    f"{DOCUMENTS}/versions", Permission.MEETING_MANAGE, "Thay tệp của tài liệu", upload=True, answer=DocumentView
)
def replace_document(call: Call[None], meeting_id: int, document_id: int) -> DocumentView:
    """Store a newer version; delegates go on reading the older one until the newer is ready."""
    with uploads.received(call.services.settings) as form:
        upload = uploads.store(call.services.settings, form.content, form.file_name)
    _sign_with(call, upload, "")
    answer = call.write(lambda tx: commands.replace_file(tx, call.actor, meeting_id, document_id, upload))
    call.services.jobs.add(work.RENDER)
    return answer


def _sign_with(call: Call[None], upload: Upload, title: str) -> None:
    """Let the Idempotency-Key stand for this very file: another file under the same key is another request."""
    words = f"{call.fingerprint}\n{upload.stored.sha256}\n{upload.file_name}\n{title}"
    call.fingerprint = hashlib.sha256(words.encode()).hexdigest()


@api.patch(DOCUMENTS, Permission.MEETING_MANAGE, "Đổi tên tài liệu", body=TitleIn, answer=DocumentView)
def rename_document(call: Call[TitleIn], meeting_id: int, document_id: int) -> DocumentView:
    """Give a document another title."""
    return call.write(
        lambda tx: commands.rename_document(tx, call.actor, meeting_id, document_id, call.body.title)
    )


@api.delete(DOCUMENTS, Permission.MEETING_MANAGE, "Thu hồi tài liệu")
def remove_document(call: Call[None], meeting_id: int, document_id: int) -> None:
    """Take a document back from every screen."""
    return call.write(lambda tx: commands.remove_document(tx, call.actor, meeting_id, document_id))


@api.get(f"{DOCUMENTS}/file.pdf", READ_FILES, "Tệp PDF của tài liệu", media="application/pdf")
def show_file(call: Call[None], meeting_id: int, document_id: int) -> Response:
    """The PDF delegates read now. The console gets the newest file, also while it is drawn or when it was refused."""
    with call.read() as session:
        document = library.document_of(session, meeting_id, document_id)
        version = library.shown(document)
        if call.actor.may(Permission.MEETING_CONSOLE, call.place):
            version = document.versions[-1]
        if version is None:
            raise Refused("document_not_ready")
        sha256, name = version.sha256, version.file_name
    files = FileStore(call.services.settings.folder("files"))
    path = offload(lambda: files.verified(sha256))
    response = send_file(path, "application/pdf", download_name=name, etag=sha256, conditional=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@api.get(
    "/api/meetings/<int:meeting_id>/pages/<int:version_id>/<int:page>.webp", READ_PAGES, "Ảnh một trang tài liệu",
    query=PageQuery, media="image/webp",
)
def show_page(call: Call[None], meeting_id: int, version_id: int, page: int) -> Response:
    """A page as a picture. It never changes, so it is kept for a year by whoever was allowed to load it."""
    with call.read() as session:
        version = library.readable(session, meeting_id, version_id)
        if not call.actor.may(READ_FILES, call.place) and not library.is_presented(session, meeting_id, version_id):
            raise Refused("page_not_presented")  # who only watches sees what everybody is shown
    return page_picture(call.services, version, page, call.query.size)


PRESENTER = "/api/meetings/<int:meeting_id>/presenter"


@api.put(PRESENTER, Permission.MEETING_MANAGE, "Trình chiếu một trang", body=PresentIn, answer=PresenterView)
def present(call: Call[PresentIn], meeting_id: int) -> PresenterView:
    """Show a page to everybody who follows the presenter."""
    body = call.body
    return call.write(
        lambda tx: commands.present(tx, call.actor, meeting_id, body.version_id, body.page, wall=body.wall)
    )


@api.delete(PRESENTER, Permission.MEETING_MANAGE, "Thôi trình chiếu")
def stop_presenting(call: Call[None], meeting_id: int) -> None:
    """Present nothing."""
    return call.write(lambda tx: commands.stop_presenting(tx, call.actor, meeting_id))
