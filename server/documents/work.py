"""The worker's job: draw the pages of what was uploaded, one version after another.

The rows are the queue: what is `queued` or `rendering` is to be done. A worker that was killed finds its version again
at its next start, keeps the pages that are whole, and draws the others.
"""

from dataclasses import dataclass

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.errors import Refused
from server.core.jobs import Workshop, job
from server.documents import commands
from server.documents.files import FileStore
from server.documents.inspection import Inspection, inspect
from server.documents.models import Document, DocumentVersion, VersionState
from server.documents.pages import PageSet
from server.documents.pdfium import ChildInterruptedError
from server.documents.views import RenderingJob, RenderingView
from server.meetings.lookup import topic

log = structlog.get_logger(__name__)

RENDER = "documents.render"
REDRAW = "documents.redraw"
PROGRESS_EVERY = 0.2  # seconds


@dataclass(frozen=True, slots=True)
class Version:
    """What drawing needs to know of a version."""

    id: int
    meeting_id: int
    sha256: str
    name: str


@job(RENDER, tick=True)
def render_next(shop: Workshop) -> None:
    """Render the version that waits; the least tried and oldest first, so that a bad file cannot hold up the others."""
    with shop.database.read() as session:
        version = _waiting(session)
    if version is None:
        return
    done = _render(shop, version)
    with shop.database.read() as session:
        following = _waiting(session)
    if following is not None and (done or following.id != version.id):
        shop.jobs.add(RENDER)


@job(REDRAW)
def redraw(shop: Workshop, version_id: int) -> None:
    """Draw again what is missing of a ready version (the folder `pages` may be deleted at any time)."""
    with shop.database.read() as session:
        version = _find(session, DocumentVersion.id == version_id, DocumentVersion.state == VersionState.READY)
    if version is None:
        return
    try:
        _draw(shop, version)
    except ChildInterruptedError:
        log.info("rendering_interrupted", version=version.id)
    except Refused as refused:
        answer = refused
        shop.writer.run(lambda tx: commands.refuse_version(tx, version.id, answer))
    finally:
        _tell(shop, version, None)


@job("documents.sweep", tick=True)
def sweep(shop: Workshop) -> None:
    """Delete uploads that were never finished."""
    FileStore(shop.settings.folder("files")).sweep()


def _waiting(session: Session) -> Version | None:
    return _find(session, DocumentVersion.state.in_([VersionState.QUEUED, VersionState.RENDERING]))


def _find(session: Session, *where: object) -> Version | None:
    row = session.execute(
        select(DocumentVersion.id, Document.meeting_id, DocumentVersion.sha256, DocumentVersion.file_name)
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(Document.removed_at.is_(None), *where)  # type: ignore[arg-type]  # conditions have no common type
        .order_by(DocumentVersion.attempts, DocumentVersion.id).limit(1)
    ).first()
    return Version(*row) if row else None


def _render(shop: Workshop, version: Version) -> bool:
    """Whether the version is settled now: ready or refused."""
    if not shop.writer.run(lambda tx: commands.begin_rendering(tx, version.id)):
        return True
    started = clock.monotonic()
    try:
        pages = _draw(shop, version)
    except ChildInterruptedError:
        log.info("rendering_interrupted", version=version.id)
        return False
    except OSError as error:  # the disk is full or fails: tried again within a minute, and a few times only
        log.error("rendering_failed", version=version.id, error=repr(error))
        return False
    except Refused as refused:
        answer = refused
        shop.writer.run(lambda tx: commands.refuse_version(tx, version.id, answer))
    else:
        shop.writer.run(lambda tx: commands.finish_rendering(tx, version.id, pages))
        log.info("rendered", version=version.id, pages=pages, seconds=round(clock.monotonic() - started, 2))
    finally:
        _tell(shop, version, None)
    return True


def _draw(shop: Workshop, version: Version) -> int:
    """Draw what is missing, telling how far it is; returns the number of pages."""
    source = FileStore(shop.settings.folder("files")).verified(version.sha256)
    images = PageSet(shop.settings.folder("pages"), version.sha256)
    known = images.manifest()
    inspection = Inspection(tuple(known.pages)) if known else inspect(
        source, name=version.name, max_pages=shop.settings.max_pages
    )
    told = -PROGRESS_EVERY
    for progress in images.render(source, inspection, name=version.name):
        if clock.monotonic() - told >= PROGRESS_EVERY:
            told = clock.monotonic()
            _tell(shop, version, RenderingJob(version_id=version.id, done=progress.done, total=progress.total))
    return inspection.pages


def _tell(shop: Workshop, version: Version, running: RenderingJob | None) -> None:
    """Show the meeting's consoles what is being drawn now: one version at a time, or nothing any more."""
    view = RenderingView(jobs=[running] if running else [])
    shop.bus.tell("progress", topic=topic(version.meeting_id, "rendering"), data=view.model_dump())
