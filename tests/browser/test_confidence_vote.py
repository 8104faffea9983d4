"""A confidence vote on paper in real Chromium: list, quorum, three stations, thresholds on console, wall and seat."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import confirm, sign_in, take_seat, wall_code
from tests.browser.conftest import Opener
from tests.browser.hall import Hall
from tests.browser.house import House
from tests.browser.paper import all_sent, appoint, commit, compare, freeze, issue, number, paste, sit_down, write_down
from tests.voting.test_exports import whole

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

TITLE = "Các đồng chí Ủy viên Ban Thường vụ"
AN, BINH, HANH = "Nguyễn Mẫu An", "Trần Mẫu Bình", "Vũ Mẫu Hạnh"
TELLERS = {"Lê Mẫu Chi": "le mau chi", "Phạm Mẫu Dũng": "pmd", "Hoàng Mẫu Giang": "hoang mau g"}  # and as typed
EVERYBODY = [AN, BINH, *TELLERS, HANH]  # six are convened: two thirds are four; five come
KHANH, LAN, MINH = ON_BALLOT = ["Đỗ Mẫu Khánh", "Bùi Mẫu Lan", "Hồ Mẫu Minh"]
RETIRING = "Dương Mẫu Oanh"
WHY_NOT = "Đã thông báo nghỉ hưu từ tháng 01/2027."
# As the keys say it: 1 high, 2 plain, 3 low, 0 blank, 9 several boxes; the last ballot is invalid: somebody signed it.
PILE = ["113", "123", "103", "193", "i4"]


def test_a_confidence_vote_on_paper_shows_levels_and_thresholds_of_those_convened(
    staffed: House, open_page: Opener
) -> None:
    hall = Hall(staffed, "Hội nghị lấy phiếu tín nhiệm", EVERYBODY)
    hall.come_in(AN, *list(TELLERS)[:2])
    hall.begin()
    console = open_page("/sign-in/?next=/console/")
    prepare(hall, console)
    quorum_is_awaited(hall, console)
    wall = open_page(f"/wall/?code={wall_code(staffed, hall.id)}", 1920, 1080)
    put_on_wall(hall, console, wall)
    seat = open_page(f"/seat/?m={hall.join_code}", 800, 480, has_touch=True)
    take_seat(seat, AN, hall.pin(AN))
    stations = [open_page("/teller/") for _ in TELLERS]
    for place, (page, (name, typed)) in enumerate(zip(stations, TELLERS.items(), strict=True), 1):
        sit_down(hall, page, name, typed, place)
        for ballot, keys in enumerate(PILE, 1):
            write_down(page, ballot, keys if keys.startswith("i") else [*keys, "Enter"])
        all_sent(page, len(PILE))
    for screen in (wall, seat):
        expect(screen.get_by_text("Ban kiểm phiếu đang kiểm phiếu.")).to_be_visible()
        expect(screen.get_by_text(KHANH)).to_have_count(0)
    for place, page in enumerate(stations, 1):
        commit(page, place, len(PILE))
    compare(stations[0])
    expect(stations[0].get_by_role("heading", name="Ba bàn khớp nhau hoàn toàn")).to_be_visible()
    publish(hall, console)
    for screen in (wall, seat):
        expect(screen.get_by_text("Kết quả lấy phiếu tín nhiệm").first).to_be_visible()
        expect(screen.get_by_text("Phát ra 5 · thu về 5 · hợp lệ 4 · không hợp lệ 1")).to_be_visible()
        row = screen.get_by_role("listitem").filter(has_text=MINH).last
        expect(row).to_contain_text("thấp ≥ 2/3")
        expect(screen.get_by_text("thấp ≥ 2/3")).to_have_count(1)
    seat.get_by_role("button", name="Đóng").tap()
    expect(seat.get_by_text("Kết quả lấy phiếu tín nhiệm")).to_have_count(0)


def prepare(hall: Hall, page: Page) -> None:
    """Tellers, the vote by its rule, the names, and one who is left out with the reason."""
    sign_in(page, "thuky")
    page.get_by_role("link", name="Tạo cuộc họp").wait_for()
    page.goto(f"{hall.house.address}/console/#/meetings/{hall.id}/paper")
    appoint(page, list(TELLERS))
    page.keyboard.press("n")
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Bầu ai, lấy phiếu về ai").fill(TITLE)
    sheet.get_by_role("radio", name="Lấy phiếu tín nhiệm").check()
    expect(sheet.get_by_text("96-QĐ/TW").first).to_be_visible()
    sheet.get_by_role("button", name="Lưu").press("Enter")
    expect(sheet).to_have_count(0)
    paste(page, ON_BALLOT)
    page.get_by_role("button", name="Thêm người").first.click()
    sheet.get_by_label("Họ và tên").fill(RETIRING)
    sheet.get_by_label("Không lấy phiếu vì").fill(WHY_NOT)
    sheet.get_by_role("button", name="Lưu").press("Enter")
    expect(sheet).to_have_count(0)
    expect(page.get_by_text(f"Không lấy phiếu: {WHY_NOT}")).to_be_visible()
    freeze(page)


def quorum_is_awaited(hall: Hall, page: Page) -> None:
    """Ballots are not handed out before two thirds are there; the page says so, and follows who comes."""
    expect(page.get_by_text("Có mặt 3/6, cần ít nhất 4.")).to_be_visible()
    page.keyboard.press("b")
    expect(page.get_by_role("dialog")).to_have_count(0)
    hall.come_in(BINH, list(TELLERS)[2])
    expect(page.get_by_text("Có mặt 3/6, cần ít nhất 4.")).to_have_count(0)
    issue(page, len(PILE))


def put_on_wall(hall: Hall, page: Page, wall: Page) -> None:
    """From the cockpit, by two keys; then back to the count."""
    here = page.url
    page.goto(f"{hall.house.address}/console/#/meetings/{hall.id}/run")
    page.get_by_role("heading", name="Đang diễn ra").wait_for()
    page.keyboard.press("w")
    confirm(page, "0")
    expect(wall.get_by_text("Mời các đồng chí nhận phiếu từ ban kiểm phiếu").first).to_be_visible()
    page.goto(here)


def publish(hall: Hall, page: Page) -> None:
    """Close with the number returned: levels, uncounted lines and thresholds; the days to keep; the minutes."""
    expect(page.get_by_text("Ba bàn khớp nhau hoàn toàn.")).to_be_visible()
    page.keyboard.press("b")
    number(page, len(PILE))
    result = page.get_by_role("region", name="Kết quả kiểm phiếu")
    expect(result.get_by_text("Tính trên 6 người")).to_be_visible()  # a confidence vote has no number to reach
    for name, figures in ((KHANH, "4000"), (LAN, "1102"), (MINH, "0040")):
        row = result.get_by_role("row").filter(has_text=name)
        assert row.get_by_role("cell").all_inner_texts()[1:5] == list(figures), name  # the last: not counted
    expect(result.get_by_role("row").filter(has_text=MINH)).to_contain_text("từ 2/3 trở lên")
    for words in ("Niêm phong phiếu đến", "Nhận khiếu nại đến"):
        expect(result.get_by_text(words)).to_be_visible()
    address = str(result.get_by_role("link", name="Biên bản (PDF)").get_attribute("href"))
    minutes = whole(page.request.get(hall.house.address + address).body())
    assert "96-QĐ/TW, 02/02/2023, Điều 11" in minutes
    assert f"{RETIRING} {WHY_NOT}" in minutes
    assert "Phát ra Thu về Không thu về Hợp lệ Không hợp lệ 5 5 0 4 1" in minutes
    assert f"{MINH} 0 0,00% 0 0,00% 4 66,67% 0" in minutes
    page.keyboard.press("b")
    confirm(page, "p")
