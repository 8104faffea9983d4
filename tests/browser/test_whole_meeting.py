"""One whole meeting in real Chromium: a console, a door, two seats and a wall, and kill -9 in the middle of a vote."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from server.core.config import Settings
from server.demo.papers import all_papers
from server.setup import verify_journal
from tests.browser.acts import SETTLED_MS, cast, confirm, sign_in, take_seat, wall_code
from tests.browser.conftest import Opener, launch
from tests.browser.fake_camera import film
from tests.browser.house import House

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

UNIT = "Tỉnh ủy Mẫu Sơn Hạ"
PEOPLE = f"""Họ và tên,Chức vụ,Đơn vị,Thành phần,Biểu quyết,Ghế
Nguyễn Văn Mẫu,Bí thư,{UNIT},Chủ trì,Có,A1
Trần Thị Thí Dụ,Phó Bí thư,{UNIT},Đại biểu,Có,A2
Phạm Minh Họa,Ủy viên,{UNIT},Đại biểu,Có,A3
Lý Khách Mời,Khách,{UNIT},Khách mời,Không,G1
"""


class Meeting:
    """What the steps of the story share."""

    def __init__(self, house: House, console: Page) -> None:
        self.house, self.console = house, console
        self.id = 0
        self.join_code = ""
        self.people: dict[str, dict[str, str]] = {}

    @property
    def path(self) -> str:
        return f"/api/meetings/{self.id}"


def convene(meeting: Meeting, tmp_path: Path) -> None:
    """Everything before the day, on the console."""
    page = meeting.console
    sign_in(page, "thuky")
    page.get_by_role("link", name="Tạo cuộc họp").click()
    page.get_by_label("Tên cuộc họp").fill("Hội nghị Ban Chấp hành lần thứ tám")
    page.get_by_label("Phòng họp").fill("Hội trường tầng 2")
    page.get_by_role("button", name="Tạo cuộc họp").click()
    expect(page).to_have_url(re.compile(r"#/meetings/\d+/"))
    meeting.id = int(re.search(r"#/meetings/(\d+)/", page.url).group(1))  # type: ignore[union-attr]  # checked above
    write_agenda(page)
    upload_paper(page, tmp_path)
    import_people(page, tmp_path)
    write_motion(page)


def write_agenda(page: Page) -> None:
    page.get_by_role("link", name="Chương trình và tài liệu").click()
    for title in ("Khai mạc", "Báo cáo quý III", "Thông qua nghị quyết"):
        page.get_by_label("Thêm mục").fill(title)
        page.keyboard.press("Enter")
        expect(page.get_by_role("option").filter(has_text=title)).to_be_visible()


def upload_paper(page: Page, tmp_path: Path) -> None:
    paper = next(one for one in all_papers() if one.agenda_key == "2")
    (tmp_path / "bao-cao.pdf").write_bytes(paper.make())
    page.get_by_role("option").filter(has_text="Báo cáo quý III").click()
    page.locator("input[type=file]").first.set_input_files(tmp_path / "bao-cao.pdf")
    expect(page.get_by_text(re.compile(r"\d+ trang, "))).to_be_visible(timeout=30_000)


def import_people(page: Page, tmp_path: Path) -> None:
    (tmp_path / "danh-sach.csv").write_text(PEOPLE, "utf-8-sig")
    page.get_by_role("link", name="Người dự").click()
    page.get_by_role("button", name="Nhập từ tệp").click()
    page.locator("dialog input[type=file]").set_input_files(tmp_path / "danh-sach.csv")
    page.get_by_role("button", name="Nhập 4 người").click()
    expect(page.get_by_text("4 người, 3 được biểu quyết")).to_be_visible()


def write_motion(page: Page) -> None:
    page.get_by_role("link", name="Biểu quyết", exact=True).click()
    page.get_by_role("button", name="Thêm biểu quyết").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Tên biểu quyết").fill("Nghị quyết về chuyển đổi số")
    sheet.get_by_label("Nội dung đầy đủ").fill("Thông qua Nghị quyết về chuyển đổi số giai đoạn 2026–2030")
    sheet.get_by_label("Thuộc mục").select_option(index=3)
    sheet.get_by_role("button", name="Lưu").click()
    expect(sheet).to_have_count(0)


def step(page: Page, name: str, key: str) -> None:
    """A step of the life cycle, from the page of steps."""
    page.get_by_role("button", name=name).click()
    confirm(page, key)


def step_by_key(page: Page, number: str, key: str) -> None:
    """The same wholly by keyboard, from the cockpit: steps, the step's number, the confirming key."""
    page.keyboard.press("m")
    page.get_by_role("dialog").get_by_role("article").first.wait_for()
    page.keyboard.press(number)
    page.get_by_role("dialog").get_by_text("Phím").first.wait_for()
    confirm(page, key)


def invite(meeting: Meeting) -> None:
    """PINs and the payloads of the invitations, through the API: they are on paper in a delegate's hand."""
    secretary = meeting.house.hand("thuky")
    meeting.join_code = secretary.get(meeting.path)["join_code"]
    for one in secretary.post(f"{meeting.path}/invitations", {})["invitations"]:
        meeting.people[one["name"]] = one


@pytest.fixture
def door(playwright: Playwright, house: House, staffed: House, tmp_path: Path) -> Iterator[object]:
    """A door whose camera sees what the test writes: opened by calling it with the codes to show."""
    browsers = []

    def open_door(codes: list[str]) -> Page:
        browser = launch(
            playwright, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={film(tmp_path / 'camera.y4m', codes)}",
        )
        browsers.append(browser)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, permissions=["camera"], locale="vi-VN")
        page.goto(f"{house.address}/sign-in/?surface=door&next=/door/")
        sign_in(page, "letan")
        return page

    yield open_door
    for browser in browsers:
        browser.close()


