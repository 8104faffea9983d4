"""The part of the walk that sees ballots of every kind, and a vote on paper, on the seat and on the wall."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from tests.browser.staging import QUORUM, Staged

if TYPE_CHECKING:
    from tests.browser.tour import Tour

SETTLED_MS = 700  # a ballot's buttons that have only just come up take no touch
NAMES = [
    "Nguyễn Mẫu An", "Trần Mẫu Bình", "Lê Mẫu Chi", "Phạm Mẫu Dũng", "Hoàng Mẫu Giang", "Vũ Mẫu Hạnh",
    "Đỗ Mẫu Khánh", "Bùi Mẫu Lan", "Hồ Mẫu Minh",
]
OPINION = "Đề nghị lùi sang quý I năm sau để chuẩn bị kỹ văn kiện."
TELLERS = 3
Marks = Callable[[int], dict[str, Any]]


def every_ballot(tour: "Tour") -> None:
    """An opinion, a list, names; where enough have come for the rules that ask it, a resolution and an election."""
    _opinion(tour)
    _list(tour)
    _names(tour)
    if tour.staged.present >= QUORUM:
        _annulled(tour, _resolution(tour))
        _election(tour)


def _open(tour: "Tour", introduced: str = "", **said: object) -> int:
    """A poll, opened; with `introduced` the wall is looked at before."""
    poll = int(tour.staged.do("POST", "/polls", said)["id"])
    if introduced:
        tour.staged.show("vote", poll_id=poll)
        tour.scene(introduced)
    tour.staged.do("POST", f"/polls/{poll}/open", {"wall": True})
    return poll


def _others(staged: Staged, poll: int, marks: Marks) -> None:
    for place in range(5, 12):
        staged.seat(place).post(f"{staged.base}/polls/{poll}/ballot", marks(place))


def _look(tour: "Tour", *states: str) -> None:
    tour.seat.wait_for_timeout(SETTLED_MS)
    for state in states:
        tour.visit("seat", state, tour.seat)


def _cast(tour: "Tour", name: str) -> None:
    tour.seat.get_by_role("button", name="Gửi phiếu").wait_for()
    _look(tour, f"{name}-chosen")
    tour.seat.get_by_role("button", name="Gửi phiếu").click()
    tour.seat.get_by_text("Đã ghi nhận phiếu của đồng chí").wait_for()
    _look(tour, f"{name}-receipt")


def _publish(tour: "Tour", poll: int, name: str) -> None:
    staged, seat = tour.staged, tour.seat
    tour.scene(f"{name}-vote")
    staged.do("POST", f"/polls/{poll}/close")
    seat.get_by_role("heading", name="Biểu quyết đã kết thúc").wait_for()
    staged.do("POST", f"/polls/{poll}/publish", {"wall": True})
    seat.get_by_role("heading", name="Kết quả biểu quyết").wait_for()
    _look(tour, f"{name}-result")
    tour.scene(f"{name}-result")
    seat.get_by_role("button", name="Trở lại tài liệu").click()


def _opinion(tour: "Tour") -> None:
    seat = tour.seat
    title = "Về thời điểm tổ chức Đại hội Đảng bộ"
    poll = _open(tour, "introduced", title=title, kind="opinion", changeable=True)
    seat.get_by_role("button", name="Ý kiến khác").wait_for()
    _look(tour, "opinion")
    seat.get_by_role("button", name="Ý kiến khác").click()
    seat.get_by_role("textbox", name="Ý kiến khác").fill(OPINION)
    _look(tour, "opinion-written")
    seat.get_by_role("button", name="Tiếp tục").click()
    _cast(tour, "opinion")
    _others(tour.staged, poll, lambda place: {"choice": "against" if place == 7 else "for"})
    _publish(tour, poll, "opinion")


def _list(tour: "Tour") -> None:
    seat = tour.seat
    poll = _open(tour, title="Chọn các đơn vị làm điểm", kind="choice", options=NAMES, choose_most=3)
    for row in range(3):
        seat.locator(".many").nth(row).click()
    _look(tour, "list-full")
    seat.get_by_role("button", name="Tiếp tục").click()
    _cast(tour, "list")
    _others(tour.staged, poll, lambda place: {"options": sorted({1, 2, place % len(NAMES) + 1})})
    _publish(tour, poll, "list")


def _names(tour: "Tour") -> None:
    seat = tour.seat
    poll = _open(tour, title="Thăm dò mức độ tín nhiệm", kind="confidence", rule="quick-poll", options=NAMES)
    seat.get_by_role("button", name="Tín nhiệm thấp").first.click()
    _look(tour, "names")
    unmarked = seat.locator(".levels-row:not(:has([aria-pressed=true]))")
    while seat.get_by_role("button", name="Đến tên chưa ghi").count():
        while unmarked.count():
            unmarked.first.get_by_role("button", name="Tín nhiệm cao").click()
        seat.locator(".long-next").click()
        seat.wait_for_timeout(100)
    _cast(tour, "names")
    _others(tour.staged, poll, lambda place: {"levels": [("high", "plain", "low")[place % 3]] * len(NAMES)})
    _publish(tour, poll, "names")


def _resolution(tour: "Tour") -> int:
    seat = tour.seat
    poll = _open(
        tour, title="Nghị quyết về phát triển đô thị", rule="resolution", members=62, seconds=600,
        motion="Thông qua toàn văn Nghị quyết cùng chương trình hành động kèm theo.",
    )
    seat.get_by_role("button", name="Không tán thành").wait_for()
    _look(tour, "resolution")
    seat.locator(".ballot-rule-button").click()
    seat.get_by_role("dialog").wait_for()
    _look(tour, "rule")
    seat.keyboard.press("Escape")
    seat.get_by_role("button", name="Không tán thành").click()
    _cast(tour, "resolution")
    seat.get_by_role("button", name="Bảo lưu ý kiến").click()
    seat.get_by_role("textbox", name="Bảo lưu ý kiến").fill(OPINION)
    _look(tour, "reserve")
    seat.get_by_role("button", name="Gửi bảo lưu").click()
    seat.get_by_role("button", name="Đã bảo lưu").wait_for()
    _look(tour, "reserved")
    _others(tour.staged, poll, lambda _: {"choice": "for"})
    _publish(tour, poll, "resolution")
    return poll


def _annulled(tour: "Tour", poll: int) -> None:
    reason = "Danh sách biểu quyết thiếu hai đồng chí; sẽ biểu quyết lại."
    tour.staged.do("POST", f"/polls/{poll}/annul", {"reason": reason, "again": False})
    tour.seat.get_by_role("heading", name="Biểu quyết đã bị hủy").wait_for()
    _look(tour, "annulled")
    tour.scene("annulled")
    tour.seat.get_by_role("button", name="Trở lại tài liệu").click()


def _election(tour: "Tour") -> None:
    """On paper: ballots are handed out, three tellers enter them, the result is published."""
    staged, seat = tour.staged, tour.seat
    vote = int(staged.do("POST", "/paper-votes", {
        "title": "Bầu Ban Chấp hành Đảng bộ khóa mới", "kind": "election_surplus", "rule": "election-delegate-congress",
        "seats": len(NAMES) - 2,
    })["id"])
    for name in NAMES:
        staged.do("POST", f"/paper-votes/{vote}/candidates", {"name": name})
    tellers = range(staged.present - TELLERS, staged.present)
    staged.do("PUT", "/tellers", {"participant_ids": [staged.participant(place) for place in tellers]})
    staged.do("POST", f"/paper-votes/{vote}/print")
    staged.do("POST", f"/paper-votes/{vote}/issue", {"issued": staged.present})
    staged.show("paper")
    seat.get_by_text("Mời đồng chí nhận phiếu từ ban kiểm phiếu").wait_for()
    _look(tour, "paper-issued")
    tour.scene("paper-issued")
    _count(staged, vote, tellers)
    staged.do("POST", f"/paper-votes/{vote}/publish")
    seat.get_by_role("heading", name="Kết quả bầu cử").wait_for()
    _look(tour, "paper-result")
    tour.scene("paper-result")
    seat.get_by_role("button", name="Đóng").click()


def _count(staged: Staged, vote: int, tellers: range) -> None:
    at = f"{staged.base}/paper-votes/{vote}"
    ballots = [{"number": number, "marks": _struck(number)} for number in range(1, staged.present + 1)]
    for station, place in enumerate(tellers, 1):
        teller = staged.teller(place)
        teller.post(f"{at}/stations/{station}/take")
        for some in _fifties(ballots):
            teller.post(f"{at}/stations/{station}/ballots", {"ballots": some}, "PUT")
        teller.post(f"{at}/stations/{station}/commit", {"returned": len(ballots)})
    staged.do("POST", f"/paper-votes/{vote}/compare")
    staged.do("POST", f"/paper-votes/{vote}/close", {"returned": len(ballots)})


def _struck(number: int) -> str:
    """Two names struck out, so that the last places tie."""
    struck = {number % 3 + 3, len(NAMES) - 1 - number % 2}
    return "".join("s" if line in struck else "k" for line in range(len(NAMES)))


def _fifties(ballots: list[dict[str, object]]) -> Iterable[list[dict[str, object]]]:
    return (ballots[first:first + 50] for first in range(0, len(ballots), 50))
