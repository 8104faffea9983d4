"""Which children a plan needs, and keeping them alive."""

import asyncio
import contextlib
import json
import os
import sys
from dataclasses import dataclass, field
from typing import Any

import structlog

from server.core import clock
from server.relay.plan import ConferencePlan, RelayPlan, SourcePlan

log = structlog.get_logger(__name__)

CALM = 30.0           # seconds of life after which a death is not one of a series
SLOWEST_RESTART = 5.0
PATIENCE = 3.0        # seconds a child has to end by itself
LIVE_CHANGES = ("program", "fanout", "recorder", "gate", "srt")  # kinds that take a new configuration while they run
LIVE_SOURCES = ("whip", "feed")  # and the kinds of source whose ingest does


@dataclass(frozen=True)
class Need:
    """A child that ought to run."""

    kind: str
    name: str
    config: dict[str, Any]

    @property
    def live(self) -> bool:
        """Whether a change of it is taken by the child that runs."""
        return self._source in LIVE_SOURCES if self.kind == "ingest" else self.kind in LIVE_CHANGES

    def becomes(self, new: "Need") -> bool:
        """Whether a child of this need can go on as one of the new."""
        return self.live and (self.kind, self._source) == (new.kind, new._source)

    @property
    def _source(self) -> str:
        return str(self.config["source"]["kind"]) if self.kind == "ingest" else ""


def needs(plan: RelayPlan, fanouts: int, feed_port: int, srt_port: int = 0) -> dict[str, Need]:
    """The children of a plan, by name."""
    found: list[Need] = []
    for conference in plan.conferences:
        found += _of_conference(conference)
    if plan.conferences:
        everything = {"conferences": [one.model_dump(mode="json") for one in plan.conferences]}
        found += [Need("fanout", f"fanout-{number}", everything) for number in range(fanouts)]
    if plan.conferences and plan.edges and feed_port:
        edges = [one.model_dump(mode="json") for one in plan.edges]
        ids = [one.id for one in plan.conferences]
        found.append(Need("gate", "gate", {"conferences": ids, "edges": edges, "port": feed_port}))
    lossy = [one.model_dump(mode="json") for one in plan.edges if one.srt]
    if plan.conferences and lossy and srt_port:
        config = {"conferences": [one.id for one in plan.conferences], "edges": lossy, "port": srt_port}
        found.append(Need("srt", "srt", config))
    return {one.name: one for one in found}


def ingest_name(conference: int, key: str) -> str:
    """The name of the child that publishes a source's stream."""
    return f"ingest-{conference}-{key}"


def publisher_of(stream: str) -> str:
    """The name of the child that publishes a stream ("3/program", "3/low", "3/site-12")."""
    conference, _, key = stream.partition("/")
    return {"program": f"program-{conference}", "low": f"rung-{conference}"}.get(key, f"ingest-{conference}-{key}")


def _ingest(conference: ConferencePlan, source: SourcePlan) -> dict[str, Any]:
    """A room that speaks hears which devices were revoked; what is pulled has nobody to turn away."""
    shut = {"shut": sorted(conference.shut)} if source.kind == "whip" else {}
    return {"conference": conference.id, "source": source.model_dump(mode="json"), **shut}


def _of_conference(conference: ConferencePlan) -> list[Need]:
    number = conference.id
    found = [Need("ingest", ingest_name(number, one.key), _ingest(conference, one)) for one in conference.sources]
    program = {
        "conference": number, "sources": [one.key for one in conference.sources],
        "program": conference.program.model_dump(mode="json"),
    }
    found.append(Need("program", f"program-{number}", program))
    if conference.low:
        found.append(Need("rung", f"rung-{number}", {"conference": number}))
    recording = conference.recording
    if recording.on:
        config = {"conference": number, "recording": recording.model_dump(mode="json")}
        found.append(Need("recorder", f"recorder-{number}", config))
    return found


@dataclass
class Running:
    """One child that is kept alive until it is no longer needed."""

    need: Need
    process: asyncio.subprocess.Process | None = None
    restarts: int = 0
    deaths: int = 0
    task: asyncio.Task[None] | None = None
    died: asyncio.Event = field(default_factory=asyncio.Event)
    ready: asyncio.Event = field(default_factory=asyncio.Event)  # it has said hello: words reach it

    async def keep(self) -> None:
        """Start it, and start it again when it dies; more and more slowly when it dies again and again."""
        while True:
            began = clock.monotonic()
            await self._start()
            assert self.process is not None  # noqa: S101  (for mypy: _start sets it or raises)
            code = await self.process.wait()
            lived = clock.monotonic() - began
            self.deaths = 0 if lived > CALM else self.deaths + 1
            self.restarts += 1
            self.ready.clear()
            self.died.set()
            log.error("relay_process_died", process=self.need.name, code=code, lived_s=round(lived, 1))
            await asyncio.sleep(min(SLOWEST_RESTART, 0.2 * (2 ** min(self.deaths, 6) - 1) if self.deaths > 1 else 0.05))

    async def _start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "server.relay.daemon.child", self.need.kind, self.need.name,
            stdin=asyncio.subprocess.PIPE, env=dict(os.environ),
        )
        pipe = self.process.stdin
        assert pipe is not None  # noqa: S101  (we asked for one)
        pipe.write(json.dumps(self.need.config).encode() + b"\n")
        with contextlib.suppress(ConnectionError):
            await pipe.drain()  # it stays open: when we die, the child reads its end and ends too

    async def stop(self) -> None:
        """End it: first politely."""
        if self.task is not None:
            self.task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.task
        if self.process is None or self.process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()
            try:
                await asyncio.wait_for(self.process.wait(), PATIENCE)
            except TimeoutError:
                self.process.kill()
                await self.process.wait()
