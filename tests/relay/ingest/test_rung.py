"""The low rung: small pictures with the program's times, made only while somebody needs them."""

import asyncio
from pathlib import Path

import av

from server.core import clock
from server.relay.daemon.streams import Publisher, Subscriber
from server.relay.daemon.units import Flag, Track
from server.relay.daemon.wire import sockets_folder
from tests.relay.clip import Recipe, make, units
from tests.relay.ingest.stage import Desk, Stage, pictures
from tests.relay.program.stage import child
from tests.relay.timecode import read_frame

BIG = Recipe(width=960, height=540, seconds=3, kbps=1200)
LOOP = 3 * 90_000


async def program(publisher: Publisher) -> None:
    """The pictures of a clip at their times, again and again."""
    shown = [unit for unit in units(make(BIG)) if unit.track is Track.VIDEO]
    count = 0
    while True:
        one = shown[count % len(shown)]
        publisher.send(
            Track.VIDEO, one.payload, LOOP * (1 + count // len(shown)) + one.pts90, capture_ns=clock.realtime_ns(),
            flags=Flag.KEY if one.key else Flag.NONE, width=960, height=540,
        )
        count += 1
        await asyncio.sleep(1 / BIG.fps)


def test_it_is_made_while_wanted_with_the_times_of_the_program(tmp_path: Path) -> None:
    folder = sockets_folder(tmp_path / "run")
    make(BIG)

    async def scene() -> None:
        desk, reader, publisher = Desk(folder), Subscriber(folder), Publisher(folder, "1/program")
        reader.follow("1/low")
        tasks = [asyncio.create_task(desk.hear()), asyncio.create_task(program(publisher))]
        try:
            with child(tmp_path, "rung", "rung-1", {"conference": 1}) as process:
                stage = Stage(desk, reader, process)
                async with asyncio.timeout(20):
                    while not desk.words:
                        await asyncio.sleep(0.05)
                quiet = asyncio.create_task(reader.next())
                await asyncio.sleep(1.0)
                assert not quiet.done()  # nobody asked, nothing is made
                quiet.cancel()
                await asyncio.gather(quiet, return_exceptions=True)
                await desk.say("rung-1", "wanted", stream="1/low")
                found = await stage.units(lambda got: sum(unit.key for unit in got) >= 3)
                await desk.say("rung-1", "wanted", stream="1/low", light=True)
                lighter = await stage.units(lambda got: any(unit.width < 640 for unit in got))
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for end in (reader, publisher):
                end.close()
            desk.router.close()
        first = found[0]
        assert first.key
        assert first.flags & Flag.DISCONTINUITY
        assert {(unit.width, unit.height) for unit in found} == {(640, 360)}
        small = next(unit for unit in lighter if unit.width < 640)
        assert (small.key, small.width, small.height) == (True, 480, 270)
        assert any('"keyframe"' in word for word in desk.words)
        keys = [unit.pts90 for unit in found if unit.key]
        assert keys[2] - keys[1] <= 1.2 * 90_000
        decoder = av.CodecContext.create("h264", "r")
        frames = [frame for unit in pictures(found) for frame in decoder.decode(av.Packet(unit.payload))]
        read = [read_frame(frame) for frame in frames]
        assert len(read) > 10
        assert None not in read
        # the same moment has the same time in both: what is burned in advances as the times do
        codes = [code for code in read if code is not None]
        media, stamps = codes[10] - codes[0], (found[10].pts90 - found[0].pts90) / 90
        assert (round(media - stamps) + 5) % 3000 < 10

    asyncio.run(scene())
