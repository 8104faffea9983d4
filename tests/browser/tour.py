"""A walk past every screen in its main states, once through a whole meeting. Who comes along looks or measures."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.ballots import every_ballot
from tests.browser.counting import count_on_paper
from tests.browser.entrance import administration, door
from tests.browser.relays import relay
from tests.browser.staging import BROKEN_LIST, Staged

Visit = Callable[[str, str, Page], None]
"""Called with the surface, a name of the state and the page that shows it."""

SIZES = {
    "seat": (800, 480), "wall": (1920, 1080), "console": (1366, 768), "door": (1280, 800), "teller": (1366, 768),
    "site": (1366, 900),
}
SETTLED_MS = 300
DEAF_MS = 600      # a ballot's button that has only just come up takes no touch
AWAY_MS = 2_000     # a blink of the line is not worth a word on the wall
DELEGATE, GUEST, LATE = 2, 60, 58  # places in the list: votes, may not, has not come
AT_REST = """async () => {
  await document.fonts.ready;
  await Promise.all([...document.images].map((one) => one.complete || new Promise((done) => {
    one.addEventListener("load", done); one.addEventListener("error", done);
  })));
}"""
MOTION = 1                         # the resolution
POLL_VIEWS = {
    "basis": "Căn cứ", "turnout": "Ai đã bỏ phiếu", "reserved": "Bảo lưu ý kiến", "record": "Kết quả", "annul": "Hủy",
}


class Tour:
    """Pages of every surface, and the walk."""

    def __init__(self, browser: Browser, staged: Staged, visit: Visit, folder: Path) -> None:
        self.browser, self.staged, self.visit, self.folder = browser, staged, visit, folder
        self.errors: list[str] = []
        self._contexts: list[BrowserContext] = []

    def open(self, surface: str, path: str, **more: object) -> Page:
        """A page in a context of its own."""
        width, height = SIZES.get(surface, SIZES["console"])
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="vi-VN", has_touch=surface == "seat",
            reduced_motion="reduce", **more,
        )
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.errors.append(f"{path}: {error}"))
        page.goto(self.staged.house.address + path)
        return page

    def close(self) -> None:
        """Close all pages."""
        for context in self._contexts:
            context.close()

    def walk(self) -> None:
        """Everything, in the order of a meeting."""
        try:
            self.staged.papers_are_drawn()
            self.before()
            self.in_session()
            self.vote()
            every_ballot(self)
            count_on_paper(self)
            relay(self)
            self.after()
        except Exception:
            for number, page in enumerate(page for context in self._contexts for page in context.pages):
                page.screenshot(path=self.folder / f"failed-{number}.png")
            raise
        assert self.errors == [], self.errors

    # Before the meeting opens.

    def before(self) -> None:
        """Sign-in, preparation, arrival."""
        staged = self.staged
        self.console = self.signed_in("thuky", "console")
        self.prepare()
        administration(self)
        self.wall = self.open("wall", "/wall/")
        expect(self.wall.get_by_role("textbox")).to_be_visible()
        self.visit("wall", "pairing", self.wall)
        unit = f"/api/units/{staged.demo.unit}/devices"
        body = {"kind": "wall", "name": "Màn hình hội trường", "meeting_id": staged.demo.meeting}
        code = staged.secretary.post(unit, body)["code"]
        self.wall.goto(f"{staged.house.address}/wall/?code={code}")
        staged.show("welcome")
        door(self)
        expect(self.wall.locator("svg").first).to_be_visible()
        self.visit("wall", "welcome", self.wall)
        self.take_seats()
        self.run("before")

    def signed_in(self, account: str, surface: str) -> Page:
        """Past the sign-in page, which is looked at once."""
        path = f"/sign-in/?next=/{surface}/" + (f"&surface={surface}" if surface != "console" else "")
        page = self.open(surface, path, permissions=["camera"] if surface == "door" else [])
        page.get_by_label("Tài khoản").wait_for()
        if account == "thuky":
            self.visit("sign-in", "empty", page)
            page.get_by_label("Tài khoản").fill(account)
            page.get_by_label("Mật khẩu", exact=True).fill("khong-phai-mat-khau")
            page.keyboard.press("Enter")
            page.get_by_role("alert").first.wait_for()
            self.visit("sign-in", "refused", page)
        page.get_by_label("Tài khoản").fill(account)
        page.get_by_label("Mật khẩu", exact=True).fill(self.staged.demo.passwords[account])
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(rf"^[^?]*/{surface}/"))
        return page

    def prepare(self) -> None:
        """The secretary's pages before the day."""
        page = self.console
        page.get_by_role("link", name="Tạo cuộc họp").wait_for()
        self.visit("console", "start", page)
        self.place(page, "new-meeting", "new-meeting")
        prepare = f"meetings/{self.staged.demo.meeting}/prepare"
        for tab in ("details", "agenda", "participants", "motions", "invitations", "steps"):
            self.place(page, f"{prepare}/{tab}", f"prepare-{tab}")
        self.place(page, f"{prepare}/agenda")
        page.get_by_role("option").filter(has_text="Báo cáo kết quả quý III").click()
        page.get_by_text("PDF", exact=False).first.wait_for()
        self.visit("console", "prepare-item", page)
        self.place(page, f"{prepare}/motions")
        page.get_by_role("button", name="Thêm biểu quyết").click()
        page.get_by_label("Theo quy tắc").wait_for()
        self.settle(page)
        self.visit("console", "prepare-motion", page)
        page.get_by_label("Theo quy tắc").select_option("working-bodies")
        page.get_by_role("button", name="Thêm người không tính").click()
        page.get_by_label("Ai không tính").fill("mau")
        page.locator(".pick").first.wait_for()
        self.visit("console", "prepare-motion-exclusions", page)
        page.get_by_label("Theo quy tắc").select_option("election-delegate-congress")
        self.sheet(page, "prepare-motion-paper")
        self.import_list(page, prepare)

    def import_list(self, page: Page, prepare: str) -> None:
        """A list with faults."""
        self.place(page, f"{prepare}/participants")
        page.get_by_role("button", name="Nhập từ tệp").click()
        self.visit("console", "import-choose", page)
        file = self.folder / "danh-sach.csv"
        file.write_text(BROKEN_LIST, "utf-8-sig")
        page.locator("dialog input[type=file]").set_input_files(file)
        page.get_by_role("region", name="Những chỗ vướng").wait_for()
        self.sheet(page, "import-problems")

    def take_seats(self) -> None:
        """Three people sit down."""
        page = self.open("seat", "/seat/")
        page.get_by_role("heading", name="Mời đồng chí nhập mã cuộc họp").wait_for()
        self.visit("seat", "code", page)
        page.context.close()
        self.seat = self.sit(DELEGATE, looked_at=True)
        self.visit("seat", "agenda-before", self.seat)
        self.guest, self.late = self.sit(GUEST), self.sit(LATE)

    def sit(self, place: int, *, looked_at: bool = False) -> Page:
        """Choose the name, type the PIN."""
        staged = self.staged
        page = self.open("seat", f"/seat/?m={staged.demo.join_code}")
        row = page.get_by_role("button").filter(has_text=staged.names[place]).first
        row.wait_for()
        if looked_at:
            self.visit("seat", "choose", page)
        row.click()
        page.get_by_role("heading", name="Nhập mã PIN").wait_for()
        if looked_at:
            self.visit("seat", "pin", page)
        for digit in staged.pin(place):
            page.get_by_role("button", name=digit, exact=True).click()
        page.get_by_role("navigation", name="Chương trình").wait_for()
        return page

    # In session.

    def in_session(self) -> None:
        """Items, a paper, a notice, a speaker."""
        staged = self.staged
        staged.open_meeting()
        staged.start_item("2")
        staged.show("agenda")
        expect(self.seat.get_by_label("Đang bàn").first).to_be_visible()
        self.visit("seat", "agenda", self.seat)
        self.scene("agenda")
        staged.show("attendance")
        self.scene("attendance")
        self.run("item")
        staged.present_page(2)
        expect(self.seat.locator("img").first).to_be_visible()
        self.settle(self.seat)
        self.visit("seat", "page", self.seat)
        expect(self.wall.locator("img").first).to_be_visible()
        self.scene("document")
        self.run("paper")
        self.speaking()
        self.notice()
        self.sheets()

    def speaking(self) -> None:
        """The list of those who wait, and one who speaks."""
        staged, page = self.staged, self.seat
        page.get_by_role("button", name="Xin phát biểu").click()
        self.settle(page)
        self.visit("seat", "speak", page)
        page.keyboard.press("Escape")
        staged.ask_to_speak(range(4, 8))
        staged.seat(DELEGATE).post(f"{staged.base}/floor/requests", {"topic": "Góp ý tài liệu"})
        page.get_by_role("button", name="Chờ phát biểu").click()
        self.settle(page)
        self.visit("seat", "speak-waiting", page)
        page.keyboard.press("Escape")
        staged.do("POST", "/floor/requests/1/call")
        staged.show("speaker")
        self.scene("speaker")
        self.run("floor")
        page.get_by_role("button", name="Khác").click()
        self.settle(page)
        self.visit("seat", "more", page)
        page.keyboard.press("Escape")

    def notice(self) -> None:
        """From the secretary to all."""
        text = "Đề nghị các đồng chí chuyển điện thoại sang chế độ im lặng. Nghỉ giải lao lúc 10 giờ."
        self.sent = int(self.staged.do("POST", "/notices", {"text": text})["id"])
        self.seat.get_by_text("Đề nghị các đồng chí").first.wait_for()
        self.visit("seat", "notice", self.seat)
        self.seat.get_by_text("Đề nghị các đồng chí").first.click()
        self.scene("band")
        self.staged.show("notice", text=text)
        self.scene("notice")

    def sheets(self) -> None:
        """What the secretary opens above the cockpit."""
        page = self.console
        page.keyboard.press("/")
        page.get_by_role("dialog").get_by_role("combobox").fill("mau")
        page.get_by_role("listbox", name="Tìm người").get_by_role("option").first.wait_for()
        self.sheet(page, "search")
        page.keyboard.press("n")
        self.sheet(page, "notice")
        page.keyboard.press("m")
        page.get_by_role("dialog").get_by_role("article").first.wait_for()
        self.sheet(page, "steps")
        page.keyboard.press("?")
        self.sheet(page, "keys")

    # A vote.

    def vote(self) -> None:
        """Open, half of the ballots, all of them, close, publish."""
        staged = self.staged
        staged.start_item("4")
        self.run("motion")
        staged.do("POST", f"/polls/{staged.poll(MOTION)}/open", {"wall": True})
        self.ballot()
        staged.vote(MOTION, range(5, staged.present - 4))
        self.scene("vote")
        self.run("vote")
        self.poll_sheet("turnout")
        staged.do("POST", f"/polls/{staged.poll(MOTION)}/close")
        self.seat.get_by_role("heading", name="Biểu quyết đã kết thúc").wait_for()
        self.visit("seat", "ended", self.seat)
        self.run("closed")
        self.poll_sheet(*POLL_VIEWS)
        self.console.keyboard.press("l")
        self.sheet(self.console, "batch")
        staged.do("POST", f"/polls/{staged.poll(MOTION)}/publish", {"wall": True})
        self.seat.get_by_role("heading", name="Kết quả biểu quyết").wait_for()
        self.visit("seat", "result", self.seat)
        self.scene("result-band")
        staged.do("DELETE", f"/notices/{self.sent}")
        expect(self.wall.get_by_text("Đề nghị các đồng chí")).to_have_count(0)
        self.scene("result")
        self.run("published")
        self.seat.get_by_role("button", name="Trở lại tài liệu").click()

    def poll_sheet(self, *views: str) -> None:
        """The sheet of the chosen vote; by keyboard: V, then the numbers of its views."""
        page = self.console
        page.keyboard.press("v")
        page.get_by_role("dialog").wait_for()
        for view in views:
            page.keyboard.press(str(list(POLL_VIEWS).index(view) + 1))
            page.get_by_role("region", name=POLL_VIEWS[view], exact=True).wait_for()
            self.settle(page)
            self.visit("console", f"poll-{view}", page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)

    def ballot(self) -> None:
        """Two touches; and those who may not."""
        page = self.seat
        button = page.get_by_role("button", name="Tán thành", exact=True)
        button.wait_for()
        self.settle(page)
        self.visit("seat", "ballot", page)
        page.wait_for_timeout(DEAF_MS)
        button.click()
        page.get_by_role("button", name="Gửi phiếu").wait_for()
        self.settle(page)
        self.visit("seat", "chosen", page)
        page.wait_for_timeout(DEAF_MS)
        page.get_by_role("button", name="Gửi phiếu").click()
        page.get_by_text("Đã ghi nhận phiếu của đồng chí").wait_for()
        self.settle(page)
        self.visit("seat", "receipt", page)
        for other, state in ((self.guest, "cannot-guest"), (self.late, "cannot-absent")):
            other.get_by_text("Đồng chí không biểu quyết lần này").wait_for()
            self.visit("seat", state, other)
        other.get_by_role("button", name="Trở lại tài liệu").click()
        other.get_by_role("button", name="Mở lá phiếu").wait_for()
        self.visit("seat", "aside", other)

    # Afterwards.

    def after(self) -> None:
        """A pause, the end, and screens that lose the server."""
        staged = self.staged
        staged.do("POST", "/state", {"to": "paused", "confirm": True})
        staged.show("agenda")
        self.scene("paused")
        self.settle(self.late)
        self.visit("seat", "paused", self.late)
        staged.show("blank")
        self.scene("blank")
        staged.do("POST", "/state", {"to": "in_session", "confirm": True, "confirm_without_quorum": True})
        staged.show("result", poll_id=staged.poll(MOTION))
        staged.do("POST", "/state", {"to": "closed", "confirm": True})
        self.settle(self.seat)
        self.visit("seat", "closed", self.seat)
        self.run("over")
        self.away()

    def away(self) -> None:
        """The server ends; every screen says so."""
        self.staged.house.stop()
        for surface, page in (("wall", self.wall), ("seat", self.seat), ("console", self.console)):
            expect(page.get_by_text("Mất kết nối").first).to_be_visible()
            page.wait_for_timeout(AWAY_MS)
            self.visit(surface, "away", page)

    # Small steps.

    def settle(self, page: Page) -> None:
        """Let topics arrive, fonts, pictures and transitions come to rest."""
        page.wait_for_timeout(SETTLED_MS)
        page.evaluate(AT_REST)

    def place(self, page: Page, where: str, state: str = "") -> None:
        """Go to a place of the console."""
        page.goto(f"{self.staged.house.address}/console/#/{where}")
        page.get_by_role("main").first.wait_for()
        self.settle(page)
        if state:
            self.visit("console", state, page)

    def run(self, state: str) -> None:
        """The cockpit."""
        here = f"#/meetings/{self.staged.demo.meeting}/run"
        if not self.console.url.endswith(here):
            self.place(self.console, here.removeprefix("#/"))
        self.settle(self.console)
        self.visit("console", f"run-{state}", self.console)

    def scene(self, state: str) -> None:
        """The wall."""
        self.settle(self.wall)
        self.visit("wall", state, self.wall)

    def sheet(self, page: Page, state: str) -> None:
        """A dialog that is open; closed afterwards."""
        page.get_by_role("dialog").wait_for()
        self.settle(page)
        self.visit("console", state, page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
