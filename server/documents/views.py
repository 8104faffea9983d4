"""What screens see of documents."""

from server.core.views import View


class DocumentView(View):
    """One document on the console. `state`: queued, rendering, ready or refused (then `refusal` says why, vi and en)."""

    id: int
    version_id: int
    agenda_item_id: int
    title: str
    file_name: str
    size: int
    pages: int
    state: str
    refusal_code: str | None
    refusal: str | None
    refusal_en: str | None


class DocumentsView(View):
    """Topic `documents` (console)."""

    documents: list[DocumentView]


class RenderingJob(View):
    """Progress of one version."""

    version_id: int
    done: int
    total: int


class RenderingView(View):
    """Topic `rendering` (console; lives in memory): versions being rendered now."""

    jobs: list[RenderingJob]


class PresentedPage(View):
    """The page the presenter shows."""

    document_id: int
    version_id: int
    title: str
    page: int
    pages: int


class PresenterView(View):
    """Topic `presenter`: seat, wall, console. None: nothing is presented."""

    page: PresentedPage | None
