"""A result as a workbook: figures are numbers, texts are never formulas, charts are the program's own.

The same sheet gives the same bytes: no time of making is in the file.
"""

from datetime import datetime

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import DataPoint

from server.core.workbook import Page, packed, safe
from server.voting.exports import words
from server.voting.exports.sheet import ResultSheet
from server.voting.outcome import PollOutcome
from server.voting.rules import BallotKind, Level

RESULT, RULE, NAMES, OPINIONS, RECORD = "Kết quả", "Quy tắc, căn cứ tính", "Danh sách", "Ý kiến", "Xác thực"
COLOURS = {"for": "0D5C31", "against": "99101A", "not_voting": "6B4300", "other": "6B4300", "": "857F72",
           "high": "0D5C31", "plain": "6B4300", "low": "99101A"}
MARKS = {"for": "✓", "against": "✕", "not_voting": "–", "other": "✎", "": "○", "high": "▲", "plain": "–", "low": "▼"}


def result_xlsx(sheet: ResultSheet) -> bytes:
    """The workbook."""
    book = Workbook()
    first = book.active or book.create_sheet()
    first.title = RESULT
    _result(Page(first, (34, 16, 14, 14, 24)), sheet)
    _rule(Page(book.create_sheet(RULE), (38, 44, 44, 30)), sheet.body)
    if sheet.body.named:
        _names(Page(book.create_sheet(NAMES), (8, 32, 40, 10, 30)), sheet.body)
    _opinions(book, sheet)
    _record(Page(book.create_sheet(RECORD), (30, 110)), sheet)
    book.properties.title = safe(f"{words.TITLES[sheet.body.kind]}: {sheet.body.title}")[:250]
    book.properties.creator = safe(sheet.body.unit)
    return packed(book, _moment(sheet.sealed_ms))


def _moment(milliseconds: int) -> datetime:
    return words.moment(milliseconds).replace(tzinfo=None)  # a workbook knows no zones: it is Viet Nam's time


def _share(hundredths: int) -> float:
    return hundredths / 10_000


def _result(page: Page, sheet: ResultSheet) -> None:
    body = sheet.body
    if not sheet.valid:
        page.wide(words.TAMPERED, bold=True, colour=COLOURS["against"])
    if sheet.annulled:
        why = f"ĐÃ HỦY KẾT QUẢ, không còn giá trị. Lý do: {sheet.annulled.reason}"
        page.wide(why, bold=True, colour=COLOURS["against"])
    page.wide(words.TITLES[body.kind].upper(), size=16, bold=True)
    page.wide(body.title, size=14, bold=True)
    page.skip()
    page.pair("Đơn vị", body.unit)
    page.pair("Cuộc họp", body.meeting_title)
    for label, text in (("Mục chương trình", body.agenda_item), ("Nội dung", body.motion)):
        if text:
            page.pair(label, text)
    page.pair("Mở biểu quyết", _moment(body.opened_ms))
    page.pair("Đóng biểu quyết", _moment(body.closed_ms))
    page.skip()
    page.wide(words.verdict(body), size=14, bold=True, colour=_verdict_colour(body))
    for reason in words.reasons(body):
        page.wide(reason)
    page.skip()
    {BallotKind.CHOICE: _options, BallotKind.CONFIDENCE: _levels}.get(body.kind, _counts)(page, body)


def _verdict_colour(body: PollOutcome) -> str:
    return {True: COLOURS["for"], False: COLOURS["against"], None: ""}[body.passed]


def _counts(page: Page, body: PollOutcome) -> None:
    figures = words.figures(body)
    head = page.head("Ý kiến", "Số phiếu", "Tỷ lệ")
    for one in figures:
        colour = COLOURS[one.choice]
        page.cells(f"{MARKS[one.choice]} {one.word}", one.votes, _share(one.share), colours=(colour,))
    page.cells(f"Cộng ({words.base_name(body)})", body.base.count, _share(sum(one.share for one in figures)))
    page.cells("Phiếu đã bỏ", body.cast, None)
    page.cells(words.needed_label(body), body.needed, None)
    chart = _chart("Số phiếu", len(figures))
    chart.add_data(Reference(page.page, min_col=2, min_row=head, max_row=head + len(figures)), titles_from_data=True)
    chart.set_categories(Reference(page.page, min_col=1, min_row=head + 1, max_row=head + len(figures)))
    for place, one in enumerate(figures):
        point = DataPoint(idx=place)
        point.graphicalProperties.solidFill = COLOURS[one.choice]
        chart.series[0].dPt.append(point)
    page.page.add_chart(chart, f"A{page.row + 2}")


