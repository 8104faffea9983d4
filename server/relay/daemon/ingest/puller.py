"""A thread that opens a source, reads it, and opens it again for as long as the process lives.

libav blocks, so it has a thread of its own; what it did last is in plain fields that the event loop reads each second
(main.py), and when the thread hangs where libav's own time limits do not reach, the process ends and is started anew.
"""

import threading
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Literal

import structlog
from av.container import InputContainer

from server.core import clock
from server.relay.daemon.ingest.address import Opening, opening
from server.relay.daemon.ingest.kinds import AnyPacket
from server.relay.daemon.ingest.opened import opened
from server.relay.daemon.ingest.pipeline import Known, Pipeline, order_of
from server.relay.daemon.ingest.sink import Sink
from server.relay.daemon.ingest.srt_in import Losses
from server.relay.daemon.ingest.ticks import Timeline
from server.relay.daemon.ingest.why import FINAL, BadSource, Why, why_of
from server.relay.daemon.units import Track
from server.relay.plan import SourcePlan
from server.relay.reports import Probe

log = structlog.get_logger(__name__)

State = Literal["waiting", "connecting", "running", "lost", "refused"]
Change = Callable[[State, Why], None]

LOOKED_AT = 12          # pictures that are looked at before the first is used
OPENING_S = 0.7         # at most so long, where they come slowly
OPENING_MOST = 2000     # packets
BURST_S = 0.012         # a packet that took longer than this to come was not lying ready
NO_PICTURES_S = 5.0     # sound alone for so long: the camera is gone
BACKOFF = (0.3, 0.6, 1.2, 2.5, 5.0)
CALM_S = 15.0           # of running, after which a loss is not one of a series


class Puller(threading.Thread):
    """Reads one source for ever. `changed(state, why)` is called in this thread at each change of state."""

    def __init__(self, source: SourcePlan, folder: Path, sink: Sink, changed: Change) -> None:
        super().__init__(name="puller", daemon=True)
        self.source, self.folder, self.sink = source, folder, sink
        self.state: State = "waiting" if source.listen else "connecting"
        self.why: Why = ""
        self.probe: Probe | None = None
        self.known = Known()
        self.losses = Losses()
        self.reconnects = 0
        self.beat = clock.monotonic()
        self.silence_allowed = 0.0
        self._changed = changed
        self._stop_now = threading.Event()
        self._pipeline: Pipeline | None = None
        self._last_picture = 0.0
        sink.seen = self._seen

    def stop(self) -> None:
        """End soon: at the next packet or time limit."""
        self._stop_now.set()

    def want_key(self) -> None:
        """Ask for an IDR; only an encoder of ours can be asked."""
        if self._pipeline is not None:
            self._pipeline.encoder.want_key()

    def run(self) -> None:
        """Open, read, wait, open again."""
        tries = 0
        while not self._stop_now.is_set():
            began = clock.monotonic()
            why: Why = "ended"
            try:
                how = opening(self.source, self.folder)
                self._once(how)
            except Exception as error:  # libav raises much; whatever it was, the source is opened again
                why = why_of(error)
                if why == "no_answer" and self.state == "running":
                    why = "stalled"
                if why == "failed":
                    log.warning("ingest_failed", source=self.source.key, error=type(error).__name__)
            if self._stop_now.is_set():
                return
            tries = 0 if self.state == "running" and clock.monotonic() - began > CALM_S else tries
            self._turn("refused" if why in FINAL else "lost", why)
            self._breathe(0 if why in FINAL else tries)
            if why in FINAL:
                self._stop_now.wait()
            tries += 1
            self.reconnects += 1

    def _breathe(self, tries: int) -> None:
        """Wait before the next try: longer each time, and never long when an encoder is to call us."""
        self.silence_allowed = BACKOFF[-1]
        self._beat()
        self._stop_now.wait(BACKOFF[0] if self.source.listen else BACKOFF[min(tries, len(BACKOFF) - 1)])

    def _turn(self, state: State, why: Why = "") -> None:
        if (state, why) != (self.state, self.why):
            self.state, self.why = state, why
            self._changed(state, why)

    def _beat(self) -> None:
        self.beat = clock.monotonic()

    def _seen(self, track: Track) -> None:
        if track is Track.VIDEO:
            self._last_picture = clock.monotonic()
        if self.state != "running":
            self._turn("running")

    def _once(self, how: Opening) -> None:
        """One connection, or a file's turns until it cannot be read any more."""
        if self.state not in ("lost", "refused"):
            self._turn("waiting" if how.waits else "connecting")
        self.silence_allowed = how.timeouts[0]
        self._beat()
        timeline = Timeline(how.live)
        self.sink.broken()
        while not self._stop_now.is_set():
            with opened(how, self._stop_now, self.losses) as container:
                self.silence_allowed = max(how.timeouts[1], BACKOFF[-1])
                self._read(container, timeline)
            if not how.loops:
                raise BadSource("ended")

    def _read(self, container: InputContainer, timeline: Timeline) -> None:
        pipeline = self._pipeline = Pipeline(container, self.sink, timeline, self.known)
        self._last_picture = clock.monotonic()
        packets = self._packets(container, pipeline)
        first = _first_packets(packets, pipeline, timeline.live)
        timeline.begin(order_of(first[-1] if timeline.live else first[0]))
        for packet in chain(first, packets):
            self._use(packet, pipeline, timeline)

    def _packets(self, container: InputContainer, pipeline: Pipeline) -> Iterator[AnyPacket]:
        for packet in container.demux(pipeline.streams):
            if self._stop_now.is_set():
                return
            self._beat()
            if packet.size and (packet.pts is not None or packet.dts is not None):
                yield packet

    def _use(self, packet: AnyPacket, pipeline: Pipeline, timeline: Timeline) -> None:
        if not timeline.live:
            timeline.hold(order_of(packet), self._stop_now)
            self._beat()
        pipeline.take(packet)
        self.probe = pipeline.probe() if packet.is_keyframe or self.probe is None else self.probe
        if pipeline.video is not None and clock.monotonic() - self._last_picture > NO_PICTURES_S:
            raise BadSource("no_pictures")


def _first_packets(packets: Iterator[AnyPacket], pipeline: Pipeline, live: bool) -> list[AnyPacket]:
    """The packets to begin with, looked at.

    A live source may begin with a burst of what it kept (or of what was read to learn its form): it is read until
    packets come at their own pace, so that the last one is the present, and is used from its last keyframe on.
    """
    first: list[AnyPacket] = []
    began = clock.monotonic()
    pictures = 0
    while len(first) < OPENING_MOST:
        before = clock.monotonic()
        packet = next(packets, None)
        if packet is None:
            break
        first.append(packet)
        pipeline.inspect(packet)
        pictures += packet.stream is pipeline.video
        enough = pictures >= LOOKED_AT or clock.monotonic() - began > OPENING_S
        if enough and (not live or clock.monotonic() - before > BURST_S):
            break
    if not first:
        raise BadSource("nothing_usable")
    keys = [at for at, one in enumerate(first) if one.stream is pipeline.video and one.is_keyframe]
    return first[keys[-1]:] if live and keys else first
