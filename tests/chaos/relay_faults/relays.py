"""Relays as processes of their own, spoken to and watched over their sockets on disk."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

from server.core import clock
from server.core.config import Settings
from server.core.errors import Refused
from server.core.keys import Keys
from server.relay import curve
from server.relay.daemon.streams import Subscriber
from server.relay.daemon.units import Track
from server.relay.daemon.wire import Peer, Word, sockets_folder
from server.relay.plan import RelayPlan

PATIENCE = 40.0
FRESH_S = 1.0
COMMAND = [sys.executable, "-m", "server.relay.daemon"]


class Place(Protocol):
    """Where processes are started: a machine of tests.relay.net, or here."""

    def start(self, command: list[str], *, env: dict[str, str] | None = None, **more: Any) -> "subprocess.Popen[bytes]":
        """Start a process."""


class Here:
    """This machine."""

    def __init__(self) -> None:
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, command: list[str], *, env: dict[str, str] | None = None, **more: Any) -> "subprocess.Popen[bytes]":
        """Start a process."""
        self.started.append(subprocess.Popen(command, env={**os.environ, **(env or {})}, **more))
        return self.started[-1]

    def close(self) -> None:
        """End them all."""
        for process in self.started:
            process.terminate()
        for process in self.started:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


async def silent(_sender: str, _word: Word) -> Word | None:
    """Nobody asks us anything."""
    return None


async def until(true: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Wait for a condition. Raises TimeoutError, with what never came."""
    limit = clock.monotonic() + patience
    while not true():
        if clock.monotonic() > limit:
            raise TimeoutError(f"never: {what}")
        await asyncio.sleep(0.05)


@dataclass
class Relay:
    """One relay in a namespace, spoken to and watched over its sockets on disk."""

    data: Path
    place: Place
    environ: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes]" = field(init=False)
    peer: Peer = field(init=False)
    pictures: list[tuple[float, float]] = field(default_factory=list)  # (when it came, how old it was), seconds
    sizes: list[str] = field(default_factory=list)                     # each other size that came

    def start(self, stream: str) -> list[Awaitable[None]]:
        """Start the processes; returns what has to run while it is watched."""
        self.begin()
        folder = sockets_folder(Settings(data=self.data).folder("run"))
        self.peer = Peer(folder, "web", silent)
        return [self.peer.listen(), self._watch(folder, stream)]

    def begin(self) -> None:
        """Start its supervisor."""
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / "log").open("ab") as log:
            self.process = self.place.start(COMMAND, stdout=log, stderr=log, env={
                "NGHISU_DATA": str(self.data), "NGHISU_HOST": "0.0.0.0", "NGHISU_RELAY_FANOUTS": "1", **self.environ,
            })

    async def _watch(self, folder: Path, stream: str) -> None:
        reader = Subscriber(folder)
        reader.follow(stream)
        try:
            while True:
                _, unit = await reader.next()
                if unit.track is Track.VIDEO:
                    age = (clock.realtime_ns() - unit.capture_ns) / 1e9
                    self.pictures.append((clock.monotonic(), age))
                    if (size := f"{unit.width}×{unit.height}") not in self.sizes[-1:]:
                        self.sizes.append(size)
        finally:
            reader.close()

    async def apply(self, plan: RelayPlan) -> None:
        """Give it its plan."""
        limit = clock.monotonic() + PATIENCE
        while True:  # its processes may still be starting
            try:
                await self.peer.ask("", "apply", plan=plan.model_dump(mode="json"))
            except Refused:
                if clock.monotonic() > limit:
                    raise
            else:
                return

    async def children(self) -> dict[str, int]:
        """Its children by name, and their process ids."""
        return {one["name"]: one["pid"] for one in (await self.peer.ask("", "status"))["children"]}

    async def kill(self, name: str) -> None:
        """kill -9 of one child."""
        os.kill((await self.children())[name], signal.SIGKILL)

    @property
    def key(self) -> str:
        """Its CURVE public key."""
        return curve.pair(Keys(Settings(data=self.data).folder("keys"))).public.decode()

    def fresh_since(self, moment: float) -> float | None:
        """When the first picture came after `moment` that was fresh."""
        return next((at for at, age in self.pictures if at >= moment and age < FRESH_S), None)

    def longest_gap(self, since: float) -> float:
        """Seconds without a picture, from `since` to now."""
        times = [since, *(at for at, _ in self.pictures if at > since), clock.monotonic()]
        return max(later - earlier for earlier, later in pairwise(times))
