"""Sources of every kind, from real peers: what comes out is H.264 without B-frames and Opus of 20 ms on one clock."""

import asyncio
import contextlib
import shutil
import socket
from collections.abc import Awaitable, Callable
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any

import av
import pytest

from server.relay.daemon.ingest import address, nal, opus
from server.relay.daemon.ingest.puller import Puller
from server.relay.daemon.ingest.sink import Sink
from server.relay.daemon.units import Flag, Track, Unit
from server.relay.plan import SourcePlan
from tests.ports import free_port
from tests.relay.clip import KNOWN, Recipe, clip, make, units
from tests.relay.ingest.rtsp_server import serving
from tests.relay.ingest.stage import PATIENCE, both, ffmpeg, ingesting, pictures, pushing, sounds
from tests.relay.timecode import read_frame


def placed(data: Path, name: str | Recipe) -> str:
    """A clip in the relay's folder, as the address of a source."""
    path = make(name) if isinstance(name, Recipe) else clip(name)
    (data / "relay").mkdir(exist_ok=True)
    shutil.copy(path, data / "relay" / path.name)
    return path.name


def whole(found: list[Unit]) -> None:
    """What every source must give, whatever it sends itself."""
    shown, heard = pictures(found), sounds(found)
    assert shown[0].key
    for unit in shown:
        kinds = [nal.kind(one) for one in nal.split(unit.payload)]
        assert unit.key == (nal.IDR in kinds)
        assert not unit.key or {nal.SPS, nal.PPS} < set(kinds)
        assert not any(nal.is_b_slice(one) for one in nal.split(unit.payload))
    assert all(opus.samples(unit.payload) == opus.PACKET for unit in heard)
    for track in (shown, heard):
        assert all(later.pts90 > earlier.pts90 for earlier, later in pairwise(track))
        assert [unit.seq for unit in track] == list(range(track[0].seq, track[0].seq + len(track)))
    assert abs(shown[-1].pts90 - heard[-1].pts90) < 2 * 90_000  # one clock


def codes(found: list[Unit]) -> list[int | None]:
    """The media times burned into the pictures, decoded."""
    decoder = av.CodecContext.create("h264", "r")
    frames = [frame for unit in pictures(found) for frame in decoder.decode(av.Packet(unit.payload))]
    return [read_frame(frame) for frame in [*frames, *decoder.decode(None)]]


def test_a_file_passes_untouched_and_its_time_goes_on_when_it_begins_anew(tmp_path: Path) -> None:
    recipe = Recipe(seconds=2)

    async def scene() -> None:
        async with ingesting(tmp_path, kind="file", address=placed(tmp_path, recipe)) as stage:
            found = await stage.units(both(40))
            report = await stage.desk.until(lambda one: one["state"] == "running")
        whole(found)
        sent = [bytes(unit.payload) for unit in units(make(recipe)) if unit.track is Track.VIDEO]
        slices = [[one for one in nal.split(payload) if nal.kind(one) <= nal.IDR] for payload in sent]
        came = [[one for one in nal.split(unit.payload) if nal.kind(one) <= nal.IDR] for unit in pictures(found)]
        first = slices.index(came[0])
        assert came == [slices[(first + at) % 30] for at in range(len(came))]
        steps = [later.pts90 - earlier.pts90 for earlier, later in pairwise(pictures(found))]
        assert max(steps) < 18_000
        assert report["transcoding"] == []
        assert report["probe"]["video"] == "h264"
        assert (report["probe"]["width"], report["probe"]["height"], report["probe"]["fps"]) == (320, 180, 15)

    asyncio.run(scene())


@pytest.mark.parametrize(("name", "made"), [("bframes", ["video"]), ("hevc", ["video"]), ("aac", ["audio"])])
def test_what_cannot_pass_is_made_anew_and_the_report_says_so(tmp_path: Path, name: str, made: list[str]) -> None:
    async def scene() -> None:
        async with ingesting(tmp_path, kind="file", address=placed(tmp_path, name)) as stage:
            found = await stage.units(both(20))
            report = await stage.desk.until(lambda one: one["fps"] > 10)
        whole(found)
        assert report["transcoding"] == made
        assert report["cost_percent"] > 0
        assert report["probe"]["b_frames"] == (name == "bframes")
        assert report["probe"]["video"] == (KNOWN[name].video or "h264")
        read = codes(found)
        assert None not in read
        assert read == sorted(read)  # type: ignore[type-var]  (no None among them)

    asyncio.run(scene())


