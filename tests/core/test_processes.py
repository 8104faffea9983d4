"""The supervisor: dead processes come back, the port stays open meanwhile, nothing is left behind."""

import contextlib
import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from server.core.config import Settings
from server.setup import migrate
from tests.ports import free_port, relay_ports


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[str, Path, subprocess.Popen[bytes]]]:
    port = free_port()
    environ = {
        **os.environ, "PORT": str(port), "NGHISU_DATA": str(tmp_path / "d"), "NGHISU_LOG_LEVEL": "error",
        **relay_ports(),
    }
    command = [sys.executable, "-c", "from server.cli import main; main()", "serve"]
    process = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        assert answers(address, 30)
        yield address, tmp_path / "d", process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def answers(address: str, seconds: float) -> bool:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        with contextlib.suppress(OSError, http.client.HTTPException):
            line = http.client.HTTPConnection(address.removeprefix("http://"), timeout=seconds)
            line.request("GET", "/healthz")
            status = line.getresponse().status
            line.close()
            return status == 200
        time.sleep(0.05)
    return False


def test_a_killed_web_process_comes_back_and_nobody_is_refused_meanwhile(
    running: tuple[str, Path, subprocess.Popen[bytes]],
) -> None:
    address, data, _ = running
    pid = int((data / "run" / "web.pid").read_text())
    os.killpg(pid, signal.SIGKILL)
    # Sent while there is no web process: a connection waits in the supervisor's socket and is then answered.
    with socket.create_connection(("127.0.0.1", int(address.rsplit(":", 1)[1])), timeout=30) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert line.recv(4096).startswith(b"HTTP/1.1 200")
    assert int((data / "run" / "web.pid").read_text()) != pid


def test_a_killed_relay_is_started_again_and_answers(running: tuple[str, Path, subprocess.Popen[bytes]]) -> None:
    _, data, process = running
    relay = f"http://127.0.0.1:{psutil.Process(process.pid).environ()['NGHISU_RELAY_PORT']}"
    assert answers(relay, 30)
    pid = int((data / "run" / "relay.pid").read_text())
    os.kill(pid, signal.SIGKILL)
    limit = time.monotonic() + 30
    while int((data / "run" / "relay.pid").read_text() or pid) == pid:
        assert time.monotonic() < limit
        time.sleep(0.05)
    assert answers(relay, 30)


def test_stopping_leaves_no_process(running: tuple[str, Path, subprocess.Popen[bytes]]) -> None:
    _, _, process = running
    family = psutil.Process(process.pid).children(recursive=True)
    assert len(family) >= 3  # gunicorn's master and worker, and the huey consumer
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE] == []


def test_a_killed_supervisor_takes_all_its_processes_with_it(
    running: tuple[str, Path, subprocess.Popen[bytes]],
) -> None:
    address, _, process = running
    family = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    _, alive = psutil.wait_procs(family, timeout=20)
    assert alive == []
    with socket.create_server(("127.0.0.1", int(address.rsplit(":", 1)[1]))):
        pass  # its port is free for the next one


def test_a_port_in_use_is_named(running: tuple[str, Path, subprocess.Popen[bytes]], tmp_path: Path) -> None:
    address, _, _ = running
    environ = {**os.environ, "PORT": address.rsplit(":", 1)[1], "NGHISU_DATA": str(tmp_path / "other")}
    command = [sys.executable, "-c", "from server.cli import main; main()", "serve"]
    second = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=30, check=False)
    assert second.returncode == 1
    assert "setting port" in second.stderr


def start(*command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """A command that is expected to end by itself."""
    program = f"from server.cli import main; main({list(command)})"
    return subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, **environ}, capture_output=True, text=True, timeout=60,
        check=False,
    )


def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = start("serve", PORT=port, NGHISU_DATA=str(tmp_path))
    assert ended.returncode == 1
    assert ended.stderr == f"Error: setting port: 127.0.0.1:{port}: Address already in use\n"


@pytest.mark.parametrize("command", ["serve", "web", "worker"])
def test_a_data_folder_that_cannot_be_is_said_in_one_line(command: str) -> None:
    ended = start(command, NGHISU_DATA="/proc/nghisu", PORT=str(free_port()))
    assert ended.returncode != 0
    assert "setting data: /proc/nghisu: No such file or directory" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_data_of_a_newer_program_is_said_in_one_line(tmp_path: Path) -> None:
    migrate(Settings(data=tmp_path))
    with contextlib.closing(sqlite3.connect(tmp_path / "nghisu.db")) as rows, rows:
        rows.execute("UPDATE alembic_version SET version_num = '9999'")
    ended = start("worker", NGHISU_DATA=str(tmp_path))
    assert ended.returncode == 3
    assert len(ended.stderr.splitlines()) == 1
    assert "install the newer program" in ended.stderr


@pytest.mark.parametrize("command", [("verify",), ("backup", "never.tar")])
def test_a_folder_without_data_is_said_in_one_line_and_stays_so(command: tuple[str, ...], tmp_path: Path) -> None:
    ended = start(*command, NGHISU_DATA=str(tmp_path))
    assert ended.returncode == 1
    assert ended.stderr == f"Error: setting data: {tmp_path} holds no data of a server yet\n"
    assert not (tmp_path / "nghisu.db").exists()
