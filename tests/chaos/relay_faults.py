"""What a fault of a line or a process costs those who watch behind it; prints a table.

    python -m tests.chaos.relay_faults [--only cut,loss] [--quick]

A centre and two edges, each a real relay with all its processes in a network namespace of its own. The first edge has
the bad line, the second a good one: it must not notice. Measured is the program each edge gives its fan-out.

interruption: the longest time without a picture from the centre (slate does not count) from the fault until recovery.
recovery: from the end of the fault until pictures come again, less than a second old. other: longest gap of edge two.
Not here: loss between fan-out and viewers, joining crowds, silent viewers and wrong offers (tests/relay/fanout).
"""

import argparse
import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from server.core import clock
from server.core.config import Settings
from server.core.errors import Refused
from server.core.keys import Keys
from server.relay import curve
from server.relay.daemon.feedline import feed_address
from server.relay.daemon.streams import Subscriber
from server.relay.daemon.units import Track
from server.relay.daemon.wire import Peer, Word, sockets_folder
from server.relay.plan import ConferencePlan, EdgeKey, ProgramPlan, RelayPlan, SourcePlan
from tests.relay.clip import Recipe, make
from tests.relay.net import Line, Machine, missing, network

CLIP = Recipe(kbps=1200)
PATIENCE = 40.0
FRESH_S = 1.0
PORT = 8890


async def _silent(_sender: str, _word: Word) -> Word | None:
    return None


@dataclass
class Relay:
    """One relay in a namespace, spoken to and watched over its sockets on disk."""

    data: Path
    machine: Machine
    peer: Peer = field(init=False)
    pictures: list[tuple[float, float]] = field(default_factory=list)  # (when it came, how old it was), seconds

    def start(self, stream: str) -> list[Awaitable[None]]:
        """Start the processes; returns what has to run while it is watched."""
        settings = Settings(data=self.data)
        log = (self.data / "log").open("wb")
        self.machine.start(
            [sys.executable, "-m", "server.relay.daemon"], stdout=log, stderr=log,
            env={"NGHISU_DATA": str(self.data), "NGHISU_HOST": "0.0.0.0", "NGHISU_RELAY_FANOUTS": "1"},
        )
        log.close()
        folder = sockets_folder(settings.folder("run"))
        self.peer = Peer(folder, "web", _silent)
        return [self.peer.listen(), self._watch(folder, stream)]

    async def _watch(self, folder: Path, stream: str) -> None:
        reader = Subscriber(folder)
        reader.follow(stream)
        try:
            while True:
                _, unit = await reader.next()
                if unit.track is Track.VIDEO:
                    age = (clock.realtime_ns() - unit.capture_ns) / 1e9
                    self.pictures.append((clock.monotonic(), age))
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

    async def kill(self, name: str) -> None:
        """kill -9 of one child."""
        children = (await self.peer.ask("", "status"))["children"]
        os.kill(next(one["pid"] for one in children if one["name"] == name), signal.SIGKILL)

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


@dataclass
class House:
    """A centre, an edge behind a bad line, an edge behind a good one."""

    centre: Relay
    bad: Relay
    good: Relay
    line: Line


async def until(true: Callable[[], bool], what: str) -> None:
    """Wait for a condition."""
    limit = clock.monotonic() + PATIENCE
    while not true():
        if clock.monotonic() > limit:
            raise TimeoutError(f"never: {what}")
        await asyncio.sleep(0.05)


def _source_plan(revision: int, edges: tuple[EdgeKey, ...], *sources: SourcePlan) -> RelayPlan:
    conference = ConferencePlan(
        id=3, meeting_id=1, state="live", sources=sources, program=ProgramPlan(stable_s=1, slate=("Tạm mất hình",))
    )
    return RelayPlan(revision=revision, conferences=(conference,), edges=edges)


