"""A camera at this machine (V4L2): its raw pictures become H.264 that passes. Needs one: /dev/video0, also vivid's."""

import asyncio
from pathlib import Path

import av
import pytest

from tests.relay.ingest.stage import ingesting, pictures

CAMERA = Path("/dev/video0")


@pytest.mark.skipif(not CAMERA.exists(), reason="no camera (/dev/video0); `modprobe vivid` makes one")
def test_a_camera_at_this_machine_is_captured(tmp_path: Path) -> None:
    async def scene() -> None:
        async with ingesting(tmp_path, kind="device", address=str(CAMERA)) as stage:
            found = pictures(await stage.units(lambda got: sum(unit.key for unit in got) >= 2))
        assert found[0].key
        decoder = av.CodecContext.create("h264", "r")
        frames = [frame for unit in found for frame in decoder.decode(av.Packet(unit.payload))]
        assert len(frames) > 10
        assert {(frame.width, frame.height) for frame in frames} == {(found[0].width, found[0].height)}
        darkest, brightest = frames[0].to_image().convert("L").getextrema()
        assert brightest - darkest > 100  # bars, or a room; not one colour

    asyncio.run(scene())
