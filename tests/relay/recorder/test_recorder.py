"""A recording plays whatever happens to its process, its source and its disk, and is indexed by agenda mark."""

import asyncio
import contextlib
import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.relay.daemon.recorder import index
from server.relay.daemon.recorder.main import place
from server.relay.plan import RecordingPlan
from tests.relay.clip import clip
from tests.relay.recorder.kills import PICTURE_S, kills
from tests.relay.recorder.stage import FOLDER, TURN_MS, Tape, jump, other_parameters, played, showing, taping


def lines(tape: Tape) -> list[tuple[str, str, str]]:
    """The index: what, mark, file."""
    return [(one.what, one.mark, one.file) for one in index.entries(tape.data / "relay" / FOLDER)]


def test_a_kill_costs_no_more_than_a_second_and_a_picture(tmp_path: Path) -> None:
    lost = asyncio.run(kills(tmp_path, rounds=4, at_once=4, chance=random.Random(7)))
    assert max(lost) <= 1.0 + PICTURE_S, lost
    assert min(lost) >= 0


def test_an_end_costs_nothing_and_a_player_finds_each_agenda_item(tmp_path: Path) -> None:
    marked = {}

    async def scene() -> Tape:
        async with taping(tmp_path, mark="1. Khai mạc") as tape:
            async with showing(tape, clip("h264")):
                await tape.begun()
                for mark in ("2. Báo cáo", "3. Thảo luận"):
                    await asyncio.sleep(1.2)
                    await tape.change(mark=mark)
                    await tape.until(lambda mark=mark: mark in [one[1] for one in lines(tape)])  # type: ignore[misc]
                    marked[mark] = tape.program.last_ms
                await asyncio.sleep(0.5)
            await asyncio.sleep(0.3)
            tape.end()
            (path,) = tape.files
            found = played(path)
            assert found.last_ms == tape.program.last_ms % TURN_MS
            assert found.sounds >= 50
            assert [one["code"] for one in tape.desk.events] == []
            return tape

    tape = asyncio.run(scene())
    first, *rest = index.entries(tape.data / "relay" / FOLDER)
    assert (first.what, first.mark, first.second, first.width) == ("file", "1. Khai mạc", 0.0, 320)
    assert [one.mark for one in rest] == list(marked)
    for one in rest:  # what plays there is what was sent when the chair called the item
        shown = jump(tape.files[0], one.second)
        assert shown is not None
        assert abs(shown - marked[one.mark] % TURN_MS) < 600
    playlist = (tape.data / "relay" / FOLDER / index.PLAYLIST).read_text("utf-8").splitlines()
    assert playlist[1:3] == ["#EXTINF:-1,1. Khai mạc", tape.files[0].name]
    assert playlist[3:6] == [
        "#EXTINF:-1,2. Báo cáo", f"#EXTVLCOPT:start-time={rest[0].second:.2f}", tape.files[0].name]


def test_another_source_of_the_same_size_stays_in_the_file_and_another_size_begins_one(tmp_path: Path) -> None:
    async def scene() -> Tape:
        async with taping(tmp_path) as tape:
            for path, size in (
                (clip("h264"), (320, 180)), (other_parameters(tmp_path / "other.mp4"), (320, 180)),
                (clip("resize"), (320, 180)),
            ):
                async with showing(tape, path, size):
                    await tape.begun()
                    await asyncio.sleep(1.5)
            async with showing(tape, clip("h264"), (480, 270)):  # what the stream says is what counts
                await tape.until(lambda: len(tape.files) == 2)
                await tape.begun()
            tape.end()
            return tape

    tape = asyncio.run(scene())
    complaints = subprocess.run(
        ["ffmpeg", "-v", "error", "-xerror", "-i", str(tape.files[0]), "-map", "0:v", "-f", "null", "-"],
        capture_output=True, check=True, text=True,
    ).stderr
    assert complaints == ""
    assert all(played(path).pictures > 5 for path in tape.files)
    assert played(tape.files[0]).seconds > 4


