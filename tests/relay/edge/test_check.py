"""What an edge makes of what it measured, and what it keeps of what it was told."""

from pathlib import Path
from typing import Any

import pytest

from server.core import clock
from server.core.config import ConfigError
from server.relay.daemon.edge.check.line import worst
from server.relay.daemon.edge.check.rehearse import Counter, Look, figures_of
from server.relay.daemon.edge.check.room import KEPT_MS, Kept, Room, declared, together

GOOD = [
    Look(at=float(second), frames=25 * second, freezes=0, received=300 * second, bytes=325_000 * second)
    for second in range(11)
]


def test_whole_pictures_without_loss_are_a_good_rehearsal() -> None:
    found = figures_of(GOOD, [21, 22, 400, *[20] * 17], pictures=True)
    assert (found.decoded, found.freezes, found.loss, found.frames, found.round_trip) == (10_000, 0, 0, 250, 22)
    assert found.kbps == 2600


@pytest.mark.parametrize(("last", "name", "figure"), [
    ({"frames": 237}, "decoded", 9_480), ({"freezes": 1}, "freezes", 1), ({"lost": 1}, "loss", 4),
])
def test_no_figure_is_rounded_to_the_better_side(last: dict[str, Any], name: str, figure: int) -> None:
    end = Look(**{"at": 10.0, "frames": 250, "freezes": 0, "received": 3000, **last})
    assert getattr(figures_of([*GOOD[:-1], end], [], pictures=True), name) == figure


def test_what_never_came_is_not_measured() -> None:
    silent = [Look(at=float(second), frames=0, freezes=0) for second in range(11)]
    found = figures_of(silent, [], pictures=False)
    assert (found.loss, found.jitter, found.round_trip, found.decoded, found.freezes) == (None,) * 5


def test_a_picture_that_stands_is_a_freeze_and_one_that_is_a_little_late_is_none() -> None:
    counter, now = Counter(), 10.0
    for step in [0.04] * 30 + [0.12] + [0.04] * 30 + [0.5] + [0.04] * 5:
        now += step
        counter.take(now)
    assert counter.freezes == 1


def test_a_single_hiccup_does_not_stand_for_ten_seconds() -> None:
    assert worst([20] * 10 + [900]) == 20
    assert worst([20] * 8 + [900, 900, 900]) == 900
    assert worst([7]) == 7


def test_answers_of_the_page_stand_before_those_of_the_settings_and_old_ones_are_none(tmp_path: Path) -> None:
    path = tmp_path / "room.json"
    assert Kept.load(path).room == Room()
    Kept(room=Room(screen=False, technician_name="Trần Thị Minh"), said_ms=clock.epoch_ms()).save(path)
    found = together(declared({"screen": True, "ups_min": 45}), Kept.load(path).room)
    assert (found.screen, found.ups_min, found.technician_name) == (False, 45, "Trần Thị Minh")
    Kept(room=Room(screen=True), said_ms=clock.epoch_ms() - KEPT_MS - 1).save(path)
    assert Kept.load(path).room.screen is None
    path.write_text("{")
    assert Kept.load(path) == Kept()


@pytest.mark.parametrize("wrong", [{"screens": True}, {"ups_min": -1}, {"technician_phone": "gọi tôi"}])
def test_a_wrong_answer_in_the_settings_is_named(wrong: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match=f"setting edge_room.{next(iter(wrong))}"):
        declared(wrong)
