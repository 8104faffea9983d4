"""One source: pulled by a thread of its own, sent by a room over WHIP, or taken from the province's feed."""

import asyncio
import importlib
import os
import resource
from pathlib import Path
from typing import Any, NamedTuple

import structlog

from server.core import clock
from server.relay.daemon.child import Child
from server.relay.daemon.ingest.address import opening
from server.relay.daemon.ingest.doorman import Doorman, keeps
from server.relay.daemon.ingest.puller import Puller, State
from server.relay.daemon.ingest.sink import Sink
from server.relay.daemon.ingest.why import BadSource, Why
from server.relay.daemon.streams import Publisher, stream_name
from server.relay.daemon.wire import Word
from server.relay.plan import SourcePlan
from server.relay.readiness import clip
from server.relay.reports import EventCode, SourceReport

log = structlog.get_logger(__name__)

OTHERS = {"whip": "server.relay.daemon.ingest.whip", "feed": "server.relay.daemon.ingest.feed"}
EVERY_S = 1.0
HANGS_S = 15.0     # beyond libav's own time limits: the thread is stuck in there
LAST_WORDS_S = 1.0
HUNG = 70          # exit status
_EVENTS: dict[State, EventCode] = {"lost": "source_lost", "running": "source_back", "refused": "source_refused"}


async def run(child: Child) -> None:
    """Publish `<conference>/<key>` until the process is told to end."""
    source = SourcePlan.model_validate(child.config["source"])
    if source.kind in OTHERS:
        await importlib.import_module(OTHERS[source.kind]).run(child, source)
        return
    await pull(child, source)


def cpu_seconds() -> float:
    """Processor time this process has used, all threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Figures(NamedTuple):
    """Percent of a core, kb/s and pictures/s."""

    cost: float
    kbps: int
    fps: float


class _Meter:
    """What changed since the last report."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._before = (clock.monotonic(), cpu_seconds(), 0, 0)

    def take(self) -> Figures:
        """The time since the last call."""
        now = (clock.monotonic(), cpu_seconds(), self._sink.sent_bytes, self._sink.pictures)
        passed, cpu, sent, pictures = (new - old for new, old in zip(now, self._before, strict=True))
        self._before = now
        passed = max(passed, 0.001)
        return Figures(round(100 * cpu / passed, 1), round(sent * 8 / 1000 / passed), round(pictures / passed, 1))


async def pull(child: Child, source: SourcePlan) -> None:
    """Run a puller, report each second, and end the process when the thread hangs."""
    loop = asyncio.get_running_loop()
    if source.kind == "file":
        await clip.prepare(source.address, child.settings.folder("relay"))
    publisher = Publisher(child.folder, stream_name(int(child.config["conference"]), source.key))
    sink = Sink(publisher)
    told = _Changes(child, source)

    def changed(state: State, why: Why) -> None:
        loop.call_soon_threadsafe(told.take, state, why)

    door = Doorman(source) if keeps(source) and _allowed(source, child.settings.folder("relay")) else None
    puller = Puller(door.inside if door else source, child.settings.folder("relay"), sink, changed)

    async def keyframe(_word: Word) -> Word | None:
        puller.want_key()
        return None

    child.handlers["keyframe"] = keyframe
    puller.start()
    answering = asyncio.create_task(door.run()) if door else None
    meter = _Meter(sink)
    try:
        while True:
            await asyncio.sleep(EVERY_S)
            await child.report("source", report(puller, meter.take(), door.why if door else ""))
            if hung(puller):
                log.error("ingest_hangs", source=source.key)
                os._exit(HUNG)  # no thread can be ended from outside; the supervisor starts us anew
    finally:
        if answering is not None:
            answering.cancel()
        puller.stop()
        await asyncio.to_thread(puller.join, LAST_WORDS_S)


def hung(puller: Puller) -> bool:
    """Whether the thread said nothing for longer than every time limit it works under."""
    return clock.monotonic() - puller.beat > puller.silence_allowed + HANGS_S or not puller.is_alive()


def _allowed(source: SourcePlan, folder: Path) -> bool:
    """Whether the address may be used at all; the puller says why when it may not."""
    try:
        opening(source, folder)
    except BadSource:
        return False
    return True


def report(puller: Puller, figures: Figures, door: Why = "") -> dict[str, Any]:
    """A SourceReport. `door`: what keeps encoders from calling."""
    return SourceReport(
        key=puller.source.key, state="lost" if door else puller.state,
        probe=puller.probe, why=door or puller.why,
        transcoding=tuple(sorted(puller.known.remade, reverse=True)) if puller.state == "running" else (),
        reconnects=puller.reconnects, cost_percent=figures.cost, kbps=figures.kbps, fps=figures.fps,
        loss_percent=puller.losses.percent,
    ).model_dump(mode="json")


class _Changes:
    """Tells of a source lost and back, once each."""

    def __init__(self, child: Child, source: SourcePlan) -> None:
        self._child, self._source = child, source
        self._lost = False
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, state: State, why: Why) -> None:
        """A change of state."""
        code = _EVENTS.get(state)
        if code is None or (code == "source_back" and not self._lost):
            return
        if code == "source_lost" and self._lost:
            return
        self._lost = code != "source_back"
        task = asyncio.get_running_loop().create_task(self._child.event(code, source=self._source.key, why=why))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
