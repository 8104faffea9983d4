"""What the relay is told over HTTP."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, ConfigDict, Field, model_validator

from server.core.views import Input
from server.people.inputs import Heading, Label, OneLine, OptionalLabel, Prose, RowId, Sentence
from server.relay.models import Admission, ConferenceState, Organiser
from server.relay.plan import Rung

MOST_SITES = 400
Phone = Annotated[str, OneLine, Field(max_length=40, pattern=r"^[0-9+(). ext/-]*$")]
Somebody = Annotated[str, OneLine, Field(max_length=120)]
Address = Annotated[str, Field(max_length=500)]
Why = Annotated[str, OneLine, Field(max_length=300)]
HoldMs = Annotated[int, Field(ge=200, le=10_000)]
StableS = Annotated[int, Field(ge=1, le=120)]
BudgetMb = Annotated[int, Field(ge=100, le=10_000_000)]
People = Annotated[int, Field(ge=0, le=100_000)]
WayIn = Literal["rtsp", "rtmp", "hls", "mpegts", "srt", "file", "device", "whip"]
Top = Literal["1080p", "720p"]


class ConferenceIn(Input):
    """A new conference of a meeting. `starts_at` is ISO 8601 with its zone; without it the meeting's."""

    name: Heading
    organiser: Organiser
    starts_at: AwareDatetime | None = None
    plan: Prose = ""
    phone: Phone = ""
    top: Top = "1080p"


class ConferencePatch(Input):
    """Changed particulars and options; what is left out stays.

    `recording_forbidden`: why this conference may not be recorded; "" allows it again.
    """

    name: Heading | None = None
    organiser: Organiser | None = None
    starts_at: AwareDatetime | None = None
    plan: Prose | None = None
    phone: Phone | None = None
    top: Top | None = None
    hold_ms: HoldMs | None = None
    stable_s: StableS | None = None
    low: bool | None = None
    recording: bool | None = None
    recording_forbidden: Why | None = None
    budget_mb: BudgetMb | None = None
    share_agenda: bool | None = None
    share_documents: bool | None = None


class PapersIn(Input):
    """The papers of the host the rooms may read; all others are not shared."""

    document_ids: Annotated[list[RowId], Field(max_length=200)]


class RelayStepIn(Input):
    """The next state of a conference, confirmed."""

    to: ConferenceState
    confirm: bool = False


class SourceIn(Input):
    """A source. `address`: URL, file in the relay's folder or device, by kind; left out, the one that is stored stays.

    `listen`: wait for the encoder to call (rtsp, rtmp, srt). `sound`: an ALSA device beside a V4L2 one.
    """

    kind: WayIn
    address: Address | None = None
    listen: bool = False
    transport: Literal["tcp", "udp"] = "tcp"
    sound: Annotated[str, OneLine, Field(max_length=120)] = ""


class SiteIn(Input):
    """A site: a unit of this server, or a name."""

    unit_id: RowId | None = None
    name: OptionalLabel = ""
    address: Annotated[str, OneLine, Field(max_length=300)] = ""
    contact: Somebody = ""
    contact_phone: Phone = ""
    technician: Somebody = ""
    technician_phone: Phone = ""

    @model_validator(mode="after")
    def _somewhere(self) -> "SiteIn":
        if self.unit_id is None and not self.name:
            raise ValueError("a site needs a unit or a name")
        return self


class SitesIn(Input):
    """Sites to invite together."""

    sites: Annotated[list[SiteIn], Field(min_length=1, max_length=MOST_SITES)]


class SitePatch(Input):
    """Changed particulars of a site; what is left out stays. An id of 0 detaches the device or the local meeting."""

    name: Label | None = None
    address: Annotated[str, OneLine, Field(max_length=300)] | None = None
    contact: Somebody | None = None
    contact_phone: Phone | None = None
    technician: Somebody | None = None
    technician_phone: Phone | None = None
    device_id: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    local_meeting_id: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None


class AdmissionIn(Input):
    """Who decides; by hand it needs a reason. `cap` is the best rung the site may have whoever decides."""

    admission: Admission
    reason: Why = ""
    cap: Rung = "top"


class LineIn(Input):
    """How the site's edge is to take the conference; "srt" again gives its line a new passphrase."""

    line: Literal["feed", "srt"]


class SiteDeviceIn(Input):
    """A new device for a site: a page in a browser, or an edge."""

    kind: Literal["site", "edge"] = "site"


class HeadcountIn(Input):
    """How many people are in the room."""

    people: People


class SiteRequestIn(Input):
    """What a site wants to speak about; may be left empty."""

    topic: Annotated[str, Field(max_length=200)] = ""


class IncidentIn(Input):
    """An incident somebody noted."""

    text: Sentence
    site_id: RowId | None = None


class ResolveIn(Input):
    """How an incident was settled; may be left empty."""

    text: Annotated[str, OneLine, Field(max_length=500)] = ""


class ReportIn(Input):
    """In which form the report of incidents and attendance is wanted."""

    form: Literal["pdf", "xlsx"] = "pdf"


Sdp = Annotated[str, Field(min_length=10, max_length=60_000)]


class OfferIn(Input):
    """An SDP offer (RFC 9429) with all its candidates."""

    sdp: Sdp


class WhepPatchIn(Input):
    """Trickle ICE (`candidates`: application/trickle-ice-sdpfrag, RFC 8840), or the rung the viewer wishes at most."""

    candidates: Annotated[str, Field(max_length=4_000)] = ""
    rung: Rung | None = None


Number = Annotated[float, Field(ge=0, le=1e9)]


class WatchedIn(Input):
    """What a receiver saw in the last seconds (getStats)."""

    fps: Number = 0
    kbps: Number = 0
    loss_percent: Number = 0
    jitter_ms: Number = 0
    round_trip_ms: Number = 0
    freezes: Number = 0
    frozen_ms: Number = 0
    dropped: Number = 0
    width: Number = 0
    height: Number = 0


class PassIn(Input):
    """What the pass is for."""

    may: Literal["watch", "speak"] = "watch"


class EdgeKeyIn(Input):
    """The public half of an edge's CURVE key, Z85 (RFC 32)."""

    public_key: Annotated[str, Field(pattern=r"^[0-9a-zA-Z.:+=^!/*?&<>()\[\]{}@%$#-]{40}$")]


class EdgeReportIn(Input):
    """A heartbeat of an edge: what it serves in its building.

    `loss_percent`, `round_trip_ms`: of its building's screens, the worst. `line_loss_percent`: of packets from the
    centre that did not come in time (SRT). `freezes`: breaks of the picture of late.
    """

    viewers: Annotated[int, Field(ge=0, le=10_000)] = 0
    showing: Annotated[str, Field(max_length=20)] = ""
    rung: Rung = "none"
    loss_percent: Number = 0
    round_trip_ms: Number = 0
    line_loss_percent: Number = 0
    freezes: Number = 0
    recording: bool = False
    free_megabytes: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    warning: Annotated[str, Field(max_length=20)] = ""
    version: Annotated[str, OneLine, Field(max_length=40)] = ""

    model_config = ConfigDict(extra="ignore")  # a newer edge may tell more
