"""`python -m tests.chaos.relay_sessions [--sessions N]`: what viewers that come and go leave behind in the fan-out.

Each joins over WHEP, sees its first picture and goes; every third without DELETE, as a page that is closed. Memory
(RSS) and descriptors of the real fan-out process are read when all are gone, after each tenth of them.
"""

import argparse
import asyncio
import tempfile
from pathlib import Path

import psutil
import pytest

import server.core.refusals
import server.relay.refusals  # noqa: F401  (declares what the door can refuse)
from tests.relay.fanout.stage import Stage, stage, until
from tests.relay.receivers import Viewer

AT_ONCE = 6
GONE_WITHIN = 60.0  # seconds; who says nothing is noticed after twelve


def fanout() -> psutil.Process:
    """The fan-out child of this process."""
    return next(one for one in psutil.Process().children() if "fanout-0" in one.cmdline())


async def come_and_go(here: Stage, number: int) -> None:
    """One viewer."""
    viewer = Viewer(number)
    await viewer.join(here.whep(f"site-{number % 40}"))
    await asyncio.wait_for(viewer.first_frame.wait(), 20)
    await viewer.leave(delete=number % 3 > 0)


async def tenth(here: Stage, first: int, sessions: int) -> tuple[float, int]:
    """(MB, descriptors) when so many have come and gone."""
    for begin in range(first, first + sessions, AT_ONCE):
        await asyncio.gather(*(come_and_go(here, begin + index) for index in range(AT_ONCE)))
    await until(lambda: not here.viewers(), GONE_WITHIN)
    await asyncio.sleep(1)
    process = fanout()
    return process.memory_info().rss / 1e6, process.num_fds()


async def run(folder: Path, sessions: int) -> None:
    """Ten tenths, one line each."""
    with pytest.MonkeyPatch.context() as changes:
        async with stage(folder, changes, relay_host="127.0.0.1") as here, here.source():
            print(f"{'sessions':>8}  {'MB':>7}  descriptors")
            print(f"{0:8}  {fanout().memory_info().rss / 1e6:7.1f}  {fanout().num_fds()}", flush=True)
            for turn in range(10):
                memory, descriptors = await tenth(here, turn * sessions // 10, sessions // 10)
                print(f"{(turn + 1) * sessions // 10:8}  {memory:7.1f}  {descriptors}", flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--sessions", type=int, default=1200)
    with tempfile.TemporaryDirectory(prefix="ns") as folder:
        asyncio.run(run(Path(folder), parser.parse_args().sessions))


if __name__ == "__main__":
    main()
