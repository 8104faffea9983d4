"""Two sources with different pictures and a wall: hold, backup, slate, back; and never a black or empty screen."""

from pathlib import Path

import pytest

from tests.browser.acts import wall_code
from tests.browser.conftest import Opener
from tests.browser.failover import Failover
from tests.browser.house import House
from tests.browser.relayed import encoder_address, on_air
from tests.browser.screen import Screen, empty_ones

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def test_whatever_dies_the_wall_shows_a_picture_or_words(staffed: House, open_page: Opener, tmp_path: Path) -> None:
    addresses = [encoder_address() for _ in range(2)]
    hall = on_air(staffed, *addresses, stable_s=2)
    wall = Screen(open_page(f"/wall/?code={wall_code(staffed, hall.id)}", 1920, 1080))
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
