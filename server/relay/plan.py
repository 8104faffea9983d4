"""What the relay ought to run: the web process makes it from the rows, the media processes carry it out.

A plan is whole, never a change: it may be sent again at any time, a newer one replaces an older one, and a relay that
starts afresh needs nothing but the newest.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Rung = Literal["top", "low", "audio", "none"]
RUNGS: tuple[Rung, ...] = ("top", "low", "audio", "none")

SourceKind = Literal["rtsp", "rtmp", "hls", "mpegts", "srt", "file", "device", "whip", "feed"]

SourceKey = Annotated[str, Field(pattern=r"^(primary|backup|site-[1-9][0-9]{0,9})$")]
Label = Annotated[str, Field(pattern=r"^[a-z]+(-[0-9]+)?$", max_length=40)]
Url = Annotated[str, Field(max_length=500)]


class Part(BaseModel):
    """A part of a plan or a report: exact fields, no change after it was made, and no address in what is said of it."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, json_schema_serialization_defaults_required=True
    )


class SourcePlan(Part):
    """Where pictures and sound come from.

    `key`: "primary" and "backup" are the two ways of the same conference; "site-12" is a room that speaks back.
    `address`: a URL (rtsp, rtmp, http(s) for hls, udp, srt), a file in the relay's folder for drills (loops), a V4L2
    device; empty for whip. `listen`: wait for the encoder to call instead of calling it (rtsp, rtmp, srt).
    `sound`: an ALSA device beside a V4L2 one. `feed` is the province's ZeroMQ feed (an edge's source).
    """

    key: SourceKey
    kind: SourceKind
    address: Url = ""
    listen: bool = False
    transport: Literal["tcp", "udp"] = "tcp"
    sound: Url = ""


class ProgramPlan(Part):
    """How the one picture that everybody gets is chosen (facts/relay.md, failover)."""

    hold_ms: int = Field(default=700, ge=200, le=10_000, description="without a picture before the source is lost")
    stable_s: int = Field(default=10, ge=1, le=120, description="of whole pictures before a better source returns")
    floor: SourceKey | None = Field(default=None, description="the room that has the floor")
    slate: tuple[Annotated[str, Field(max_length=200)], ...] = Field(default=(), max_length=6)


class RecordingPlan(Part):
    """Whether and where the program is recorded."""

    on: bool = False
    folder: str = Field(default="", max_length=200, description="below the relay's data folder")
    budget_mb: int = Field(default=20_000, ge=100, le=10_000_000)
    mark: str = Field(default="", max_length=300, description="the agenda item under discussion, for the index")


class ConferencePlan(Part):
    """One conference that is in rehearsal or live."""

    id: int = Field(ge=1)
    meeting_id: int = Field(ge=1)
    state: Literal["rehearsal", "live"]
    meetings: frozenset[int] = Field(
        default=frozenset(), description="whose screens may watch: the host's and those attached (guest.py)"
    )
    sources: tuple[SourcePlan, ...] = Field(default=(), max_length=12)
    program: ProgramPlan = ProgramPlan()
    low: bool = Field(default=True, description="offer the low rung (one transcode, made while somebody needs it)")
    recording: RecordingPlan = RecordingPlan()
    caps: dict[Label, Rung] = Field(default_factory=dict, description="the best rung a viewer may have, by label")
    muted: frozenset[Label] = Field(default=frozenset(), description="viewers that get no sound back: they speak")
    shut: frozenset[Label] = Field(
        default=frozenset(), description="devices that were revoked ('device-7'): what they get and send is ended"
    )


class SrtLine(Part):
    """What an edge takes over SRT: a rung of a conference. A new `turn` is a new passphrase (daemon/srt/secret.py)."""

    conference: int = Field(ge=1)
    rung: Literal["top", "low", "audio"]
    turn: Annotated[str, Field(max_length=40)] = ""


class EdgeKey(Part):
    """An edge that may take the feed: its label ("edge-7") and its CURVE public key (Z85, RFC 32/Z85 of ZeroMQ).

    `srt`: the conferences whose line is lossy; nothing is sent over SRT but these.
    """

    label: Label
    public_key: Annotated[str, Field(min_length=40, max_length=40)]
    srt: Annotated[tuple[SrtLine, ...], Field(max_length=16)] = ()


class RelayPlan(Part):
    """Everything that ought to run. `revision` grows with every change."""

    revision: int = Field(default=0, ge=0)
    conferences: tuple[ConferencePlan, ...] = ()
    edges: tuple[EdgeKey, ...] = ()
