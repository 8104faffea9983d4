"""Tests over HTTP have no relay beside them: what it would have counted is said here."""

import pytest

from server.relay.readiness import witness
from server.relay.readiness.streams import NUMBERS
from server.relay.readiness.witness import Witnessed

PLENTY = Witnessed(down_kbps=50_000, up_kbps=50_000, frames=dict.fromkeys(NUMBERS.values(), 400))


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> list[Witnessed]:
    """The relay's counts; a test may put others in."""
    seen = [PLENTY]
    monkeypatch.setattr(witness, "asked", lambda _run, _site: seen[-1])
    return seen
