"""Votes from rule to record in real Chromium: the secretary by keyboard, delegates by touch, the wall for all."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.acts import SETTLED_MS, cast, confirm, sign_in, take_seat, wall_code
from tests.browser.conftest import Opener
from tests.browser.hall import Hall
from tests.browser.house import House
from tests.voting.test_exports import cells, column, whole

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

AN, BINH, CHI = "Nguyễn Mẫu An", "Trần Mẫu Bình", "Lê Mẫu Chi"
DUNG, GIANG, HANH = "Phạm Mẫu Dũng", "Hoàng Mẫu Giang", "Vũ Mẫu Hạnh"
EVERYBODY = (AN, BINH, CHI, DUNG, GIANG, HANH)
MEMBERS = 8  # of the whole body, so that 5 are needed; 6 are convened, so that 4 must be there
TITLE = "Nghị quyết về phát triển đô thị"
REASON = "Văn bản phát ra thiếu một trang."
PLANS = ("Chương trình công tác năm sau", "Chương trình kiểm tra năm sau")
RULE = "Thông qua nghị quyết · Điều lệ Đảng, nguyên tắc tập trung dân chủ"


class Screens:
    """The secretary's console, the wall, and two seats with people at them."""

    def __init__(self, hall: Hall, open_page: Opener) -> None:
        self.hall = hall
        self.console = open_page("/sign-in/?next=/console/")
        sign_in(self.console, "thuky")
        expect(self.console.get_by_role("link", name="Tạo cuộc họp")).to_be_visible()
        self.wall = open_page(f"/wall/?code={wall_code(hall.house, hall.id)}", 1920, 1080)
        self.first = open_page(f"/seat/?m={hall.join_code}", 800, 480, has_touch=True)
        take_seat(self.first, AN, hall.pin(AN))
        self.second = open_page(f"/seat/?m={hall.join_code}", 1280, 720, has_touch=True)
        take_seat(self.second, BINH, hall.pin(BINH))

    def go(self, place: str) -> None:
        """A page of the meeting on the console."""
        self.console.goto(f"{self.hall.house.address}/console/#/meetings/{self.hall.id}/{place}")

    def key(self, key: str, confirming: str) -> None:
        """A public act on the console: its key, then the other one that confirms it."""
        self.console.keyboard.press(key)
        confirm(self.console, confirming)

    def everywhere(self, words: str) -> None:
        """Wall and seats say this."""
        for page in (self.wall, self.first, self.second):
            expect(page.get_by_text(words).first).to_be_visible()


def fact(page: Page | Locator, name: str) -> Locator:
    """What stands beside a name of a list of facts on the console."""
    return page.locator("dt").filter(has_text=re.compile(f"^{name}$")).locator("+ dd").first


def write(page: Page, keys: str) -> None:
    """With a finger on the pad of the screen."""
    page.locator(".pad").wait_for()
    page.wait_for_timeout(SETTLED_MS)
    for key in keys:
        name = "Dấu cách" if key == " " else re.compile(f"^{re.escape(key)}$", re.IGNORECASE)
        page.locator(".pad").get_by_role("button", name=name).tap()


def send(page: Page) -> None:
    """The second touch, after a look at what will be sent."""
    page.get_by_text("Đồng chí chọn").wait_for()
    page.wait_for_timeout(SETTLED_MS)
    page.get_by_role("button", name="Gửi phiếu").tap()
    expect(page.get_by_text("Đã ghi nhận phiếu của đồng chí")).to_be_visible()


def test_a_resolution_from_its_rule_to_its_record_and_once_more_after_it_was_annulled(
    open_page: Opener, staffed: House
) -> None:
    hall = Hall(staffed, "Hội nghị lần thứ chín", EVERYBODY)
    hall.come_in(AN, BINH, CHI)
    hall.begin()
    on = Screens(hall, open_page)
    write_resolution(on)
    quorum_is_awaited(on)
    wall_introduces_it(on)
    on.key("b", "v")
    wall_says_the_rule(on.wall)
    expect(on.wall.get_by_text("0/5")).to_be_visible()
    opinion_and_reservation(on)
    turnout_without_choices(on)
    result_is_published(on)
    poll = record_and_files(on)
    annul(on)
    vote_again(on)
    assert [one["state"] for one in polls(hall)] == ["annulled", "published"]
    assert polls(hall)[0]["id"] == poll


