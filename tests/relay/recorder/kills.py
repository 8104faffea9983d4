"""How much of a recording a kill costs: recorders killed at random moments, their files played.

    python -m tests.relay.recorder.kills [--rounds 40] [--at-once 4]

A program with its media time burned into each picture (320×180, 15 pictures/s) is sent in real time. Lost is the time
from the last picture that plays to the last one that was sent before kill -9: what lies in no file.
"""

import argparse
import asyncio
import random
import tempfile
from pathlib import Path
from statistics import median

from tests.relay.clip import Recipe, make
from tests.relay.recorder.stage import played, showing, taping

LONG = Recipe(seconds=40)
PICTURE_S = 1 / LONG.fps


async def killed(data: Path, after_s: float) -> float:
    """Kill one recorder so long after its file holds pictures; the seconds that are lost. Raises TimeoutError."""
    data.mkdir(parents=True, exist_ok=True)
    async with taping(data) as tape, showing(tape, make(LONG)):
        await tape.begun()
        await asyncio.sleep(after_s)
        tape.process.kill()
        sent_ms = tape.program.last_ms
        tape.process.wait()
    (path,) = tape.files
    found = await asyncio.to_thread(played, path)
    assert found.last_ms >= 0, "the last picture cannot be read"
    return (sent_ms - found.last_ms) / 1000


async def kills(base: Path, rounds: int, at_once: int, chance: random.Random) -> list[float]:
    """The seconds lost in each of so many rounds."""
    make(LONG)
    free = asyncio.Semaphore(at_once)

    async def one(number: int) -> float:
        async with free:
            return await killed(base / str(number), chance.uniform(1.5, 5.0))

    return list(await asyncio.gather(*(one(number) for number in range(rounds))))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--at-once", type=int, default=4)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nr") as base:
        lost = sorted(asyncio.run(kills(Path(base), asked.rounds, asked.at_once, random.Random())))
    print(f"kill -9 of the recorder, {len(lost)} rounds, {asked.at_once} at once; seconds of pictures lost:")
    print(f"least {lost[0]:.2f}  median {median(lost):.2f}  p95 {lost[int(len(lost) * 0.95)]:.2f}  most {lost[-1]:.2f}")
    for low in range(0, 12, 2):
        here = sum(low / 10 <= one < (low + 2) / 10 for one in lost)
        print(f"{low / 10:.1f}–{(low + 2) / 10:.1f} s  {here:>3}  {'▇' * here}")


if __name__ == "__main__":
    main()