def test_one_whole_meeting(open_page: Opener, door: object, staffed: House, tmp_path: Path) -> None:
    meeting = Meeting(staffed, open_page("/sign-in/?next=/console/"))
    console = meeting.console
    convene(meeting, tmp_path)
    console.get_by_role("link", name="Các bước").click()
    step(console, "Triệu tập", "t")
    invite(meeting)

    wall = open_page(f"/wall/?code={wall_code(staffed)}", 1920, 1080)
    expect(wall.get_by_text("Hội nghị Ban Chấp hành lần thứ tám").first).to_be_visible()
    check_in_at_the_door(door, meeting, wall)
    chair = open_page(f"/seat/?m={meeting.join_code}", 1280, 720)
    take_seat(chair, "Nguyễn Văn Mẫu", meeting.people["Nguyễn Văn Mẫu"]["pin"])
    delegate = open_page(f"/seat/?m={meeting.join_code}", 800, 480, has_touch=True)
    take_seat(delegate, "Trần Thị Thí Dụ", meeting.people["Trần Thị Thí Dụ"]["pin"])

    run_items(meeting, wall, delegate)
    vote_through_a_restart(meeting, wall, chair, delegate)
    close(meeting, delegate)


def check_in_at_the_door(door: object, meeting: Meeting, wall: Page) -> None:
    """By camera, by a scanner that types, and twice by mistake; attendance moves everywhere at once."""
    first, second = meeting.people["Nguyễn Văn Mẫu"], meeting.people["Trần Thị Thí Dụ"]
    page: Page = door([first["payload"]])  # type: ignore[operator]  # the fixture's opener
    expect(page.get_by_text("Nguyễn Văn Mẫu")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Mời vào, ghế A1")).to_be_visible()
    expect(wall.get_by_text("1/3").first).to_be_visible()
    page.keyboard.type(second["payload"].lower(), delay=2)  # some scanners type lower case
    page.keyboard.press("Enter")
    expect(page.get_by_text("Mời vào, ghế A2")).to_be_visible()
    expect(page.get_by_text("2/3")).to_be_visible()
    expect(page.get_by_text("Đã điểm danh")).to_be_visible(timeout=20_000)  # the camera sees the first paper again
    page.keyboard.type("NS1" + "A" * 24, delay=2)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Chưa vào được")).to_be_visible()
    page.close()


def run_items(meeting: Meeting, wall: Page, delegate: Page) -> None:
    """Open the meeting, start an item, send a page to seats and wall."""
    console = meeting.console
    console.get_by_role("link", name="Điều hành").click()
    expect(console.get_by_role("heading", name="Phòng họp")).to_be_visible()
    step_by_key(console, "1", "k")
    expect(console.get_by_text("Đang họp").first).to_be_visible()
    start_next_item(console, "1")
    start_next_item(console, "2")
    expect(delegate.get_by_text("Báo cáo quý III").first).to_be_visible()
    console.get_by_role("button", name="Gửi trang").first.click()
    expect(wall.locator("img").first).to_be_visible()
    expect(delegate.locator("img").first).to_be_visible()


def start_next_item(console: Page, number: str) -> None:
    """By keyboard: the run of show always has the next item chosen."""
    console.keyboard.press("1")
    expect(console.get_by_role("button", name=f"Bắt đầu mục {number}")).to_be_visible()
    console.wait_for_timeout(SETTLED_MS)  # a person looks before pressing Enter
    console.keyboard.press("Enter")
    expect(console.get_by_role("button", name=f"Kết thúc mục {number}")).to_be_visible()


def vote_through_a_restart(meeting: Meeting, wall: Page, chair: Page, delegate: Page) -> None:
    """Open, one ballot, kill -9, the other ballot, close, publish."""
    console = meeting.console
    start_next_item(console, "3")
    console.get_by_role("button", name="Mở biểu quyết").click()
    confirm(console, "v")
    expect(delegate.get_by_text("Thông qua Nghị quyết về chuyển đổi số").first).to_be_visible()
    cast(delegate, "Tán thành")
    expect(delegate.get_by_text("Đã ghi nhận phiếu của đồng chí")).to_be_visible()
    meeting.house.kill("web")
    cast(chair, "Không tán thành")
    expect(chair.get_by_text("Đã ghi nhận phiếu của đồng chí")).to_be_visible(timeout=30_000)
    expect(console.get_by_text("2/2").first).to_be_visible(timeout=30_000)
    console.get_by_role("button", name="Đóng biểu quyết").click()
    confirm(console, "x")
    console.get_by_role("button", name="Công bố lên màn hình").click()
    confirm(console, "p")
    expect(wall.get_by_text("KHÔNG ĐƯỢC THÔNG QUA")).to_be_visible()  # one of three entitled, two are needed
    expect(delegate.get_by_text("KHÔNG ĐƯỢC THÔNG QUA")).to_be_visible()


def close(meeting: Meeting, delegate: Page) -> None:
    """Close, then read-only; the journal holds."""
    console = meeting.console
    step_by_key(console, "2", "c")
    expect(console.get_by_text("Đã bế mạc").first).to_be_visible()
    verified = meeting.house.run("verify")
    assert verified.returncode == 0, verified.stdout
    settings: Settings = meeting.house.settings
    assert verify_journal(settings)[0] is None
