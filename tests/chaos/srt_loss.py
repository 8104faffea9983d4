"""SRT and the feed over the same lossy line, at the same time; prints which of them brings pictures whole and in time.

    python -m tests.chaos.srt_loss [--seconds 20]

A centre (gate and SRT sender, real processes) and an edge's two sources in namespaces, 20 ms apart, 720p25 at 2.5 Mb/s.
Counted at each source: pictures of those that the centre sent in that time, the longest time without one, and how late
they are (p95; the delay that SRT keeps to have time for sending again is part of it).
"""

import argparse
import asyncio
import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from server.core import clock
from server.core.config import Settings
from server.core.keys import Keys
from server.relay import curve
from server.relay.daemon.feedline import feed_address
from server.relay.daemon.srt.secret import passphrase, stream_id
from server.relay.daemon.streams import Publisher, Subscriber, stream_name
from server.relay.daemon.units import Track
from server.relay.daemon.wire import sockets_folder
from server.relay.plan import EdgeKey, SrtLine
from tests.relay.clip import clip, play
from tests.relay.ingest.stage import Desk
from tests.relay.net import Line, Machine, missing, network

LOSSES = (0.0, 0.02, 0.05, 0.10)
GATE, SRT = 8890, 8891
NUMBER, LABEL, TURN = 3, "edge-1", "1.0"


@dataclass
class Heard:
    """Pictures of one stream: payload's hash → when it came, seconds."""

    came: dict[int, float] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)


async def hear(folder: Path, stream: str, into: Heard) -> None:
    """Read for ever."""
    reader = Subscriber(folder)
    reader.follow(stream)
    try:
        while True:
            _, unit = await reader.next()
            if unit.track is Track.VIDEO:
                now = clock.monotonic()
                into.times.append(now)
                into.came[hash(unit.payload)] = now
    finally:
        reader.close()


def start(machine: Machine, data: Path, kind: str, name: str, config: object) -> None:
    """A child of the relay in a namespace."""
    log = (data / f"{name}.log").open("wb")
    process = machine.start(
        [sys.executable, "-m", "server.relay.daemon.child", kind, name], stdin=subprocess.PIPE, stdout=log, stderr=log,
        env={"NGHISU_DATA": str(data), "NGHISU_HOST": "0.0.0.0"},
    )
    log.close()
    assert process.stdin is not None
    process.stdin.write(json.dumps(config).encode() + b"\n")
    process.stdin.flush()


@dataclass
class Row:
    """One loss, one way."""

    loss: float
    way: str
    whole: float
    gap: float
    late: float


@contextlib.asynccontextmanager
async def standing(base: Path) -> AsyncIterator[tuple[Line, Heard, dict[str, Heard]]]:
    """Everything runs; the line, what was sent, and what came by each way."""
    centre, edge = base / "c", base / "e"
    folders = {one: sockets_folder(Settings(data=one).folder("run")) for one in (centre, edge)}
    pairs = {one: curve.pair(Keys(Settings(data=one).folder("keys"))) for one in (centre, edge)}
    public = pairs[edge].public.decode()
    listed = EdgeKey(label=LABEL, public_key=public, srt=(SrtLine(conference=NUMBER, rung="top", turn=TURN),))
    plan = {"conferences": [NUMBER], "edges": [listed.model_dump(mode="json")]}
    secret = passphrase(pairs[edge], pairs[centre].public.decode(), label=LABEL, conference=NUMBER, turn=TURN)
    name = stream_id(LABEL, NUMBER, "top").replace("#", "%23").replace("=", "%3D").replace(",", "%2C")
    desks = [Desk(one) for one in folders.values()]
    publisher = Publisher(folders[centre], stream_name(NUMBER, "program"))
    sent, ways = Heard(), {"feed": Heard(), "srt": Heard()}
    with network() as net:
        there, here = net.machine("centre"), net.machine("edge")
        line = net.line(there, here, delay_ms=20)
        start(there, centre, "gate", "gate", {**plan, "port": GATE})
        start(there, centre, "srt", "srt", {**plan, "port": SRT})
        address = feed_address(line.a, GATE, NUMBER, curve.in_hex(pairs[centre].public.decode()), low=False)
        over_srt = f"srt://{line.a}:{SRT}?streamid={name}&passphrase={secret}"
        sources = {"primary": ("feed", address), "backup": ("srt", over_srt)}
        for key, (kind, where) in sources.items():
            source = {"key": key, "kind": kind, "address": where}
            start(here, edge, "ingest", f"ingest-3-{key}", {"conference": NUMBER, "source": source})
        works: list[Awaitable[None]] = [
            play(publisher, clip("hd"), size=(1280, 720)), hear(folders[centre], "3/program", sent),
            hear(folders[edge], "3/primary", ways["feed"]), hear(folders[edge], "3/backup", ways["srt"]),
            *(desk.hear() for desk in desks),
        ]
        tasks = [asyncio.ensure_future(work) for work in works]
        try:
            yield line, sent, ways
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            publisher.close()
            for desk in desks:
                desk.router.close()


def rows_of(loss: float, window: tuple[float, float], sent: Heard, ways: dict[str, Heard]) -> list[Row]:
    """What came of what was sent within a window. A clip repeats its pictures, so times count and not contents."""
    begin, end = window
    due = sum(begin <= at < end for at in sent.times)
    found = []
    for way, heard in ways.items():
        times = [at for at in heard.times if begin <= at < end]
        gap = max((later - sooner for sooner, later in pairwise([begin, *times, end])), default=end - begin)
        late = sorted(heard.came[one] - sent.came[one] for one in heard.came.keys() & sent.came.keys()
                      if begin <= sent.came[one] < end and heard.came[one] >= sent.came[one])
        found.append(Row(loss, way, 100 * len(times) / max(1, due), gap, late[len(late) * 95 // 100] if late else -1))
    return found


async def run(base: Path, seconds: float, losses: tuple[float, ...] = LOSSES) -> list[Row]:
    """Every loss, both ways at once."""
    found: list[Row] = []
    async with standing(base) as (line, sent, ways):
        limit = clock.monotonic() + 60
        while not all(len(one.times) > 50 for one in ways.values()):
            assert clock.monotonic() < limit, {way: len(one.times) for way, one in ways.items()}
            await asyncio.sleep(0.1)
        print(f"{'loss':>6}{'way':>7}{'pictures':>11}{'longest gap':>14}{'late p95':>11}")
        for loss in losses:
            line.change(loss=loss)
            await asyncio.sleep(3)
            begin = clock.monotonic()
            await asyncio.sleep(seconds)
            end = clock.monotonic()
            await asyncio.sleep(1.5)  # what is under way comes
            for row in rows_of(loss, (begin, end), sent, ways):
                found.append(row)
                said = f"{100 * row.loss:>5.0f}%{row.way:>7}{row.whole:>10.1f}%"
                print(f"{said}{row.gap:>12.2f} s{row.late:>9.2f} s", flush=True)
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seconds", type=float, default=20)
    asked = parser.parse_args()
    if missing():
        sys.exit(f"srt_loss: {missing()}")
    with tempfile.TemporaryDirectory(prefix="ns") as base:
        asyncio.run(run(Path(base), asked.seconds))


if __name__ == "__main__":
    main()
