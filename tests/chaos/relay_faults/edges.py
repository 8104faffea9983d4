"""A centre and two edges, each a real relay in a network namespace of its own: bad lines and dead processes.

The first edge has the bad line, the second a good one: it must not notice. Measured is the program each edge gives its
fan-out; slate does not count as a picture, nor does one that is older than a second.
"""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.core import clock
from server.core.config import Settings
from server.relay import curve
from server.relay.daemon.feedline import feed_address
from server.relay.plan import ConferencePlan, EdgeKey, ProgramPlan, RelayPlan, SourcePlan
from tests.chaos.relay_faults.relays import Relay, until
from tests.chaos.relay_faults.table import Cost
from tests.relay.clip import Recipe, make
from tests.relay.net import Line, network

CLIP = Recipe(kbps=1200)
PORT = 8890



@dataclass
class House:
    """A centre, an edge behind a bad line, an edge behind a good one."""

    centre: Relay
    bad: Relay
    good: Relay
    line: Line


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


async def run(base: Path, chosen: list[str], say: Callable[[Cost], Any], quick: bool = False) -> list[Cost]:
    """The faults by name."""
    found = []
    async with house(base) as here:
        for name in chosen:
            seconds, fault = FAULTS[name]
            found.append(await suffer(here, name, QUICK[name] if quick else seconds, fault))
            say(found[-1])
            await asyncio.sleep(1)
    return found
