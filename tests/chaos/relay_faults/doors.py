"""One relay with two fan-outs and its viewers: crowds, one that never reads, garbage, another size, dead processes.

Its program comes over MPEG-TS/UDP; RTMP, RTSP and SRT wait for encoders that never call; it records, and has a gate for
edges. Eight viewers watch from another process; "others" are those of them that a fault does not mean.
"""

import asyncio
import contextlib
import random
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

from server.core import clock
from server.core.config import Settings
from server.core.errors import Refused
from server.core.keys import Keys
from server.relay import curve, passes
from server.relay.daemon.wire import address, sockets_folder
from server.relay.plan import ConferencePlan, EdgeKey, ProgramPlan, RecordingPlan, RelayPlan, SourcePlan
from tests.chaos.relay_faults import missiles
from tests.chaos.relay_faults.missiles import Target
from tests.chaos.relay_faults.relays import Here, Relay, until
from tests.chaos.relay_faults.table import Cost
from tests.chaos.relay_faults.watchers import Watchers
from tests.ports import free_port

SETTLED = 8
CROWD = 30
SILENT_S = 14.0    # a viewer is given up after 12 s
RESTART_S = 0.2    # systemd's RestartSec, and what `nghisu serve` takes at most
AFTER_S = 2.0


@dataclass
class Hall:
    """The relay, its plan, its viewers and its camera."""

    relay: Relay
    plan: RelayPlan
    target: Target
    viewers: Watchers
    url: str
    keys: Keys
    camera: "subprocess.Popen[bytes]"
    labels: int = field(default=0)

    def bearers(self, count: int) -> list[str]:
        """Passes for so many viewers nobody has seen yet."""
        self.labels += count
        first, until_s = self.labels - count + 1, int(clock.epoch_ms() / 1000) + 3600
        return [
            passes.issue(self.keys, passes.Pass(3, f"seat-{number}", "watch", until_s))
            for number in range(first, first + count)
        ]

    async def gaps(self, since: int) -> list[float]:
        """The longest time without a picture of each settled viewer."""
        return list((await self.viewers.ask(since=since))["gaps"])

    async def joins(self) -> list[int]:
        """How often each settled viewer had to come."""
        return list((await self.viewers.ask(since=clock.realtime_ns()))["joins"])

    async def watching(self) -> None:
        """Until every settled viewer has pictures."""
        async with asyncio.timeout(60):
            while max(await self.gaps(clock.realtime_ns() - 600_000_000)) > 0.55:
                await asyncio.sleep(0.1)


def _planned(ports: dict[str, int], edge: str, folder: str) -> RelayPlan:
    here = "127.0.0.1"
    sources = (
        SourcePlan(key="primary", kind="mpegts", address=f"udp://{here}:{ports['udp']}"),
        SourcePlan(key="backup", kind="rtmp", address=f"rtmp://{here}:{ports['rtmp']}/live/khoa", listen=True),
        SourcePlan(key="site-1", kind="rtsp", address=f"rtsp://{here}:{ports['rtsp']}/live", listen=True),
        SourcePlan(key="site-2", kind="srt", address=f"srt://{here}:{ports['srt']}", listen=True),
    )
    conference = ConferencePlan(
        id=3, meeting_id=1, state="live", sources=sources, recording=RecordingPlan(on=True, folder=folder),
        program=ProgramPlan(stable_s=1, slate=("Tạm mất hình",)),
    )
    return RelayPlan(revision=1, conferences=(conference,), edges=(EdgeKey(label="edge-1", public_key=edge),))


def film(port: int) -> "subprocess.Popen[bytes]":
    """A camera that sends for ever."""
    to = ["--to", f"udp://127.0.0.1:{port}?pkt_size=1316", "--then", "480x270"]
    return subprocess.Popen([sys.executable, "-m", "tests.relay.camera", *to])


