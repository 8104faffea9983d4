"""Viewers in a process of their own, so that their load does not disturb what measures them.

    python -m tests.chaos.relay_faults.watchers URL       commands and answers are JSON lines

`{"join": [pass, …], "within_s": 1}` lets viewers come, spread over so long, and answers when all have a picture:
`{"first_ms": [each]}`. `{"since": ns}` answers `{"gaps": [longest seconds without a whole picture], "joins": [times
each had to come]}`. One without a picture for as long as the house's pages wait comes anew.
"""

import asyncio
import contextlib
import json
import subprocess
import sys
from itertools import pairwise
from typing import Any

import aiohttp

from server.core import clock
from tests.relay.receivers import Viewer, Whep

GIVE_UP_S = 4.0  # server/web/common/whep/machine.ts
AGAIN_S = 0.3
WHOLE = 3        # column of a frame's row: when its last packet came


class Seat:
    """One who wants to watch, whatever happens."""

    def __init__(self, number: int, url: str, bearer: str) -> None:
        self.number, self.url, self.bearer = number, url, bearer
        self.joins = 0
        self.began_ns, self.first_ns = clock.realtime_ns(), 0
        self._times: list[int] = []
        self._viewer: Viewer | None = None

    async def watch(self) -> None:
        """Until cancelled."""
        while True:
            viewer = Viewer(self.number)
            with contextlib.suppress(OSError, TimeoutError, aiohttp.ClientError):
                await viewer.join(Whep(self.url, self.bearer), GIVE_UP_S * 2)
                self.joins += 1
                self._viewer = viewer
                since = clock.realtime_ns()
                while clock.realtime_ns() - max([since, *self._here()[-1:]]) < GIVE_UP_S * 1e9:
                    self.first_ns = self.first_ns or next(iter(self._here()), 0)
                    await asyncio.sleep(0.1)
                self._times, self._viewer = self.times(), None
            with contextlib.suppress(OSError, TimeoutError, aiohttp.ClientError):
                await asyncio.wait_for(viewer.leave(), 2.0)
            await asyncio.sleep(AGAIN_S)

    def times(self) -> list[int]:
        """When whole pictures came, ns."""
        return [*self._times, *self._here()]

    def _here(self) -> list[int]:
        return [] if self._viewer is None else [row[WHOLE] for row in self._viewer.seen.frames if row[WHOLE] > 0]

    def gap(self, since: int) -> float:
        """The longest time without a picture since that moment, in seconds."""
        marks = [since, *(at for at in self.times() if at > since), clock.realtime_ns()]
        return max(later - sooner for sooner, later in pairwise(marks)) / 1e9


class Room:
    """All seats of this process."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.seats: list[Seat] = []
        self.tasks: list[asyncio.Task[None]] = []

    async def obey(self, word: dict[str, Any]) -> dict[str, Any]:
        """Carry a command out."""
        if "join" in word:
            return await self._join(word["join"], float(word.get("within_s", 0)))
        return {
            "gaps": [round(one.gap(word["since"]), 3) for one in self.seats],
            "joins": [one.joins for one in self.seats],
        }

    async def _join(self, bearers: list[str], within_s: float) -> dict[str, Any]:
        made = []
        for bearer in bearers:
            made.append(Seat(len(self.seats), self.url, bearer))
            self.seats.append(made[-1])
            self.tasks.append(asyncio.create_task(made[-1].watch()))
            await asyncio.sleep(within_s / len(bearers))
        async with asyncio.timeout(60):
            while not all(one.first_ns for one in made):
                await asyncio.sleep(0.05)
        return {"first_ms": [(one.first_ns - one.began_ns) / 1e6 for one in made]}


async def work(url: str) -> None:
    """Obey commands until the input ends."""
    room, loop = Room(url), asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps(await room.obey(json.loads(line))), flush=True)
    for task in room.tasks:
        task.cancel()
    await asyncio.gather(*room.tasks, return_exceptions=True)


class Watchers:
    """That process, from outside."""

    def __init__(self, url: str) -> None:
        command = [sys.executable, "-m", "tests.chaos.relay_faults.watchers", url]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    async def ask(self, **word: Any) -> dict[str, Any]:
        """One command. Raises EOFError when the process is gone."""
        return await asyncio.to_thread(self._ask, word)

    def _ask(self, word: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(word).encode() + b"\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        if not said:
            raise EOFError("the viewers' process is gone")
        answer: dict[str, Any] = json.loads(said)
        return answer

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1]))
