"""Nothing that hangs or dies stays behind."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from server.core import clock
from server.relay.daemon.ingest.main import HANGS_S, hung
from server.relay.daemon.ingest.puller import Puller
from server.relay.daemon.ingest.sink import Sink
from server.relay.plan import SourcePlan
from tests.ports import free_port


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


CAPTURES = """
import threading
from server.relay.daemon.ingest.address import captured
from server.relay.daemon.ingest.opened import opened

with opened(captured(("-re", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=15"), ()), threading.Event()) as found:
    print("open", flush=True)
    for _packet in found.demux():
        pass
"""


def test_ffmpeg_ends_with_the_ingest_that_was_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", CAPTURES], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        peers = psutil.Process(process.pid).children(recursive=True)
        assert peers
        process.kill()
        psutil.wait_procs(peers, timeout=10)
        assert not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in peers)
