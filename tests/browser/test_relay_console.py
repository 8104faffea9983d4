"""What the secretary could do by API alone, pressed at the console: an edge's line is set, a conference is deleted."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import confirm, sign_in, wall_code
from tests.browser.conftest import Opener
from tests.browser.hall import Hall
from tests.browser.house import House
from tests.browser.relayed import admit, encoder_address
from tests.browser.test_board import faults
from tests.ports import free_port

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

NAME = "Hội nghị trực tuyến toàn quốc nghiên cứu, học tập, quán triệt các nghị quyết của Ban Chấp hành Trung ương"
ROOM = "Điểm cầu Ban Chấp hành Đảng bộ xã Mẫu Sơn Thượng"
SIZES = [(1920, 1080), (1366, 768)]
DELETE = "Xóa hội nghị trực tuyến"
AGAIN_MS = 60_000  # until a server that was killed has answered what was pressed meanwhile


def shots(page: Page, folder: Path, name: str) -> None:
    """What stands there, at both sizes of a console. Nothing may stand beyond its edge."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=folder / f"{name}-{width}x{height}.png")
        assert page.evaluate("document.querySelector('.app').scrollWidth") == width


def planned(house: House) -> Hall:
    """A meeting with a conference that waits for its source."""
    hall = Hall(house, NAME, ["Nguyễn Mẫu An", "Trần Mẫu Bình"])
    hall.do("POST", "/relay", {"name": NAME, "organiser": "central", "phone": "0900 000 000"})
    hall.do("PUT", "/relay/sources/primary", {"kind": "rtmp", "address": encoder_address(), "listen": True})
    return hall


def at_console(open_page: Opener, hall: Hall) -> Page:
    """The secretary at the page of the relay."""
    page = open_page(f"/console/#/meetings/{hall.id}/relay")
    sign_in(page, "thuky")
    page.get_by_text(NAME).first.wait_for()
    return page


def test_the_line_of_an_edge_is_chosen_on_its_sheet_and_a_refusal_says_what_to_do(
    staffed: House, open_page: Opener, tmp_path: Path
) -> None:
    hall = planned(staffed)
    site = admit(hall, ROOM)
    console = at_console(open_page, hall)
    console.get_by_role("list", name="Tất cả điểm cầu").get_by_role("button", name="Mẫu Sơn Thượng").click()
    sheet = console.get_by_role("dialog")
    console.keyboard.press("3")
    sheet.get_by_label("Trạm biên").check()
    expect(sheet.get_by_text("Đường nhận hình")).to_have_count(0)  # nothing to choose before there is an edge
    sheet.get_by_role("button", name="Cấp mã ghép").click()
    expect(sheet.get_by_text("Đang đặt: Đường thường")).to_be_visible()
    sheet.get_by_label("Đường chống mất gói").check()
    sheet.get_by_role("button", name="Đổi đường nhận").click()
    expect(sheet.get_by_role("alert")).to_contain_text("Máy chủ chưa mở đường SRT")
    assert faults(console) == []
    shots(console, tmp_path, "line-refused")
    (staffed.settings.data / "nghisu.toml").write_text(f"relay_srt_port = {free_port()}\n", "utf-8")
    staffed.kill("web")  # the technician has set the port; what is on the screen stays there
    sheet.get_by_role("button", name="Đổi đường nhận").click()
    expect(sheet.get_by_text("Đang đặt: Đường chống mất gói")).to_be_visible(timeout=AGAIN_MS)
    expect(sheet.get_by_role("alert")).to_have_count(0)
    assert faults(console) == []
    shots(console, tmp_path, "line-srt")
    sheet.get_by_role("button", name="Đổi mật khẩu SRT").click()
    console.get_by_role("dialog", name="Đổi mật khẩu").wait_for()
    console.keyboard.press("k")
    expect(console.get_by_text("Đã đổi mật khẩu")).to_be_visible()
    assert hall.secretary.get(f"{hall.path}/relay/sites/{site}")["line"] == "srt"


def test_a_conference_is_deleted_by_two_keys_and_its_rooms_and_walls_say_so(
    staffed: House, open_page: Opener, tmp_path: Path
) -> None:
    hall = planned(staffed)
    code = hall.do("POST", f"/relay/sites/{admit(hall, ROOM)}/device", {"kind": "site"})["code"]
    room = open_page(f"/site/?code={code}", 1366, 900)
    room.get_by_role("button", name="Xin phát biểu").wait_for()
    hall.do("POST", "/relay/state", {"to": "rehearsal", "confirm": True})
    hall.do("PUT", "/wall", {"scene": "relay"})
    wall = open_page(f"/wall/?code={wall_code(staffed, hall.id)}", 1920, 1080)
    console = at_console(open_page, hall)
    console.keyboard.press("o")
    sheet = console.get_by_role("dialog")
    expect(sheet.get_by_text("Dừng tổng duyệt trước khi xóa")).to_be_visible()
    expect(sheet.get_by_role("button", name=DELETE)).to_be_disabled()
    hall.do("POST", "/relay/state", {"to": "planned", "confirm": True})
    sheet.get_by_role("button", name=DELETE).click()
    expect(console.get_by_role("dialog", name=f"{DELETE}?")).to_contain_text("1 điểm cầu")
    assert faults(console) == []
    shots(console, tmp_path, "delete-asked")
    console.keyboard.press("Enter")  # the focus stands on "cancel"
    expect(console.get_by_role("dialog")).to_have_count(0)
    console.keyboard.press("o")
    sheet.get_by_role("button", name=DELETE).click()
    confirm(console, "x")
    expect(console.get_by_text("Cuộc họp này chưa có hội nghị trực tuyến")).to_be_visible()
    expect(room.get_by_text("trung tâm đã gỡ")).to_be_visible()
    expect(wall.get_by_text("Chưa có hình")).to_be_visible()
    shots(console, tmp_path, "deleted")


def test_a_conference_that_went_on_air_while_its_options_stood_open_is_not_deleted(
    staffed: House, open_page: Opener
) -> None:
    hall = planned(staffed)
    console = at_console(open_page, hall)
    console.keyboard.press("o")
    sheet = console.get_by_role("dialog")
    expect(sheet.get_by_role("button", name=DELETE)).to_be_enabled()
    hall.do("POST", "/relay/state", {"to": "live", "confirm": True})
    expect(sheet.get_by_text("Hội nghị đã diễn ra")).to_be_visible()
    expect(sheet.get_by_role("button", name=DELETE)).to_be_disabled()
