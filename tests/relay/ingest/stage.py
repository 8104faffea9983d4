"""One ingest process with everything around it real: its stream, its words to a supervisor's socket, ffmpeg as peer."""

import asyncio
import contextlib
import json
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import zmq
import zmq.asyncio

from server.core import clock
from server.relay.daemon.streams import Gaps, Subscriber
from server.relay.daemon.units import Track, Unit
from server.relay.daemon.wire import address, sockets_folder
from tests.relay.program.stage import child

PATIENCE = 25.0


class Desk:
    """Stands where the supervisor's socket is: keeps what the child says."""

    def __init__(self, folder: Path) -> None:
        self.reports: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.words: list[str] = []
        self.router: zmq.asyncio.Socket = zmq.asyncio.Context.instance().socket(zmq.ROUTER)
        self.router.setsockopt(zmq.LINGER, 0)
        self.router.bind(address(folder))

    async def hear(self) -> None:
        while True:
            _name, raw = await self.router.recv_multipart()
            word = json.loads(raw)
            self.words.append(raw.decode())
            if word["kind"] == "report":
                self.reports.append(word["data"])
            elif word["kind"] == "event":
                self.events.append(word["event"])

    async def say(self, name: str, kind: str, **data: Any) -> None:
        await self.router.send_multipart([name.encode(), json.dumps({"kind": kind, **data}).encode()])

    async def until(self, true: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The next report of which `true` is true."""
        seen = len(self.reports)
        async with asyncio.timeout(PATIENCE):
            while True:
                for report in self.reports[seen:]:
                    if true(report):
                        return report
                seen = len(self.reports)
                await asyncio.sleep(0.05)


class Stage:
    """A running ingest: `reader` follows its stream."""

    def __init__(self, desk: Desk, reader: Subscriber, process: "subprocess.Popen[bytes]") -> None:
        self.desk, self.reader, self.process = desk, reader, process
        self.gaps = Gaps()

    async def units(self, enough: Callable[[list[Unit]], bool]) -> list[Unit]:
        """What can be used, until it is enough."""
        found: list[Unit] = []
        async with asyncio.timeout(PATIENCE):
            while not enough(found):
                _, unit = await self.reader.next()
                if self.gaps.take(unit):
                    found.append(unit)
        return found


@contextlib.asynccontextmanager
async def ingesting(data: Path, **source: Any) -> AsyncIterator[Stage]:
    """An ingest of a SourcePlan's fields runs meanwhile."""
    folder = sockets_folder(data / "run")
    desk, reader = Desk(folder), Subscriber(folder)
    reader.follow("1/primary")
    hearing = asyncio.create_task(desk.hear())
    config = {"conference": 1, "source": {"key": "primary", **source}}
    try:
        with child(data, "ingest", "ingest-1-primary", config) as process:
            yield Stage(desk, reader, process)
    finally:
        hearing.cancel()
        reader.close()
        desk.router.close()


@contextlib.contextmanager
def ffmpeg(*parameters: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Debian's ffmpeg as a peer."""
    process = subprocess.Popen(
        ["ffmpeg", "-hide_banner", "-loglevel", "quiet", "-nostdin", "-re", "-stream_loop", "-1", *parameters]
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextlib.asynccontextmanager
async def pushing(*parameters: str) -> AsyncIterator[list[float]]:
    """ffmpeg pushes, and calls again for as long as nobody answers: as encoders do. Gives how long each call lasted."""
    calls: list[float] = []

    async def keep() -> None:
        while True:
            with ffmpeg(*parameters) as process:
                began = clock.monotonic()
                while process.poll() is None:
                    await asyncio.sleep(0.05)
                calls.append(clock.monotonic() - began)
            await asyncio.sleep(0.2)

    task = asyncio.create_task(keep())
    try:
        yield calls
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def pictures(units: list[Unit]) -> list[Unit]:
    """Only the pictures."""
    return [unit for unit in units if unit.track is Track.VIDEO]


def sounds(units: list[Unit]) -> list[Unit]:
    """Only the sound."""
    return [unit for unit in units if unit.track is Track.AUDIO]


def both(count: int) -> Callable[[list[Unit]], bool]:
    """Enough when there are so many pictures, and some sound."""
    return lambda units: len(pictures(units)) >= count and len(sounds(units)) >= count
