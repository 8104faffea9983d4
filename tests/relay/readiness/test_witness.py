"""A site's figures are held against what the relay counted."""

from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from hypothesis import given
from hypothesis import strategies as st

from server.relay.daemon import meter
from server.relay.daemon.witness import Witness
from server.relay.readiness.streams import NUMBERS
from server.relay.readiness.verdict import judge
from server.relay.readiness.witness import Witnessed, held
from tests.relay.readiness.conftest import PLENTY
from tests.relay.readiness.good import good, rung
from tests.relay.readiness.test_certificates import Rooms
from tests.relay.readiness.test_meter import bearer, measured
from tests.scene import Scene

TOP, LOW = NUMBERS["1080p"], NUMBERS["low"]


def test_figures_the_relay_can_bear_out_are_taken_as_they_are() -> None:
    assert held(good(), PLENTY, "1080p") == good()


@pytest.mark.parametrize(("counted", "letter"), [
    ({"down_kbps": 800}, "B"), ({"up_kbps": 150}, "C"), ({"frames": {TOP: 120, LOW: 400}}, "B"),
    ({"frames": {LOW: 400}}, "B"), ({"frames": {TOP: 400, LOW: 100}}, "A"), ({"frames": {}}, "D"),
    ({"down_kbps": 0, "up_kbps": 0}, "D"),
])
def test_what_the_relay_did_not_send_or_take_is_not_believed(counted: dict[str, Any], letter: str) -> None:
    figures = held(good(), PLENTY.model_copy(update=counted), "1080p")
    verdict = judge(figures)
    assert (verdict.letter, figures.agrees) == (letter, False)
    assert "agrees" in [one.key for one in verdict.reasons]


def test_a_site_cannot_say_itself_that_its_figures_agree() -> None:
    assert held(good(agrees=True), PLENTY.model_copy(update={"down_kbps": 10}), "1080p").agrees is False
    assert held(good(agrees=False), PLENTY, "1080p").agrees is True


@given(st.integers(0, 100_000), st.integers(0, 100_000), st.integers(0, 500), st.integers(0, 500))
def test_no_verdict_gets_better_by_being_held_against_the_relay(down: int, up: int, top: int, low: int) -> None:
    seen = Witnessed(down_kbps=down, up_kbps=up, frames={TOP: top, LOW: low})
    assert judge(held(good(), seen, "1080p")).letter >= judge(good()).letter


def test_a_rehearsal_s_pictures_are_counted_by_viewer_and_other_conferences_are_not() -> None:
    it = Witness()
    it.viewers(TOP, [{"id": "a", "label": "site-3", "frames": 80}, {"id": "b", "label": "site-4", "frames": 9}])
    it.viewers(TOP, [{"id": "a", "label": "site-3", "frames": 260}])
    it.viewers(7, [{"id": "c", "label": "site-3", "frames": 999}])
    assert it.of("site-3").frames == {TOP: 260}
    assert it.of("site-9") == Witnessed()


def test_the_meter_s_own_counts_are_the_witness(tmp_path: Path) -> None:
    async def tried(client: ClientSession, at: str, it: meter.Meter) -> None:
        async with client.get(f"{at}/down?ms=40", headers=bearer(it)) as answer:
            got = len(await answer.read())
        async with client.post(f"{at}/up", data=bytes(200_000), headers=bearer(it)) as answer:
            assert answer.status == 200
        seen = it.witness.of("site-3")
        assert 0 < seen.down_kbps <= got * 8 / 40
        assert seen.up_kbps > 0

    measured(tmp_path, tried)


def test_a_test_with_figures_that_are_too_good_gets_what_the_relay_counted_and_the_reason(
    scene: Scene, counted: list[Witnessed]
) -> None:
    rooms = Rooms(scene)
    counted.append(PLENTY.model_copy(update={"down_kbps": 900}))
    said = rooms.test(top=rung(frames=250)).json
    assert said["letter"] == "B"
    reasons = {one["key"]: one["why"]["vi"] for one in said["reasons"]}
    assert "trung tâm tự đếm" in reasons["agrees"]
    assert "down" in reasons
