"""What screens see of the relay."""

from typing import Literal

from pydantic import Field

from server.core.views import View
from server.meetings.views import AgendaItemView
from server.relay.models import Admission, ConferenceState, Organiser
from server.relay.plan import Rung
from server.relay.reports import Probe, ProgramReport, RecordingReport, SourceReport

Light = Literal["green", "amber", "red", "off"]
LightReason = Literal["", "untested", "refused", "absent", "floor", "loss", "slow", "freezes", "held", "edge"]


class RelaySourceView(View):
    """A source as it is set up. `address` is without passwords and keys."""

    key: Literal["primary", "backup"]
    kind: str
    address: str
    listen: bool
    transport: str
    sound: str


class SiteName(View):
    """A site on the board; a long name is shortened."""

    id: int
    name: str


class FloorSite(View):
    """The site that has the floor."""

    site_id: int
    name: str
    since_ms: int


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


class ConferenceView(View):
    """A conference on the console."""

    id: int
    name: str
    organiser: Organiser
    starts_ms: int
    phone: str
    state: ConferenceState
    state_since_ms: int
    top: str
    hold_ms: int
    stable_s: int
    low: bool
    recording: bool
    recording_forbidden: str
    share_agenda: bool
    share_documents: bool
    sources: list[RelaySourceView]
    floor: FloorSite | None
    requests: int = Field(description="sites that wait for the floor; they stand in topic floor")
    sites: list[SiteName]
    incidents_open: int
    incidents: list[IncidentView] = Field(description="the newest open ones, at most 6; all over HTTP")


class AttachedView(View):
    """This meeting is a site of another meeting's conference."""

    site_id: int
    conference: str
    host: str
    state: ConferenceState


class RelayConsoleView(View):
    """Topic `relay` for the console: what is set up. What happens now is in topic `relay-board`.

    `why_not`: code of the refusal when this meeting can have no relay (relay_secret), else "".
    """

    conference: ConferenceView | None
    attached: AttachedView | None
    why_not: str


class RelayScreenView(View):
    """Topic `relay` for wall, seat and site: whether there is a picture to show.

    `state` is "none" without a conference. `watch`: the picture may be asked for now (a site also needs admission).
    `sound`: this kind of screen lets sound out. `muted`: this room has the floor and gets no sound back.
    """

    state: Literal["none", "planned", "rehearsal", "live", "ended"]
    name: str
    organiser: Organiser | None
    starts_ms: int
    phone: str
    watch: bool
    sound: bool
    muted: bool
    site_id: int | None = Field(description="the site this room is, when its meeting is attached")
    floor_site_id: int | None
    floor_name: str
    floor_since_ms: int | None


class BoardSites(View):
    """The board's columns: the n-th entry of each is about the n-th site. Rounded: percent ×10, whole ms."""

    id: list[int]
    light: list[Light]
    why: list[LightReason]
    rung: list[Rung]
    loss: list[int]
    rtt: list[int]
    freezes: list[int]
    people: list[int]
    verdict: list[str]


class RelayBoardView(View):
    """Topic `relay-board` for the console: what happens now; made anew each second while the relay runs.

    `relay`: off (nothing ought to run), running, or away (it ought to, and says nothing).
    """

    at_ms: int
    relay: Literal["off", "running", "away"]
    sources: list[SourceReport]
    program: ProgramReport | None
    recording: RecordingReport | None
    viewers: int
    walls: int
    seats: int
    people: int
    sites_watching: int
    sites: BoardSites


class SharedPage(View):
    """The page the host presents: its picture is at relay/pages/<version_id>/<page>.webp of this meeting."""

    version_id: int
    title: str
    page: int
    pages: int


class PaperShared(View):
    """A paper the rooms may read. `number`: of the host's agenda item it belongs to."""

    version_id: int
    number: str
    title: str
    pages: int


class PaperOffered(PaperShared):
    """A paper of the host, for its console: `shared` when it is approved for the rooms."""

    id: int
    shared: bool


class SharedView(View):
    """What the host shares with a room, to be read only. Topic `relay-shared` for wall, seat and console of an
    attached meeting (a wall gets no `papers`); a site's page has it in `OwnSite`.
    """

    conference: str
    agenda: list[AgendaItemView]
    papers: list[PaperShared]
    page: SharedPage | None


class SharedNews(View):
    """Topic `relay-shared` for a site's page: its version says when to ask for `OwnSite` again.

    One topic goes to all sites, admitted or not; what a site may see is decided for each where it asks.
    """

    conference: str


