"""A result as a workbook: figures are numbers, texts are never formulas, charts are the program's own.

The same sheet gives the same bytes: no time of making is in the file.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import DataPoint
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from server.voting.exports import words
from server.voting.exports.sheet import ResultSheet
from server.voting.outcome import PollOutcome
from server.voting.rules import BallotKind, Level

RESULT, RULE, NAMES, OPINIONS, RECORD = "Kết quả", "Quy tắc, căn cứ tính", "Danh sách", "Ý kiến", "Xác thực"
COLOURS = {"for": "0D5C31", "against": "99101A", "not_voting": "6B4300", "other": "6B4300", "": "857F72",
           "high": "0D5C31", "plain": "6B4300", "low": "99101A"}
MARKS = {"for": "✓", "against": "✕", "not_voting": "–", "other": "✎", "": "○", "high": "▲", "plain": "–", "low": "▼"}
LONGEST = 32_000  # characters of a cell; Excel takes 32 767
MOMENT, SHARE, WHOLE = "dd/mm/yyyy hh:mm:ss", "0.00%", "#,##0"
_FONT = "Times New Roman"
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads "_x0041_" as "A"
_CORE = "docProps/core.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_THIN = Side(style="thin", color="B8B2A5")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="F1EDE3")

Value = str | int | float | datetime | None


def result_xlsx(sheet: ResultSheet) -> bytes:
    """The workbook."""
    book = Workbook()
    first = book.active or book.create_sheet()
    first.title = RESULT
    _result(_Page(first, (34, 16, 14, 14, 24)), sheet)
    _rule(_Page(book.create_sheet(RULE), (38, 44, 44, 30)), sheet.body)
    if sheet.body.named:
        _names(_Page(book.create_sheet(NAMES), (8, 32, 40, 10, 30)), sheet.body)
    _opinions(book, sheet)
    _record(_Page(book.create_sheet(RECORD), (30, 110)), sheet)
    book.properties.title = safe(f"{words.TITLES[sheet.body.kind]}: {sheet.body.title}")[:250]
    book.properties.creator = safe(sheet.body.unit)
    return _packed(book, sheet)


def safe(text: str) -> str:
    """A text that a workbook can hold and that reads back as itself."""
    kept = ILLEGAL_CHARACTERS_RE.sub("", text)
    kept = "".join(letter for letter in kept if not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff")
    return _LOOKS_ESCAPED.sub("_x005F_", kept[:LONGEST])


class _Page:
    """One worksheet, written from the top."""

    def __init__(self, page: Worksheet, widths: Sequence[float]) -> None:
        self.page, self.row, self.across = page, 0, len(widths)
        for place, width in enumerate(widths, 1):
            page.column_dimensions[get_column_letter(place)].width = width
        page.sheet_view.showGridLines = False
        page.page_setup.paperSize, page.page_setup.orientation = 9, "portrait"
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        footer: Any = page.oddFooter  # the published types say that it may be nothing
        footer.right.text = "Trang &P/&N"

    def put(self, column: int, value: Value, *, bold: bool = False, form: str = "", colour: str = "") -> None:
        """One cell of this row."""
        cell = self.page.cell(self.row, column)
        if isinstance(value, str):
            # A text stays a text, whatever it begins with: now, and when somebody edits the cell.
            cell.value, cell.data_type, cell.quotePrefix = safe(value), "s", True
        else:
            cell.value = value
        cell.font = Font(name=_FONT, size=12, bold=bold, color=colour or "1B1A17")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if form:
            cell.number_format = form

    def line(self, *values: Value, bold: bool = False, colour: str = "") -> None:
        """The next row, without borders."""
        self.row += 1
        for column, value in enumerate(values, 1):
            self.put(column, value, bold=bold and column == 1, form=_form(value), colour=colour)

    def wide(self, text: str, *, size: int = 12, bold: bool = False, colour: str = "") -> None:
        """A text over the whole width."""
        self.row += 1
        self.put(1, text, bold=bold, colour=colour)
        self.page.cell(self.row, 1).font = Font(name=_FONT, size=size, bold=bold, color=colour or "1B1A17")
        self.page.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=self.across)
        letters = sum(self.page.column_dimensions[get_column_letter(at + 1)].width for at in range(self.across))
        high = 1 + len(text) * size / 12 // (letters * 0.95)
        self.page.row_dimensions[self.row].height = min(400, high * size * 1.4)

    def pair(self, label: str, value: Value) -> None:
        """A label and what stands beside it, over the rest of the width where it is a text."""
        self.line(label, value, bold=True)
        cell = self.page.cell(self.row, 2)
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        if isinstance(value, str) and self.across > 2:  # noqa: PLR2004
            self.page.merge_cells(start_row=self.row, end_row=self.row, start_column=2, end_column=self.across)
            beside = [self.page.column_dimensions[get_column_letter(at + 1)].width for at in range(1, self.across)]
            self.page.row_dimensions[self.row].height = min(400, 17 * (1 + len(value) // max(20, int(sum(beside)))))

    def head(self, *titles: str) -> int:
        """The head of a table. Returns its row."""
        self.row += 1
        for column, title in enumerate(titles, 1):
            self.put(column, title, bold=True)
            cell = self.page.cell(self.row, column)
            cell.fill, cell.border = _HEAD, _BOX
        return self.row

    def cells(self, *values: Value, colours: Sequence[str] = ()) -> None:
        """One row of a table."""
        self.row += 1
        for column, value in enumerate(values, 1):
            colour = colours[column - 1] if column <= len(colours) else ""
            self.put(column, value, form=_form(value), bold=bool(colour), colour=colour)
            self.page.cell(self.row, column).border = _BOX

    def skip(self) -> None:
        """An empty row."""
        self.row += 1


def _form(value: Value) -> str:
    if isinstance(value, datetime):
        return MOMENT
    if isinstance(value, float):
        return SHARE
    return WHOLE if isinstance(value, int) else ""


def _moment(milliseconds: int) -> datetime:
    return words.moment(milliseconds).replace(tzinfo=None)  # a workbook knows no zones: it is Viet Nam's time


def _share(hundredths: int) -> float:
    return hundredths / 10_000


def _result(page: _Page, sheet: ResultSheet) -> None:
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


def _counts(page: _Page, body: PollOutcome) -> None:
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


def _options(page: _Page, body: PollOutcome) -> None:
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


def _levels(page: _Page, body: PollOutcome) -> None:
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


def _totals(page: _Page, body: PollOutcome) -> None:
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


def _rule(page: _Page, body: PollOutcome) -> None:
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


def _names(page: _Page, body: PollOutcome) -> None:
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
    page = _Page(book.create_sheet(OPINIONS), (30, 34, 80, 22, 40))
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


def _record(page: _Page, sheet: ResultSheet) -> None:
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


def _packed(book: Workbook, sheet: ResultSheet) -> bytes:
    """The file, with the moment of the seal in the place of that of the making."""
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    book.properties.created = book.properties.modified = _moment(sheet.sealed_ms)
    from openpyxl.xml.functions import tostring  # noqa: PLC0415  (its published types leave it out)

    core = tostring(book.properties.to_tree())
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in made.namelist():
            packed.writestr(zipfile.ZipInfo(name, _EPOCH), core if name == _CORE else made.read(name),
                            zipfile.ZIP_DEFLATED)
    return out.getvalue()
