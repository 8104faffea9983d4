"""Two sources with different pictures and a wall: hold, backup, slate, back; and never a black or empty screen."""

from pathlib import Path

import pytest

from tests.browser.acts import wall_code
from tests.browser.conftest import Opener
from tests.browser.failover import Failover
from tests.browser.house import House
from tests.browser.relayed import on_air
from tests.browser.screen import Screen, empty_ones
from tests.ports import free_port

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def test_whatever_dies_the_wall_shows_a_picture_or_words(house: House, open_page: Opener, tmp_path: Path) -> None:
    house.people(thuky="secretary", letan="steward")
    addresses = [f"rtmp://127.0.0.1:{free_port()}/live/khoa" for _ in range(2)]
    hall = on_air(house, *addresses, stable_s=2)
    wall = Screen(open_page(f"/wall/?code={wall_code(house, hall.id)}", 1920, 1080))
    story = Failover(wall, *addresses, tmp_path)
    try:
        steps = story.run()
    finally:
        story.close()
    for step in steps:
        print(step)
    assert [step.shows for step in steps] == ["backup", "primary", "other", "primary"]
    stood = wall.stood()
    first = next(at for at, one in enumerate(stood) if one.whose == "primary")
    assert len(stood) - first > 50
    assert empty_ones(stood[first:]) == []
