"""A centre and two edges in namespaces: a cut line and a dead gate cost the one edge a moment, the other little."""

import asyncio
from pathlib import Path

import pytest

from tests.chaos.relay_faults import QUICK, run
from tests.relay.net import missing


@pytest.mark.skipif(bool(missing()), reason=missing() or "-")
def test_edges_get_their_pictures_back_after_a_cut_line_and_a_dead_gate(tmp_path: Path) -> None:
    costs = {cost.fault: cost for cost in asyncio.run(run(tmp_path, QUICK))}
    cut = costs["line cut 10 s"]
    assert cut.interruption >= QUICK["line cut 10 s"] / 2  # the fault was one
    assert cut.other < cut.interruption                    # and that of the one edge alone
    assert set(costs) == set(QUICK)
