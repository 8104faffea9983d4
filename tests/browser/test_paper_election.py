"""A paper election in real Chromium: three stations by keyboard alone, one planted difference, and the wall."""

import re

import pytest
from playwright.sync_api import Page, expect

from server.core import clock
from server.demo.office import Hand
from tests.browser.conftest import Opener
from tests.browser.house import PASSWORD, House

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

UNIT = "Tỉnh ủy Mẫu Sơn Hạ"
TELLERS = {"Đặng Mẫu Kiểm": "dang mau kiem", "Bùi Thị Mẫu Đếm": "btmd", "Hồ Mẫu Soát": "ho mau so"}  # and as typed
DELEGATES = ["Nguyễn Mẫu Chủ", "Trần Mẫu Thư", "Phạm Mẫu Họp", *TELLERS]
CANDIDATES = ["Lê Mẫu An", "Vũ Mẫu Bình", "Đỗ Mẫu Chi", "Ngô Mẫu Dũng", "Lý Mẫu Giang"]
SEATS = 4
# What is struck out on each of six ballots, as it is typed; the last one is invalid: somebody signed it.
PILE = [["5"], ["5"], ["4"], ["5", "1"], ["5"], None]
PLANTED = 3                      # the ballot that one station reads otherwise
MISREAD = ["3"]                  # and what its teller types
SIGNED_IT = "4"                  # its category: names added, signed or marked


class Room:
    """A meeting in session with six delegates, its join code and everybody's PIN."""

    def __init__(self, house: House) -> None:
        self.house = house
        unit = house.people(thuky="secretary", letan="steward")
        self.secretary = house.hand("thuky")
        body = {
            "title": "Đại hội thử nghiệm", "kind": "congress", "room": "Hội trường",
            "starts_at": clock.now().isoformat(),
        }
        self.id = int(self.secretary.post(f"/api/units/{unit}/meetings", body)["id"])
        self.base = f"/api/meetings/{self.id}"
        for number, name in enumerate(DELEGATES):
            self.do("/participants", {
                "person": {"name": name, "title": "Đại biểu", "unit_id": unit, "card_number": f"{number + 1:06d}"},
                "role": "chair" if number == 0 else "delegate", "entitled": True, "seat": f"A{number + 1}",
            })
        self.do("/agenda", {"title": "Bầu Ban Chấp hành", "rapporteur": "", "minutes": 30, "internal_note": ""})
        self.do("/state", {"to": "convened", "confirm": True})
        people = self.secretary.get(f"{self.base}/participants")["participants"]
        made = self.do("/invitations", {})["invitations"]
        self.pins = {one["name"]: one["pin"] for one in made}
        steward: Hand = house.hand("letan", "door")
        for one in people:
            steward.post(f"{self.base}/check-ins", {"participant_id": one["id"], "method": "search"})
        self.do("/state", {"to": "in_session", "confirm": True, "confirm_without_quorum": True})
        self.code = str(self.secretary.get(self.base)["join_code"])
        body = {"kind": "wall", "name": "Màn hình lớn", "meeting_id": self.id}
        self.wall_code = self.secretary.post(f"/api/units/{unit}/devices", body)["code"]

    def do(self, path: str, body: object) -> dict[str, list[dict[str, str]]]:
        """The secretary does something in the meeting."""
        answer: dict[str, list[dict[str, str]]] = self.secretary.post(self.base + path, body)
        return answer


def confirm(page: Page, key: str) -> None:
    """A public act wants a second, different key."""
    page.get_by_role("dialog").wait_for()
    page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)


def prepare(room: Room, page: Page) -> None:
    """Tellers, the list, the ballots, on the console."""
    page.get_by_label("Tài khoản").fill("thuky")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Tạo cuộc họp").wait_for()
    page.goto(f"{room.house.address}/console/#/meetings/{room.id}/paper")
    page.get_by_role("button", name="Cử ban kiểm phiếu").wait_for()
    page.keyboard.press("k")
    sheet = page.get_by_role("dialog")
    for name in TELLERS:
        sheet.get_by_role("combobox", name="Thêm người").fill(name)
        sheet.get_by_role("option").filter(has_text=name).wait_for()
        page.keyboard.press("Enter")
    sheet.get_by_role("button", name="Lưu").click()
    expect(sheet).to_have_count(0)
    page.keyboard.press("n")
    sheet.get_by_label("Bầu ai, lấy phiếu về ai").fill("Ban Chấp hành khóa mới")
    sheet.get_by_label("Số lượng bầu").fill(str(SEATS))
    sheet.get_by_text("190-QĐ/TW").first.wait_for()
    page.keyboard.press("Enter")
    expect(sheet).to_have_count(0)
    page.get_by_role("heading", name="Danh sách trên phiếu").wait_for()
    page.keyboard.press("v")
    sheet.get_by_label("Mỗi dòng một người").fill("\n".join(f"{n}. {name}" for n, name in enumerate(CANDIDATES, 1)))
    sheet.get_by_role("button", name="Thêm 5 người").click()
    expect(sheet).to_have_count(0)
    expect(page.get_by_text("5 người, bầu lấy 4: số dư 1")).to_be_visible()
    page.keyboard.press("b")
    confirm(page, "i")
    page.get_by_role("button", name="Ghi số phiếu phát ra").wait_for()
    page.keyboard.press("b")
    number(page, len(PILE))
    expect(page.get_by_role("heading", name="Ba bàn kiểm phiếu")).to_be_visible()


