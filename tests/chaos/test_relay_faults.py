"""A few of the relay's faults, quickly: those they do not mean go on watching. All of them: the command."""

import asyncio
from pathlib import Path

import pytest

from tests.chaos.relay_faults import doors, edges
from tests.chaos.relay_faults.table import Cost
from tests.relay.net import missing

SMOOTH_S = 2.0  # on a machine that does other things too; measured alone it is a few pictures


def said(cost: Cost) -> None:
    """Kept with the test's output."""
    print(cost.row())


@pytest.mark.skipif(bool(missing()), reason=missing() or "-")
def test_edges_get_their_pictures_back_after_a_cut_line_and_a_dead_gate(tmp_path: Path) -> None:
    costs = {cost.fault: cost for cost in asyncio.run(edges.run(tmp_path, list(edges.QUICK), said, quick=True))}
    cut = costs["line cut 10 s"]
    assert cut.interruption >= edges.QUICK["line cut 10 s"] / 2  # the fault was one
    assert cut.other < cut.interruption                          # and that of the one edge alone
    assert set(costs) == set(edges.QUICK)


def test_crowds_garbage_and_dead_processes_cost_nobody_else_a_picture(tmp_path: Path) -> None:
    costs = asyncio.run(doors.run(tmp_path, list(doors.QUICK), said))
    assert [cost.fault for cost in costs] == list(doors.QUICK)
    assert {cost.fault: cost.other for cost in costs if cost.other > SMOOTH_S} == {}
