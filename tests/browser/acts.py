"""What people do at screens, in small steps: the secretary by keyboard, a delegate by touch, a device by its code."""

from playwright.sync_api import Page, expect

from tests.browser.house import PASSWORD, House

SETTLED_MS = 1_000


def sign_in(page: Page, account: str) -> None:
    """Past the sign-in page."""
    page.get_by_label("Tài khoản").fill(account)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")


def confirm(page: Page, key: str) -> None:
    """A public act wants a second, different key."""
    page.get_by_role("dialog").wait_for()
    page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)


def take_seat(page: Page, name: str, pin: str) -> None:
    """Choose a name, type the PIN with the pad on the screen."""
    page.get_by_text(name).first.click()
    for digit in pin:
        page.get_by_role("button", name=digit, exact=True).click()
    expect(page.get_by_role("heading", name="Chương trình").or_(page.get_by_text("Khai mạc")).first).to_be_visible()


def cast(page: Page, choice: str) -> None:
    """Two touches. A ballot that has only just come up takes no touch: it was meant for what stood there before."""
    button = page.get_by_role("button", name=choice, exact=True)
    button.wait_for()
    page.wait_for_timeout(SETTLED_MS)
    button.click()
    page.get_by_text("Đồng chí chọn").wait_for()
    page.wait_for_timeout(SETTLED_MS)
    page.get_by_role("button", name="Gửi phiếu").click()


def wall_code(house: House, meeting: int | None = None) -> str:
    """The one-time code of a new wall; without a meeting it shows the one that is on."""
    secretary = house.hand("thuky")
    unit = secretary.get("/api/units")["units"][0]["id"]
    body = {"kind": "wall", "name": "Hội trường", "meeting_id": meeting}
    return str(secretary.post(f"/api/units/{unit}/devices", body)["code"])
