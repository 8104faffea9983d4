"""What a web process that was away hears when it comes back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zmq
from structlog.testing import capture_logs

from server.core import clock
from server.core.bus import Bus, _address


@pytest.fixture
def bus(tmp_path: Path) -> Any:
    """One that tells."""
    made = Bus(tmp_path)
    yield made
    made.close()


class Ear:
    """A web process that came up."""

    def __init__(self, folder: Path) -> None:
        self.heard: list[dict[str, Any]] = []
        self._socket = zmq.Context.instance().socket(zmq.PULL)
        self._socket.bind(_address(folder))

    def of(self, kind: str) -> list[int]:
        """The numbers heard of a kind."""
        return [one["number"] for one in self.heard if one["kind"] == kind]

    def until(self, true: Callable[[], bool], say: Callable[[], None] = lambda: None) -> None:
        """Listen, and say something again and again, until `true`."""
        limit = clock.monotonic() + 10
        while not true():
            assert clock.monotonic() < limit, self.heard
            say()
            if self._socket.poll(50):
                self.heard.append(json.loads(self._socket.recv()))

    def close(self) -> None:
        self._socket.close(0)


def test_words_are_kept_and_states_are_not(bus: Bus, tmp_path: Path) -> None:
    for number in range(5):
        bus.tell("relay.event", number=number)
        bus.state("relay.report", number=number)
    ear = Ear(tmp_path)
    try:
        ear.until(
            lambda: len(ear.of("relay.event")) == 5 and bool(ear.of("relay.report")),
            lambda: bus.state("relay.report", number=99),
        )
    finally:
        ear.close()
    assert ear.of("relay.event") == [0, 1, 2, 3, 4]
    assert set(ear.of("relay.report")) == {99}  # of the old ones none


def test_a_full_bus_is_logged_once_and_not_with_every_word(bus: Bus) -> None:
    with capture_logs() as logged:
        for number in range(1200):
            bus.tell("topics", number=number)
    assert [one["event"] for one in logged] == ["bus_full"]
