"""A running server of its own, with a data folder of its own, for tests that look at screens."""

import contextlib
import os
import secrets
import signal
import subprocess
import sys
from pathlib import Path

from server.core.config import Settings
from server.demo.office import Hand, wait_for_server
from server.setup import first_administrator, migrate
from tests.ports import free_port

NGHISU = [sys.executable, "-c", "from server.cli import main; main()"]
ADMINISTRATOR = "quantri"
FIRST_PASSWORD = "mat-khau-dau-tien-1"
PASSWORD = "mot cau de nho 2026"


class House:
    """`nghisu serve` on a free port."""

    def __init__(self, data: Path) -> None:
        self.settings = Settings(
            data=data, port=free_port(), relay_port=free_port(), relay_feed_port=free_port(), relay_fanouts=1
        )
        self.address = self.settings.address
        self.process: subprocess.Popen[bytes] | None = None
        self._hands: list[Hand] = []

    def start(self) -> None:
        """Set up the first administrator, start every process, wait until it answers."""
        migrate(self.settings)
        first_administrator(self.settings, account=ADMINISTRATOR, unit="Tỉnh ủy Mẫu Sơn Hạ", password=FIRST_PASSWORD)
        with (self.settings.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen([*NGHISU, "serve"], env=self.environ(), stderr=log, stdout=log)
        wait_for_server(self.address)

    def environ(self) -> dict[str, str]:
        """The environment of every process of this house."""
        return {
            **os.environ, "PORT": str(self.settings.port), "NGHISU_DATA": str(self.settings.data),
            "NGHISU_RELAY_PORT": str(self.settings.relay_port), "NGHISU_RELAY_FANOUTS": "1",
            "NGHISU_RELAY_FEED_PORT": str(self.settings.relay_feed_port),
        }

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Another `nghisu …` beside the running server."""
        return subprocess.run(
            [*NGHISU, *command], env=self.environ(), capture_output=True, text=True, check=False, timeout=60
        )

    def kill(self, name: str = "web") -> None:
        """kill -9 of one process group; the supervisor starts it again."""
        os.killpg(int((self.settings.data / "run" / f"{name}.pid").read_text()), signal.SIGKILL)

    def stop(self) -> None:
        """End all processes."""
        self.let_go()
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(20)
            self.process.kill()

    def let_go(self) -> None:
        """Hang up for everybody who works through the API."""
        for hand in self._hands:
            hand.close()

    def hand(self, account: str, surface: str = "console") -> Hand:
        """A signed-in account working through the API."""
        hand = self.nobody(surface)
        hand.sign_in(account, PASSWORD)
        return hand

    def nobody(self, surface: str = "console") -> Hand:
        """Somebody who is not signed in yet."""
        self._hands.append(Hand(self.address, surface))
        return self._hands[-1]

    def people(self, **roles: str) -> int:
        """The administrator's and further accounts (account=role), all with PASSWORD; returns the root unit's id."""
        administrator = self.nobody()
        administrator.sign_in(ADMINISTRATOR, FIRST_PASSWORD)
        administrator.post("/api/password", {"current": FIRST_PASSWORD, "new": PASSWORD})
        unit = int(administrator.get("/api/units")["units"][0]["id"])
        for name, role in roles.items():
            body = {"name": name, "display_name": name.title(), "roles": [{"role": role, "unit_id": unit}]}
            once = administrator.post(f"/api/units/{unit}/accounts", body)["password"]
            owner = self.nobody()
            owner.sign_in(name, once)
            owner.post("/api/password", {"current": once, "new": PASSWORD})
        return unit


def random_name(prefix: str) -> str:
    """A name nobody else has."""
    return f"{prefix}-{secrets.token_hex(3)}"