class SiteView(View):
    """A site in full, for the console. `allowed`: the best rung it may have now, whatever decided it.

    `device_code_ms`: until when the one-time code of a device that is not enrolled can be used. `device_online`: its
    page is open, or its edge answers; told of one site alone (GET …/sites/<id>).
    """

    id: int
    unit_id: int | None
    name: str
    address: str
    contact: str
    contact_phone: str
    technician: str
    technician_phone: str
    device_id: int | None
    device_kind: str
    device_enrolled: bool
    device_code_ms: int | None
    device_online: bool
    local_meeting_id: int | None
    local_meeting: str
    admission: Admission
    admission_reason: str
    verdict: str
    verdict_ms: int | None
    may_speak: bool
    cap: Rung
    held: Rung
    allowed: Rung
    line: Literal["feed", "srt"] = Field(description="how its edge takes the conference")
    headcount: int
    headcount_ms: int | None


class RelayDetail(View):
    """Everything about a meeting's conference; `conference` is None when it has none."""

    conference: ConferenceView | None
    attached: AttachedView | None
    why_not: str
    plan: str
    budget_mb: int
    rehearsal_ms: int | None
    live_ms: int | None
    ended_ms: int | None
    sites: list[SiteView]
    incidents: list[IncidentView]
    papers: list[PaperOffered]


class SitesAdded(View):
    """The new sites, in the order they were given."""

    ids: list[int]


class SiteDeviceAdded(View):
    """The new device of a site: its one-time code (valid a day) and the address to open on it."""

    id: int
    code: str
    url: str


class OwnSite(View):
    """What a site's page shows about itself.

    `allowed`: the best rung it may have now; `request`: none, waiting, or speaking (it has the floor).
    """

    site_id: int
    conference_id: int
    meeting_id: int
    name: str
    conference: str
    organiser: Organiser
    starts_ms: int
    state: ConferenceState
    phone: str
    contact: str
    contact_phone: str
    technician: str
    technician_phone: str
    admission: Admission
    admission_reason: str
    verdict: str
    verdict_ms: int | None
    may_speak: bool
    allowed: Rung
    held: Rung
    top: str
    headcount: int
    headcount_ms: int | None
    request: Literal["none", "waiting", "speaking"]
    request_place: int | None
    shared: SharedView


class IceServerView(View):
    """A TURN server of the house, as the browser wants it."""

    urls: str
    username: str
    credential: str


class SessionAnswer(View):
    """An SDP answer, the name of the session for PATCH and DELETE, and the house's TURN servers to use with it."""

    id: str
    sdp: str
    ice_servers: list[IceServerView]


class RelayPass(View):
    """A pass for the relay's own HTTP (standard WHEP and WHIP clients) and where that is; valid for twelve hours."""

    url: str
    token: str
    expires_ms: int


class ProbeView(View):
    """What a source sends, and what would have to be made anew for browsers. `in_use`: as it is being relayed now."""

    probe: Probe | None
    transcoding: list[Literal["video", "audio"]]
    cost_percent: float
    why: str
    in_use: bool = False


class FileChoice(View):
    """A file of the relay's folder, for drills."""

    name: str
    megabytes: float


class NamedChoice(View):
    """A device by its address and its maker's name."""

    value: str
    name: str


class SourceChoices(View):
    """What a source may be chosen from on the server."""

    files: list[FileChoice]
    devices: list[NamedChoice]
    sounds: list[NamedChoice]


class SourceEntry(View):
    """What an encoder that calls the server is told: an address, and a stream key, a passphrase or a pass (Bearer)."""

    kind: str
    url: str
    key: str
    token: str
    expires_ms: int | None


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


class EdgeSite(View):
    """A conference an edge serves. `watch`: it runs now and the site is admitted.

    `line`: over which way it takes it; `srt_turn` makes the passphrase, which is not sent (daemon/srt/secret.py).
    """

    site_id: int
    conference_id: int
    meeting_id: int
    name: str
    conference: str
    state: ConferenceState
    starts_ms: int
    phone: str
    watch: bool
    allowed: Rung
    muted: bool
    line: Literal["feed", "srt"]
    srt_turn: str
    recording: bool
    test_due: bool = Field(description="an hour before the start it has no test of the phase yet: it tests by itself")
    slate: list[str]


class EdgeView(View):
    """What an edge is to do. `revision` grows with every change of a conference; `feed_key` is Z85 (RFC 32)."""

    device_id: int
    name: str
    label: str
    revision: int
    feed_host: str
    feed_port: int
    feed_key: str
    srt_port: int
    now_ms: int
    key_known: bool
    conferences: list[EdgeSite]
