"""What screens are shown of documents."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.live import meeting_topic
from server.documents.library import agenda_documents, document_view, documents_of, presented, presenter_view
from server.documents.models import Document, DocumentVersion, VersionState
from server.documents.views import DocumentsView, PresenterView, RenderingJob, RenderingView
from server.meetings import lookup

lookup.hooks.agenda_documents = agenda_documents
lookup.hooks.presented = presented


@meeting_topic("documents", console=DocumentsView)
def documents(session: Session, meeting_id: int, _audience: str) -> DocumentsView:
    """Every document of the meeting, with its state."""
    return DocumentsView(documents=[document_view(document) for document in documents_of(session, meeting_id)])


@meeting_topic("rendering", console=RenderingView)
def rendering(session: Session, meeting_id: int, _audience: str) -> RenderingView:
    """What is being rendered, as far as rows know: the worker tells how far it is while it works."""
    running = session.scalars(
        select(DocumentVersion.id).join(Document, Document.id == DocumentVersion.document_id)
        .where(Document.meeting_id == meeting_id, Document.removed_at.is_(None),
               DocumentVersion.state == VersionState.RENDERING)
        .order_by(DocumentVersion.id)
    )
    return RenderingView(jobs=[RenderingJob(version_id=version_id, done=0, total=0) for version_id in running])


@meeting_topic("presenter", seat=PresenterView, wall=PresenterView, console=PresenterView)
def presenter(session: Session, meeting_id: int, _audience: str) -> PresenterView:
    """The page the presenter shows."""
    return presenter_view(session, meeting_id)
