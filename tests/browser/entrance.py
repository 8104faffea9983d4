"""The part of the walk before anybody sits: the administrator's pages, and the door."""

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from server.demo.papers.names import MEETING

if TYPE_CHECKING:
    from tests.browser.tour import Tour

# As fast as a scanner types, however busy this machine is.
SCANNER = "code => [...code, 'Enter'].forEach(key => dispatchEvent(new KeyboardEvent('keydown', { key })))"


def administration(tour: "Tour") -> None:
    """The administrator's pages, and the description of the API."""
    page = tour.signed_in("quantri", "console")
    for tab in ("units", "accounts", "rules", "devices", "sign-ins", "journal"):
        tour.place(page, f"admin/{tab}", f"admin-{tab}")
    tour.place(page, "admin/rules")
    page.get_by_role("button", name="Thêm quy tắc").click()
    tour.sheet(page, "admin-rule")
    page.goto(f"{tour.staged.house.address}/api/docs")
    page.get_by_role("heading").first.wait_for()
    tour.settle(page)
    tour.visit("docs", "all", page)
    page.context.close()


def door(tour: "Tour") -> None:
    """Somebody comes, comes twice, somebody unknown comes, and one without paper."""
    closed = tour.open("door", "/door/")
    closed.get_by_role("link", name="Đăng nhập").wait_for()
    tour.visit("door", "signed-out", closed)
    closed.context.close()
    page = tour.signed_in("letan", "door")
    choice = page.get_by_role("button", name=MEETING)  # the room attached to the conference meets today, too
    choice.wait_for()
    tour.visit("door", "choose", page)
    choice.click()
    expect(page.get_by_text("0/60")).to_be_visible()
    expect(page.get_by_text("Đưa mã trên giấy mời vào khung")).to_be_visible()
    tour.settle(page)
    tour.visit("door", "idle", page)
    tour.staged.come_in(range(20))
    payload = tour.staged.invitation(21)["payload"]
    # Not the same code twice at once: a door takes that for one scan.
    for words, state in ((payload, "welcome"), ("NS1" + "A" * 24, "refused"), (payload, "again")):
        page.evaluate(SCANNER, words)
        page.locator(f".door-outcome-{state}").wait_for()
        tour.visit("door", state, page)
        page.keyboard.press("Escape")
        page.locator(".door-idle").wait_for()
    page.keyboard.press("F2")
    page.get_by_role("searchbox").fill("mau a")
    page.get_by_role("button", name="Mời vào").first.wait_for()
    tour.visit("door", "search", page)
    page.get_by_role("searchbox").fill("khongco")
    page.get_by_text("Không có ai tên như vậy").wait_for()
    tour.visit("door", "search-nobody", page)
    page.context.close()
