"""Sources as they come: codecs in each container, half a source, odd pictures, clocks that wrap and jump."""

import asyncio
import socket
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from server.relay.daemon.units import Track
from tests.ports import free_port
from tests.relay.clip import clip
from tests.relay.ingest.stage import Stage, both, ffmpeg, ingesting, pictures, sounds
from tests.relay.ingest.test_sources import whole

PICTURES = ["-f", "lavfi", "-i", "testsrc2=size={size}:rate={rate}"]
SOUND = ["-f", "lavfi", "-i", "sine=440:sample_rate=48000"]
H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "15", "-pix_fmt", "yuv420p"]
HEVC = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=15", "-pix_fmt", "yuv420p"]
AAC, OPUS = ["-c:a", "aac"], ["-c:a", "libopus"]


def film(data: Path, name: str, *coding: str, size: str = "320x180", rate: int = 15, seconds: float = 2) -> str:
    """A film made by ffmpeg in the relay's folder; its name."""
    (data / "relay").mkdir(exist_ok=True)
    silent, blind = "-an" in coding, "-vn" in coding
    pictures_in = [] if blind else [one.format(size=size, rate=rate) for one in PICTURES]
    command = ["ffmpeg", "-v", "error", "-nostdin", *pictures_in, *([] if silent else SOUND), "-t", str(seconds)]
    subprocess.run([*command, *coding, str(data / "relay" / name)], check=True)
    return name


async def settled(stage: Stage) -> dict[str, Any]:
    return await stage.desk.until(lambda one: one["state"] == "running" and one["probe"] is not None)


@pytest.mark.parametrize(("name", "coding", "made"), [
    ("a.flv", [*H264, *AAC], ["audio"]),
    ("a.ts", [*H264, *AAC], ["audio"]),
    ("a.mp4", [*H264, *AAC], ["audio"]),
    ("b.ts", [*HEVC, *AAC], ["audio", "video"]),
    ("b.mp4", [*HEVC, *AAC, "-tag:v", "hvc1"], ["audio", "video"]),
    ("b.mkv", [*HEVC, *OPUS], ["video"]),
])
def test_aac_and_hevc_are_made_anew_out_of_each_container(
    tmp_path: Path, name: str, coding: list[str], made: list[str]
) -> None:
    async def scene() -> None:
        async with ingesting(tmp_path, kind="file", address=film(tmp_path, name, *coding)) as stage:
            found = await stage.units(both(12))
            report = await settled(stage)
        whole(found)
        assert sorted(report["transcoding"]) == made

    asyncio.run(scene())


def test_a_source_without_sound_and_one_without_pictures_are_sources(tmp_path: Path) -> None:
    async def scene(name: str, kind: Track, *coding: str) -> None:
        async with ingesting(tmp_path, kind="file", address=film(tmp_path, name, *coding)) as stage:
            found = await stage.units(lambda got: len(got) > 20)
            report = await settled(stage)
        assert {unit.track for unit in found} == {kind}
        assert bool(report["probe"]["video"]) == (kind is Track.VIDEO)
        assert bool(report["probe"]["audio"]) == (kind is Track.AUDIO)

    asyncio.run(scene("silent.ts", Track.VIDEO, *H264, "-an"))
    asyncio.run(scene("blind.mp4", Track.AUDIO, *AAC, "-vn"))


