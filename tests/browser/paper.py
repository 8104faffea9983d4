"""Steps of a vote on paper: what the secretary does on the console, and the tellers at their stations, by keyboard."""

from collections.abc import Sequence

from playwright.sync_api import Page, expect

from tests.browser.acts import confirm
from tests.browser.hall import Hall

ENTERED = ".ballot-number strong"
"""The number of the ballot that a station enters now."""


def number(page: Page, count: int) -> None:
    """A number counted by hand, and its second key."""
    page.get_by_role("dialog").get_by_role("textbox").fill(str(count))
    page.keyboard.press("F9")
    expect(page.get_by_role("dialog")).to_have_count(0)


def appoint(page: Page, names: Sequence[str]) -> None:
    """Tellers, on the console's page of votes on paper."""
    page.get_by_role("button", name="Cử ban kiểm phiếu").wait_for()
    page.keyboard.press("k")
    sheet = page.get_by_role("dialog")
    for name in names:
        sheet.get_by_role("combobox", name="Thêm người").fill(name)
        sheet.get_by_role("option").filter(has_text=name).wait_for()
        page.keyboard.press("Enter")
    sheet.get_by_role("button", name="Lưu").click()
    expect(sheet).to_have_count(0)


def paste(page: Page, names: Sequence[str]) -> None:
    """The names on the ballot, as they stand in somebody's text."""
    page.get_by_role("heading", name="Danh sách trên phiếu").wait_for()
    page.keyboard.press("v")
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Mỗi dòng một người").fill("\n".join(f"{n}. {name}" for n, name in enumerate(names, 1)))
    sheet.get_by_role("button", name=f"Thêm {len(names)} người").click()
    expect(sheet).to_have_count(0)


def freeze(page: Page) -> None:
    """The list is fixed, so that ballots can be printed."""
    page.keyboard.press("b")
    confirm(page, "i")
    page.get_by_role("button", name="Ghi số phiếu phát ra").wait_for()


def issue(page: Page, count: int) -> None:
    """So many ballots were handed out: the stations may begin."""
    page.keyboard.press("b")
    number(page, count)
    expect(page.get_by_role("heading", name="Ba bàn kiểm phiếu")).to_be_visible()


def sit_down(hall: Hall, page: Page, name: str, typed: str, station: int) -> None:
    """Code, name as it is typed without diacritics, PIN, the only vote, the station: no touch of the mouse."""
    expect(page.get_by_label("Mã cuộc họp")).to_be_focused()
    page.keyboard.type(hall.join_code)
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type(typed)
    expect(page.get_by_role("option").filter(has_text=name)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Mã PIN trên giấy mời")).to_be_focused()
    page.keyboard.type(hall.pin(name))
    page.keyboard.press("Enter")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Chọn bàn kiểm phiếu").wait_for()
    page.keyboard.press(str(station))
    expect(page.locator(ENTERED)).to_have_text("1")


def write_down(page: Page, place: int, keys: Sequence[str]) -> None:
    """One ballot: the keys that say what stands on it, a last look, Enter."""
    expect(page.locator(ENTERED)).to_have_text(str(place))
    for key in keys:
        page.keyboard.press(key)
    expect(page.get_by_text("Enter để ghi")).to_be_visible()
    page.keyboard.press("Enter")


def all_sent(page: Page, count: int) -> None:
    """Every ballot has arrived at the server."""
    expect(page.get_by_text("Đã gửi hết lên máy chủ")).to_be_visible()
    expect(page.get_by_text(f"{count}/{count}")).to_be_visible()


def commit(page: Page, station: int, count: int) -> None:
    """With the number that hands counted."""
    page.keyboard.press("k")
    number(page, count)
    expect(page.get_by_role("heading", name=f"Bàn {station} đã chốt")).to_be_visible()


def compare(page: Page) -> None:
    """One teller lets the three be compared."""
    page.keyboard.press("b")
    confirm(page, "d")
