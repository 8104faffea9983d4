"""What people see on a wall while the floor goes to a room and back, and while sources die; prints tables.

    python -m tests.chaos.relay_screens floor [--rounds 20] [--gop 2]
    python -m tests.chaos.relay_screens failover [--rounds 3]

Real Chromium, a real server with all its processes, encoders over RTMP, a room's page with Chromium's own camera. Each
picture on the wall is read by the time code in it. Screenshots go to --pictures. The machine's load is in the figures.
"""

import argparse
import contextlib
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.acts import wall_code
from tests.browser.conftest import CAMERA_FLAGS, launch
from tests.browser.failover import Failover
from tests.browser.house import House
from tests.browser.relayed import give_and_take, invite, on_air, open_site
from tests.browser.screen import Screen, empty_ones
from tests.ports import free_port
from tests.relay import camera


@contextlib.contextmanager
def stage(folder: Path) -> Iterator[tuple[House, Browser, Browser]]:
    """A house, a browser for walls and one with a camera."""
    house = House(folder)
    house.start()
    try:
        with sync_playwright() as playwright:
            yield house, launch(playwright), launch(playwright, *CAMERA_FLAGS)
    finally:
        house.stop()


def open_wall(browser: Browser, house: House, meeting: int) -> Page:
    """A wall of a meeting."""
    page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="vi-VN")
    page.goto(f"{house.address}/wall/?code={wall_code(house, meeting)}")
    page.locator("video").wait_for(state="attached", timeout=60_000)
    return page


def floor(folder: Path, rounds: int, gop: float) -> None:
    """The floor given and taken again and again."""
    with stage(folder) as (house, browser, rooms):
        house.people(thuky="secretary", letan="steward")
        address = f"rtmp://127.0.0.1:{free_port()}/live/khoa"
        hall = on_air(house, address)
        site, code = invite(hall)
        room = open_site(rooms, house, code)
        wall = Screen(open_wall(browser, house, hall.id))
        with camera.running(address, "--gop", str(gop)):
            wall.wait(lambda seen: len(seen) > 50, 0)
            before = wall.stats("video")
            found = []
            for number in range(rounds):
                found.append(give_and_take(hall, site, room, wall))
                print(number + 1, found[-1], flush=True)
            wall.page.wait_for_timeout(3000)
            after = wall.stats("video")
        for name in ("give", "gone", "centre", "fresh"):
            values = sorted(getattr(one, name) for one in found)
            print(f"{name:8} median {statistics.median(values):6.0f} ms   longest {values[-1]} ms")
        for name in ("freezeCount", "framesDropped", "framesDecoded", "keyFramesDecoded", "pliCount", "nackCount"):
            print(f"{name:18} {after.get(name, 0) - before.get(name, 0):.0f}")


def failover(folder: Path, rounds: int, pictures: Path) -> None:
    """Primary dies, backup comes, primary is back; both die, words come, the primary is back."""
    with stage(folder) as (house, browser, _rooms):
        house.people(thuky="secretary", letan="steward")
        addresses = [f"rtmp://127.0.0.1:{free_port()}/live/khoa" for _ in range(2)]
        hall = on_air(house, *addresses)
        wall = Screen(open_wall(browser, house, hall.id))
        story = Failover(wall, addresses[0], addresses[1], pictures)
        try:
            for _ in range(rounds):
                for step in story.run():
                    print(step, flush=True)
        finally:
            story.close()
        stood = wall.stood()
        print(f"{len(stood)} looks at the screen, {len(empty_ones(stood))} of them black or empty")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("what", choices=["floor", "failover"])
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--gop", type=float, default=2.0)
    parser.add_argument("--pictures", type=Path, default=Path("var/relay-screens"))
    given = parser.parse_args()
    given.pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        if given.what == "floor":
            floor(Path(folder), given.rounds or 20, given.gop)
        else:
            failover(Path(folder), given.rounds or 3, given.pictures)


if __name__ == "__main__":
    main()
