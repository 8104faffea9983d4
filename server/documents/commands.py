"""The writes of documents: upload, replace, rename, take back; the worker's steps; the presenter's page."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from server.core.access import SYSTEM, Actor
from server.core.errors import Refused
from server.core.writer import Tx
from server.documents import refusals as _refusals  # noqa: F401  registers the codes raised here
from server.documents.files import Stored
from server.documents.library import count_under, document_of, document_view, presenter_view, readable, shown
from server.documents.models import Document, DocumentVersion, Presented, VersionState
from server.documents.views import DocumentView, PresenterView
from server.meetings import lookup
from server.meetings.lookup import topic
from server.meetings.models import AgendaItem
from server.wall import Scene, show

MOST_DOCUMENTS = 100  # a meeting; the topic `agenda` must stay small for hundreds of seats
MOST_VERSIONS = 30  # a document
MOST_ATTEMPTS = 5  # a file at which the worker itself dies again and again is given up


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is in the store already, with its cleaned display name."""

    stored: Stored
    file_name: str


def add_document(
    tx: Tx, actor: Actor, meeting_id: int, item_id: int, upload: Upload, *, title: str = ""
) -> DocumentView:
    """Put a new document under an agenda item; its pages are drawn later. An empty title is taken from the file."""
    lookup.open_meeting(tx, meeting_id)
    item = lookup.item_of(tx, meeting_id, item_id)
    held = tx.scalar(
        select(func.count()).select_from(Document)
        .where(Document.meeting_id == meeting_id, Document.removed_at.is_(None))
    )
    if (held or 0) >= MOST_DOCUMENTS:
        raise Refused("too_many_documents", limit=MOST_DOCUMENTS)
    document = Document(
        meeting_id=meeting_id, agenda_item_id=item.id, title=title or upload.file_name.removesuffix(".pdf"),
        created_at=tx.now,
    )
    tx.add(document)
    version = _add_version(tx, document, upload, number=1)
    tx.record(
        "document.added", actor, meeting_id, document=document.id, version=version.id, item=item.id,
        title=document.title, file=upload.file_name, sha256=upload.stored.sha256, size=upload.stored.size,
    )
    tx.touch(topic(meeting_id, "documents"))
    return document_view(document)


def replace_file(tx: Tx, actor: Actor, meeting_id: int, document_id: int, upload: Upload) -> DocumentView:
    """Add a newer version. Delegates go on reading the older one until this one is ready."""
    lookup.open_meeting(tx, meeting_id)
    document = document_of(tx, meeting_id, document_id)
    number = document.versions[-1].number + 1
    if number > MOST_VERSIONS:
        raise Refused("too_many_versions", limit=MOST_VERSIONS)
    version = _add_version(tx, document, upload, number)
    tx.record(
        "document.replaced", actor, meeting_id, document=document.id, version=version.id, number=number,
        file=upload.file_name, sha256=upload.stored.sha256, size=upload.stored.size,
    )
    tx.touch(topic(meeting_id, "documents"))
    return document_view(document)


def _add_version(tx: Tx, document: Document, upload: Upload, number: int) -> DocumentVersion:
    version = DocumentVersion(
        number=number, sha256=upload.stored.sha256, size=upload.stored.size, file_name=upload.file_name,
        uploaded_at=tx.now, state=VersionState.QUEUED, pages=0, attempts=0,
    )
    document.versions.append(version)
    tx.flush()
    return version


def rename_document(tx: Tx, actor: Actor, meeting_id: int, document_id: int, title: str) -> DocumentView:
    """Give a document another title."""
    lookup.open_meeting(tx, meeting_id)
    document = document_of(tx, meeting_id, document_id)
    before, document.title = document.title, title
    tx.record("document.renamed", actor, meeting_id, document=document.id, before=before, title=title)
    tx.touch(topic(meeting_id, "documents"), topic(meeting_id, "agenda"), topic(meeting_id, "presenter"))
    return document_view(document)


def remove_document(tx: Tx, actor: Actor, meeting_id: int, document_id: int) -> None:
    """Take a document back from every screen. Its row and its file stay for the journal's sake."""
    lookup.open_meeting(tx, meeting_id)
    document = document_of(tx, meeting_id, document_id)
    document.removed_at = tx.now
    _stop_showing(tx, meeting_id, {version.id for version in document.versions})
    tx.record("document.removed", actor, meeting_id, document=document.id, title=document.title)
    tx.touch(topic(meeting_id, "documents"), topic(meeting_id, "agenda"))


def _stop_showing(tx: Tx, meeting_id: int, version_ids: set[int]) -> None:
    presented = tx.get(Presented, meeting_id)
    if presented is not None and presented.version_id in version_ids:
        tx.delete(presented)
        tx.touch(topic(meeting_id, "presenter"))


