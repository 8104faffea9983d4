"""The fan-out as viewers meet it: a real supervisor with HTTP and one real fan-out child; the test is the source."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from multidict import CIMultiDict

from server.core import clock
from server.core.bus import Bus
from server.core.config import Settings
from server.core.keys import Keys
from server.relay import passes
from server.relay.daemon import http
from server.relay.daemon import supervisor as daemon
from server.relay.daemon.children import needs
from server.relay.daemon.streams import Publisher
from server.relay.plan import ConferencePlan, RelayPlan
from tests.ports import free_port
from tests.relay.clip import Recipe, clip, make, play
from tests.relay.receivers import Viewer, Whep

PATIENCE = 30.0
CONFERENCE = 3


class Later(Publisher):
    """A stream whose first times lie after 0: a clip's sound begins a little before its pictures."""

    def send(self, track: Any, payload: bytes, pts90: int, **more: Any) -> Any:
        return super().send(track, payload, pts90 + 90_000, **more)


@dataclass
class Stage:
    """A fan-out under test."""

    supervisor: daemon.Supervisor
    keys: Keys
    url: str

    def bearer(
        self, label: str = "wall-1", may: Any = "watch", conference: int = CONFERENCE, lasts: int = 600,
        *, meeting: int = 0, holder: str = "",
    ) -> str:
        until = int(clock.epoch_ms() / 1000) + lasts
        return passes.issue(self.keys, passes.Pass(conference, label, may, until, meeting, holder))

    def whep(self, label: str = "wall-1", meeting: int = 0, holder: str = "") -> Whep:
        return Whep(f"{self.url}/whep/{CONFERENCE}", self.bearer(label, meeting=meeting, holder=holder))

    async def join(self, label: str = "wall-1", number: int = 0, holder: str = "") -> Viewer:
        viewer = Viewer(number)
        await viewer.join(self.whep(label, holder=holder))
        return viewer

    async def apply(self, **changes: Any) -> None:
        plan = ConferencePlan(id=CONFERENCE, meeting_id=1, state="live", **{"low": False, **changes})
        revision = self.supervisor.plan.revision + 1
        await self.supervisor.apply(RelayPlan(revision=revision, conferences=(plan,)))

    def viewers(self) -> list[dict[str, Any]]:
        """What the fan-out said last of its viewers."""
        known = self.supervisor.known[CONFERENCE]
        return [viewer for listed in known.viewers.values() for viewer in listed]

    @contextlib.asynccontextmanager
    async def source(self, key: str = "program", path: Path | None = None) -> AsyncIterator[None]:
        """A clip plays on a stream meanwhile."""
        publisher = Later(self.supervisor.folder, f"{CONFERENCE}/{key}")
        task = asyncio.create_task(play(publisher, path or clip("h264")))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            publisher.close()


def low_clip() -> Path:
    """The same pictures, smaller: a low rung."""
    return make(Recipe(width=160, height=90, kbps=80))


def full_packets() -> Path:
    """Pictures of many packets of full size."""
    return make(Recipe(width=640, height=360, kbps=2000, noise=0.5, seconds=4))


async def until(true: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(patience):
        while not true():
            await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def stage(data: Path, monkeypatch: Any, **more: Any) -> AsyncIterator[Stage]:
    """A supervisor of fan-out, and of ingest where a plan has sources; `more` are settings of all its processes."""
    monkeypatch.setattr(daemon, "needs", lambda plan, fanouts, *_ports: {
        name: need for name, need in needs(plan, fanouts, 0).items() if need.kind in ("fanout", "ingest")
    })
    monkeypatch.setenv("NGHISU_DATA", str(data))
    settings = Settings(data=data, **{"relay_port": free_port(), **more})
    for name, value in more.items():
        monkeypatch.setenv(f"NGHISU_{name.upper()}", str(value))
    bus = Bus(settings.folder("run"))
    supervisor = daemon.Supervisor(settings, bus, fanouts=1)
    ready = asyncio.Event()
    work = asyncio.create_task(supervisor.run(ready))
    await asyncio.wait_for(ready.wait(), PATIENCE)
    door = await http.open_door(supervisor)
    host = settings.relay_host or settings.host
    made = Stage(supervisor, Keys(settings.folder("keys")), f"http://{host}:{settings.relay_port}")
    try:
        await made.apply()
        await until(lambda: "fanout-0" in supervisor.known[CONFERENCE].viewers)
        yield made
    finally:
        await door.cleanup()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        bus.close()


async def post(stage: Stage, path: str, body: bytes = b"", **headers: str) -> tuple[int, str, CIMultiDict[str]]:
    """POST to the relay: status, body, headers."""
    async with aiohttp.ClientSession() as session, session.post(stage.url + path, data=body, headers=headers) as answer:
        return answer.status, await answer.text(), CIMultiDict(answer.headers)


def cores() -> int:
    """Cores of this machine."""
    return os.cpu_count() or 1
