"""The report as a paper: A4 across, one row a site, then the log, then signatures."""

from collections.abc import Iterator
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from server.core.clock import epoch_ms
from server.relay.readiness.across import across
from server.relay.readiness.printing import CENTER, INK, RED, block, columns, grid, letterhead, local
from server.relay.report import words
from server.relay.report.sheet import IncidentLine, ReportSheet, SiteLine

SITES = ("TT", "Điểm cầu", "Hạng", "Số người", "Nối trong hội nghị (từ–đến, mức hình)", "Tổng thời gian",
         "Ngắt", "Sự cố")
SITE_SHARES = (9, 62, 14, 17, 100, 30, 13, 14)
INCIDENTS = ("TT", "Lúc", "Điểm cầu", "Việc đã xảy ra", "Người ghi", "Xử lý")
INCIDENT_SHARES = (9, 34, 48, 84, 32, 52)
SMALL = 9.5


def report_pdf(sheet: ReportSheet) -> bytes:
    """The paper."""
    return across(
        lambda width: _flow(sheet, width), title=f"{words.TITLE}: {sheet.conference}", author=sheet.unit,
        note=f"Lập lúc {words.moment(sheet.made_at)}",
    )


def _flow(sheet: ReportSheet, width: float) -> Iterator[Flowable]:
    yield letterhead(sheet.unit, "", local(epoch_ms(sheet.made_at)), width)
    yield block(words.TITLE, 14.5, bold=True, align=CENTER, spaceBefore=12)
    yield block(sheet.conference, 12.5, bold=True, align=CENTER, spaceAfter=6)
    if not sheet.final:
        yield block("Tạm tính: hội nghị chưa kết thúc.", 12, bold=True, colour=RED, align=CENTER, spaceAfter=6)
    for label, text in words.summary(sheet):
        yield columns([block(label, 11, bold=True), block(text, 11, spaceAfter=2)], (170, width - 170))
    yield _title("1. Các điểm cầu")
    yield grid(SITES, [_site(place, one) for place, one in enumerate(sheet.sites, 1)], SITE_SHARES, width, SMALL)
    yield _title("2. Nhật ký sự cố")
    if sheet.incidents:
        rows = [_incident(place, one) for place, one in enumerate(sheet.incidents, 1)]
        yield grid(INCIDENTS, rows, INCIDENT_SHARES, width, SMALL)
    else:
        yield block("Không có sự cố nào được ghi nhận.", 11)
    yield _signatures(width)


def _title(text: str) -> Flowable:
    return KeepTogether([CondPageBreak(100), block(text, 12.5, bold=True, spaceBefore=10, spaceAfter=4)])


def _site(place: int, one: SiteLine) -> list[Any]:
    spells = [block(words.spell(line), SMALL) for line in one.live]
    spells = spells or [block("không nối", SMALL, bold=True, colour=RED)]
    name = [block(one.name, SMALL, bold=True)]
    name += [block(words.decided(one), SMALL - 1, italic=True)] if words.decided(one) else []
    return [
        str(place), name, one.verdict or "–", str(one.people) if one.counted_at else "chưa báo", spells,
        words.lasting(one.connected) or "–", str(one.breaks) if one.live else "–", str(one.incidents or "–"),
    ]


def _incident(place: int, one: IncidentLine) -> list[Any]:
    still_open = one.resolved_at is None
    settled = block(words.settled(one), SMALL, bold=still_open, colour=RED if still_open else INK)
    return [
        str(place), words.times(one), block(one.site or "–", SMALL), block(one.text, SMALL),
        one.by or "máy chủ", settled,
    ]


def _signatures(width: float) -> Flowable:
    def top(who: str) -> list[Flowable]:
        return [block(who, 12, bold=True, align=CENTER), block("(ký, ghi rõ họ tên)", 10, italic=True, align=CENTER),
                Spacer(1, 44)]

    return KeepTogether([Spacer(1, 14), columns([top("KỸ THUẬT VIÊN"), top("NGƯỜI LẬP BÁO CÁO")], (width / 2,) * 2)])
