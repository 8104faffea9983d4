"""Workbooks: pages written from the top in the house's look; figures are numbers, texts are never formulas.

The same content gives the same bytes: no time of making is in the file (`packed`).
"""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

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


def safe(text: str) -> str:
    """A text that a workbook can hold and that reads back as itself."""
    kept = ILLEGAL_CHARACTERS_RE.sub("", text)
    kept = "".join(letter for letter in kept if not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff")
    return _LOOKS_ESCAPED.sub("_x005F_", kept[:LONGEST])


class Page:
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


def packed(book: Workbook, at: datetime) -> bytes:
    """The file, with `at` (local, without a zone) in the place of the moment of its making."""
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    book.properties.created = book.properties.modified = at
    from openpyxl.xml.functions import tostring  # noqa: PLC0415  (its published types leave it out)

    core = tostring(book.properties.to_tree())
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in made.namelist():
            written.writestr(zipfile.ZipInfo(name, _EPOCH), core if name == _CORE else made.read(name),
                             zipfile.ZIP_DEFLATED)
    return out.getvalue()
