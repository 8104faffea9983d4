"""What gate and SRT sender have in common: both give the program to edges, and say once a second how those fare."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, Protocol

from server.relay.daemon.child import Child
from server.relay.daemon.wire import Word
from server.relay.reports import ViewerReport

REPORT_S = 1.0
Row = tuple[int, ViewerReport]


class Giver(Protocol):
    """A gate or a sender."""

    child: Child

    def configure(self, config: dict[str, Any]) -> None:
        """Take the list of edges; who is no longer on it is cut off at once."""

    def rows(self) -> Iterable[Row]:
        """The edges on the line by conference, and how they fared since the last call."""


def listen(giver: Giver) -> None:
    """Take new configurations of the supervisor."""
    child = giver.child

    async def configure(word: Word) -> Word | None:
        child.config.update(word["config"])
        giver.configure(child.config)
        return None

    child.handlers["configure"] = configure


async def report(giver: Giver) -> None:
    """Say who receives, for ever: every conference each time, so that one who left is seen to be gone."""
    while True:
        await asyncio.sleep(REPORT_S)
        said: dict[str, list[Any]] = {str(number): [] for number in giver.child.config["conferences"]}
        for number, row in giver.rows():
            if str(number) in said:  # an edge names what it takes: it may ask for what is not there
                said[str(number)].append(row.model_dump(mode="json"))
        await giver.child.line.tell("report", what="viewers", data=said)


def later(work: Coroutine[Any, Any, None]) -> None:
    """Do something that need not be waited for."""
    task = asyncio.ensure_future(work)
    _TASKS.add(task)
    task.add_done_callback(_TASKS.discard)


_TASKS: set[asyncio.Future[None]] = set()
