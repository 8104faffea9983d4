"""A process of the relay may open as many sockets as the system grants it, whatever its service was started with."""

import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.core import clock
from server.relay.daemon.limits import DESCRIPTORS
from tests.relay.program.stage import PATIENCE, child

USUAL = 1024  # a service's soft limit


@pytest.fixture
def usual_limit() -> Iterator[int]:
    """This process, and what it starts, has the usual soft limit; gives the hard one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard <= USUAL:
        pytest.skip("the system grants no more than the usual limit")
    resource.setrlimit(resource.RLIMIT_NOFILE, (USUAL, hard))
    yield DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_child_takes_all_the_descriptors_it_may_have(tmp_path: Path, usual_limit: int) -> None:
    with child(tmp_path, "rung", "rung-1", {"conference": 1}) as process:
        limit, found = clock.monotonic() + PATIENCE, USUAL
        while found == USUAL and clock.monotonic() < limit:
            time.sleep(0.05)
            found = resource.prlimit(process.pid, resource.RLIMIT_NOFILE)[0]
        assert found == usual_limit