def number(page: Page, count: int) -> None:
    """A number counted by hand, and its second key."""
    page.get_by_role("dialog").get_by_role("textbox").fill(str(count))
    page.keyboard.press("F9")
    expect(page.get_by_role("dialog")).to_have_count(0)


def sit_down(room: Room, page: Page, name: str, station: int) -> None:
    """Code, name without diacritics, PIN, the vote, the station: no touch of the mouse."""
    expect(page.get_by_label("Mã cuộc họp")).to_be_focused()
    page.keyboard.type(room.code)
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type(TELLERS[name])
    expect(page.get_by_role("option").filter(has_text=name)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Mã PIN trên giấy mời")).to_be_focused()
    page.keyboard.type(room.pins[name])
    page.keyboard.press("Enter")
    page.get_by_role("option").filter(has_text="Ban Chấp hành khóa mới").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Chọn bàn kiểm phiếu").wait_for()
    page.keyboard.press(str(station))
    expect(page.locator(".count-main")).to_contain_text("5/4")


def enter(page: Page, pile: list[list[str] | None]) -> None:
    """Numbers and Enter; the ballot is written down when its number has gone on."""
    for place, struck in enumerate(pile, 1):
        expect(page.locator(".ballot-number strong")).to_have_text(str(place))
        if struck is None:
            page.keyboard.press("i")
            page.keyboard.press(SIGNED_IT)
        for line in struck or []:
            page.keyboard.type(line)
            page.keyboard.press("Enter")
        if struck is not None:
            page.keyboard.press("Enter")
        expect(page.get_by_text("Enter để ghi")).to_be_visible()
        page.keyboard.press("Enter")
    expect(page.get_by_text("Đã gửi hết lên máy chủ")).to_be_visible()
    expect(page.get_by_text(f"{len(pile)}/{len(pile)}")).to_be_visible()


def commit(page: Page, station: int) -> None:
    """With the number that hands counted."""
    page.keyboard.press("k")
    number(page, len(PILE))
    expect(page.get_by_role("heading", name=f"Bàn {station} đã chốt")).to_be_visible()


def test_a_planted_difference_is_found_settled_and_never_reaches_the_wall(house: House, open_page: Opener) -> None:
    room = Room(house)
    console = open_page("/sign-in/?next=/console/")
    prepare(room, console)
    wall = open_page(f"/wall/?code={room.wall_code}", 1920, 1080)
    stations = [open_page("/teller/") for _ in TELLERS]
    misread = [MISREAD if place == PLANTED else one for place, one in enumerate(PILE, 1)]
    for place, (page, name) in enumerate(zip(stations, TELLERS, strict=True), 1):
        sit_down(room, page, name, place)
        enter(page, misread if place == 2 else PILE)
    # A reload loses nothing, and an earlier ballot is corrected by its number.
    stations[0].reload()
    expect(stations[0].locator(".ballot-number strong")).to_have_text(str(len(PILE) + 1))
    expect(console.locator(".pv-stations").get_by_text("6/6")).to_have_count(3)
    for place, page in enumerate(stations, 1):
        commit(page, place)
    settle(stations[2])
    publish(console, wall)


def settle(page: Page) -> None:
    """Compare, and say what the paper says: two lines of one ballot differ."""
    page.keyboard.press("b")
    confirm(page, "d")
    expect(page.get_by_role("option")).to_have_count(2)
    for line, letters in ((3, ["giữ", "gạch", "giữ"]), (4, ["gạch", "giữ", "gạch"])):
        card = page.get_by_role("region", name=f"Phiếu {PLANTED}, dòng {line} · {CANDIDATES[line - 1]}")
        card.wait_for()
        expect(card.locator(".reading strong")).to_have_text(letters)
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"{[*TELLERS][2]} đã ghi kết luận")).to_have_count(line - 2)
    expect(page.get_by_text("Báo thư ký chốt kết quả")).to_be_visible()


def publish(console: Page, wall: Page) -> None:
    """Close with the number returned; then everybody sees it."""
    expect(console.get_by_text("2 chỗ khác nhau, còn 0 chưa xử lý.")).to_be_visible()
    console.keyboard.press("b")
    number(console, len(PILE))
    expect(console.get_by_role("heading", name="Kết quả kiểm phiếu")).to_be_visible()
    rows = console.locator(".pv-lines tbody tr")
    votes = [rows.nth(line).locator("td").nth(1).inner_text() for line in range(len(CANDIDATES))]
    assert votes == ["4", "5", "5", "4", "1"]
    expect(wall.get_by_text(CANDIDATES[0])).to_have_count(0)
    console.keyboard.press("b")
    confirm(console, "p")
    expect(wall.get_by_text(CANDIDATES[0]).first).to_be_visible()
    expect(wall.get_by_text(re.compile(r"Trúng cử 4/4"))).to_be_visible()
