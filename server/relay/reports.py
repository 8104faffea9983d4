"""What the relay says of itself, once a second for each conference, and at once when something happens."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from server.relay.plan import RUNGS, Label, Part, Rung, SourceKey

EventCode = Literal[
    "source_lost", "source_back", "source_refused", "switched", "process_died", "viewer_demoted", "viewer_promoted",
    "recording_warning", "recording_stopped", "recording_back", "edge_lost", "edge_back",
    "floor_waiting", "floor_on", "floor_lost", "floor_over",
]


EdgeWay = Literal["", "feed", "srt"]
"""Over which way an edge takes the conference from the centre; "" for a receiver that is no edge."""

Made = Literal["video", "audio"]
"""What of a source is made anew."""


class Probe(Part):
    """What a source sends, read from its first pictures. Sizes in pixels; `gop_s` 0 while unknown."""

    video: str = Field(description="codec, e.g. h264, hevc; empty without pictures")
    profile: str = ""
    width: int = 0
    height: int = 0
    fps: float = 0
    b_frames: bool = False
    gop_s: float = 0
    audio: str = Field(default="", description="codec, e.g. opus, aac; empty without sound")
    audio_rate: int = 0
    channels: int = 0


class ProbeAnswer(Part):
    """A source looked at before it is used: what would be made anew, and the cost of that in percent of one core.

    Without a `probe`, `why` says what stands in the way (daemon/ingest/why.py).
    """

    probe: Probe | None = None
    transcoding: tuple[Made, ...] = ()
    cost_percent: float = 0
    why: str = Field(default="", max_length=40)


class SourceReport(Part):
    """One source now. `transcoding` names what cannot pass as it is ("video", "audio") and is made anew."""

    key: SourceKey
    state: Literal["waiting", "connecting", "running", "lost", "refused"]
    probe: Probe | None = None
    transcoding: tuple[Made, ...] = ()
    cost_percent: float = Field(default=0, description="of one core, this source's process, last seconds")
    why: str = Field(default="", max_length=300)
    kbps: int = 0
    fps: float = 0
    reconnects: int = 0
    loss_percent: float = Field(default=0, description="of packets that did not come in time, last second; SRT alone")


class ProgramReport(Part):
    """What everybody gets now. `showing`: a source's key, "hold" (last picture, waiting) or "slate"."""

    showing: str
    since_ms: int
    switches: int = 0
    floor: Literal["", "waiting", "on", "lost", "over"] = Field(
        default="", description="the line of the room that has the floor: nothing came yet, it sends, it is dead"
    )
    last_interruption_ms: int = Field(default=0, description="between the last picture before and the first after")


class ViewerReport(Part):
    """One receiver of the program, from its RTCP reports; an edge from what its line took.

    `loss_percent` of an edge: units or packets that were not sent because they would have come too late.
    `resent_percent`: over SRT, of packets that were lost on the way; most of them come in time by a second sending.
    """

    id: str
    label: Label
    way: EdgeWay = ""
    rung: Rung
    loss_percent: float = 0
    jitter_ms: float = 0
    round_trip_ms: float = 0
    kbps: int = 0
    since_ms: int = 0
    frames: int = Field(default=0, ge=0, description="pictures that went out to it")
    drops: int = Field(default=0, description="times pictures were dropped up to the next IDR")
    resent_percent: float = 0


class LabelReport(Part):
    """All receivers that share a label: how many, and the worst of each figure.

    Sites and edges stand alone ("site-12"), an edge once for each way it takes; all walls are one ("wall"), so are
    seats and consoles.
    """

    label: Label
    way: EdgeWay = ""
    viewers: int = Field(default=1, ge=1)
    rung: Rung
    loss_percent: float = 0
    jitter_ms: float = 0
    round_trip_ms: float = 0
    resent_percent: float = 0


ALONE = ("site", "edge")
MOST_LABELS = 600  # with the longest figures some 90 KiB: the bus carries 256


def together(viewers: Iterable[ViewerReport]) -> tuple[LabelReport, ...]:
    """Receivers by their label; sites first, so that a report that is cut loses none of them."""
    found: dict[tuple[str, EdgeWay], LabelReport] = {}
    for one in viewers:
        kind = one.label.partition("-")[0]
        label = one.label if kind in ALONE else kind
        found[label, one.way] = _joined(found.get((label, one.way)), label, one)
    return tuple(sorted(found.values(), key=lambda one: not one.label.startswith("site-")))[:MOST_LABELS]


def _joined(before: LabelReport | None, label: str, one: ViewerReport) -> LabelReport:
    if before is None:
        return LabelReport(
            label=label, way=one.way, rung=one.rung, loss_percent=one.loss_percent, jitter_ms=one.jitter_ms,
            round_trip_ms=one.round_trip_ms, resent_percent=one.resent_percent,
        )
    return LabelReport(
        label=label, way=one.way, viewers=before.viewers + 1, rung=max(before.rung, one.rung, key=RUNGS.index),
        loss_percent=max(before.loss_percent, one.loss_percent), jitter_ms=max(before.jitter_ms, one.jitter_ms),
        round_trip_ms=max(before.round_trip_ms, one.round_trip_ms),
        resent_percent=max(before.resent_percent, one.resent_percent),
    )


class RecordingReport(Part):
    """The recording now. `warning`: what is, or soon will be, in the way; `stopped`: it already is."""

    on: bool = False
    file: str = ""
    seconds: int = 0
    megabytes: int = 0
    free_megabytes: int = 0
    warning: Literal["", "budget", "disk", "failed"] = ""
    stopped: bool = False


class ConferenceReport(Part):
    """Everything about one conference, once a second: bus word `relay.report`."""

    id: int
    sources: tuple[SourceReport, ...] = ()
    program: ProgramReport | None = None
    recording: RecordingReport = RecordingReport()
    viewers: int = Field(default=0, ge=0, description="all receivers together")
    labels: Annotated[tuple[LabelReport, ...], Field(max_length=MOST_LABELS)] = ()


class Event(Part):
    """Something happened: bus word `relay.event`. `data` is small and of plain values."""

    conference: int
    code: EventCode
    at_ms: int
    data: dict[str, str | int | float] = Field(default_factory=dict)