def keep_item_with_documents(session: Session, item_id: int) -> None:
    """Raises Refused `item_has_documents` when this item or a sub-item has some (the check of meetings)."""
    items = list(session.scalars(
        select(AgendaItem.id).where(or_(AgendaItem.id == item_id, AgendaItem.parent_id == item_id))
    ))
    count = count_under(session, items)
    if count:
        raise Refused("item_has_documents", count=count)


lookup.item_removal_checks.append(keep_item_with_documents)


# -- the worker's steps (actor: the system; also in a meeting that was closed meanwhile)


def begin_rendering(tx: Tx, version_id: int) -> bool:
    """Count an attempt and show that it began. False when there is nothing (more) to do."""
    version = tx.get(DocumentVersion, version_id)
    if version is None or not _unfinished(version):
        return False
    if version.attempts >= MOST_ATTEMPTS:
        _refuse(tx, version, Refused("rendering_failed", name=version.file_name, attempts=version.attempts))
        return False
    version.attempts += 1
    if version.state != VersionState.RENDERING:
        version.state = VersionState.RENDERING
        _note(tx, version, "document.rendering")
    return True


def finish_rendering(tx: Tx, version_id: int, pages: int) -> None:
    """Every page is drawn: delegates may read it. A presenter who shows an older version goes on with this one."""
    version = tx.get(DocumentVersion, version_id)
    if version is None or not _unfinished(version):
        return
    version.state, version.pages = VersionState.READY, pages
    meeting_id = version.document.meeting_id
    _note(tx, version, "document.ready", pages=pages)
    tx.touch(topic(meeting_id, "agenda"))
    presented = tx.get(Presented, meeting_id)
    others = {other.id for other in version.document.versions}
    if presented is not None and presented.version_id in others and shown(version.document) is version:
        presented.version_id, presented.page = version.id, min(presented.page, pages)
        tx.touch(topic(meeting_id, "presenter"))


def refuse_version(tx: Tx, version_id: int, refused: Refused) -> None:
    """The file cannot be shown; the console says why. A ready one leaves the screens: its file is gone or bad."""
    version = tx.get(DocumentVersion, version_id)
    if version is not None and version.state != VersionState.REFUSED:
        _refuse(tx, version, refused)


def _refuse(tx: Tx, version: DocumentVersion, refused: Refused) -> None:
    if version.state == VersionState.READY:
        meeting_id = version.document.meeting_id
        _stop_showing(tx, meeting_id, {version.id})
        tx.touch(topic(meeting_id, "agenda"))
    version.state = VersionState.REFUSED
    version.refusal_code, version.refusal_params = refused.code, dict(refused.params)
    _note(tx, version, "document.refused", code=refused.code)


def _unfinished(version: DocumentVersion) -> bool:
    return version.state in (VersionState.QUEUED, VersionState.RENDERING)


def _note(tx: Tx, version: DocumentVersion, action: str, **more: object) -> None:
    meeting_id = version.document.meeting_id
    tx.record(action, SYSTEM, meeting_id, document=version.document_id, version=version.id, **more)
    tx.touch(topic(meeting_id, "documents"))


# -- the presenter


def present(
    tx: Tx, actor: Actor, meeting_id: int, version_id: int | None, page: int, *, wall: bool = False
) -> PresenterView:
    """Show a page to everybody who follows; without a version another page of the same document.

    `wall` also turns the wall to the document's scene. Raises Refused `nothing_presented`, `document_not_found`,
    `document_not_ready` or `page_not_found`.
    """
    lookup.open_meeting(tx, meeting_id)
    presented = tx.get(Presented, meeting_id)
    if version_id is None:
        if presented is None:
            raise Refused("nothing_presented")
        version_id = presented.version_id
    version = readable(tx, meeting_id, version_id)
    if page > version.pages:
        raise Refused("page_not_found", page=page, pages=version.pages)
    if presented is None:
        tx.add(Presented(meeting_id=meeting_id, version_id=version_id, page=page))
    else:
        presented.version_id, presented.page = version_id, page
    tx.flush()
    if wall:
        show(tx, meeting_id, Scene.DOCUMENT)
    tx.record("presenter.page", actor, meeting_id, version=version_id, page=page, wall=wall)
    tx.touch(topic(meeting_id, "presenter"))
    return presenter_view(tx, meeting_id)


def stop_presenting(tx: Tx, actor: Actor, meeting_id: int) -> None:
    """Present nothing. Nothing changes when nothing was."""
    lookup.open_meeting(tx, meeting_id)
    presented = tx.get(Presented, meeting_id)
    if presented is not None:
        tx.delete(presented)
        tx.record("presenter.ended", actor, meeting_id)
        tx.touch(topic(meeting_id, "presenter"))
