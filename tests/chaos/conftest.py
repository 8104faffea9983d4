"""One real server for the tests that must not hurt it; tests that kill start their own."""

from collections.abc import Iterator

import pytest

from server.rehearsal.browser import Browser
from server.rehearsal.loop import Loop
from tests.bench.house import House, house

pytestmark = pytest.mark.chaos


@pytest.fixture(scope="module")
def server() -> Iterator[House]:
    """A meeting in session with ten seats, served by real processes."""
    with house(10) as made:
        yield made


@pytest.fixture
def loop() -> Iterator[Loop]:
    """A loop whose connections end with the test."""
    made = Loop()
    yield made
    made.close()


@pytest.fixture
def secretary(server: House, loop: Loop) -> Browser:
    """The signed-in secretary."""
    return Browser(loop, server.target, "console", server.secretary)
