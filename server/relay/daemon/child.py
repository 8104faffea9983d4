"""The start of every child: `python -m server.relay.daemon.child KIND NAME`, its configuration as JSON on stdin.

A kind is a module with `async def run(child: Child) -> None`, which returns only when its work is over. A child ends
with its supervisor, or the next one's children would find their ports taken: the kernel kills it in the same moment. A
recorder has something to write yet and is not killed: it ends when it reads the end of the pipe from its supervisor.
"""

import asyncio
import contextlib
import importlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

from server.core import clock, config, logs
from server.core.config import Settings
from server.core.errors import Refused
from server.core.parent import die_with_parent
from server.relay.daemon.limits import raise_limit
from server.relay.daemon.wire import Peer, Word, sockets_folder
from server.relay.reports import Event, EventCode

log = structlog.get_logger(__name__)

KINDS = {
    "ingest": "server.relay.daemon.ingest.main",
    "program": "server.relay.daemon.program.main",
    "rung": "server.relay.daemon.rung",
    "fanout": "server.relay.daemon.fanout.main",
    "recorder": "server.relay.daemon.recorder.main",
    "gate": "server.relay.daemon.gate",
    "srt": "server.relay.daemon.srt.sender",
}

ENDS_BY_ITSELF = ("recorder",)


@dataclass
class Child:
    """What a child's work gets: its name, its settings, its sockets' folder, and a line to the supervisor.

    `config` is the JSON object it was started with. Register what others may ask of it in `handlers` (kind of word →
    coroutine function); "configure" carries a new `config` and is answered by a restart when there is no handler.
    """

    kind: str
    name: str
    config: dict[str, Any]
    settings: Settings
    folder: Path
    handlers: dict[str, Callable[[Word], Awaitable[Word | None]]] = field(default_factory=dict)
    line: Peer = field(init=False)

    def __post_init__(self) -> None:
        self.line = Peer(self.folder, self.name, self._handle)

    async def report(self, what: str, data: dict[str, Any]) -> None:
        """Say once a second how things are: `what` is source, program, recording or viewers (reports.py)."""
        await self.line.tell("report", what=what, conference=self.config.get("conference", 0), data=data)

    async def event(self, code: EventCode, conference: int = 0, **data: str | float) -> None:
        """Say at once that something happened."""
        which = conference or int(self.config.get("conference", 0))
        said = Event(conference=which, code=code, at_ms=clock.epoch_ms(), data=data)
        await self.line.tell("event", event=said.model_dump())

    async def _handle(self, _sender: str, word: Word) -> Word | None:
        handler = self.handlers.get(word.get("kind", ""))
        if handler is None:
            raise Refused("not_found")
        return await handler(word)


async def work(kind: str, name: str, raw: str) -> None:
    """Run one child until its work ends, its supervisor dies or a signal comes."""
    import json  # noqa: PLC0415  (kept beside its one use)

    settings = config.load()
    logs.configure(settings.log_level)
    child = Child(kind, name, json.loads(raw), settings, sockets_folder(settings.folder("run")))
    module = importlib.import_module(KINDS[kind])
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    with contextlib.suppress(OSError, ValueError):  # stdin may be closed already
        loop.add_reader(sys.stdin.fileno(), _until_closed, sys.stdin.fileno(), stop)
    await child.line.tell("hello", pid=os.getpid())
    tasks = [
        asyncio.create_task(module.run(child)), asyncio.create_task(child.line.listen()),
        asyncio.create_task(stop.wait()),
    ]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    child.line.close()
    for task in done:
        task.result()  # an error of the work ends the process with its trace


def _until_closed(descriptor: int, stop: asyncio.Event) -> None:
    if not os.read(descriptor, 4096):
        stop.set()


def main() -> None:
    """The command line of a child."""
    if sys.argv[1] not in ENDS_BY_ITSELF:
        die_with_parent(signal.SIGKILL)  # also if it hangs or was stopped
    import server.core.refusals  # noqa: PLC0415  (declares refusals that words may carry)
    import server.relay.refusals  # noqa: F401, PLC0415

    raise_limit()
    asyncio.run(work(sys.argv[1], sys.argv[2], sys.stdin.readline()))


if __name__ == "__main__":
    main()
