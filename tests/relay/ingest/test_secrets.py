"""A password, passphrase or stream key in an address is seen nowhere: process lists, words, logs."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ports import free_port
from tests.relay.clip import clip
from tests.relay.ingest.stage import PATIENCE, Stage, both, ingesting, pushing

SECRET = "mot-bi-mat-rat-dai"


def tree(root: int) -> list[Path]:
    """/proc of a process and of all that descend from it."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents.setdefault(int(stat.read_text().rpartition(")")[2].split()[1]), []).append(int(stat.parent.name))
        except OSError:
            continue
    found, left = [root], [root]
    while left:
        children = parents.get(left.pop(), [])
        found += children
        left += children
    return [Path("/proc") / str(pid) for pid in found]


def seen_by_others(root: int) -> str:
    """What any account of this machine can read of a process and its children."""
    said = []
    for process in tree(root):
        for name in ("cmdline", "comm", "environ"):
            path = process / name
            try:
                if name != "environ" or path.stat().st_mode & 0o044:
                    said.append(path.read_bytes().decode(errors="replace"))
            except OSError:
                continue  # it ended meanwhile
    assert said
    return "".join(said)


def _srt(port: int, *, listen: bool) -> tuple[dict[str, Any], list[str]]:
    url = f"srt://127.0.0.1:{port}?passphrase={SECRET}"
    send = ["-i", str(clip("aac")), "-c", "copy", "-f", "mpegts", url if listen else f"{url}&mode=listener"]
    return {"kind": "srt", "address": url, "listen": listen}, send


def _rtmp(port: int) -> tuple[dict[str, Any], list[str]]:
    url = f"rtmp://127.0.0.1:{port}/live/{SECRET}"
    return {"kind": "rtmp", "address": url, "listen": True}, ["-i", str(clip("aac")), "-c", "copy", "-f", "flv", url]


def _rtsp(port: int) -> tuple[dict[str, Any], list[str]]:
    url = f"rtsp://127.0.0.1:{port}/{SECRET}"
    send = ["-i", str(clip("h264")), "-c", "copy", "-rtsp_transport", "tcp", "-f", "rtsp", url]
    return {"kind": "rtsp", "address": url, "listen": True}, send


SUCCEED: dict[str, Callable[[int], tuple[dict[str, Any], list[str]]]] = {
    "srt-called": lambda port: _srt(port, listen=True), "srt-calling": lambda port: _srt(port, listen=False),
    "rtmp": _rtmp, "rtsp": _rtsp,
}
FAIL = {
    "srt": f"srt://127.0.0.1:{{}}?passphrase={SECRET}&streamid={SECRET}",
    "rtsp": f"rtsp://ten:{SECRET}@127.0.0.1:{{}}/{SECRET}", "rtmp": f"rtmp://ten:{SECRET}@127.0.0.1:{{}}/live/{SECRET}",
    "hls": f"http://ten:{SECRET}@127.0.0.1:{{}}/a.m3u8?token={SECRET}",
}


def played(data: Path, plan: dict[str, Any], story: Callable[[Stage], Awaitable[None]]) -> str:
    """Run an ingest; everything that could be read of it meanwhile, but for its own output."""
    seen: list[str] = []

    async def watch(pid: int) -> None:
        while True:
            seen.append(await asyncio.to_thread(seen_by_others, pid))
            await asyncio.sleep(0.05)

    async def scene() -> None:
        async with ingesting(data, **plan) as stage:
            watching = asyncio.create_task(watch(stage.process.pid))
            await story(stage)
            watching.cancel()
            seen.extend(stage.desk.words)

    asyncio.run(scene())
    assert "ingest-1-primary" in seen[0]
    return "".join(seen)


@pytest.mark.parametrize("name", SUCCEED)
def test_no_secret_is_seen_while_a_source_runs(tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]) -> None:
    plan, send = SUCCEED[name](free_port())

    async def story(stage: Stage) -> None:
        async with pushing(*send):
            await stage.units(both(5))
            await stage.desk.until(lambda one: one["state"] == "running")
        await stage.desk.until(lambda one: one["state"] == "lost")

    said = played(tmp_path, plan, story)
    assert SECRET not in said + "".join(capfd.readouterr())


@pytest.mark.parametrize("kind", FAIL)
def test_no_secret_is_told_when_a_source_fails(tmp_path: Path, kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    async def story(stage: Stage) -> None:
        lost = await stage.desk.until(lambda one: one["state"] == "lost" and one["reconnects"] > 1)
        assert lost["why"] in ("connection_refused", "no_answer")

    said = played(tmp_path, {"kind": kind, "address": FAIL[kind].format(free_port())}, story)
    assert SECRET not in said + "".join(capfd.readouterr())


def test_a_wrong_passphrase_is_named_and_not_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    port = free_port()
    _, send = _srt(port, listen=False)
    plan = {"kind": "srt", "address": f"srt://127.0.0.1:{port}?passphrase=khac-{SECRET}"}

    async def story(stage: Stage) -> None:
        async with pushing(*send):
            lost = await stage.desk.until(lambda one: one["why"] == "password_refused")
            assert lost["state"] == "lost"

    assert SECRET not in played(tmp_path, plan, story) + "".join(capfd.readouterr())


def test_an_srt_caller_without_the_stream_s_name_is_sent_away(tmp_path: Path) -> None:
    port = free_port()
    url = f"srt://127.0.0.1:{port}?streamid="
    send = ["-i", str(clip("aac")), "-c", "copy", "-f", "mpegts"]

    async def scene() -> None:
        async with ingesting(tmp_path, kind="srt", address=f"{url}{SECRET}", listen=True) as stage:
            async with pushing(*send, f"{url}khac"):
                await stage.desk.until(lambda one: one["state"] == "waiting")
                await asyncio.sleep(2)
                assert stage.desk.reports[-1]["state"] == "waiting"
            async with pushing(*send, f"{url}{SECRET}"):
                await stage.units(both(5))

    asyncio.run(scene())


def test_a_plan_that_is_wrong_is_not_printed_with_its_addresses(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async def scene() -> None:
        bad = {"kind": "srt", "address": SECRET * 50}
        async with ingesting(tmp_path, **bad) as stage, asyncio.timeout(PATIENCE):
            while stage.process.poll() is None:
                await asyncio.sleep(0.05)

    asyncio.run(scene())
    said = "".join(capfd.readouterr())
    assert "address" in said  # it says what is wrong
    assert SECRET not in said


def test_environments_are_for_their_owner_only() -> None:
    assert not Path(f"/proc/{os.getpid()}/environ").stat().st_mode & 0o044
