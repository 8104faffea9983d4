"""The part of the walk that looks at an online conference: console, site pages, and a room that is attached."""

from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

from server.demo.office import Hand
from server.demo.relayed import clip, conference, rooms
from server.relay.readiness.turns import AT_ONCE
from tests.browser.relay_sheets import report, sheets
from tests.browser.relayed import OPEN, speak

if TYPE_CHECKING:
    from tests.browser.tour import Tour

FIT, UNFIT, NEW = rooms.ROOMS[0].unit, rooms.ROOMS[4].unit, rooms.ROOMS[6].unit
PICTURE_MS = 40_000  # until a process that was never started has coded, sent, and Chromium has painted
ON_TOP = """(one) => {
  const { left, top, width, height } = one.getBoundingClientRect();
  return document.elementFromPoint(left + width / 2, top + height / 2) === one;
}"""
PAINTED = "() => { const v = document.querySelector('video'); return v !== null && v.videoWidth > 2 && !v.paused; }"


class Relays:
    """The demonstration's conference on the staged house."""

    def __init__(self, tour: "Tour") -> None:
        self.tour, self.staged = tour, tour.staged
        found = self.staged.demo.relayed
        assert found is not None
        self.made = found
        self.base = f"/api/meetings/{self.staged.demo.meeting}/relay"
        self.local = f"/api/meetings/{found.local}"

    def site(self, room: str) -> Page:
        """The room's page, enrolled by a new code."""
        code = conference.site_code(self.staged.secretary, self.base, self.made.sites[room])
        return self.tour.open("site", f"/site/?code={code}", permissions=["camera", "microphone"])

    def look(self, surface: str, state: str, page: Page) -> None:
        """Let it come to rest, and visit."""
        self.tour.settle(page)
        self.tour.visit(surface, state, page)

    def beside(self, what: str) -> None:
        """What stands beside the picture on the room's wall."""
        self.staged.secretary.post(f"{self.local}/wall", {"scene": "relay", "beside": what}, "PUT")

    def admit(self, room: str, admission: str) -> None:
        """By hand, or by verdict again."""
        path = f"{self.base}/sites/{self.made.sites[room]}/admission"
        self.staged.secretary.post(path, {"admission": admission, "reason": "Đường truyền chập chờn"}, "PUT")


def relay(tour: "Tour") -> None:
    """Plan, test, broadcast, floor."""
    one = Relays(tour)
    clip.make(conference.clip_path(one.staged.house.settings))
    _planned(one)
    _tested(one)
    one.staged.do("POST", "/relay/state", {"to": "rehearsal", "confirm": True})
    one.staged.present_page(2)
    room, wall = _watched(one), _wall(one)
    _seat(one)
    _console(one)
    sheets(one)
    one.staged.do("POST", "/relay/state", {"to": "live", "confirm": True})
    _floor(one, room, wall)
    _cut_off(one, wall)
    one.staged.do("POST", "/relay/state", {"to": "ended", "confirm": True})
    expect(wall.get_by_text("đã kết thúc").first).to_be_visible()
    one.look("wall", "relay-ended", wall)
    report(one)


def _planned(one: Relays) -> None:
    page, place = one.tour.console, f"meetings/{one.staged.demo.meeting}/relay"
    one.tour.place(page, place)
    page.get_by_text(conference.NAME).first.wait_for()
    one.look("console", "relay-planned", page)
    page.get_by_role("tab", name="Chia sẻ").click()
    page.get_by_role("button", name="Chọn nội dung chia sẻ").click()
    page.get_by_role("dialog").get_by_role("checkbox").nth(2).wait_for()
    one.tour.sheet(page, "relay-sharing")


def _tested(one: Relays) -> None:
    """A room that was not tested yet stands in line behind three others, and begins."""
    page = one.site(NEW)
    page.get_by_role("button", name="Kiểm tra", exact=True).wait_for()
    one.look("site", "before", page)
    hands = [_in_turn(one, room.unit) for room in rooms.ROOMS[1 : 1 + AT_ONCE]]
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    page.get_by_text("Đang chờ lượt").wait_for()
    one.look("site", "in-line", page)
    for hand in hands:
        hand.post(f"{one.base}/readiness/turn", method="DELETE")
        hand.close()
    page.locator("li[data-state=running]").filter(has_text="Đo băng thông").wait_for()
    one.look("site", "testing", page)
    page.get_by_role("button", name="Dừng kiểm tra").click()
    page.context.close()
    page = one.site(UNFIT)
    page.get_by_text("Chưa đủ điều kiện").first.wait_for()
    one.look("site", "verdict-d", page)
    page.context.close()


