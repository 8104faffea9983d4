"""The part of the walk that sees a vote on paper at the console and at a counting station."""

from typing import TYPE_CHECKING

from playwright.sync_api import Page

from server.voting.rules import shipped
from tests.browser.staging import Staged

if TYPE_CHECKING:
    from tests.browser.tour import Tour

NAMES = [
    "Nguyễn Mẫu Ân", "Trần Mẫu Bắc", "Lê Mẫu Cường", "Phạm Mẫu Diệp", "Hoàng Mẫu Đức", "Vũ Mẫu Hiền", "Đỗ Mẫu Khôi",
    "Bùi Mẫu Liễu", "Hồ Mẫu Mạnh", "Ngô Mẫu Nhã", "Dương Mẫu Phú", "Lý Mẫu Quý", "Nông Mẫu Sáng", "Vi Mẫu Tú",
]
SEATS = 11
TELLERS = 3
SETTLED_MS = 300


def count_on_paper(tour: "Tour") -> None:
    """Draft, ballots, three stations, a difference, the result. Whether or not many have come."""
    staged = tour.staged
    page = tour.console
    tellers = list(range(staged.present - TELLERS, staged.present))
    staged.do("PUT", "/tellers", {"participant_ids": [staged.participant(place) for place in tellers]})
    vote = _draft(staged)
    tour.place(page, f"meetings/{staged.demo.meeting}/paper/{vote}")
    page.get_by_role("option").filter(has_text=NAMES[-1]).wait_for()
    tour.visit("console", "paper-draft", page)
    for key, state in (("n", "paper-new"), ("e", "paper-candidate"), ("v", "paper-paste"), ("x", "paper-exclusions"),
                       ("k", "paper-tellers")):
        page.keyboard.press(key)
        tour.sheet(page, state)
    staged.do("POST", f"/paper-votes/{vote}/print")
    staged.do("POST", f"/paper-votes/{vote}/issue", {"issued": staged.present})
    station = _sit_down(tour, tellers[0])
    _enter(tour, station)
    _settle(tour, station, vote, tellers)
    staged.do("POST", f"/paper-votes/{vote}/close", {"returned": staged.present})
    page.get_by_role("heading", name="Kết quả kiểm phiếu").wait_for()
    _look(tour, "console", "paper-result", page)
    station.get_by_role("link", name="Biên bản kiểm phiếu (PDF)").wait_for()
    _look(tour, "teller", "closed", station)
    station.context.close()


def _look(tour: "Tour", surface: str, state: str, page: Page) -> None:
    page.wait_for_timeout(SETTLED_MS)
    tour.visit(surface, state, page)


def _draft(staged: Staged) -> int:
    """By a rule of the unit's own that asks for no quorum, so that the walk of few sees it too."""
    rule = shipped()["election-delegate-congress"].model_dump(mode="json") | {"code": "few-are-enough", "quorum": None}
    staged.secretary.post(f"/api/units/{staged.demo.unit}/voting-rules", rule)
    vote = int(staged.do("POST", "/paper-votes", {
        "title": "Ban Thường vụ Đảng bộ khóa mới", "kind": "election_surplus", "rule": "few-are-enough", "seats": SEATS,
    })["id"])
    for name in NAMES:
        staged.do("POST", f"/paper-votes/{vote}/candidates", {"name": name, "title": "Ủy viên Ban Chấp hành"})
    return vote


def _sit_down(tour: "Tour", place: int) -> Page:
    staged = tour.staged
    page = tour.open("teller", "/teller/")
    page.get_by_label("Mã cuộc họp").wait_for()
    _look(tour, "teller", "code", page)
    page.keyboard.type(staged.demo.join_code)
    page.keyboard.press("Enter")
    page.get_by_role("combobox").fill(staged.names[place])
    page.get_by_role("option").first.wait_for()
    _look(tour, "teller", "name", page)
    page.keyboard.press("Enter")
    page.get_by_label("Mã PIN trên giấy mời").fill(staged.pin(place))
    _look(tour, "teller", "pin", page)
    page.keyboard.press("Enter")
    page.get_by_role("option", selected=True).filter(has_text="Ban Thường vụ").wait_for()
    _look(tour, "teller", "choose", page)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Chọn bàn kiểm phiếu").wait_for()
    _look(tour, "teller", "stations", page)
    page.keyboard.press("1")
    page.locator("#sheet").wait_for()
    return page


def _enter(tour: "Tour", page: Page) -> None:
    for line in ("3", "9", "12"):
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    _look(tour, "teller", "entry", page)
    page.keyboard.press("Enter")
    _look(tour, "teller", "last-look", page)
    page.keyboard.press("Enter")
    page.keyboard.press("i")
    _look(tour, "teller", "invalid", page)
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    page.get_by_role("dialog").wait_for()
    _look(tour, "teller", "commit", page)
    page.keyboard.press("Escape")
    _look(tour, "console", "paper-counting", tour.console)


def _settle(tour: "Tour", page: Page, vote: int, tellers: list[int]) -> None:
    """Everything else is entered through the API, with one planted difference; seen at the first station."""
    staged = tour.staged
    at = f"{staged.base}/paper-votes/{vote}"
    marks = "kkskkkkkskksk" + "k"
    for station, place in enumerate(tellers, 1):
        teller = staged.teller(place)
        if station > 1:
            teller.post(f"{at}/stations/{station}/take")
        body = [{"number": number, "marks": marks} for number in range(1, staged.present + 1)]
        if station == TELLERS:
            body[1] = {"number": 2, "marks": marks.replace("s", "k", 1)}
        for first in range(0, len(body), 50):
            teller.post(f"{at}/stations/{station}/ballots", {"ballots": body[first:first + 50]}, "PUT")
        teller.post(f"{at}/stations/{station}/commit", {"returned": staged.present})
        if station == 1:
            page.get_by_role("heading", name="Bàn 1 đã chốt").wait_for()
            _look(tour, "teller", "committed", page)
    staged.do("POST", f"/paper-votes/{vote}/compare")
    page.get_by_role("region", name="Phiếu 2, dòng 3").wait_for()
    page.keyboard.press("1")
    _look(tour, "teller", "difference", page)
    page.keyboard.press("Enter")
    page.get_by_text("Báo thư ký chốt kết quả").wait_for()
    _look(tour, "teller", "settled", page)
