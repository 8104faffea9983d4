"""Listening over HTTP where anybody of the network may call.

aiohttp by itself waits an hour for the next request of a connection, and takes as many connections as there are
descriptors: one machine that opens some thousands would shut everybody else out.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator

from aiohttp import web

WAITS_S = 15.0            # for a whole request, from the connection on or after the last answer
LINGERS_S = 2.0           # after a refusal what still comes is thrown away so long; aiohttp by itself does it for 10
LOOK_S = 1.0
MOST_OF_ADDRESS = 200     # connections; a building behind one address has fewer at a time


async def listen(application: web.Application, host: str, port: int) -> web.AppRunner:
    """Serve an application; the caller ends it with `cleanup`. Raises OSError."""
    runner = web.AppRunner(application, access_log=None, keepalive_timeout=WAITS_S, lingering_time=LINGERS_S)
    application.cleanup_ctx.append(lambda _app: _watch(runner))
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner


async def _watch(runner: web.AppRunner) -> AsyncIterator[None]:
    task = asyncio.create_task(_thin_out(runner))
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _thin_out(runner: web.AppRunner) -> None:
    """Close what one address has opened beyond its share, the latest first."""
    while True:
        await asyncio.sleep(LOOK_S)
        of_address: Counter[str] = Counter()
        for handler in list(runner.server.connections) if runner.server is not None else ():
            peer = handler.transport.get_extra_info("peername") if handler.transport is not None else None
            of_address[str(peer[0]) if peer else ""] += 1
            if peer and of_address[str(peer[0])] > MOST_OF_ADDRESS:
                handler.force_close()
