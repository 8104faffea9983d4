"""The look at a source before it is used: what it sends, what would be made anew, what that costs, or what is wrong."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
import zmq
import zmq.asyncio

import server.core.refusals  # noqa: F401  (declares the codes)
from server.core.bus import Bus
from server.core.config import Settings
from server.core.errors import Refused
from server.relay.daemon import wire
from server.relay.daemon.ingest.ask import ask
from server.relay.daemon.supervisor import Supervisor
from server.relay.reports import ProbeAnswer
from tests.ports import free_port
from tests.relay.ingest.test_sources import placed


def probed(data: Path, **source: Any) -> ProbeAnswer:
    (data / "relay").mkdir(exist_ok=True)
    return asyncio.run(ask({"key": "primary", **source}, data / "relay"))


def test_it_says_what_would_be_made_anew_and_what_that_costs(tmp_path: Path) -> None:
    answer = probed(tmp_path, kind="file", address=placed(tmp_path, "bframes"))
    assert answer.why == ""
    assert answer.probe is not None
    assert (answer.probe.video, answer.probe.b_frames, answer.probe.audio) == ("h264", True, "opus")
    assert (answer.probe.width, answer.probe.height, answer.probe.gop_s) == (320, 180, 1.0)
    assert answer.transcoding == ("video",)
    assert 0 < answer.cost_percent < 200


def test_it_says_why_nothing_came(tmp_path: Path) -> None:
    assert probed(tmp_path, kind="file", address="../nghisu.db").why == "file_outside"
    assert probed(tmp_path, kind="rtsp", address=f"rtsp://127.0.0.1:{free_port()}/a").why == "connection_refused"


def test_what_is_no_source_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        probed(tmp_path, kind="telnet", address="")
    assert refused.value.code == "invalid_input"


def test_the_supervisor_answers_for_a_probe(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    address = placed(tmp_path, "aac")

    async def scene() -> dict[str, Any]:
        bus = Bus(settings.folder("run"))
        supervisor, ready = Supervisor(settings, bus, 1), asyncio.Event()
        running = asyncio.create_task(supervisor.run(ready))
        await ready.wait()
        socket = zmq.asyncio.Context.instance().socket(zmq.DEALER)
        socket.setsockopt(zmq.LINGER, 0)
        socket.setsockopt(zmq.IDENTITY, b"web")
        socket.connect(wire.address(supervisor.folder))
        source = {"key": "primary", "kind": "file", "address": address}
        await socket.send(json.dumps({"id": 1, "kind": "probe", "source": source}).encode())
        try:
            async with asyncio.timeout(25):
                return dict(json.loads(await socket.recv()))
        finally:
            socket.close()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            bus.close()

    answer = asyncio.run(scene())
    assert answer["ok"] is True
    assert answer["transcoding"] == ["audio"]
    assert answer["probe"]["audio"] == "aac"
