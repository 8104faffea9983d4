"""What every test of the relay begins with."""

import pytest

from server.relay.board import seen
from server.relay.readiness.turns import turns


@pytest.fixture(autouse=True)
def _nothing_was_seen() -> None:
    """Turns and figures live in the process's memory: those of another test would stand in this one's plan and board.
    """
    turns.forget()
    for known in (seen.conferences, seen.labels, seen.watched, seen.edges):
        known.clear()
