"""The door of a source that waits for its encoder: only who knows the stream key comes in, and nobody can hold it."""

import asyncio
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
