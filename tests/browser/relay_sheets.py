"""The part of the walk that opens every sheet of the relay at the console, during the rehearsal and after the end."""

from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

from server.demo.relayed import rooms

if TYPE_CHECKING:
    from tests.browser.relays import Relays

JUDGED, HAS_EDGE = rooms.ROOMS[2].unit, rooms.ROOMS[6].unit
TABS = ("admission", "particulars", "device", "tests")  # keys 1 to 4
BY_KEY = {"c": "readiness", "n": "invite", "o": "options", "i": "incident", "l": "log", "v": "recordings"}


def sheets(one: "Relays") -> None:
    """Sites, an edge's line, whatever a key opens, a source, and the form of a new conference."""
    page = one.tour.console
    _open(page, JUDGED)
    for key, tab in enumerate(TABS, 1):
        page.keyboard.press(str(key))
        one.look("console", f"relay-site-{tab}", page)
    _shut(page)
    path = f"{one.base}/sites/{one.made.sites[HAS_EDGE]}"
    one.staged.secretary.post(f"{path}/device", {"kind": "edge"})
    _open(page, HAS_EDGE)
    page.keyboard.press("3")
    page.get_by_role("dialog").get_by_text("Đường nhận hình").first.wait_for()
    one.look("console", "relay-site-edge", page)
    _shut(page)
    for key, name in BY_KEY.items():
        page.keyboard.press(key)
        one.tour.sheet(page, f"relay-{name}")
    page.get_by_role("button", name="Sửa", exact=True).first.click()
    one.tour.sheet(page, "relay-source")
    _new(one, page)


def report(one: "Relays") -> None:
    """After the end: the log, from whose foot the report is made."""
    page, place = one.tour.console, f"meetings/{one.staged.demo.meeting}/relay"
    one.tour.place(page, place)
    page.get_by_text("Đã kết thúc").first.wait_for()
    one.look("console", "relay-over", page)
    page.keyboard.press("l")
    one.tour.sheet(page, "relay-report")


def _open(page: Page, room: str) -> None:
    tail = room.rsplit(maxsplit=2)
    lamps = page.get_by_role("list", name="Tất cả điểm cầu").get_by_role("button")
    lamps.filter(has_text=" ".join(tail[1:])).first.click()
    page.get_by_role("dialog").wait_for()


def _shut(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def _new(one: "Relays", page: Page) -> None:
    """A meeting that has none yet."""
    starts = "2026-12-24T08:00:00+07:00"
    body = {"title": "Hội nghị giao ban tháng 12", "kind": "meeting", "room": "", "starts_at": starts}
    meeting = one.staged.secretary.post(f"/api/units/{one.staged.demo.unit}/meetings", body)["id"]
    one.tour.place(page, f"meetings/{meeting}/relay")
    page.get_by_text("chưa có hội nghị trực tuyến").wait_for()
    one.look("console", "relay-none", page)
    page.get_by_role("button", name="Lập hội nghị trực tuyến").click()
    one.tour.sheet(page, "relay-new")
    one.tour.place(page, f"meetings/{one.staged.demo.meeting}/relay")
