"""The program of a conference whose only source runs."""

import asyncio
from itertools import pairwise
from pathlib import Path

from server.relay.daemon.streams import Subscriber
from server.relay.daemon.units import Track
from tests.relay.program.stage import Camera, child, folder, pictures, playing, units_until

CONFIG = {"conference": 1, "sources": ["primary"], "program": {}}


def test_the_primary_source_passes_untouched_with_rising_times(tmp_path: Path) -> None:
    async def scene() -> None:
        camera = Camera(tmp_path, "1/primary")
        reader = Subscriber(folder(tmp_path))
        reader.follow("1/program")
        with child(tmp_path, "program", "program-1", CONFIG):
            async with playing(camera):
                units = await units_until(reader, lambda got: len(pictures(got)) >= 12)
        shown = pictures(units)
        assert shown[0].key
        assert all(unit.payload.split(b"1/primary ")[1] == b"%d" % unit.capture_ns for unit in shown)
        for track in Track:
            step = 3600 if track is Track.VIDEO else 1800
            times = [unit.pts90 for unit in units if unit.track is track]
            assert all(later - earlier == step for earlier, later in pairwise(times))
        reader.close()
        camera.publisher.close()

    asyncio.run(scene())
