"""Rows put under a running server, for states that would take long to reach."""

import sqlite3

from server.core.keys import Keys
from server.meetings.invitations import pin_mac
from tests.bench.house import House


def change_rows(server: House, statement: str, *values: object) -> int:
    """Run one statement; how many rows it changed."""
    rows = sqlite3.connect(server.folder / "nghisu.db", timeout=10)
    try:
        with rows:
            return rows.execute(statement, values).rowcount
    finally:
        rows.close()


def give_pin(server: House, keys: Keys, participant: int, pin: str) -> None:
    """Let a participant sign in with this PIN."""
    change_rows(server, "UPDATE participant SET pin_mac = ? WHERE id = ?", pin_mac(keys, participant, pin), participant)
