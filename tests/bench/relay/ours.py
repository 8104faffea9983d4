"""Our fan-out alone: the supervisor with one fan-out child and no source but the feeder's stream.

`NGHISU_DATA=… python -m tests.bench.relay.ours` prints one JSON line (Up) and serves until SIGTERM. The plan names a
conference without sources; the children that would make its program are left out, since the feeder publishes it. WHEP
is the relay's own (daemon/http.py), with a pass for each viewer.
"""

import asyncio
import json
import os
import signal
from dataclasses import asdict, dataclass, field

from aiohttp import web

import server.core.refusals
import server.relay.refusals  # noqa: F401  (declares what may be refused)
from server.core import clock, config, logs
from server.core.bus import Bus
from server.core.keys import Keys
from server.relay import passes
from server.relay.daemon import supervisor as daemon
from server.relay.daemon.children import Need, needs
from server.relay.daemon.http import Door
from server.relay.passes import Pass
from server.relay.plan import ConferencePlan, RelayPlan

CONFERENCE, FANOUT = 1, "fanout-0"
MOST_VIEWERS = 300


@dataclass(frozen=True)
class Up:
    """Where a sender under measurement answers, where it reads the feed, and its processes."""

    url: str
    folder: str
    pids: list[int]
    bearers: list[str] = field(default_factory=list)


def fanout_only(plan: RelayPlan, *_of_the_machine: int) -> dict[str, Need]:
    """The one child of a plan that sends to viewers."""
    return {name: need for name, need in needs(plan, 1, 0).items() if need.kind == "fanout"}


async def serve(app: web.Application) -> tuple[web.AppRunner, str]:
    """An HTTP server on a free loopback port; its runner and URL."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=512).start()
    host, port = runner.addresses[0][:2]
    return runner, f"http://{host}:{port}/whep"


async def main() -> None:
    """Until SIGTERM."""
    settings = config.load()
    logs.configure("warning")
    daemon.needs = fanout_only
    supervisor = daemon.Supervisor(settings, Bus(settings.folder("run")), fanouts=1)
    stop, ready = asyncio.Event(), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    work = asyncio.create_task(supervisor.run(ready))
    await ready.wait()
    plan = ConferencePlan(id=CONFERENCE, meeting_id=1, state="live", low=False)
    await supervisor.apply(RelayPlan(revision=1, conferences=(plan,)))
    keys = Keys(settings.folder("keys"))
    runner, url = await serve(Door(supervisor, keys).application())
    until = int(clock.realtime_ns() / 1e9) + 3600
    bearers = [passes.issue(keys, Pass(CONFERENCE, f"wall-{one}", "watch", until)) for one in range(MOST_VIEWERS)]
    child = supervisor.running[FANOUT]
    while child.process is None or FANOUT not in supervisor.known[CONFERENCE].viewers:  # its first report
        await asyncio.sleep(0.05)
    up = Up(f"{url}/{CONFERENCE}", str(supervisor.folder), [os.getpid(), child.process.pid], bearers)
    print(json.dumps(asdict(up)), flush=True)
    await stop.wait()
    await runner.cleanup()
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(main())