def _in_turn(one: Relays, room: str) -> Hand:
    hand = Hand(one.staged.house.address, "site")
    hand.post("/api/enrol", {"code": conference.site_code(one.staged.secretary, one.base, one.made.sites[room])})
    assert hand.post(f"{one.base}/readiness/turn")["place"] == 0
    return hand


def _watched(one: Relays) -> Page:
    page = one.site(FIT)
    page.get_by_text("Đủ điều kiện").first.wait_for()
    page.wait_for_function(PAINTED, timeout=PICTURE_MS)
    expect(page.locator(".site-page img")).to_be_visible()
    one.look("site", "watching", page)  # with verdict A, the agenda and the page presented
    return page


def _wall(one: Relays) -> Page:
    unit = f"/api/units/{one.made.unit}/devices"
    body = {"kind": "wall", "name": "Màn hình phòng họp", "meeting_id": one.made.local}
    code = one.staged.secretary.post(unit, body)["code"]
    one.beside("")
    page = one.tour.open("wall", f"/wall/?code={code}")
    page.wait_for_function(PAINTED, timeout=PICTURE_MS)
    one.look("wall", "relay", page)
    one.beside("document")
    expect(page.locator(".relay-paper img")).to_be_visible()
    one.look("wall", "relay-document", page)
    one.beside("agenda")
    page.get_by_text("Chương trình của trung tâm").wait_for()
    one.look("wall", "relay-agenda", page)
    return page


def _seat(one: Relays) -> None:
    page = one.tour.open("seat", f"/seat/?m={one.made.join_code}")
    page.get_by_role("button").filter(has_text=one.made.delegate).first.click()
    page.get_by_role("heading", name="Nhập mã PIN").wait_for()
    for digit in one.made.pin:
        page.get_by_role("button", name=digit, exact=True).click()
    page.wait_for_function(PAINTED, timeout=PICTURE_MS)
    one.look("seat", "relay", page)
    page.get_by_role("button", name="Tài liệu của trung tâm").click()
    page.get_by_text("Trung tâm đang chiếu trang 2").click()
    expect(page.locator(".page-box img")).to_be_visible()
    one.look("seat", "relay-page", page)
    page.get_by_role("button", name="Ẩn hình hội nghị").click()
    page.get_by_role("button", name="Xem hội nghị").wait_for()
    page.get_by_role("button", name="Chương trình").last.click()
    page.get_by_role("button", name="Tài liệu của trung tâm").click()
    one.look("seat", "relay-papers", page)
    page.context.close()


def _console(one: Relays) -> None:
    page = one.tour.console
    one.tour.place(page, f"meetings/{one.made.local}/relay")
    page.get_by_text("Cuộc họp này là điểm cầu").wait_for()
    one.look("console", "relay-attached", page)
    one.tour.place(page, f"meetings/{one.staged.demo.meeting}/relay")
    page.wait_for_function(PAINTED, timeout=PICTURE_MS)
    one.look("console", "relay", page)


def _floor(one: Relays, room: Page, wall: Page) -> None:
    one.staged.do("POST", f"/relay/sites/{one.made.sites[FIT]}/floor")
    room.get_by_role("button", name=OPEN, exact=True).wait_for()
    one.look("site", "called", room)
    speak(room)
    room.get_by_text("Đang phát biểu: toàn hội nghị").wait_for()
    one.look("site", "speaking", room)
    wall.get_by_text("đang phát biểu").first.wait_for()
    assert wall.locator(".relay-floor").evaluate(ON_TOP), "the picture lies above the words"
    one.look("wall", "relay-floor", wall)
    one.staged.do("DELETE", "/relay/floor")
    room.context.close()


def _cut_off(one: Relays, wall: Page) -> None:
    """A room that is no longer let in: the last picture does not stand without words."""
    one.admit(FIT, "refused")
    expect(wall.get_by_text("chưa được nhận vào tiếp phát")).to_be_visible()
    one.look("wall", "relay-refused", wall)
    one.admit(FIT, "verdict")
    wall.wait_for_function(PAINTED, timeout=PICTURE_MS)
