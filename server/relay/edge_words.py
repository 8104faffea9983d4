"""What an edge and the centre say to each other over HTTP: the same JSON as views.EdgeView and bodies.EdgeReportIn.

    POST /api/enrol                 the one-time code becomes the edge's session (surface "edge")
    PUT  /api/relay/edge/key        its CURVE public key goes up
    GET  /api/relay/edge            what it is to do, and the centre's key
    POST /api/relay/edge/report     how it fares, every few seconds

A test of its room goes the same way as that of a site's page (readiness/routes.py).

An edge that is older or newer than its centre must go on: what it does not know it leaves out.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from server.relay.plan import Rung


class Heard(BaseModel):
    """A part of an answer; fields of a newer centre are left out."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class EdgeConference(Heard):
    """A conference this edge serves (views.EdgeSite)."""

    site_id: Annotated[int, Field(ge=1)]
    conference_id: Annotated[int, Field(ge=1)]
    meeting_id: Annotated[int, Field(ge=1)]
    name: Annotated[str, Field(max_length=300)]
    conference: Annotated[str, Field(max_length=400)]
    state: Literal["planned", "rehearsal", "live", "ended"]
    starts_ms: int = 0
    phone: Annotated[str, Field(max_length=60)] = ""
    watch: bool = False
    allowed: Rung = "none"
    held: Rung = "top"
    low: bool = True
    muted: bool = False
    line: Literal["feed", "srt"] = "feed"
    srt_turn: Annotated[str, Field(max_length=40)] = ""
    recording: bool = False
    test_due: bool = False
    slate: Annotated[tuple[Annotated[str, Field(max_length=200)], ...], Field(max_length=6)] = ()


class EdgeOrders(Heard):
    """What an edge is to do (views.EdgeView). `feed_host` empty: where the centre's HTTP is."""

    device_id: Annotated[int, Field(ge=1)]
    name: Annotated[str, Field(max_length=200)]
    label: Annotated[str, Field(max_length=40)]
    revision: Annotated[int, Field(ge=0)]
    feed_host: Annotated[str, Field(max_length=255)] = ""
    feed_port: Annotated[int, Field(ge=0, le=65535)] = 0
    feed_key: Annotated[str, Field(max_length=40)] = ""
    srt_port: Annotated[int, Field(ge=0, le=65535)] = 0
    now_ms: Annotated[int, Field(ge=0)] = 0
    key_known: bool = False
    conferences: Annotated[tuple[EdgeConference, ...], Field(max_length=16)] = ()


class EdgeRehearsal(Heard):
    """A rehearsal of a test (readiness/views.RehearsalPass)."""

    rung: Literal["1080p", "720p", "low", "audio"]
    conference: Annotated[int, Field(ge=1)]
    token: Annotated[str, Field(max_length=200)] = Field(repr=False)


class EdgeTurn(Heard):
    """A turn to test (readiness/views.TurnView)."""

    place: Annotated[int, Field(ge=0)]
    ends_ms: int = 0
    url: Annotated[str, Field(max_length=300)] = ""
    meter: Annotated[str, Field(max_length=200)] = ""
    rehearsals: Annotated[tuple[EdgeRehearsal, ...], Field(max_length=4)] = ()


class BothWords(Heard):
    """One text in both languages."""

    vi: str
    en: str


class EdgeReason(Heard):
    """Why a verdict is not better, and what to do (readiness/verdict.Reason)."""

    key: str
    name: BothWords
    why: BothWords
    do: BothWords


class EdgeVerdict(Heard):
    """What came of a test (readiness/views.TestView)."""

    id: int
    letter: Literal["A", "B", "C", "D"]
    tested_ms: int
    sentence: BothWords
    reasons: tuple[EdgeReason, ...] = ()


class EdgeFigures(BaseModel):
    """A heartbeat (bodies.EdgeReportIn)."""

    viewers: int = 0
    showing: str = ""
    rung: Rung = "none"
    loss_percent: float = 0
    round_trip_ms: float = 0
    line_loss_percent: float = 0
    freezes: float = 0
    recording: bool = False
    free_megabytes: int = 0
    warning: str = ""
    version: str = ""
