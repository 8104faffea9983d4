"""What is kept of a conference: its incidents and its recordings."""

from server.core.views import View


class IncidentView(View):
    """An incident. `by` is empty when the server noted it; `times` counts repetitions up to `last_ms`."""

    id: int
    site_id: int | None
    code: str
    subject: str
    text: str
    text_en: str
    by: str
    at_ms: int
    last_ms: int
    times: int
    resolved_ms: int | None
    resolved_by: str
    resolution: str


class IncidentList(View):
    """A page of the log. `total`: how many fit; `open`: how many are open in all."""

    incidents: list[IncidentView]
    total: int
    open: int


class MarkView(View):
    """From this second on this agenda item was under discussion."""

    second: float
    mark: str


class RecordingView(View):
    """One file of a recording. `running`: it is being written."""

    file: str
    started_ms: int
    seconds: int
    megabytes: float
    running: bool
    marks: list[MarkView]


class RecordingList(View):
    """The recordings of a conference, the newest first. `why_not`: code of why none may be downloaded, or ""."""

    recordings: list[RecordingView]
    megabytes: float
    budget_mb: int
    free_megabytes: int
    why_not: str


class RecordingTicket(View):
    """Where one file is downloaded, by who asked for it, until it expires."""

    url: str
    expires_ms: int
