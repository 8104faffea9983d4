"""A live conference on a wall, a room that speaks, and what the screens say of it: parts of the relay's stories."""

import subprocess
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tests.browser.acts import wall_code
from tests.browser.hall import Hall
from tests.browser.house import House
from tests.browser.screen import Picture, Screen
from tests.ports import free_port
from tests.relay import camera

OPEN, SPEAK = "Bật camera và micro", "Phát biểu"
FRESH_MS = 700  # a picture that was painted so lately is of now, also on a loaded machine


def encoder_address() -> str:
    """Where an encoder calls the relay of a house; nobody else does."""
    return f"rtmp://127.0.0.1:{free_port()}/live/khoa"


def on_air(house: House, address: str, backup: str = "", **options: object) -> Hall:
    """A live conference on its meeting's walls. Its sources: addresses that encoders call, or films of the relay's
    folder.
    """
    hall = Hall(house, "Hội nghị trực tuyến toàn tỉnh", ["Nguyễn Mẫu An", "Trần Mẫu Bình"])
    conference = {"name": "Hội nghị học tập nghị quyết", "organiser": "province", "phone": "0900 000 000"}
    hall.do("POST", "/relay", conference)
    if options:
        hall.do("PATCH", "/relay", options)
    for key, where in (("primary", address), ("backup", backup)):
        if where:
            kind = {"kind": "rtmp", "listen": True} if where.startswith("rtmp:") else {"kind": "file"}
            hall.do("PUT", f"/relay/sources/{key}", {**kind, "address": where})
    hall.do("POST", "/relay/state", {"to": "live", "confirm": True})
    hall.do("PUT", "/wall", {"scene": "relay"})
    return hall


def admit(hall: Hall, name: str = "Điểm cầu Đảng ủy xã Mẫu Sơn", **more: str) -> int:
    """A site that is let in by hand; its id."""
    (site,) = hall.do("POST", "/relay/sites", {"sites": [{"name": name, **more}]})["ids"]
    hall.do("PUT", f"/relay/sites/{site}/admission", {"admission": "admitted", "reason": "Đã gọi thử"})
    return int(site)


def invite(hall: Hall) -> tuple[int, str]:
    """A site that is admitted: its id, and the code of its device."""
    site = admit(hall)
    return site, str(hall.do("POST", f"/relay/sites/{site}/device", {"kind": "site"})["code"])


def open_site(browser: Browser, house: House, code: str) -> Page:
    """The page of a site."""
    page = browser.new_page(viewport={"width": 1366, "height": 900}, locale="vi-VN")
    page.goto(f"{house.address}/site/?code={code}")
    page.get_by_role("button", name="Xin phát biểu").wait_for()
    return page


class Broadcast:
    """A live conference with one camera that calls it, and those who watch."""

    def __init__(self, house: House) -> None:
        self.house, self.address = house, encoder_address()
        self.hall = on_air(house, self.address)

    def camera(self, *options: str) -> "AbstractContextManager[subprocess.Popen[bytes]]":
        """While it is open the camera sends."""
        return camera.running(self.address, *options)

    def wall(self, open_page: Callable[..., Page], width: int = 1280, height: int = 720) -> Page:
        """A wall of the meeting."""
        return open_page(f"/wall/?code={wall_code(self.house, self.hall.id)}", width, height)

    def room(self, browser: Browser) -> tuple[int, Page]:
        """A site that is admitted: its id and its page."""
        site, code = invite(self.hall)
        return site, open_site(browser, self.house, code)


def now_ms() -> int:
    """This machine's clock, which the browser shares."""
    return int(time.time() * 1000)


def speak(room: Page) -> None:
    """A room that was called sees itself, then goes out."""
    room.get_by_role("button", name=OPEN, exact=True).click()
    room.get_by_role("button", name=SPEAK, exact=True).click()


@dataclass(frozen=True)
class Round:
    """One giving and taking of the floor, in ms. `give`: without a picture when the room comes.

    After the floor was taken, from the request on: `gone` until the last picture of the room, `centre` until the first
    of the centre, `fresh` until one that is of now.
    """

    give: int
    gone: int
    centre: int
    fresh: int


def give_and_take(hall: Hall, site: int, room: Page, wall: Screen) -> Round:
    """The centre gives a site the floor, it speaks, and the centre takes it back."""
    before = now_ms()
    hall.do("POST", f"/relay/sites/{site}/floor", {})
    speak(room)
    wall.wait(lambda seen: len(seen) > 10 and all(one.code is None for one in seen[-5:]), before)
    room.wait_for_timeout(1500)
    seen = wall.pictures(before)
    first = next(at for at, one in enumerate(seen) if one.code is None)
    give = seen[first].at_ms - seen[first - 1].at_ms if first else 0
    taken = now_ms()
    hall.do("DELETE", "/relay/floor")
    after = wall.wait(lambda found: any(_fresh(one) for one in found[-3:]), taken)
    gone = max((one.at_ms for one in after if one.code is None), default=taken)
    centre = next(one.at_ms for one in after if one.code is not None)
    fresh = next(one.at_ms for one in after if _fresh(one))
    return Round(give, gone - taken, centre - taken, fresh - taken)


def _fresh(picture: Picture) -> bool:
    return picture.code is not None and picture.age_ms < FRESH_MS