@contextlib.asynccontextmanager
async def house(base: Path) -> AsyncIterator[House]:
    """Everything runs and both edges get pictures."""
    with network() as net:
        machines = [net.machine(name) for name in ("centre", "bad", "good")]
        lines = [net.line(machines[0], one, delay_ms=10) for one in machines[1:]]
        relays = [Relay(base / name, one) for name, one in zip("cbg", machines, strict=True)]
        centre, bad, good = relays
        shutil.copy(make(CLIP), Settings(data=centre.data).folder("relay") / "clip.mp4")
        for one in (bad, good):
            Settings(data=one.data).folder("run")
        works = [*centre.start("3/program"), *bad.start("3/primary"), *good.start("3/primary")]
        tasks = [asyncio.ensure_future(work) for work in works]
        try:
            edges = (EdgeKey(label="edge-1", public_key=bad.key), EdgeKey(label="edge-2", public_key=good.key))
            await centre.apply(_source_plan(1, edges, SourcePlan(key="primary", kind="file", address="clip.mp4")))
            for one, line in zip((bad, good), lines, strict=True):
                where = feed_address(line.a, PORT, 3, curve.in_hex(centre.key), low=True)
                await one.apply(_source_plan(1, (), SourcePlan(key="primary", kind="feed", address=where)))
            for one in (bad, good):
                await until(lambda one=one: len(one.pictures) > 30, "pictures at the edge")  # type: ignore[misc]
            yield House(centre, bad, good, lines[0])
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for relay in relays:
                relay.peer.close()


Fault = Callable[[House, float], Awaitable[None]]


def worse(**conditions: Any) -> Fault:
    """The first edge's line is bad for a while."""

    async def happen(here: House, seconds: float) -> None:
        before = here.line.how
        here.line.change(**conditions)
        await asyncio.sleep(seconds)
        here.line.change(**{name: getattr(before, name) for name in conditions})

    return happen


def killed(where: str, child: str) -> Fault:
    """One process dies."""

    async def happen(here: House, _seconds: float) -> None:
        await getattr(here, where).kill(child)

    return happen


FAULTS: dict[str, tuple[float, Fault]] = {
    "loss 2 %": (8, worse(loss=0.02)),
    "loss 5 %": (8, worse(loss=0.05)),
    "jitter 100 ms": (8, worse(delay_ms=110, jitter_ms=100)),
    "line halved": (15, worse(kbps=800)),  # the top rung does not fit, the low one does
    "line cut 10 s": (10, worse(cut=True)),
    "gate killed": (0, killed("centre", "gate")),
    "source killed": (0, killed("centre", "ingest-3-primary")),
    "program killed": (0, killed("centre", "program-3")),
    "edge's feed killed": (0, killed("bad", "ingest-3-primary")),
    "edge's program killed": (0, killed("bad", "program-3")),
    "edge's fan-out killed": (0, killed("bad", "fanout-0")),
}
QUICK = {"line cut 10 s": 2.0, "gate killed": 0.0}


@dataclass(frozen=True)
class Cost:
    """What a fault cost, in seconds."""

    fault: str
    interruption: float
    recovery: float
    other: float


async def suffer(here: House, name: str, seconds: float, fault: Fault) -> Cost:
    """One fault from healthy to healthy. Raises TimeoutError when it does not recover."""
    began = clock.monotonic()
    await fault(here, seconds)
    ended = clock.monotonic()
    await until(lambda: here.bad.fresh_since(ended) is not None, f"recovery after {name}")
    back = here.bad.fresh_since(ended)
    assert back is not None
    await asyncio.sleep(2)  # what a dead process leaves in its sockets is over by then
    await until(lambda: here.bad.fresh_since(clock.monotonic() - 0.5) is not None, f"steady pictures after {name}")
    return Cost(name, here.bad.longest_gap(began), back - ended, here.good.longest_gap(began))


async def run(base: Path, chosen: dict[str, float]) -> list[Cost]:
    """The faults by name, each for so many seconds."""
    found = []
    async with house(base) as here:
        for name, seconds in chosen.items():
            found.append(await suffer(here, name, seconds, FAULTS[name][1]))
            print(row(found[-1]), flush=True)
            await asyncio.sleep(1)
    return found


def row(cost: Cost) -> str:
    """A line of the table."""
    return f"{cost.fault:<24}{cost.interruption:>12.2f} s{cost.recovery:>10.2f} s{cost.other:>10.2f} s"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="words of the faults to try, comma between them")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    if missing():
        sys.exit(f"relay_faults: {missing()}")
    chosen = QUICK if asked.quick else {name: seconds for name, (seconds, _) in FAULTS.items()}
    words = [word.strip() for word in asked.only.split(",") if word.strip()]
    chosen = {name: seconds for name, seconds in chosen.items() if not words or any(word in name for word in words)}
    print(f"{'fault':<24}{'interruption':>14}{'recovery':>12}{'other':>12}")
    with tempfile.TemporaryDirectory(prefix="nf") as base:
        try:
            asyncio.run(run(Path(base), chosen))
        except BaseException:
            for log in Path(base).glob("*/log"):
                print(log, log.read_text(errors="replace")[-3000:], file=sys.stderr)
            raise


if __name__ == "__main__":
    main()