@contextlib.asynccontextmanager
async def hall(base: Path) -> AsyncIterator[Hall]:
    """Everything runs and eight viewers watch."""
    ports = {name: free_port() for name in ("http", "feed", "udp", "rtmp", "rtsp", "srt")}
    place, data = Here(), base / "h"
    relay = Relay(data, place, {
        "NGHISU_HOST": "127.0.0.1", "NGHISU_RELAY_PORT": str(ports["http"]), "NGHISU_RELAY_FANOUTS": "2",
        "NGHISU_RELAY_FEED_PORT": str(ports["feed"]), "NGHISU_LOG_LEVEL": "error",
    })
    keys = Keys(Settings(data=data).folder("keys"))
    plan = _planned(ports, curve.pair(Keys(Settings(data=base / "e").folder("keys"))).public.decode(), "hall")
    tasks = [asyncio.ensure_future(work) for work in relay.start("3/program")]
    camera = film(ports["udp"])
    url = f"http://127.0.0.1:{ports['http']}/whep/3"
    viewers = Watchers(url)
    folder = sockets_folder(Settings(data=data).folder("run"))
    try:
        await relay.apply(plan)
        await until(lambda: len(relay.pictures) > 30, "pictures")
        where = {name: ports[name] for name in ("http", "feed", "rtmp", "rtsp", "srt")}
        target = Target(**where, bearers=(), words=address(folder), fanouts=())
        made = Hall(relay, plan, target, viewers, url, keys, camera)
        await viewers.ask(join=made.bearers(SETTLED), within_s=1)
        yield made
    finally:
        camera.kill()
        camera.wait()
        viewers.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        relay.peer.close()
        place.close()


Fault = Callable[[Hall, str], Awaitable[Cost]]


async def another_size(here: Hall, name: str) -> Cost:
    """The camera's pictures become larger in the middle of its stream."""
    sizes, since = here.relay.sizes, clock.realtime_ns()
    before = len(sizes)
    here.camera.send_signal(signal.SIGUSR1)
    await until(lambda: len(sizes) > before, "pictures of another size")
    await asyncio.sleep(AFTER_S)
    gaps = await here.gaps(since)
    return Cost(name, max(gaps), 0.0, 0.0, f"everybody sees it: {sizes[-2]} → {sizes[-1]}")


async def crowd(here: Hall, name: str) -> Cost:
    """Thirty come within a second."""
    new, since = Watchers(here.url), clock.realtime_ns()
    try:
        first = sorted((await new.ask(join=here.bearers(CROWD), within_s=1))["first_ms"])
        await asyncio.sleep(AFTER_S)
        gaps = await here.gaps(since)
    finally:
        new.close()
    remark = f"first picture of the {CROWD}: median {median(first):.0f} ms, last {first[-1]:.0f} ms"
    return Cost(name, first[-1] / 1000, 0.0, max(gaps), remark)


async def never_reads(here: Hall, name: str) -> Cost:
    """Two viewers stop, as a machine does that is put to sleep: they read nothing and say nothing."""
    new = Watchers(here.url)
    try:
        await new.ask(join=here.bearers(2))
        new.process.send_signal(signal.SIGSTOP)
        since = clock.realtime_ns()
        await asyncio.sleep(SILENT_S)
        gaps = await here.gaps(since)
        new.process.send_signal(signal.SIGCONT)
        back = clock.monotonic()
        async with asyncio.timeout(30):
            while max((await new.ask(since=clock.realtime_ns() - 600_000_000))["gaps"]) > 0.55:
                await asyncio.sleep(0.1)
        return Cost(name, SILENT_S, clock.monotonic() - back, max(gaps), "they come anew when they wake")
    finally:
        new.close()


def thrown(throw: Callable[[Target, random.Random], Awaitable[None]]) -> Fault:
    """Garbage; then nobody has died and a new viewer comes in."""

    async def happen(here: Hall, name: str) -> Cost:
        before, dice = await here.relay.children(), random.Random(name)
        fanouts = tuple(pid for child, pid in before.items() if child.startswith("fanout"))
        since = clock.realtime_ns()
        await throw(replace(here.target, bearers=tuple(here.bearers(12)), fanouts=fanouts), dice)
        gaps = await here.gaps(since)
        after = await here.relay.children()
        died = [child for child, pid in before.items() if after.get(child) != pid]
        new = Watchers(here.url)
        try:
            first = (await new.ask(join=here.bearers(1)))["first_ms"][0]
        finally:
            new.close()
        remark = f"died: {', '.join(died) or 'nobody'}; a new viewer after {first:.0f} ms"
        if died:
            raise AssertionError(f"{name}: {remark}")
        return Cost(name, 0.0, 0.0, max(gaps), remark)

    return happen