def test_a_change_of_size_passes_as_a_break_at_an_idr(tmp_path: Path) -> None:
    async def scene() -> None:
        async with ingesting(tmp_path, kind="file", address=placed(tmp_path, "resize")) as stage:
            found = await stage.units(lambda got: bool(got) and got[-1].width == 480)
        changed = found[-1]
        assert changed.key
        assert changed.flags & Flag.DISCONTINUITY
        assert {unit.width for unit in pictures(found[:-1])} == {320}

    asyncio.run(scene())


def _rtmp(port: int) -> tuple[dict[str, Any], list[str]]:
    url = f"rtmp://127.0.0.1:{port}/live/key"
    return {"kind": "rtmp", "address": url, "listen": True}, ["-i", str(clip("aac")), "-c", "copy", "-f", "flv", url]


def _rtsp(port: int) -> tuple[dict[str, Any], list[str]]:
    url = f"rtsp://127.0.0.1:{port}/live"
    send = ["-i", str(clip("h264")), "-c", "copy", "-rtsp_transport", "tcp", "-f", "rtsp", url]
    return {"kind": "rtsp", "address": url, "listen": True}, send


def _udp(port: int) -> tuple[dict[str, Any], list[str]]:
    url = f"udp://127.0.0.1:{port}"
    send = ["-i", str(clip("aac")), "-c", "copy", "-f", "mpegts", f"{url}?pkt_size=1316"]
    return {"kind": "mpegts", "address": url}, send


def _srt_called(port: int) -> tuple[dict[str, Any], list[str]]:
    url = f"srt://127.0.0.1:{port}?passphrase=mot-mat-khau-dai"
    send = ["-i", str(clip("aac")), "-c", "copy", "-f", "mpegts", url]
    return {"kind": "srt", "address": url, "listen": True}, send


def _srt_calling(port: int) -> tuple[dict[str, Any], list[str]]:
    url = f"srt://127.0.0.1:{port}"
    send = ["-i", str(clip("aac")), "-c", "copy", "-f", "mpegts", f"{url}?mode=listener"]
    return {"kind": "srt", "address": url}, send


@pytest.mark.parametrize("peer", [_rtmp, _rtsp, _udp, _srt_called, _srt_calling])
def test_an_encoder_s_pictures_and_sound_arrive(
    tmp_path: Path, peer: Callable[[int], tuple[dict[str, Any], list[str]]]
) -> None:
    plan, send = peer(free_port(socket.SOCK_DGRAM if peer is _udp else socket.SOCK_STREAM))

    async def scene() -> None:
        async with ingesting(tmp_path, **plan) as stage, pushing(*send):
            found = await stage.units(both(20))
            report = await stage.desk.until(lambda one: one["state"] == "running")
        whole(found)
        assert report["why"] == ""

    asyncio.run(scene())


def test_hls_is_taken_at_its_own_pace(tmp_path: Path) -> None:
    folder = tmp_path / "hls"
    folder.mkdir()

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given, directory=str(folder))

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    send = ["-i", str(clip("aac")), "-c", "copy", "-f", "hls", "-hls_time", "1", "-hls_list_size", "5"]

    async def scene() -> None:
        with ffmpeg(*send, str(folder / "live.m3u8")):
            async with asyncio.timeout(20):
                while len(list(folder.glob("*.ts"))) < 2:
                    await asyncio.sleep(0.1)
            address = f"http://127.0.0.1:{server.server_port}/live.m3u8"
            async with ingesting(tmp_path, kind="hls", address=address) as stage:
                found = await stage.units(both(25))
        whole(found)
        shown = pictures(found)
        media = (shown[-1].pts90 - shown[0].pts90) / 90_000
        passed = (shown[-1].capture_ns - shown[0].capture_ns) / 1e9
        assert passed > media * 0.7  # segments come at once; pictures do not

    try:
        asyncio.run(scene())
    finally:
        server.shutdown()
        server.server_close()