def polls(hall: Hall) -> list[dict[str, object]]:
    """Both votes, told by the API."""
    found = []
    for poll in range(1, 10):
        answer = hall.secretary.browser.do("GET", f"{hall.path}/polls/{poll}")
        if answer.status == 200:
            found.append(answer.json())
    return found


def write_resolution(on: Screens) -> None:
    """Title, rule, the question on the ballot, how many members the body has."""
    on.go("prepare/motions")
    page = on.console
    page.get_by_role("button", name="Thêm biểu quyết").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Tên biểu quyết").fill(TITLE)
    sheet.get_by_label("Theo quy tắc").select_option(label="Thông qua nghị quyết")
    expect(sheet.get_by_text("Điều lệ Đảng, nguyên tắc tập trung dân chủ")).to_be_visible()
    sheet.get_by_label("Phiếu hỏi").select_option(label="Đồng ý, không đồng ý, ý kiến khác")
    sheet.get_by_label("Tổng số ủy viên").fill(str(MEMBERS))
    page.keyboard.press("Tab")
    sheet.get_by_role("button", name="Lưu").press("Enter")
    expect(sheet).to_have_count(0)


def quorum_is_awaited(on: Screens) -> None:
    """Rule, base, quorum and needed stand on the card; what is missing is said in words until two more come."""
    on.go("run")
    page = on.console
    card = page.get_by_role("article", name=TITLE)
    expect(fact(page, "Quy tắc")).to_contain_text("Thông qua nghị quyết")
    expect(fact(page, "Quy tắc")).to_contain_text("Điều lệ Đảng, nguyên tắc tập trung dân chủ")
    expect(fact(page, "Tính trên")).to_have_text(f"{MEMBERS} (tổng số ủy viên)")
    expect(fact(page, "Để thông qua")).to_have_text("Cần 5 đồng ý")
    expect(fact(page, "Có mặt")).to_have_text(re.compile(r"3, chưa đủ \(cần 4\)"))
    expect(card.get_by_role("list", name="Vì sao chưa mở được")).to_contain_text("có mặt 3")
    page.keyboard.press("b")
    expect(page.get_by_role("dialog")).to_have_count(0)
    on.hall.come_in(DUNG, GIANG)
    expect(fact(page, "Có mặt")).to_have_text(re.compile(r"5, đủ \(cần 4\)"))
    expect(card.get_by_role("list", name="Vì sao chưa mở được")).to_have_count(0)


def wall_introduces_it(on: Screens) -> None:
    """Before it opens everybody reads on the wall what it stands on, and no seat votes yet."""
    on.console.keyboard.press("w")
    confirm(on.console, "4")
    expect(on.wall.get_by_text("Chuẩn bị biểu quyết")).to_be_visible()
    wall_says_the_rule(on.wall)
    expect(on.first.get_by_role("button", name="Ý kiến khác")).to_have_count(0)


