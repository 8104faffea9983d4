"""`nghisu demo` in a bare folder: a table of who opens what, and within a minute a room that lives."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from server.core.config import Settings
from server.demo import room
from server.demo.office import Hand
from server.demo.relayed.conference import CLIP
from tests.ports import free_port, relay_ports

NGHISU = [sys.executable, "-c", "from server.cli import main; main()"]


class Demo:
    """A demonstration of its own."""

    def __init__(self, data: Path) -> None:
        self.settings = Settings(data=data, port=free_port())
        self.out = data.with_suffix(".out")
        environ = {**os.environ, "PORT": str(self.settings.port), "NGHISU_DATA": str(data), **relay_ports()}
        with self.out.open("ab") as out:
            command = [*NGHISU, "demo", "--quick"]
            self.process = subprocess.Popen(command, env=environ, stdout=out, stderr=subprocess.STDOUT)

    def until(self, true: Callable[[], bool], seconds: float = 90.0) -> None:
        limit = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < limit, self.out.read_text("utf-8")[-2000:]
            assert self.process.poll() is None, self.out.read_text("utf-8")[-2000:]
            time.sleep(0.3)

    def table(self) -> str:
        text = self.out.read_text("utf-8")
        return text if "Dừng: Ctrl+C" in text else ""

    def count(self, query: str) -> int:
        line = sqlite3.connect(f"file:{self.settings.data / 'nghisu.db'}?mode=ro", uri=True)
        try:
            return int(line.execute(query).fetchone()[0])
        finally:
            line.close()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(30) == 0


@pytest.mark.timeout(240)
def test_a_newcomer_sees_a_living_room_and_finds_it_again(tmp_path: Path) -> None:
    first = Demo(tmp_path / "data")
    try:
        first.until(lambda: bool(first.table()))
        rows = [line for line in first.table().splitlines() if "http://" in line and "│" not in line]
        surfaces = {re.search(r"\d/([a-z-]+)", row).group(1) for row in rows}  # type: ignore[union-attr]
        assert {"sign-in", "seat", "wall", "site", "console"} <= surfaces
        name, password = re.search(r"(thuky)\s+(\S+)", first.table()).groups()  # type: ignore[union-attr]
        secretary = Hand(first.settings.address)
        assert secretary.sign_in(name, password)["must_change_password"] is False
        secretary.close()
        present = "SELECT count(*) FROM presence WHERE left_at IS NULL"
        first.until(lambda: first.count(present) == room.SIMULATED)
        first.until(lambda: first.count("SELECT count(*) FROM poll WHERE state = 'published'") == 1)
        assert first.count("SELECT count(*) FROM ballot") == room.SIMULATED
        first.until(lambda: first.count("SELECT count(*) FROM presented") == 1)
        letters = "SELECT count(DISTINCT verdict) FROM relay_site WHERE verdict IS NOT NULL"
        assert first.count(letters) == 4, "rooms of every verdict"
        assert first.count("SELECT count(*) FROM conference WHERE state = 'planned'") == 1, "nothing of it runs yet"
        first.until((first.settings.folder("relay") / CLIP).exists)
    finally:
        first.stop()

    again = Demo(tmp_path / "data")  # the same folder: the same meeting, the same sign-ins
    try:
        again.until(lambda: again.table().count("Dừng: Ctrl+C") == 2)
        assert password in again.table()
        assert again.count("SELECT count(*) FROM meeting") == 2  # the hall's, and one room's of the conference
        assert again.count("SELECT count(*) FROM relay_site") == 8
    finally:
        again.stop()
    verified = subprocess.run(
        [*NGHISU, "verify"], env={**os.environ, "NGHISU_DATA": str(tmp_path / "data")}, check=False, capture_output=True
    )
    assert verified.returncode == 0, verified.stdout
