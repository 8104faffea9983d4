"""A live conference on a wall, a room that speaks, and what the screens say of it: parts of the relay's stories."""

import time
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tests.browser.hall import Hall
from tests.browser.house import House
from tests.browser.screen import Picture, Screen

OPEN, SPEAK = "Bật camera và micro", "Phát biểu"
FRESH_MS = 700  # a picture that was painted so lately is of now, also on a loaded machine


def on_air(house: House, address: str, backup: str = "", **options: object) -> Hall:
    """A live conference that waits for encoders at the addresses, on its meeting's walls."""
    hall = Hall(house, "Hội nghị trực tuyến toàn tỉnh", ["Nguyễn Mẫu An", "Trần Mẫu Bình"])
    conference = {"name": "Hội nghị học tập nghị quyết", "organiser": "province", "phone": "0900 000 000"}
    hall.do("POST", "/relay", conference)
    if options:
        hall.do("PATCH", "/relay", options)
    for key, where in (("primary", address), ("backup", backup)):
        if where:
            hall.do("PUT", f"/relay/sources/{key}", {"kind": "rtmp", "address": where, "listen": True})
    hall.do("POST", "/relay/state", {"to": "live", "confirm": True})
    hall.do("PUT", "/wall", {"scene": "relay"})
    return hall


def invite(hall: Hall, name: str = "Điểm cầu Đảng ủy xã Mẫu Sơn") -> tuple[int, str]:
    """A site that is admitted: its id, and the code of its device."""
    (site,) = hall.do("POST", "/relay/sites", {"sites": [{"name": name}]})["ids"]
    hall.do("PUT", f"/relay/sites/{site}/admission", {"admission": "admitted", "reason": "Đã gọi thử"})
    return int(site), str(hall.do("POST", f"/relay/sites/{site}/device", {"kind": "site"})["code"])


def open_site(browser: Browser, house: House, code: str) -> Page:
    """The page of a site."""
    page = browser.new_page(viewport={"width": 1366, "height": 900}, locale="vi-VN")
    page.goto(f"{house.address}/site/?code={code}")
    page.get_by_role("button", name="Xin phát biểu").wait_for()
    return page


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
