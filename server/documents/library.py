"""Reads that several parts of documents share: which version is shown, which page is presented."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from server.core.errors import Refused, catalogue
from server.documents.models import Document, DocumentVersion, Presented, VersionState
from server.documents.views import DocumentView, PresentedPage, PresenterView
from server.meetings.views import AgendaDocument


def documents_of(session: Session, meeting_id: int) -> list[Document]:
    """The documents of a meeting that were not taken back, with their versions, in order of upload."""
    return list(session.scalars(
        select(Document).where(Document.meeting_id == meeting_id, Document.removed_at.is_(None))
        .options(selectinload(Document.versions)).order_by(Document.id)
    ))


def document_of(session: Session, meeting_id: int, document_id: int) -> Document:
    """A document of this meeting. Raises Refused `document_not_found`, also when it was taken back."""
    found = session.get(Document, document_id)
    if found is None or found.meeting_id != meeting_id or found.removed_at is not None:
        raise Refused("document_not_found")
    return found


def shown(document: Document) -> DocumentVersion | None:
    """What delegates read: the newest ready version."""
    ready = [version for version in document.versions if version.state == VersionState.READY]
    return ready[-1] if ready else None


@dataclass(frozen=True, slots=True)
class Readable:
    """A version as the page route needs it."""

    id: int
    sha256: str
    pages: int


def readable(session: Session, meeting_id: int, version_id: int) -> Readable:
    """A ready version of this meeting. Raises Refused `document_not_found` or `document_not_ready`."""
    row = session.execute(
        select(DocumentVersion.sha256, DocumentVersion.pages, DocumentVersion.state)
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(DocumentVersion.id == version_id, Document.meeting_id == meeting_id, Document.removed_at.is_(None))
    ).first()
    if row is None:
        raise Refused("document_not_found")
    if row.state != VersionState.READY:
        raise Refused("document_not_ready")
    return Readable(version_id, row.sha256, row.pages)


def is_presented(session: Session, meeting_id: int, version_id: int) -> bool:
    """Whether a page of this version is presented now."""
    return session.scalar(
        select(Presented.version_id).where(Presented.meeting_id == meeting_id, Presented.version_id == version_id)
    ) is not None


def count_under(session: Session, item_ids: list[int]) -> int:
    """How many documents stand under these agenda items."""
    return session.scalar(
        select(func.count()).select_from(Document)
        .where(Document.agenda_item_id.in_(item_ids), Document.removed_at.is_(None))
    ) or 0


def document_view(document: Document) -> DocumentView:
    """A document as the console sees it."""
    newest = document.versions[-1]
    read = shown(document)
    code, vi, en = _words(newest)
    return DocumentView(
        id=document.id, version_id=newest.id, shown_version_id=read.id if read else None,
        agenda_item_id=document.agenda_item_id, title=document.title, file_name=newest.file_name, size=newest.size,
        pages=newest.pages, state=newest.state, refusal_code=code, refusal=vi, refusal_en=en,
    )


def _words(version: DocumentVersion) -> tuple[str | None, str | None, str | None]:
    """Code and words (what and what to do) of a refused version; a code of an older release keeps its code."""
    if version.refusal_code is None:
        return None, None, None
    refused = Refused(version.refusal_code, **(version.refusal_params or {}))
    entry = catalogue.get(refused.code, catalogue["document_broken"])
    return (
        refused.code, f"{refused.text(entry.vi)} {refused.text(entry.next_vi)}",
        f"{refused.text(entry.en)} {refused.text(entry.next_en)}",
    )


def agenda_documents(session: Session, meeting_id: int) -> dict[int, list[AgendaDocument]]:
    """What can be read under each agenda item (the hook of meetings)."""
    found: dict[int, list[AgendaDocument]] = {}
    for document in documents_of(session, meeting_id):
        read = shown(document)
        if read is not None:
            found.setdefault(document.agenda_item_id, []).append(
                AgendaDocument(id=document.id, version_id=read.id, title=document.title, pages=read.pages)
            )
    return found


def presented(session: Session, meeting_id: int) -> tuple[int, str, int, int] | None:
    """The page presented now (the hook of meetings): version id, title, page, pages."""
    page = presenter_view(session, meeting_id).page
    return (page.version_id, page.title, page.page, page.pages) if page is not None else None


def presenter_view(session: Session, meeting_id: int) -> PresenterView:
    """The page presented now."""
    presented = session.get(Presented, meeting_id)
    if presented is None:
        return PresenterView(page=None)
    version = session.get_one(DocumentVersion, presented.version_id, options=[joinedload(DocumentVersion.document)])
    return PresenterView(page=PresentedPage(
        document_id=version.document_id, version_id=version.id, title=version.document.title, page=presented.page,
        pages=version.pages,
    ))
