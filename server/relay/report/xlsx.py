"""The report as a workbook: times are times and figures are figures, to sort and to reckon with."""

from datetime import datetime

from openpyxl import Workbook

from server.core.workbook import Page, packed, safe
from server.relay.report import words
from server.relay.report.sheet import ReportSheet

SUMMARY, SITES, SPELLS, INCIDENTS = "Tóm tắt", "Điểm cầu", "Thời gian nối", "Sự cố"
RED = "99101A"


def report_xlsx(sheet: ReportSheet) -> bytes:
    """The workbook; the same sheet gives the same bytes."""
    book = Workbook()
    first = book.active or book.create_sheet()
    first.title = SUMMARY
    page = Page(first, (30, 60))
    page.wide(words.TITLE, size=14, bold=True)
    page.wide(sheet.conference, bold=True)
    if not sheet.final:
        page.wide("Tạm tính: hội nghị chưa kết thúc.", bold=True, colour=RED)
    page.pair("Đơn vị", sheet.unit)
    for label, text in words.summary(sheet):
        page.pair(label, text)
    page.pair("Lập lúc", words.moment(sheet.made_at))
    _sites(Page(book.create_sheet(SITES), (6, 40, 8, 22, 12, 22, 22, 22, 14, 10, 10, 50)), sheet)
    _spells(Page(book.create_sheet(SPELLS), (40, 14, 22, 22, 14, 16, 16, 14)), sheet)
    _incidents(Page(book.create_sheet(INCIDENTS), (6, 22, 22, 8, 36, 70, 26, 22, 26, 50)), sheet)
    book.properties.title = safe(f"{words.TITLE}: {sheet.conference}")[:250]
    book.properties.creator = safe(sheet.unit)
    return packed(book, _at(sheet.made_at) or sheet.made_at.replace(tzinfo=None))


def _at(moment: datetime | None) -> datetime | None:
    """A workbook knows no zones: it is Viet Nam's time, to the second."""
    return words.local(moment).replace(tzinfo=None, microsecond=0) if moment else None


def _filtered(page: Page, head: int, last: str) -> None:
    page.page.freeze_panes = f"A{head + 1}"
    page.page.print_title_rows = f"{head}:{head}"
    page.page.page_setup.orientation = "landscape"
    if page.row > head:
        page.page.auto_filter.ref = f"A{head}:{last}{page.row}"


def _sites(page: Page, sheet: ReportSheet) -> None:
    head = page.head(
        "TT", "Điểm cầu", "Hạng", "Kiểm tra lúc", "Số người", "Báo số người lúc", "Nối lần đầu", "Ngắt lần cuối",
        "Phút đã nối", "Lần ngắt", "Sự cố", "Ghi chú",
    )
    for place, one in enumerate(sheet.sites, 1):
        first, last = (one.live[0].from_at, one.live[-1].until) if one.live else (None, None)
        note = "; ".join(filter(None, (words.decided(one), "" if one.live else "không nối trong hội nghị")))
        page.cells(
            place, one.name, one.verdict, _at(one.verdict_at), one.people if one.counted_at else None,
            _at(one.counted_at), _at(first), _at(last), round(one.connected.total_seconds() / 60), one.breaks,
            one.incidents, note,
        )
    _filtered(page, head, "L")


def _spells(page: Page, sheet: ReportSheet) -> None:
    head = page.head(
        "Điểm cầu", "Trong", "Từ", "Đến", "Phút", "Mức cao nhất", "Mức thấp nhất", "Gián đoạn ngắn"
    )
    for site in sheet.sites:
        for one in site.spells:
            page.cells(
                site.name, words.PART[one.live], _at(one.from_at), _at(one.until),
                round((one.until - one.from_at).total_seconds() / 60), words.RUNGS[one.best], words.RUNGS[one.worst],
                one.gaps,
            )
    _filtered(page, head, "H")


def _incidents(page: Page, sheet: ReportSheet) -> None:
    head = page.head(
        "TT", "Lần đầu", "Lần cuối", "Số lần", "Điểm cầu", "Việc đã xảy ra", "Người ghi", "Xử lý xong lúc",
        "Người xử lý", "Cách xử lý",
    )
    for place, one in enumerate(sheet.incidents, 1):
        page.cells(
            place, _at(one.at), _at(one.last_at), one.times, one.site, one.text, one.by or "máy chủ",
            _at(one.resolved_at), one.resolved_by, one.resolution or ("" if one.resolved_at else "chưa xử lý xong"),
        )
    _filtered(page, head, "J")
