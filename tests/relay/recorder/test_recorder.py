"""A recording plays whatever happens to its process, and is indexed by agenda mark."""

import asyncio
import json
import time
from pathlib import Path

import av
import pytest

from server.relay.daemon.ingest.nal import SPS, Shape, kind, shape, split
from server.relay.daemon.recorder.main import place
from server.relay.daemon.streams import Publisher
from server.relay.daemon.units import Flag
from server.relay.plan import RecordingPlan
from tests.relay.clip import clip, units
from tests.relay.program.stage import PATIENCE, child, folder

CONFIG = {"conference": 1, "recording": {"on": True, "folder": "hop-1", "mark": "1. Khai mạc"}}


def play(path: Path) -> tuple[int, int, float]:
    """Pictures that decode, packets of sound, seconds."""
    with av.open(str(path)) as container:
        seen = heard = 0
        end = 0.0
        for packet in container.demux():
            if packet.stream.type == "audio":
                heard += packet.size > 0
            else:
                for frame in packet.decode():
                    seen += 1
                    end = frame.time or 0.0
    return seen, heard, end


async def feed(data: Path, name: str, until: float) -> None:
    """Publish a clip's first seconds as the program, in real time."""
    publisher = Publisher(folder(data), "1/program")
    began = time.monotonic()
    size: Shape | None = None
    try:
        await asyncio.sleep(1.0)
        start = time.monotonic()
        for unit in units(clip(name)):
            at = unit.pts90 / 90_000
            if at > until:
                break
            await asyncio.sleep(max(0.0, start + at - time.monotonic()))
            if unit.key:
                size = next(shape(one) for one in split(unit.payload) if kind(one) == SPS)
            publisher.send(
                unit.track, unit.payload, unit.pts90 + int(began * 90_000), capture_ns=0,
                flags=Flag.KEY if unit.key else Flag.NONE, width=size.width if size else 0,
                height=size.height if size else 0,
            )
        await asyncio.sleep(0.2)
    finally:
        publisher.close()


def test_after_kill_9_all_but_the_last_second_plays(tmp_path: Path) -> None:
    with child(tmp_path, "recorder", "recorder-1", CONFIG) as process:
        asyncio.run(feed(tmp_path, "h264", 3.9))
        process.kill()
        process.wait()
    found = list((tmp_path / "relay" / "hop-1").glob("*.mp4"))
    assert len(found) == 1
    seen, heard, end = play(found[0])
    assert end >= 1.5
    assert seen >= 20
    assert heard >= 50
    lines = [json.loads(line) for line in (tmp_path / "relay/hop-1/index.jsonl").read_text("utf-8").splitlines()]
    assert [(line["what"], line["mark"], line["file"]) for line in lines] == [("file", "1. Khai mạc", found[0].name)]


def test_another_size_begins_another_file(tmp_path: Path) -> None:
    with child(tmp_path, "recorder", "recorder-1", CONFIG) as process:
        asyncio.run(feed(tmp_path, "resize", 5.0))
        process.terminate()
        process.wait(PATIENCE)
    sizes = []
    for path in sorted((tmp_path / "relay" / "hop-1").glob("*.mp4")):
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            sizes.append((stream.width, stream.height))
        assert play(path)[0] > 5
    assert sizes[-1] == (480, 270)


def test_where_recording_is_forbidden_there_is_no_file(tmp_path: Path) -> None:
    config = {"conference": 1, "recording": {"on": False, "folder": "hop-1"}}
    with child(tmp_path, "recorder", "recorder-1", config):
        asyncio.run(feed(tmp_path, "h264", 1.0))
    assert not (tmp_path / "relay").exists()


@pytest.mark.parametrize("name", ["../out", "/etc", "a/../../b", "a b", ".hidden"])
def test_a_recording_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="folder"):
        place(tmp_path, 1, RecordingPlan(on=True, folder=name))
