"""Failover by the real process: primary, backup, words; and the program's own death."""

import asyncio
from functools import partial
from itertools import pairwise
from pathlib import Path

import av

from server.relay.daemon.program import slate
from server.relay.daemon.streams import Subscriber
from server.relay.daemon.units import Flag, Track, Unit
from tests.relay.program.stage import Camera, child, folder, pictures, playing, units_until

CONFIG = {
    "conference": 1, "sources": ["primary", "backup"],
    "program": {"hold_ms": 400, "stable_s": 1, "slate": ["Đang nối lại đường truyền", "Gọi kỹ thuật"]},
}


def whose(payload: bytes) -> str:
    return "primary" if b"1/primary" in payload else "backup" if b"1/backup" in payload else "slate"


def ends_with(wanted: str, units: list[Unit]) -> bool:
    return [whose(one.payload) for one in pictures(units)[-3:]] == [wanted] * 3


def test_primary_backup_slate_and_back_without_a_step_back_in_time(tmp_path: Path) -> None:
    async def scene() -> None:
        primary, backup = Camera(tmp_path, "1/primary"), Camera(tmp_path, "1/backup")
        reader = Subscriber(folder(tmp_path))
        reader.follow("1/program")
        found = []
        with child(tmp_path, "program", "program-1", CONFIG):
            for cameras, wanted in (
                ((primary, backup), "primary"), ((backup,), "backup"), ((), "slate"), ((primary, backup), "primary"),
            ):
                async with playing(*cameras):
                    found += await units_until(reader, partial(ends_with, wanted))
        shown = pictures(found)
        for before, after in pairwise(shown):
            if whose(before.payload) != whose(after.payload):
                assert after.key
                assert after.flags & Flag.DISCONTINUITY
        for track in Track:
            assert all(a.pts90 < b.pts90 for a, b in pairwise(one for one in found if one.track is track))
        silent = [one for one in found if one.payload == slate.SILENCE]
        assert silent
        reader.close()
        primary.publisher.close()
        backup.publisher.close()

    asyncio.run(scene())


def test_a_program_that_dies_goes_on_with_later_times_and_an_idr(tmp_path: Path) -> None:
    async def scene() -> None:
        primary = Camera(tmp_path, "1/primary")
        reader = Subscriber(folder(tmp_path))
        reader.follow("1/program")
        async with playing(primary):
            with child(tmp_path, "program", "program-1", CONFIG) as process:
                before = await units_until(reader, lambda got: len(pictures(got)) > 5)
                process.kill()
                process.wait()
            with child(tmp_path, "program", "program-1", CONFIG):
                after = await units_until(
                    reader, lambda got: bool(pictures(got)) and got[-1].epoch > before[-1].epoch
                )
        first = next(one for one in pictures(after) if one.epoch > before[-1].epoch)
        assert first.key
        assert first.pts90 > pictures(before)[-1].pts90
        reader.close()
        primary.publisher.close()

    asyncio.run(scene())


def test_a_slate_is_whole_pictures_of_its_size_and_its_sound_is_silent() -> None:
    made = slate.make(("Đang nối lại đường truyền", "Một dòng rất dài " * 10), (640, 360))
    codec = av.CodecContext.create("h264", "r")
    pictures_seen = [frame for one in made.pictures for frame in codec.decode(av.Packet(one.payload))]
    pictures_seen += codec.decode(None)
    assert [one.key for one in made.pictures] == ([True] + [False] * (slate.GOP - 1)) * 2
    assert {(frame.width, frame.height) for frame in pictures_seen} == {(640, 360)}
    assert len(pictures_seen) == len(made.pictures)
    page = slate.draw(("Đang nối lại đường truyền",), (640, 360))
    assert len(set(page.tobytes())) > 10  # letters, not an empty page
    sound = av.CodecContext.create("opus", "r")
    heard = [frame for _ in range(3) for frame in sound.decode(av.Packet(slate.SILENCE))]
    assert heard
    assert all(not any(bytes(plane)) for frame in heard for plane in frame.planes)
