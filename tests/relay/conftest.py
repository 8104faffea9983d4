"""What every test of the relay begins with."""

import pytest

from server.relay.readiness.turns import turns


@pytest.fixture(autouse=True)
def _nobody_tests() -> None:
    """Turns live in the process's memory: those of another test would stand in this one's plan."""
    turns.forget()
