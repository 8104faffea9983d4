"""The plan reaches a real supervisor, which runs what it says; words for it are refused in words when it is away."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from server.core.config import Settings
from server.core.errors import Refused
from server.relay import link
from server.relay.plan import RelayPlan
from server.relay.planner import Planner
from tests.ports import free_port
from tests.relay.control.conference import Relay
from tests.scene import Scene


@pytest.fixture
def supervisor(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    environ = {
        **os.environ, "NGHISU_DATA": str(settings.data), "NGHISU_RELAY_PORT": str(free_port()),
        "NGHISU_RELAY_FEED_PORT": "0", "NGHISU_RELAY_FANOUTS": "1", "NGHISU_LOG_LEVEL": "error",
    }
    process = subprocess.Popen([sys.executable, "-m", "server.relay.daemon"], env=environ)
    yield process
    process.terminate()
    process.wait(20)


def test_the_plan_runs_and_what_leaves_it_ends(
    scene: Scene, client: Callable[..., Any], settings: Settings, supervisor: subprocess.Popen[bytes],
) -> None:
    relay = Relay(scene, client("secretary"))
    run = settings.folder("run")

    def apply(wanted: RelayPlan) -> None:
        link.ask(run, "apply", plan=wanted.model_dump(mode="json"))

    planner = Planner(scene.services.database, apply)
    limit = time.monotonic() + 60
    while not planner.send() and time.monotonic() < limit:
        time.sleep(0.2)
    assert link.ask(run, "status")["children"] == []
    assert relay.put("/sources/primary", {"kind": "file", "address": "clip.mp4"}).status_code == 204
    assert relay.step("rehearsal").status_code == 204
    assert planner.send()
    told = link.ask(run, "status")
    assert told["revision"] > 0
    kinds = {one["name"].split("-")[0] for one in told["children"]}
    assert {"ingest", "program", "fanout"} <= kinds
    assert relay.step("planned").status_code == 204
    assert planner.send()
    assert link.ask(run, "status")["children"] == []


def test_a_question_to_nobody_is_refused_at_once(settings: Settings) -> None:
    with pytest.raises(Refused, match="relay_away"):
        link.ask(settings.folder("run"), "status")
