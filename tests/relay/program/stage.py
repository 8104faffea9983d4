"""Children of the relay run alone, as the supervisor would start them, with sources published by the test."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

from server.relay.daemon.streams import Gaps, Publisher, Subscriber
from server.relay.daemon.units import Flag, Track, Unit
from server.relay.daemon.wire import sockets_folder

PATIENCE = 20.0  # seconds that a condition may take on a busy machine
IDR = b"\0\0\0\1\x67\x42\xc0\x1e\0\0\0\1\x68\xce\x3c\x80\0\0\0\1\x65\x88"
PICTURE = b"\0\0\0\1\x41\x9a"


@contextlib.contextmanager
def child(data: Path, kind: str, name: str, config: dict[str, Any]) -> Iterator[subprocess.Popen[bytes]]:
    """A child's real process; it is ended at the end, whatever happens."""
    process = subprocess.Popen(
        [sys.executable, "-m", "server.relay.daemon.child", kind, name], stdin=subprocess.PIPE,
        env={**os.environ, "NGHISU_DATA": str(data)},
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(config).encode() + b"\n")
    process.stdin.flush()
    try:
        yield process
    finally:
        process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
        process.kill()
        process.wait()


def folder(data: Path) -> Path:
    """Where the sockets of a data folder lie."""
    return sockets_folder(data / "run")


class Camera:
    """A source that the test drives: a picture each call, an IDR every `gop` pictures, sound of one packet each."""

    def __init__(self, data: Path, stream: str, gop: int = 5) -> None:
        self.publisher = Publisher(folder(data), stream)
        self.gop = gop
        self.count = 0

    def shoot(self, *, sound: bool = True, picture: bool = True) -> None:
        """Send 40 ms of pictures and sound."""
        key = self.count % self.gop == 0
        pts = self.count * 3600
        mark = self.publisher.stream.encode() + b" %d" % self.count
        if picture:
            self.publisher.send(
                Track.VIDEO, (IDR if key else PICTURE) + mark, pts, capture_ns=self.count,
                flags=Flag.KEY if key else Flag.NONE, width=320, height=180,
            )
        for half in (0, 1800) if sound else ():
            self.publisher.send(Track.AUDIO, mark, pts + half, capture_ns=self.count)
        self.count += 1


async def play(*cameras: Camera, **how: bool) -> None:
    """Let cameras shoot at 25 pictures a second until cancelled."""
    while True:
        for camera in cameras:
            camera.shoot(**how)
        await asyncio.sleep(0.04)


@contextlib.asynccontextmanager
async def playing(*cameras: Camera, **how: bool) -> AsyncIterator[None]:
    """Cameras shoot meanwhile."""
    task = asyncio.create_task(play(*cameras, **how))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def units_until(reader: Subscriber, enough: Callable[[list[Unit]], bool]) -> list[Unit]:
    """What a subscriber can use, up to the unit that makes it enough."""
    found: list[Unit] = []
    gaps = Gaps()
    async with asyncio.timeout(PATIENCE):
        while not enough(found):
            _, unit = await reader.next()
            if gaps.take(unit):
                found.append(unit)
    return found


def pictures(units: list[Unit]) -> list[Unit]:
    """Only the pictures."""
    return [unit for unit in units if unit.track is Track.VIDEO]