def killed(child: str, *, everybody: bool = False) -> Fault:
    """kill -9 of one child. `everybody`: all pictures go through it, so all are hit; else who had to come anew."""

    async def happen(here: Hall, name: str) -> Cost:
        joins, pid = await here.joins(), (await here.relay.children())[child]
        since, began = clock.realtime_ns(), clock.monotonic()
        await here.relay.kill(child)
        async with asyncio.timeout(30):
            while (await here.relay.children()).get(child, 0) in (0, pid):
                await asyncio.sleep(0.02)
        again = clock.monotonic() - began
        await asyncio.sleep(AFTER_S * 3)
        await here.watching()
        gaps, after = await here.gaps(since), await here.joins()
        hit = [gap for gap, was, now in zip(gaps, joins, after, strict=True) if everybody or was != now]
        rest = [gap for gap, was, now in zip(gaps, joins, after, strict=True) if not everybody and was == now]
        remark = f"started again after {again:.2f} s by the supervisor; {len(hit)} of {len(gaps)} hit"
        return Cost(name, max(hit, default=0.0), max(hit, default=0.0), max(rest, default=0.0), remark)

    return happen


async def supervisor_killed(here: Hall, name: str) -> Cost:
    """kill -9 of the supervisor: its children die with it; who keeps it starts it, and it is given its plan again."""
    since, began = clock.realtime_ns(), clock.monotonic()
    here.relay.process.kill()
    await asyncio.to_thread(here.relay.process.wait)
    await asyncio.sleep(RESTART_S)
    here.relay.begin()
    here.plan = here.plan.model_copy(update={"revision": here.plan.revision + 1})
    await here.relay.apply(here.plan)
    again = clock.monotonic() - began
    async with asyncio.timeout(60):
        while min(await here.joins()) < 2 or max(await here.gaps(clock.realtime_ns() - 600_000_000)) > 0.55:
            await asyncio.sleep(0.1)
    gaps = await here.gaps(since)
    remark = f"started again by systemd or `nghisu serve`, has its plan after {again:.2f} s"
    return Cost(name, max(gaps), clock.monotonic() - began, 0.0, remark)


FAULTS: dict[str, Fault] = {
    "source changes its size": another_size,
    "30 viewers in one second": crowd,
    "two viewers that never read": never_reads,
    "malformed HTTP and SDP": thrown(missiles.http),
    "malformed RTP, RTCP, STUN, DTLS": thrown(missiles.udp),
    "malformed ZeroMQ at the feed": thrown(missiles.feed),
    "malformed RTMP, RTSP, SRT": thrown(missiles.doors),
    "malformed words inside": thrown(missiles.words),
    "recorder killed": killed("recorder-3"),
    "gate of the hall killed": killed("gate"),
    "rung killed": killed("rung-3"),
    "a fan-out killed": killed("fanout-0"),
    "ingest killed": killed("ingest-3-primary", everybody=True),
    "program process killed": killed("program-3", everybody=True),
    "supervisor killed": supervisor_killed,
}
QUICK = ("30 viewers in one second", "malformed RTP, RTCP, STUN, DTLS", "malformed ZeroMQ at the feed",
         "malformed words inside", "a fan-out killed")


async def run(base: Path, chosen: list[str], say: Callable[[Cost], Any]) -> list[Cost]:
    """The faults by name, in their order."""
    found = []
    async with hall(base) as here:
        for name in chosen:
            found.append(await FAULTS[name](here, name))
            say(found[-1])
            with contextlib.suppress(Refused):
                await here.watching()
    return found
