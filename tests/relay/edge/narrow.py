"""A TCP line that carries only so much, between an edge and the gate, on loopback: no namespace, no privilege.

    async with narrow(door.port) as line:
        line.kbps = 400          # from the gate to the edge; 0: as fast as it can
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

SLICE = 2048  # bytes passed on at once


@dataclass
class Narrow:
    """The line; `port` is where the edge calls."""

    target: int
    port: int = 0
    kbps: int = 0

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, down: bool) -> None:
        with contextlib.suppress(OSError), contextlib.closing(writer):
            while data := await reader.read(SLICE):
                writer.write(data)
                await writer.drain()
                if down and self.kbps:
                    await asyncio.sleep(len(data) * 8 / (self.kbps * 1000))

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A call of the edge."""
        up, there = await asyncio.open_connection("127.0.0.1", self.target, limit=SLICE)
        await asyncio.gather(self._carry(up, writer, down=True), self._carry(reader, there, down=False))


@contextlib.asynccontextmanager
async def narrow(target: int) -> AsyncIterator[Narrow]:
    """A line to a port of this machine."""
    line = Narrow(target)
    calls: set[asyncio.Task[None]] = set()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        calls.add(task)
        await line.take(reader, writer)

    server = await asyncio.start_server(take, "127.0.0.1", 0, limit=SLICE)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
        for task in calls:
            task.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
