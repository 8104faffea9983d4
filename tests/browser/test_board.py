"""A site that watches is on the console's board with its figures, and what the console decides reaches its page."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import confirm, sign_in
from tests.browser.conftest import Opener
from tests.browser.house import House
from tests.browser.relayed import Broadcast, admit
from tests.browser.test_accessibility import AXE, CHECK, RULES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

PATIENCE_MS = 60_000
TOP, LOW = 960, 640  # pixels of width: the camera's, and the low rung's
WIDTH = "document.querySelector('video')?.videoWidth ?? 0"


def faults(page: Page) -> list[str]:
    """Serious faults of accessibility of what is on the screen."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    return [f"{one['rule']}: {one['nodes']}" for one in page.evaluate(CHECK, RULES)]


def wait_for_width(room: Page, pixels: int) -> None:
    """Until the page's picture has this width: that of a rung."""
    limit = time.monotonic() + PATIENCE_MS / 1000
    while room.evaluate(WIDTH) != pixels:
        assert time.monotonic() < limit, f"{room.evaluate(WIDTH)} pixels: {room.locator('body').inner_text()}"
        room.wait_for_timeout(200)


def test_a_watching_site_is_on_the_board_and_the_rung_it_is_given_there_is_the_one_it_gets(
    staffed: House, open_page: Opener, tmp_path: Path
) -> None:
    air = Broadcast(staffed)
    hall, site = air.hall, admit(air.hall, technician_phone="0900 000 001")
    console = open_page(f"/console/#/meetings/{hall.id}/relay")
    sign_in(console, "thuky")
    lamp = console.get_by_role("list", name="Tất cả điểm cầu").get_by_role("button", name="xã Mẫu Sơn")
    expect(lamp).to_contain_text("đỏ", timeout=PATIENCE_MS)  # nobody watches there
    lamp.click()
    sheet = console.get_by_role("dialog")
    console.keyboard.press("3")
    sheet.get_by_role("button", name="Cấp mã ghép").click()
    code = sheet.locator(".once-code").inner_text()
    assert faults(console) == []
    console.screenshot(path=tmp_path / "site-code.png")
    room = open_page(f"/site/?code={code.replace(' ', '')}")
    expect(sheet.get_by_text("Đã ghép, đang kết nối")).to_be_visible(timeout=PATIENCE_MS)
    with air.camera("--size", f"{TOP}x540"):
        wait_for_width(room, TOP)
        console.keyboard.press("1")
        sheet.get_by_label("Số người", exact=True).fill("45")
        sheet.get_by_role("button", name="Ghi số người").click()
        expect(sheet.get_by_text("Đã báo 45 người")).to_be_visible()
        console.keyboard.press("Escape")
        expect(lamp).to_contain_text("mức cao", timeout=PATIENCE_MS)
        expect(lamp).to_contain_text(re.compile(r"trễ\s\d+\sms"), timeout=PATIENCE_MS)
        expect(lamp).to_contain_text("45")
        assert faults(console) == []
        console.screenshot(path=tmp_path / "board.png")
        lamp.click()
        sheet.get_by_label("mức thấp").check()
        sheet.get_by_role("button", name="Lưu").click()
        expect(sheet.get_by_text("Hiện được nhận: mức thấp")).to_be_visible()
        assert faults(console) == []
        console.screenshot(path=tmp_path / "site-low.png")
        console.keyboard.press("Escape")
        wait_for_width(room, LOW)
        expect(lamp).to_contain_text("mức thấp", timeout=PATIENCE_MS)
        lamp.focus()
        console.keyboard.press("f")
        confirm(console, "g")
        expect(console.get_by_text("đang phát biểu").first).to_be_visible()
    shown = hall.secretary.get(f"{hall.path}/relay")
    assert shown["conference"]["floor"]["site_id"] == site