def test_a_used_up_budget_stops_it_and_room_begins_it_again(tmp_path: Path) -> None:
    old = tmp_path / "relay" / FOLDER / "old.mp4"
    old.parent.mkdir(parents=True)
    old.touch()
    os.truncate(old, 100 * 1024 * 1024 - 50_000)  # of the 100 MB; it takes no room on the disk

    async def scene() -> None:
        async with taping(tmp_path, budget_mb=100) as tape, showing(tape, clip("h264")):
            await tape.until(lambda: bool(tape.events("recording_stopped")))
            assert [one["data"] for one in tape.events("recording_stopped")] == [{"why": "budget"}]
            report = await tape.desk.until(lambda one: one["stopped"])
            assert (report["on"], report["warning"]) == (False, "budget")
            (first,) = tape.files
            size = first.stat().st_size
            await asyncio.sleep(1.2)
            assert tape.files == [first]
            assert first.stat().st_size == size
            await tape.change(budget_mb=200)  # one press
            await tape.until(lambda: bool(tape.events("recording_back")))
            await tape.until(lambda: len(tape.files) == 2)
            await tape.begun()
            tape.end()
            assert played(tape.files[-1]).pictures > 0

    asyncio.run(scene())


@contextlib.contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[None]:
    """A disk of so many MB at a folder; skips where none may be mounted."""
    place.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("no disk may be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_fills_stops_it_and_room_begins_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NGHISU_RECORDING_LEAST_FREE_MB", "4")
    here = tmp_path / "relay" / FOLDER

    async def scene() -> None:
        async with taping(tmp_path) as tape, showing(tape, clip("h264")):
            await tape.begun()
            junk = here / "junk"
            junk.write_bytes(bytes(17 * 1024 * 1024))
            await tape.until(lambda: bool(tape.events("recording_stopped")))
            assert tape.events("recording_stopped")[0]["data"] == {"why": "disk"}
            os.truncate(junk, 15 * 1024 * 1024)  # above the limit, but not by enough to go on
            await asyncio.sleep(2.5)
            assert tape.events("recording_back") == []
            junk.unlink()
            await tape.until(lambda: bool(tape.events("recording_back")))
            tape.end()
            assert len(tape.files) == 2
            assert all(played(path).pictures > 0 for path in tape.files)

    with small_disk(here, 20):
        asyncio.run(scene())


def test_a_disk_without_any_room_leaves_a_file_that_plays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NGHISU_RECORDING_LEAST_FREE_MB", "1")
    here = tmp_path / "relay" / FOLDER

    async def scene() -> None:
        async with taping(tmp_path) as tape, showing(tape, clip("h264")):
            await tape.begun()
            with (here / "junk").open("wb", buffering=0) as junk:
                junk.write(bytes(8 * 1024 * 1024))  # as much of it as there is room for
            await tape.until(lambda: bool(tape.events("recording_stopped")))
            (here / "junk").unlink()
            await tape.until(lambda: bool(tape.events("recording_back")))
            tape.end()
            for path in tape.files:
                assert played(path).pictures > 0

    with small_disk(here, 6):
        asyncio.run(scene())


def test_where_recording_is_forbidden_there_is_no_file(tmp_path: Path) -> None:
    async def scene() -> None:
        async with taping(tmp_path, on=False) as tape, showing(tape, clip("h264")):
            await tape.until(lambda: bool(tape.desk.words))  # it runs
            await tape.change(mark="2. Nội dung")
            await asyncio.sleep(0.7)

    asyncio.run(scene())
    assert not (tmp_path / "relay").exists()


def test_a_recording_that_is_forbidden_ends_with_the_word(tmp_path: Path) -> None:
    async def scene() -> None:
        async with taping(tmp_path) as tape, showing(tape, clip("h264")):
            await tape.begun()
            await tape.change(on=False)
            await tape.desk.until(lambda one: not one["on"])
            (path,) = tape.files
            size = path.stat().st_size
            await asyncio.sleep(1.2)
            assert [one.stat().st_size for one in tape.files] == [size]

    asyncio.run(scene())


@pytest.mark.parametrize("name", ["../out", "/etc", "a/../../b", "a b", ".hidden"])
def test_a_recording_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="folder"):
        place(tmp_path, 1, RecordingPlan(on=True, folder=name))
