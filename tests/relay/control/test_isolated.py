"""In the isolated profile nothing is relayed: routes, screens and commands say so, and nothing listens."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from click.testing import CliRunner
from flask import Flask

from server.core.config import ConfigError, Settings
from server.devices.models import Device
from server.relay.command import edge, relay
from server.relay.models import Conference, ConferenceState, Site
from server.relay.office import Office
from tests.conftest import code
from tests.ports import free_port
from tests.scene import Scene

NOT_OURS = {"forbidden", "sign_in_needed", "not_signed_in", "signed_out"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"profile": "isolated"})


def _conference(scene: Scene, meeting: int) -> None:
    """What is left of a time when this server was a networked one: live, with a site's page and an edge."""

    def make(tx: Any) -> None:
        conference = Conference(
            meeting_id=meeting, name="Hội nghị", organiser="province", starts_at=tx.now, state_since=tx.now,
            state=ConferenceState.LIVE,
        )
        tx.add(conference)
        tx.flush()
        for device in tx.query(Device).all():
            tx.add(Site(conference_id=conference.id, position=1, name="Điểm cầu", device_id=device.id))

    scene.run(make)


def _device(scene: Scene, kind: str) -> Any:
    def make(tx: Any) -> int:
        device = Device(unit_id=scene.top, kind=kind, name=kind, enrolled_at=tx.now)
        tx.add(device)
        tx.flush()
        return int(device.id)

    return scene.device(scene.run(make), kind)


def test_every_route_of_the_relay_is_refused_in_words(app: Flask, scene: Scene, client: Callable[..., Any]) -> None:
    meeting = scene.meeting(delegates=1)
    callers = [client("secretary"), client("technician"), scene.seat(scene.people[0])]
    callers += [_device(scene, kind) for kind in ("site", "edge", "wall")]
    _conference(scene, meeting)
    routes = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/") and "relay" in rule.rule]
    assert len(routes) > 25
    for rule in routes:
        path = re.sub(r"<any\((\w+).*?>", r"\1", rule.rule.replace("<int:meeting_id>", str(meeting)))
        path = re.sub(r"<[^>]+>", "1", path)
        for method in rule.methods or set():
            if method in ("HEAD", "OPTIONS"):
                continue
            found = {code(one.send(method, path, {} if method != "GET" else None)) for one in callers}
            assert "relay_isolated" in found, (method, path, found)
            assert found - {"relay_isolated"} <= NOT_OURS, (method, path, found)


def test_what_ran_before_is_over_and_the_wall_says_so(scene: Scene, client: Callable[..., Any]) -> None:
    meeting = scene.meeting()
    _conference(scene, meeting)
    Office(scene.services).start()
    assert [one.state for one in scene.rows(Conference)] == [ConferenceState.ENDED]
    assert code(client("secretary").put(f"/api/meetings/{meeting}/wall", {"scene": "relay"})) == "relay_not_running"
    assert scene.topic(f"meeting/{meeting}/relay", "wall")["watch"] is False


@pytest.mark.parametrize("command", [
    (relay, []), (edge, []), (edge, ["--centre", "http://127.0.0.1:9", "--code", "ABCD2345", "--enrol-only"]),
])
def test_the_commands_do_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[Any, list[str]]
) -> None:
    monkeypatch.setenv("NGHISU_PROFILE", "isolated")
    monkeypatch.setenv("NGHISU_DATA", str(tmp_path))
    refused = CliRunner().invoke(*command)
    assert isinstance(refused.exception, ConfigError)
    assert "isolated" in str(refused.exception)


def test_nothing_listens_but_the_server_itself(tmp_path: Path) -> None:
    ports = {"PORT": free_port(), "NGHISU_RELAY_PORT": free_port(), "NGHISU_RELAY_FEED_PORT": free_port()}
    environ = {**os.environ, "NGHISU_DATA": str(tmp_path / "d"), "NGHISU_PROFILE": "isolated"}
    command = [sys.executable, "-c", "from server.cli import main; main()", "serve"]
    process = subprocess.Popen(
        command, env={**environ, **{name: str(port) for name, port in ports.items()}}, stderr=subprocess.DEVNULL
    )
    try:
        listening = _until_listening(psutil.Process(process.pid), ports["PORT"])
        assert listening == {ports["PORT"]}
        family = [process.pid, *(one.pid for one in psutil.Process(process.pid).children(recursive=True))]
        said = [" ".join(psutil.Process(pid).cmdline()) for pid in family]
        assert len(said) >= 3  # itself, web, worker
        assert not [line for line in said if "relay" in line]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _until_listening(root: psutil.Process, port: int) -> set[int]:
    """The ports, TCP and UDP, that a process and its children have open once the worker runs too."""
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        family = [root, *root.children(recursive=True)]
        found = {
            one.laddr.port for process in family for one in process.net_connections(kind="inet")
            if one.status in (psutil.CONN_LISTEN, psutil.CONN_NONE) and one.laddr
        }
        if port in found and any("server.worker" in " ".join(one.cmdline()) for one in family):
            return found
        time.sleep(0.2)
    raise TimeoutError