@pytest.mark.parametrize(("name", "size", "rate", "coding", "made", "shown"), [
    ("fifty.ts", "320x180", 50, [], [], (320, 180)),
    ("large.mp4", "1920x1080", 25, [], [], (1920, 1080)),
    ("fields.ts", "320x180", 25, ["-flags", "+ildct+ilme", "-x264-params", "tff=1"], ["video"], (320, 180)),
    ("wide.ts", "352x288", 25, ["-vf", "setsar=16/11"], ["video"], (512, 288)),
])
def test_odd_pictures_come_as_every_receiver_shows_them(  # noqa: PLR0917  (one row of the table)
    tmp_path: Path, name: str, size: str, rate: int, coding: list[str], made: list[str], shown: tuple[int, int]
) -> None:
    address = film(tmp_path, name, *H264, *coding, *OPUS, size=size, rate=rate)

    async def scene() -> None:
        async with ingesting(tmp_path, kind="file", address=address) as stage:
            found = await stage.units(both(25))
            report = await settled(stage)
        whole(found)
        assert report["transcoding"] == made
        assert (pictures(found)[0].width, pictures(found)[0].height) == shown
        if not made:
            steps = sorted(later.pts90 - earlier.pts90 for earlier, later in pairwise(pictures(found)))
            assert abs(steps[len(steps) // 2] - 90_000 // rate) <= 100

    asyncio.run(scene())


def sending(port: int, source: Path, *more: str) -> Any:
    """ffmpeg sends a clip as MPEG-TS over UDP in real time."""
    return ffmpeg("-i", str(source), "-c", "copy", *more, "-f", "mpegts", f"udp://127.0.0.1:{port}?pkt_size=1316")


def even(units: list[Any]) -> None:
    """Pictures and sound go on in steps of their own, on one clock."""
    whole(units)
    for track in (pictures(units), sounds(units)):
        assert max(later.pts90 - earlier.pts90 for earlier, later in pairwise(track)) < 90_000


def test_a_clock_of_33_bits_begins_anew_and_nothing_is_seen_of_it(tmp_path: Path) -> None:
    """2^33 ticks of 90 kHz are 95,443.7 s (ISO/IEC 13818-1, 2.4.3.7)."""
    port = free_port(socket.SOCK_DGRAM)

    async def scene() -> None:
        with sending(port, clip("aac"), "-output_ts_offset", "95440.5"):
            async with ingesting(tmp_path, kind="mpegts", address=f"udp://127.0.0.1:{port}") as stage:
                found = await stage.units(lambda got: len(pictures(got)) >= 100)
            even(found)

    asyncio.run(scene())


def test_a_clock_that_jumps_a_day_either_way_costs_a_moment(tmp_path: Path) -> None:
    port = free_port(socket.SOCK_DGRAM)

    async def scene() -> None:
        async with ingesting(tmp_path, kind="mpegts", address=f"udp://127.0.0.1:{port}") as stage:
            for offset in ("100", "86500", "100"):
                with sending(port, clip("aac"), "-output_ts_offset", offset):
                    found = await stage.units(both(30))
                    last = found[-20:]
                    assert abs(pictures(last)[-1].pts90 - sounds(last)[-1].pts90) < 2 * 90_000
                    assert all(later.pts90 > earlier.pts90 for earlier, later in pairwise(pictures(found)))

    asyncio.run(scene())


def test_another_codec_and_size_in_mid_stream_are_taken_up(tmp_path: Path) -> None:
    port = free_port(socket.SOCK_DGRAM)
    other = tmp_path / "relay" / film(tmp_path, "other.ts", *HEVC, *AAC, size="480x270")

    async def scene() -> None:
        async with ingesting(tmp_path, kind="mpegts", address=f"udp://127.0.0.1:{port}") as stage:
            with sending(port, clip("aac")):
                before = await stage.units(both(10))
            with sending(port, other):
                report = await stage.desk.until(lambda one: "video" in one["transcoding"])
                after = await stage.units(lambda got: bool(got) and got[-1].width == 480)
            assert {unit.width for unit in pictures(before)} == {320}
            assert after[-1].key
            assert report["probe"]["video"] == "hevc"

    asyncio.run(scene())


def without_times(source: Path, target: Path) -> None:
    """A transport stream whose every second picture says no time (PTS is optional: ISO/IEC 13818-1, 2.7.4)."""
    data, count = bytearray(source.read_bytes()), 0
    for at in range(0, len(data), 188):
        begins, adapted = data[at + 1] & 0x40, data[at + 3] & 0x20
        start = at + 4 + (1 + data[at + 4] if adapted else 0)
        if begins and data[start:start + 3] == b"\0\0\1" and data[start + 3] == 0xE0:
            count += 1
            if count % 2 == 0:
                length = data[start + 8]
                data[start + 7] &= 0x3F
                data[start + 9:start + 9 + length] = b"\xff" * length
    assert count > 10
    target.write_bytes(data)


def test_pictures_without_a_time_of_their_own_are_placed_between_the_others(tmp_path: Path) -> None:
    name = film(tmp_path, "timed.ts", *H264, *OPUS)
    without_times(tmp_path / "relay" / name, tmp_path / "relay" / "untimed.ts")

    async def scene() -> None:
        async with ingesting(tmp_path, kind="file", address="untimed.ts") as stage:
            found = await stage.units(both(20))
        even(found)

    asyncio.run(scene())
