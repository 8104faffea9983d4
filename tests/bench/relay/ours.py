"""Our fan-out alone: the supervisor with one fan-out child and no source but the feeder's stream.

`NGHISU_DATA=… python -m tests.bench.relay.ours` prints one JSON line (Up) and serves until SIGTERM. The plan names a
conference without sources; the children that would make its program are left out, since the feeder publishes it. WHEP
is answered here in few lines, by the supervisor's own word `whep.offer`.
"""

import asyncio
import json
import os
import signal
from dataclasses import asdict, dataclass

from aiohttp import web

from server.core import config, logs
from server.core.bus import Bus
from server.relay.daemon import supervisor as daemon
from server.relay.daemon.children import Need, needs
from server.relay.plan import ConferencePlan, RelayPlan

CONFERENCE, FANOUT = 1, "fanout-0"


@dataclass(frozen=True)
class Up:
    """Where a sender under measurement answers, where it reads the feed, and its processes."""

    url: str
    folder: str
    pids: list[int]


def fanout_only(plan: RelayPlan, _fanouts: int, feed_port: int) -> dict[str, Need]:
    """The one child of a plan that sends to viewers."""
    return {name: need for name, need in needs(plan, 1, feed_port).items() if need.kind == "fanout"}


async def serve_whep(routes: list[web.RouteDef]) -> tuple[web.AppRunner, str]:
    """An HTTP server on a free loopback port; its runner and URL."""
    app = web.Application()
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=512)
    await site.start()
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

    async def offer(request: web.Request) -> web.Response:
        sdp = await request.text()
        said = await supervisor.ask(FANOUT, "whep.offer", conference=CONFERENCE, label="bench", sdp=sdp)
        place = {"Location": f"/whep/{said['id']}"}
        return web.Response(status=201, text=said["sdp"], content_type="application/sdp", headers=place)

    async def leave(request: web.Request) -> web.Response:
        await supervisor.ask(FANOUT, "whep.delete", viewer=request.match_info["id"])
        return web.Response()

    work = asyncio.create_task(supervisor.run(ready))
    await ready.wait()
    plan = ConferencePlan(id=CONFERENCE, meeting_id=1, state="live", low=False)
    await supervisor.apply(RelayPlan(revision=1, conferences=(plan,)))
    runner, url = await serve_whep([web.post("/whep", offer), web.delete("/whep/{id}", leave)])
    child = supervisor.running[FANOUT]
    while child.process is None or FANOUT not in supervisor.known[CONFERENCE].viewers:  # its first report
        await asyncio.sleep(0.05)
    print(json.dumps(asdict(Up(url, str(supervisor.folder), [os.getpid(), child.process.pid]))), flush=True)
    await stop.wait()
    await runner.cleanup()
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(main())