def _options(page: Page, body: PollOutcome) -> None:
    head = page.head("Lựa chọn", "Số phiếu", "Tỷ lệ", "Thứ hạng", "Kết quả")
    for place, _, line in words.ranked(body):
        votes = line.votes or 0
        share = _share(words.share_of(votes, body.base.count))
        page.cells(line.label, votes, share, place, words.standing(line),
                   colours=(COLOURS["for"] if line.chosen else "",))
    last = page.row
    _totals(page, body)
    chart = _chart("Số phiếu", last - head)
    chart.add_data(Reference(page.page, min_col=2, min_row=head, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(page.page, min_col=1, min_row=head + 1, max_row=last))
    for place, (_, _, line) in enumerate(words.ranked(body)):
        point = DataPoint(idx=place)
        point.graphicalProperties.solidFill = COLOURS["for" if line.chosen else "not_voting" if line.tied else ""]
        chart.series[0].dPt.append(point)
    page.page.add_chart(chart, f"A{page.row + 2}")


def _levels(page: Page, body: PollOutcome) -> None:
    marked = [f"{MARKS[level]} {words.LEVELS[level]}" for level in Level]
    head = page.head("Họ và tên", *marked, "Mức nêu trong quy định")
    for line in body.lines:
        votes = [one.votes for one in words.levels(line, body.base.count)]
        page.cells(line.label, *votes, "; ".join(words.notices(body, line)))
    last = page.row
    _totals(page, body)
    chart = _chart("Số phiếu", last - head)
    chart.grouping, chart.overlap = "stacked", 100
    chart.add_data(Reference(page.page, min_col=2, max_col=4, min_row=head, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(page.page, min_col=1, min_row=head + 1, max_row=last))
    for series, level in zip(chart.series, Level, strict=True):
        series.graphicalProperties.solidFill = COLOURS[level]
    chart.legend.position = "b"
    page.page.add_chart(chart, f"A{page.row + 2}")


def _totals(page: Page, body: PollOutcome) -> None:
    page.cells("Phiếu đã bỏ", body.cast, _share(words.share_of(body.cast, body.base.count)))
    page.cells(words.NOT_CAST, body.not_cast, _share(words.share_of(body.not_cast, body.base.count)))
    page.cells(f"Cộng ({words.base_name(body)})", body.base.count, None)
    if body.kind == BallotKind.CHOICE:
        page.cells(words.needed_label(body), body.needed, None)


def _chart(title: str, rows: int) -> BarChart:
    chart = BarChart()
    chart.type, chart.style, chart.title = "bar", 10, title
    chart.gapWidth = 40
    chart.y_axis.scaling.min, chart.y_axis.numFmt, chart.y_axis.majorGridlines = 0, "0", None
    chart.x_axis.scaling.orientation = "maxMin"  # the first line on top
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.dataLabels = DataLabelList()
    chart.dataLabels.showVal = True
    for name in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(chart.dataLabels, name, False)
    chart.width, chart.height = 19, max(7.0, 2.5 + rows * 0.75)
    return chart


def _rule(page: Page, body: PollOutcome) -> None:
    rule, base = body.rule, body.base
    page.wide("QUY TẮC", size=14, bold=True)
    page.pair("Quy tắc", rule.name.vi)
    page.pair("Căn cứ", rule.citation.text)
    page.pair("Hình thức", f"biểu quyết công khai; {words.ASKED[body.kind]}; {words.names_words(body)}")
    page.pair("Đổi phiếu trước khi đóng", "được" if body.changeable else "không")
    if body.kind == BallotKind.CONFIDENCE:
        for notice in words.notice_words(body):
            page.pair("Mức nêu trong quy định", notice)
    else:
        page.pair("Mức thông qua", f"{words.threshold(body)} {words.base_name(body)}")
        page.pair("Bằng phiếu", rule.tie.vi)
    for remark in words.remarks(body):
        page.pair("Điểm cần đối chiếu", remark)
    page.skip()
    page.wide("CĂN CỨ TÍNH", size=14, bold=True)
    page.pair("Được triệu tập", base.convened)
    page.pair("Có quyền biểu quyết", base.entitled)
    page.pair("Cần có mặt", body.quorum_needed)
    page.pair("Có mặt khi mở biểu quyết", body.quorum_present)
    page.pair(f"Tính trên: {words.base_name(body)}", base.whole)
    for text, count in words.exclusion_counts(body):
        page.pair(f"Trừ: {text}", count)
    page.pair("Số để tính", base.count)
    if body.kind != BallotKind.CONFIDENCE:
        page.pair(words.needed_label(body), body.needed)
    if base.exclusions:
        page.skip()
        page.wide("KHÔNG TÍNH TRONG TỔNG SỐ", size=14, bold=True)
        page.head("Họ và tên", "Lý do theo quy tắc", "Ghi chú")
        for one in base.exclusions:
            page.cells(one.name, one.text, one.note)


def _names(page: Page, body: PollOutcome) -> None:
    if body.kind in (BallotKind.CHOICE, BallotKind.CONFIDENCE):
        page.wide("Số trong cột cuối là số thứ tự trong danh sách:", bold=True)
        for number, label in enumerate(body.options, 1):
            page.wide(f"{number}. {label}")
        page.skip()
    head = page.head("STT", "Họ và tên", "Đơn vị", "Ghế", "Ý kiến")
    for number, voter in enumerate(body.voters, 1):
        said = words.said(body, voter.choice)
        mark = MARKS.get(voter.choice)
        page.cells(number, voter.name, voter.unit, voter.seat or "", f"{mark} {said}" if mark else said,
                   colours=("", "", "", "", COLOURS.get(voter.choice, "")))
    for number, person in enumerate(body.silent, len(body.voters) + 1):
        page.cells(number, person.name, person.unit, person.seat or "", f"{MARKS['']} {words.NOT_CAST}")
    page.page.freeze_panes = f"A{head + 1}"
    page.page.print_title_rows = f"{head}:{head}"
    if page.row > head:
        page.page.auto_filter.ref = f"A{head}:E{page.row}"


def _opinions(book: Workbook, sheet: ResultSheet) -> None:
    body = sheet.body
    written = [(one.name, one.unit, one.opinion) for one in body.voters if one.opinion]
    written += [("(không nêu tên)", "", opinion) for opinion in body.opinions]
    if not written and not sheet.reserved:
        return
    page = Page(book.create_sheet(OPINIONS), (30, 34, 80, 22, 40))
    if written:
        page.wide("Ý KIẾN KHÁC", size=14, bold=True)
        page.head("Họ và tên", "Đơn vị", "Nội dung")
        for name, unit, text in written:
            page.cells(name, unit, "\n".join(words.lines_of(text)))
        page.skip()
    if sheet.reserved:
        page.wide("Ý KIẾN BẢO LƯU", size=14, bold=True)
        page.head("Họ và tên", "Đơn vị", "Nội dung", "Ghi nhận lúc", "SHA-256 của nội dung")
        for one in sheet.reserved:
            said = [*words.lines_of(one.text), *([f"({words.after_all(body)})"] if one.agreed else [])]
            page.cells(one.name, one.unit, "\n".join(said), _moment(one.stated_ms), one.sha256)


def _record(page: Page, sheet: ResultSheet) -> None:
    page.wide("BẢN GHI KẾT QUẢ", size=14, bold=True)
    page.wide("Mọi số liệu trong tệp này lấy từ bản ghi đã ký khi đóng biểu quyết.")
    if sheet.annulled:
        page.pair("Hủy lúc", _moment(sheet.annulled.at_ms))
        page.pair("Lý do hủy", sheet.annulled.reason)
    page.pair("Chữ ký", "khớp với khóa của máy chủ" if sheet.valid else words.TAMPERED)
    page.pair("Ký lúc", _moment(sheet.sealed_ms))
    page.pair("SHA-256", sheet.sha256)
    page.pair("Chữ ký Ed25519", sheet.signature)
    page.pair("Khóa công khai", sheet.public_key)
