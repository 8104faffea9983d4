"""A paper election in real Chromium: three stations by keyboard alone, one planted difference, and the wall."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import paper
from tests.browser.acts import confirm, sign_in, wall_code
from tests.browser.conftest import Opener
from tests.browser.hall import Hall
from tests.browser.house import House

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

TELLERS = {"Đặng Mẫu Kiểm": "dang mau kiem", "Bùi Thị Mẫu Đếm": "btmd", "Hồ Mẫu Soát": "ho mau so"}  # and as typed
DELEGATES = ["Nguyễn Mẫu Chủ", "Trần Mẫu Thư", "Phạm Mẫu Họp", *TELLERS]
CANDIDATES = ["Lê Mẫu An", "Vũ Mẫu Bình", "Đỗ Mẫu Chi", "Ngô Mẫu Dũng", "Lý Mẫu Giang"]
SEATS = 4
# What is struck out on each of six ballots, as it is typed; the last one is invalid: somebody signed it.
PILE = [["5"], ["5"], ["4"], ["5", "1"], ["5"], None]
PLANTED = 3                      # the ballot that one station reads otherwise
MISREAD = ["3"]                  # and what its teller types
SIGNED_IT = "4"                  # its category: names added, signed or marked


def prepare(hall: Hall, page: Page) -> None:
    """Tellers, the list, the ballots, on the console."""
    sign_in(page, "thuky")
    page.get_by_role("link", name="Tạo cuộc họp").wait_for()
    page.goto(f"{hall.house.address}/console/#/meetings/{hall.id}/paper")
    paper.appoint(page, list(TELLERS))
    page.keyboard.press("n")
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_text("190-QĐ/TW").first).to_be_visible()
    sheet.get_by_label("Bầu ai, lấy phiếu về ai").fill("Ban Chấp hành khóa mới")
    sheet.get_by_label("Số lượng bầu").fill(str(SEATS))
    page.keyboard.press("Enter")
    expect(sheet).to_have_count(0)
    paper.paste(page, CANDIDATES)
    expect(page.get_by_text("5 người, bầu lấy 4: số dư 1")).to_be_visible()
    paper.freeze(page)
    paper.issue(page, len(PILE))


def enter(page: Page, pile: list[list[str] | None]) -> None:
    """Numbers and Enter; the ballot is written down when its number has gone on."""
    expect(page.locator(".count-main")).to_contain_text("5/4")
    for place, struck in enumerate(pile, 1):
        numbers = [key for line in struck or [] for key in (line, "Enter")]
        paper.write_down(page, place, ["i", SIGNED_IT] if struck is None else [*numbers, "Enter"])
    paper.all_sent(page, len(pile))


def test_a_planted_difference_is_found_settled_and_never_reaches_the_wall(staffed: House, open_page: Opener) -> None:
    hall = Hall(staffed, "Đại hội thử nghiệm", DELEGATES)
    hall.come_in(*DELEGATES)
    hall.begin()
    console = open_page("/sign-in/?next=/console/")
    prepare(hall, console)
    wall = open_page(f"/wall/?code={wall_code(staffed, hall.id)}", 1920, 1080)
    console.keyboard.press("w")
    expect(wall.get_by_text("Ban Chấp hành khóa mới").first).to_be_visible()
    stations = [open_page("/teller/") for _ in TELLERS]
    misread = [MISREAD if place == PLANTED else one for place, one in enumerate(PILE, 1)]
    for place, (page, (name, typed)) in enumerate(zip(stations, TELLERS.items(), strict=True), 1):
        paper.sit_down(hall, page, name, typed, place)
        enter(page, misread if place == 2 else PILE)
    # A reload loses nothing, and an earlier ballot is corrected by its number.
    stations[0].reload()
    expect(stations[0].locator(paper.ENTERED)).to_have_text(str(len(PILE) + 1))
    expect(console.locator(".pv-stations").get_by_text("6/6")).to_have_count(3)
    for place, page in enumerate(stations, 1):
        paper.commit(page, place, len(PILE))
    settle(stations[2])
    publish(console, wall)


def settle(page: Page) -> None:
    """Compare, and say what the paper says: two lines of one ballot differ."""
    paper.compare(page)
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
    paper.number(console, len(PILE))
    expect(console.get_by_role("heading", name="Kết quả kiểm phiếu")).to_be_visible()
    rows = console.locator(".pv-lines tbody tr")
    votes = [rows.nth(line).locator("td").nth(1).inner_text() for line in range(len(CANDIDATES))]
    assert votes == ["4", "5", "5", "4", "1"]
    expect(wall.get_by_text(CANDIDATES[0])).to_have_count(0)
    console.keyboard.press("b")
    confirm(console, "p")
    expect(wall.get_by_text(CANDIDATES[0]).first).to_be_visible()
    expect(wall.get_by_text(re.compile(r"Trúng cử 4/4"))).to_be_visible()
