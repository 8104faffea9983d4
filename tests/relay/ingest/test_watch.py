"""Nothing that hangs or dies stays behind."""

import asyncio
from pathlib import Path

import psutil
import pytest

from server.core import clock
from server.relay.daemon.ingest.main import HANGS_S, hung
from server.relay.daemon.ingest.puller import Puller
from server.relay.daemon.ingest.sink import Sink
from server.relay.plan import SourcePlan
from tests.relay.ingest.stage import free_port, ingesting


def test_a_reader_that_hangs_beyond_every_time_limit_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = SourcePlan(key="primary", kind="rtmp", address=f"rtmp://127.0.0.1:{free_port()}/a/b", listen=True)
    puller = Puller(source, tmp_path, Sink(None), lambda *_: None)
    puller.start()
    try:
        assert not hung(puller)
        late = clock.monotonic() + puller.silence_allowed + HANGS_S + 90_000
        monkeypatch.setattr(clock, "monotonic", lambda: late)
        assert hung(puller)
    finally:
        monkeypatch.undo()
        puller.stop()


def test_ffmpeg_ends_with_the_ingest_that_was_killed(tmp_path: Path) -> None:
    address = f"srt://127.0.0.1:{free_port()}"

    async def scene() -> None:
        async with ingesting(tmp_path, kind="srt", address=address, listen=True) as stage:
            await stage.desk.until(lambda one: one["state"] == "waiting")
            peers = psutil.Process(stage.process.pid).children(recursive=True)
            assert peers
            stage.process.kill()
            async with asyncio.timeout(10):
                while any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in peers):
                    await asyncio.sleep(0.05)

    asyncio.run(scene())
