"""The web process dies while seats vote: nothing that was acknowledged is lost, nothing is counted twice."""

import random

import pytest

from tests.bench.house import house
from tests.chaos.kill_rounds import Rounds

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(300)]


def test_no_acknowledged_ballot_is_lost_or_doubled_when_the_web_process_is_killed() -> None:
    seed = random.randrange(1_000_000)
    with house(100) as server:
        rounds = Rounds(server, seed)
        for _ in range(3):
            found = rounds.play()
            assert found.clean, f"seed {seed}: {found}"
        rounds.close()