def wall_says_the_rule(wall: Page) -> None:
    expect(wall.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(wall.get_by_text(f"Cần quá nửa tổng số ủy viên: 5/{MEMBERS}")).to_be_visible()
    expect(wall.get_by_text("Có mặt 5, cần ít nhất 4 để biểu quyết.")).to_be_visible()
    expect(wall.get_by_text(RULE)).to_be_visible()


def opinion_and_reservation(on: Screens) -> None:
    """One writes another opinion; one is against and has his words kept."""
    on.first.get_by_role("button", name="Ý kiến khác").wait_for()
    on.first.wait_for_timeout(SETTLED_MS)
    on.first.get_by_role("button", name="Ý kiến khác").tap()
    write(on.first, "luif laji.")
    expect(on.first.get_by_role("textbox")).to_have_value("Lùi lại.")
    on.first.get_by_role("button", name="Tiếp tục").tap()
    expect(on.first.get_by_text("Lùi lại.")).to_be_visible()
    send(on.first)
    cast(on.second, "Không đồng ý")
    on.second.get_by_role("button", name="Bảo lưu ý kiến").tap()
    write(on.second, "caanf xem laji.")
    on.second.get_by_role("button", name="Gửi bảo lưu").tap()
    expect(on.second.get_by_role("button", name="Đã bảo lưu")).to_be_visible()


def turnout_without_choices(on: Screens) -> None:
    """Who has not voted, never what anybody chose; it follows the ballots."""
    page = on.console
    page.keyboard.press("v")
    sheet = page.get_by_role("region", name="Ai đã bỏ phiếu")
    expect(sheet.get_by_text("Còn chờ 3 đồng chí có mặt")).to_be_visible()
    expect(sheet.get_by_role("row").filter(has_text=AN)).to_contain_text("đã bỏ")
    expect(sheet.get_by_role("row").filter(has_text=GIANG)).to_contain_text("chưa bỏ")
    on.hall.vote(open_poll(on.hall), "for", CHI, DUNG)
    expect(sheet.get_by_text("Còn chờ 1 đồng chí có mặt")).to_be_visible()
    said = sheet.inner_text()
    assert "đồng ý" not in said.lower()
    assert "ý kiến" not in said.lower()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def open_poll(hall: Hall) -> int:
    [found] = [one for one in polls(hall) if one["state"] == "open"]
    return int(str(found["id"]))


def result_is_published(on: Screens) -> None:
    """Nobody but the console knows the result before it is published."""
    close(on, "KHÔNG ĐƯỢC THÔNG QUA")
    expect(on.first.get_by_text("Kết quả sẽ hiện ở đây khi được công bố.")).to_be_visible()
    expect(on.wall.get_by_text("Chờ công bố kết quả")).to_be_visible()
    on.key("b", "p")
    on.everywhere("KHÔNG ĐƯỢC THÔNG QUA")
    on.everywhere(f"2/{MEMBERS} đồng ý, cần 5")


def close(on: Screens, verdict: str) -> None:
    on.key("b", "x")
    expect(on.console.get_by_role("article", name=TITLE).get_by_text(verdict).first).to_be_visible()
    expect(on.console.get_by_role("button", name="Công bố lên màn hình")).to_be_visible()


def record_and_files(on: Screens) -> int:
    """The signature holds, and the files carry the figures of the record. Returns the vote's id."""
    page = on.console
    page.keyboard.press("v")
    page.keyboard.press("3")
    reserved = page.get_by_role("region", name="Bảo lưu ý kiến")
    expect(reserved.get_by_text("Cần xem lại.")).to_be_visible()
    expect(reserved.get_by_text(BINH).first).to_be_visible()
    page.keyboard.press("4")
    expect(page.get_by_text("Chữ ký đúng: kết quả còn nguyên như khi đóng biểu quyết.")).to_be_visible()
    seal = fact(page, r"Mã băm \(SHA-256\)")
    expect(seal).to_have_text(re.compile("^[0-9a-f]{64}$"))
    sealed = seal.inner_text()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Tải XLSX").press("Enter")
    xlsx = coming.value.path().read_bytes()
    address = str(page.get_by_role("link", name="Tải PDF").get_attribute("href"))
    paper = page.request.get(on.hall.house.address + address).body()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    for label, figure in (("Phiếu đã bỏ", 4), ("Cần để thông qua", 5), ("Cộng (tổng số ủy viên)", MEMBERS)):
        assert column(xlsx, "Kết quả", label) == [figure], label
    assert "Cần xem lại." in [cell.value for cell in cells(xlsx)]
    text = whole(paper)
    assert "KHÔNG ĐƯỢC THÔNG QUA" in text
    assert f"trên {MEMBERS} (tổng số ủy viên); cần 5." in text
    assert sealed in text
    return int(str(polls(on.hall)[0]["id"]))


def annul(on: Screens) -> None:
    """With a reason, which everybody reads."""
    page = on.console
    page.keyboard.press("v")
    page.keyboard.press("5")
    page.get_by_label("Lý do hủy").press_sequentially(REASON)
    page.get_by_role("button", name="Hủy và biểu quyết lại").press("Enter")
    page.get_by_text("Hủy biểu quyết này?").wait_for()
    confirm(page, "h")
    on.everywhere("Biểu quyết đã bị hủy")
    on.everywhere(REASON)
    expect(page.locator(".wall-panel").get_by_text("Đã hủy")).to_be_visible()  # the small picture of the wall


def vote_again(on: Screens) -> None:
    """The draft that repeats it is the one chosen; the annulled one stays in the list."""
    page = on.console
    expect(page.get_by_text("Biểu quyết lại sau khi lần trước bị hủy.")).to_be_visible()
    on.key("b", "v")
    cast(on.first, "Đồng ý")
    cast(on.second, "Đồng ý")
    on.hall.vote(open_poll(on.hall), "for", CHI, DUNG, GIANG)
    expect(page.get_by_text("Đã bỏ phiếu 5/5")).to_be_visible()
    close(on, "ĐƯỢC THÔNG QUA")
    on.key("b", "p")
    on.everywhere(f"5/{MEMBERS} đồng ý, cần 5")
    expect(page.get_by_text("Đã hủy").first).to_be_visible()
    expect(on.first.get_by_text("KHÔNG ĐƯỢC THÔNG QUA")).to_have_count(0)


def test_a_batch_runs_by_itself_to_its_end(open_page: Opener, staffed: House) -> None:
    hall = Hall(staffed, "Hội nghị lần thứ mười", EVERYBODY[:3])
    hall.come_in(*EVERYBODY[:3])
    hall.begin()
    drafts = [int(hall.do("POST", "/polls", {"title": title, "changeable": False})["id"]) for title in PLANS]
    on = Screens(hall, open_page)
    begin_batch(on)
    vote_in_turn(on, 1, "Tán thành")
    hall.vote(drafts[0], "for", CHI)  # now all have: there is nothing to wait for
    expect(on.wall.get_by_text("3/3 tán thành, cần 2")).to_be_visible()
    vote_in_turn(on, 2, "Không tán thành")  # one says nothing: its time must run out
    on.everywhere("1/3 tán thành, cần 2")
    for title, verdict in zip(PLANS, ("ĐƯỢC THÔNG QUA", "KHÔNG ĐƯỢC THÔNG QUA"), strict=True):
        expect(on.console.get_by_role("article", name=title)).to_contain_text(f"{verdict}: ")
        expect(on.console.get_by_role("article", name=title)).to_contain_text("Đã công bố")
    expect(on.console.get_by_role("button", name="Dừng loạt")).to_have_count(0)


def begin_batch(on: Screens) -> None:
    """By keyboard: the sheet of the batch, its times, the key that begins it. After this nobody touches the console."""
    on.go("run")
    page = on.console
    expect(page.get_by_role("article", name=PLANS[0])).to_be_visible()
    page.keyboard.press("l")
    sheet = page.get_by_role("dialog")
    for title in PLANS:
        expect(sheet.get_by_role("checkbox", name=title)).to_be_checked()
    sheet.get_by_label("Mỗi biểu quyết mở (giây)").fill("10")
    sheet.get_by_label("Nghỉ giữa hai biểu quyết (giây)").fill("2")
    sheet.get_by_role("button", name=f"Bắt đầu với {len(PLANS)} biểu quyết").press("Enter")
    page.get_by_text(f"Bắt đầu loạt {len(PLANS)} biểu quyết?").wait_for()
    confirm(page, "j")


def vote_in_turn(on: Screens, place: int, choice: str) -> None:
    """The ballot of this place in the batch comes up by itself; one is for it, the other chooses."""
    on.everywhere(f"Biểu quyết {place}/{len(PLANS)}")
    on.everywhere(PLANS[place - 1])
    cast(on.first, "Tán thành")
    cast(on.second, choice)
    expect(on.second.get_by_text("Đã ghi nhận phiếu của đồng chí")).to_be_visible()
