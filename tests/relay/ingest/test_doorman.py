"""The door of a source that waits for its encoder: only who knows the stream key comes in, and nobody can hold it."""

import asyncio
import contextlib
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.relay.clip import clip
from tests.relay.ingest.stage import PATIENCE, both, ingesting, pushing


@pytest.mark.parametrize(("kind", "form"), [("rtmp", "flv"), ("rtsp", "rtsp")])
def test_a_wrong_key_and_a_silent_caller_keep_nobody_out(tmp_path: Path, kind: str, form: str) -> None:
    port = free_port()
    url = f"{kind}://127.0.0.1:{port}/live/khoa-luong"
    send = ["-i", str(clip("aac")), "-c", "copy", *(["-rtsp_transport", "tcp"] if kind == "rtsp" else []), "-f", form]

    async def scene() -> None:
        async with ingesting(tmp_path, kind=kind, address=url, listen=True) as stage:
            await stage.desk.until(lambda one: one["state"] == "waiting")
            async with pushing(*send, f"{kind}://127.0.0.1:{port}/live/khoa-sai") as calls, asyncio.timeout(PATIENCE):
                while len(calls) < 2:  # twice it is hung up on
                    await asyncio.sleep(0.05)
            assert stage.desk.reports[-1]["state"] != "running"
            _, silent = await asyncio.open_connection("127.0.0.1", port)
            async with pushing(*send, url):
                await stage.units(both(5))
            silent.close()

    asyncio.run(scene())


def test_a_machine_that_holds_the_door_without_the_key_makes_room(tmp_path: Path) -> None:
    port = free_port()
    url = f"rtmp://127.0.0.1:{port}/live/khoa-luong"

    async def hold() -> None:
        """From another address, again and again: the first bytes of RTMP, and then nothing."""
        while True:
            with contextlib.suppress(OSError):
                reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=("127.0.0.2", 0))
                try:
                    writer.write(b"\x03" + bytes(1536))
                    while await reader.read(4096):
                        pass
                finally:
                    writer.close()
            await asyncio.sleep(0.05)

    async def scene() -> None:
        address = f"rtmp://0.0.0.0:{port}/live/khoa-luong"
        async with ingesting(tmp_path, kind="rtmp", address=address, listen=True) as it:
            await it.desk.until(lambda one: one["state"] == "waiting")
            hostile = [asyncio.create_task(hold()) for _ in range(20)]
            await asyncio.sleep(1)
            async with pushing("-i", str(clip("aac")), "-c", "copy", "-f", "flv", url):
                await it.units(both(5))
            for one in hostile:
                one.cancel()
            await asyncio.gather(*hostile, return_exceptions=True)

    asyncio.run(scene())
