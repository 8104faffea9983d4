"""The relayed conference on a wall, from a real camera over RTMP to real Chromium, read by the clock in the picture."""

import base64
import io
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.acts import wall_code
from tests.browser.conftest import Opener
from tests.browser.hall import Hall
from tests.browser.house import House
from tests.ports import free_port
from tests.relay import camera
from tests.relay.timecode import read_image

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

PATIENCE = 60.0
SPEAK = "Bật camera và micro"
GRAB = """() => {
  const video = document.querySelector("video");
  if (!video || !video.videoWidth) return null;
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth; canvas.height = video.videoHeight;
  canvas.getContext("2d").drawImage(video, 0, 0);
  return { now: Date.now(), picture: canvas.toDataURL("image/png").split(",")[1] };
}"""


class Seen(NamedTuple):
    """A picture on the wall: the moment that is burned into it, and how long ago that was, in ms."""

    painted_ms: int
    delay_ms: int


@pytest.fixture(scope="module", autouse=True)
def _people(house: House) -> None:
    house.people(thuky="secretary", letan="steward")


def on_air(house: House, address: str) -> Hall:
    """A live conference that waits for an encoder at the address, on its meeting's walls."""
    hall = Hall(house, "Hội nghị trực tuyến toàn tỉnh", ["Nguyễn Mẫu An", "Trần Mẫu Bình"])
    conference = {"name": "Hội nghị học tập nghị quyết", "organiser": "province", "phone": "0900 000 000"}
    hall.do("POST", "/relay", conference)
    hall.do("PUT", "/relay/sources/primary", {"kind": "rtmp", "address": address, "listen": True})
    hall.do("POST", "/relay/state", {"to": "live", "confirm": True})
    hall.do("PUT", "/wall", {"scene": "relay"})
    return hall


def grab(page: Page) -> Seen | None:
    """What the wall's video shows now; None without a readable picture."""
    found = page.evaluate(GRAB)
    if found is None:
        return None
    painted = read_image(Image.open(io.BytesIO(base64.b64decode(found["picture"]))))
    return None if painted is None else Seen(painted, found["now"] - painted)


def wait_for(page: Page, later_than_ms: int) -> Seen:
    """The first picture that was painted after that moment."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        seen = grab(page)
        if seen is not None and seen.painted_ms > later_than_ms:
            return seen
        page.wait_for_timeout(100)
    raise AssertionError(f"no new picture: {page.locator('body').inner_text()}")


def wait_until_gone(page: Page) -> None:
    """Until the wall shows a picture without the camera's time code, twice: another source's."""
    limit, without = time.monotonic() + PATIENCE, 0
    while without < 2:
        assert time.monotonic() < limit, "the centre's picture stays"
        page.wait_for_timeout(300)
        without = without + 1 if grab(page) is None else 0


def test_a_wall_shows_the_conference_and_says_so_when_its_source_dies(
    house: House, open_page: Opener, tmp_path: Path
) -> None:
    address = f"rtmp://127.0.0.1:{free_port()}/live/khoa"
    hall = on_air(house, address)
    wall = open_page(f"/wall/?code={wall_code(house, hall.id)}", 1920, 1080)
    with camera.running(address):
        first = wait_for(wall, 0)
        later = wait_for(wall, first.painted_ms + 2000)
        delays = sorted(seen.delay_ms for seen in (grab(wall) for _ in range(20)) if seen is not None)
        print(f"capture to render: median {delays[len(delays) // 2]} ms, longest {delays[-1]} ms of {len(delays)}")
        assert later.painted_ms > first.painted_ms
        assert 0 <= delays[0] < 5_000, "the picture is of this moment, not of a file or a cache"
        wall.screenshot(path=tmp_path / "wall-live.png")
        expect(wall.locator("video")).to_be_visible()
    ended = int(time.time() * 1000)
    wall.wait_for_timeout(4000)
    wall.screenshot(path=tmp_path / "wall-slate.png")
    assert grab(wall) is None, "the slate carries no time code: the dead source's picture does not stay"
    with camera.running(address):
        back = wait_for(wall, ended)
        wall.screenshot(path=tmp_path / "wall-back.png")
    assert back.painted_ms > ended


def test_a_site_that_is_given_the_floor_is_seen_on_the_wall_until_it_is_taken(
    house: House, open_page: Opener, browser_with_camera: Browser, tmp_path: Path
) -> None:
    address = f"rtmp://127.0.0.1:{free_port()}/live/khoa"
    hall = on_air(house, address)
    (site,) = hall.do("POST", "/relay/sites", {"sites": [{"name": "Điểm cầu Đảng ủy xã Mẫu Sơn"}]})["ids"]
    hall.do("PUT", f"/relay/sites/{site}/admission", {"admission": "admitted", "reason": "Đã gọi thử"})
    code = hall.do("POST", f"/relay/sites/{site}/device", {"kind": "site"})["code"]
    room = browser_with_camera.new_page(viewport={"width": 1366, "height": 900}, locale="vi-VN")
    room.goto(f"{house.address}/site/?code={code}")
    wall = open_page(f"/wall/?code={wall_code(house, hall.id)}", 1920, 1080)
    with camera.running(address):
        first = wait_for(wall, 0)
        hall.do("POST", f"/relay/sites/{site}/floor", {})
        room.get_by_role("button", name=SPEAK).click()
        room.screenshot(path=tmp_path / "site-called.png")
        wait_until_gone(wall)
        wall.screenshot(path=tmp_path / "wall-site.png")
        shown = hall.secretary.get(f"{hall.path}/relay")
        assert shown["conference"]["floor"]["site_id"] == site
        room.screenshot(path=tmp_path / "site-speaks.png")
        hall.do("DELETE", "/relay/floor")
        assert wait_for(wall, first.painted_ms).painted_ms > first.painted_ms
