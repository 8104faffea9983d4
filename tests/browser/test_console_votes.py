"""The secretary annuls a vote and has votes run one after another, by keyboard alone."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.house import House
from tests.browser.staging import Staged

FEW = 12  # a fifth of those convened: the quorum where only a few come
FIRST, SECOND, THIRD = 1, 2, 3  # motions of the demonstration


@pytest.fixture(scope="module")
def staged(house: House) -> Iterator[Staged]:
    made = Staged(house, present=FEW, papers_of="2")
    made.open_meeting()
    made.start_item("4")
    yield made
    made.close()


@pytest.fixture
def console(staged: Staged, open_page: Opener) -> Page:
    page = open_page(f"/sign-in/?next=/console/%23/meetings/{staged.demo.meeting}/run")
    page.get_by_label("Tài khoản").fill("thuky")
    page.get_by_label("Mật khẩu", exact=True).fill(staged.demo.passwords["thuky"])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"^[^?]*/console/"))
    page.goto(f"{staged.house.address}/console/#/meetings/{staged.demo.meeting}/run")
    expect(page.get_by_role("heading", name="Đang diễn ra")).to_be_visible()
    return page


def poll(staged: Staged, poll_id: int) -> dict[str, Any]:
    """What the server says of a vote."""
    found: dict[str, Any] = staged.secretary.get(f"{staged.base}/polls/{poll_id}")
    return found


def test_a_vote_is_annulled_with_a_reason_and_its_repetition_waits_to_be_opened(staged: Staged, console: Page) -> None:
    staged.do("POST", f"/polls/{staged.poll(FIRST)}/open", {})
    staged.vote(FIRST, range(FEW))
    expect(console.get_by_text(f"Đã bỏ phiếu {FEW}/{FEW}")).to_be_visible()
    console.keyboard.press("v")
    console.get_by_role("region", name="Ai đã bỏ phiếu").wait_for()
    expect(console.get_by_text("chỉ biết sau khi đóng")).to_be_visible()  # an unnamed vote, and it is open
    console.keyboard.press("5")
    console.get_by_label("Lý do hủy").wait_for()
    console.get_by_label("Lý do hủy").focus()
    console.keyboard.type("Đọc nhầm tên nghị quyết.")
    for _ in range(2):  # past the box that asks for a repetition, to the button
        console.keyboard.press("Tab")
    console.keyboard.press("Enter")
    expect(console.get_by_role("dialog", name="Hủy biểu quyết này?")).to_be_visible()
    console.keyboard.press("Enter")  # on "cancel": nothing happens to the vote
    assert poll(staged, staged.poll(FIRST))["state"] == "open"
    console.keyboard.press("v")
    console.keyboard.press("5")
    console.get_by_label("Lý do hủy").fill("Đọc nhầm tên nghị quyết.")
    console.get_by_role("button", name="Hủy và biểu quyết lại").click()
    expect(console.get_by_role("dialog", name="Hủy biểu quyết này?")).to_be_visible()
    console.keyboard.press("h")
    expect(console.get_by_text("Biểu quyết lại sau khi lần trước bị hủy.")).to_be_visible()
    expect(console.get_by_text("Đã hủy: Đọc nhầm tên nghị quyết.")).to_be_visible()
    again = poll(staged, staged.poll(THIRD) + 1)
    assert poll(staged, staged.poll(FIRST))["state"] == "annulled"
    assert (again["state"], again["replaces_id"]) == ("draft", staged.poll(FIRST))


def test_votes_run_one_after_another_and_one_key_stops_them(staged: Staged, console: Page) -> None:
    console.keyboard.press("l")
    expect(console.get_by_role("dialog", name="Biểu quyết theo loạt")).to_be_visible()
    for box in console.get_by_role("dialog").get_by_role("checkbox").all():
        box.focus()
        title = box.evaluate("e => e.closest('label').textContent")
        if "Chương trình kiểm tra" not in title and "Chương trình làm việc" not in title:
            console.keyboard.press("Space")
    console.get_by_label("Mỗi biểu quyết mở").fill("600")
    console.get_by_label("Nghỉ giữa").fill("0")
    begin = console.get_by_role("button", name="Bắt đầu với 2 biểu quyết")
    begin.focus()
    console.keyboard.press("Enter")
    console.keyboard.press("j")
    first = console.get_by_role("article", name="Chương trình làm việc năm 2027")
    expect(first.get_by_text("Đang mở")).to_be_visible()
    staged.vote(SECOND, range(FEW))  # everybody has voted: it closes by itself, and the next one opens
    expect(console.get_by_role("status").filter(has_text="1/2")).to_be_visible()
    second = console.get_by_role("article", name="Chương trình kiểm tra, giám sát năm 2027")
    expect(second.get_by_text("Đang mở")).to_be_visible()
    console.keyboard.press("0")
    expect(console.get_by_role("button", name="Dừng loạt")).to_have_count(0)
    assert poll(staged, staged.poll(SECOND))["state"] == "published"
    assert poll(staged, staged.poll(THIRD))["state"] == "open"
