"""What an edge and the centre say to each other over HTTP: the same JSON as views.EdgeView and bodies.EdgeReportIn.

    POST /api/enrol                 the one-time code becomes the edge's session (surface "edge")
    PUT  /api/relay/edge/key        its CURVE public key goes up
    GET  /api/relay/edge            what it is to do, and the centre's key
    POST /api/relay/edge/report     how it fares, every few seconds

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
    muted: bool = False
    line: Literal["feed", "srt"] = "feed"
    srt_turn: Annotated[str, Field(max_length=40)] = ""
    recording: bool = False
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
    key_known: bool = False
    conferences: Annotated[tuple[EdgeConference, ...], Field(max_length=16)] = ()


class EdgeFigures(BaseModel):
    """A heartbeat (bodies.EdgeReportIn)."""

    viewers: int = 0
    showing: str = ""
    rung: Rung = "none"
    loss_percent: float = 0
    round_trip_ms: float = 0
    freezes: float = 0
    recording: bool = False
    free_megabytes: int = 0
    warning: str = ""
