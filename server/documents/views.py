"""What screens see of documents."""

from server.core.views import View


class DocumentView(View):
    """One document on the console: its newest version.

    `state`: queued, rendering, ready or refused (then `refusal` says why and what to do). `shown_version_id` is what
    delegates read: the newest ready version, which may be an older one; None: nothing yet.
    """

    id: int
    version_id: int
    shown_version_id: int | None
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
