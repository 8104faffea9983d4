"""Streams between processes: who reads early, late or again gets on; a slow reader never slows the writer."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable
from pathlib import Path
from typing import TypeVar

from server.relay.daemon.streams import HWM, Gaps, Publisher, Subscriber
from server.relay.daemon.units import Flag, Track
from server.relay.daemon.wire import sockets_folder

PATIENCE = 20
T = TypeVar("T")

WRITER = """
import sys, time
from pathlib import Path
from server.relay.daemon.streams import Publisher
from server.relay.daemon.units import Flag, Track
publisher = Publisher(Path(sys.argv[1]), "7/primary")
for number in range(10_000):
    flags = Flag.KEY if number % 25 == 0 else Flag.NONE
    publisher.send(Track.VIDEO, number.to_bytes(4, "big"), number * 3600, capture_ns=0, flags=flags)
    time.sleep(0.005)
"""


async def soon(work: Awaitable[T]) -> T:
    return await asyncio.wait_for(work, PATIENCE)


def writer(folder: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", WRITER, str(folder)])


def test_a_reader_connects_before_its_writer_and_again_after_the_writer_was_killed(tmp_path: Path) -> None:
    folder = sockets_folder(tmp_path)

    async def story() -> None:
        reader, gaps = Subscriber(folder), Gaps()
        reader.follow("7/primary")
        first = writer(folder)
        try:
            name, unit = await soon(reader.next())
            assert name == "7/primary"
            gaps.take(unit)
            before = unit.epoch
        finally:
            first.kill()
            first.wait()
        second = writer(folder)
        try:
            while unit.epoch == before:
                _, unit = await soon(reader.next())
            while not gaps.take(unit):
                _, unit = await soon(reader.next())
            assert unit.key
        finally:
            second.kill()
            second.wait()
            reader.close()

    asyncio.run(story())


def test_a_reader_that_does_not_read_loses_units_and_holds_nobody_up(tmp_path: Path) -> None:
    folder = sockets_folder(tmp_path)

    async def story() -> None:
        reader = Subscriber(folder)
        publisher = Publisher(folder, "1/program")
        reader.follow("1/program")
        await asyncio.sleep(0.5)
        sent = 8 * HWM
        for number in range(sent):
            flags = Flag.KEY if number == sent - 1 else Flag.NONE
            publisher.send(Track.VIDEO, bytes(20_000), number, capture_ns=0, flags=flags)
        gaps, got = Gaps(), 0
        try:
            while True:
                _, unit = await asyncio.wait_for(reader.next(), 1)
                got += 1
                gaps.take(unit)
        except TimeoutError:
            pass
        assert 0 < got < sent
        publisher.send(Track.VIDEO, b"idr", sent, capture_ns=0, flags=Flag.KEY)
        _, unit = await soon(reader.next())
        assert gaps.take(unit)
        reader.close()
        publisher.close()

    asyncio.run(story())


def test_a_reader_that_leaves_a_stream_hears_no_more_of_it(tmp_path: Path) -> None:
    folder = sockets_folder(tmp_path)

    async def story() -> None:
        reader, one, two = Subscriber(folder), Publisher(folder, "1/primary"), Publisher(folder, "1/backup")
        reader.follow("1/primary")
        reader.follow("1/backup")
        await asyncio.sleep(0.5)
        one.send(Track.AUDIO, b"a", 0, capture_ns=0)
        assert (await soon(reader.next()))[0] == "1/primary"
        reader.leave("1/primary")
        one.send(Track.AUDIO, b"b", 0, capture_ns=0)
        two.send(Track.AUDIO, b"c", 0, capture_ns=0)
        assert (await soon(reader.next()))[0] == "1/backup"
        for socket in (reader, one, two):
            socket.close()

    asyncio.run(story())