def test_an_encoder_that_dies_is_missed_and_its_return_continues_the_stream(tmp_path: Path) -> None:
    plan, send = _rtmp(free_port())

    async def scene() -> None:
        async with ingesting(tmp_path, **plan) as stage:
            async with pushing(*send):
                before = await stage.units(both(10))
            lost = await stage.desk.until(lambda one: one["state"] == "lost")
            async with pushing(*send):
                after = await stage.units(lambda got: len(pictures(got)) > 3)
                await stage.desk.until(lambda one: one["state"] == "running")
        fresh = next(unit for unit in pictures(after) if unit.flags & Flag.DISCONTINUITY)
        assert fresh.key
        assert fresh.epoch == before[0].epoch
        assert fresh.pts90 > pictures(before)[-1].pts90
        assert lost["why"] in ("ended", "stalled")
        assert [event["code"] for event in stage.desk.events] == ["source_lost", "source_back"]

    asyncio.run(scene())


Peer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def _garbage(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    for number in range(400):
        writer.write(bytes((number * 7 + at * 13) % 256 for at in range(4096)))
        await writer.drain()


async def _endless_headers(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    with contextlib.suppress(ConnectionError):
        while True:
            writer.write(b"X-More: " + b"x" * 4000 + b"\r\n")
            await writer.drain()
            await asyncio.sleep(0)
    writer.close()


async def _hangs_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


@pytest.mark.parametrize(("kind", "url", "peer"), [
    ("rtsp", "rtsp://ten:mat-khau-bi-mat@127.0.0.1:{}/live", _garbage),
    ("rtmp", "rtmp://127.0.0.1:{}/live/mat-khau-bi-mat", _garbage),
    ("hls", "http://ten:mat-khau-bi-mat@127.0.0.1:{}/a.m3u8", _garbage),
    ("rtsp", "rtsp://ten:mat-khau-bi-mat@127.0.0.1:{}/live", _hangs_up),
])
def test_a_hostile_peer_ends_nothing_and_no_secret_is_told(
    tmp_path: Path, kind: str, url: str, peer: Peer, capfd: pytest.CaptureFixture[str]
) -> None:
    async def scene() -> list[str]:
        async def guarded(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await peer(reader, writer)
            except (ConnectionError, asyncio.CancelledError):
                pass
            finally:
                writer.close()

        server = await asyncio.start_server(guarded, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with ingesting(tmp_path, kind=kind, address=url.format(port)) as stage:
            report = await stage.desk.until(lambda one: one["state"] == "lost" and one["reconnects"] >= 1)
            assert stage.process.poll() is None
            assert report["why"] not in ("", "failed")
        server.close()
        return stage.desk.words

    words = asyncio.run(scene())
    said = "".join([*words, *capfd.readouterr()])
    assert "mat-khau-bi-mat" not in said
    assert "Traceback" not in said


def test_an_answer_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "OPEN_S", 1.0)  # in a process of its own it would take the whole ten

    async def scene() -> None:
        server = await asyncio.start_server(_endless_headers, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/a.m3u8"
        source = SourcePlan(key="primary", kind="hls", address=url)
        puller = Puller(source, tmp_path, Sink(None), lambda *_: None)
        puller.start()
        try:
            async with asyncio.timeout(PATIENCE):
                while puller.state != "lost":
                    await asyncio.sleep(0.05)
            assert puller.why == "no_answer"
        finally:
            puller.stop()
            server.close()
            await asyncio.to_thread(puller.join, PATIENCE)

    asyncio.run(scene())


def test_a_camera_is_called_over_rtsp(tmp_path: Path) -> None:
    async def scene() -> None:
        async with (
            serving(clip("h264"), tmp_path) as (server, port),
            ingesting(tmp_path, kind="rtsp", address=f"rtsp://127.0.0.1:{port}/live") as stage,
        ):
            found = await stage.units(both(20))
        whole(found)
        assert {"DESCRIBE", "SETUP", "PLAY"} < set(server.asked)

    asyncio.run(scene())
