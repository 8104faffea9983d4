"""Pieces of the printed papers of readiness: paragraphs and ruled tables, in the typeface of printed papers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable, HRFlowable, Paragraph, Spacer, Table

from server.core import clock
from server.core.text import clean
from server.core.typeface import BOLD, ITALIC, REGULAR, letters

CENTER, LEFT = TA_CENTER, TA_LEFT
INK, LINE = colors.HexColor("#1c1a17"), colors.HexColor("#8d8678")
SHADE, RED, GREEN, AMBER = (colors.HexColor(one) for one in ("#f1ede3", "#a11213", "#1f6b35", "#8a5a00"))
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
LONGEST = 600
BARE: list[Any] = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"), ("ALIGN", (0, 0), (-1, -1), "CENTER"),
    *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
]
GRID: list[Any] = [
    ("GRID", (0, 0), (-1, -1), 0.5, LINE), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("BACKGROUND", (0, 0), (-1, 0), SHADE),
    ("TOPPADDING", (0, 0), (-1, -1), 1.2), ("BOTTOMPADDING", (0, 0), (-1, -1), 2.6),
    ("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4),
]


def printable(text: str) -> str:
    """One line of plain text, escaped; "?" for what the typeface does not have."""
    known = letters()
    return escape("".join(letter if letter in known else "?" for letter in clean(text)[:LONGEST]))


def block(
    text: str, size: float = 11, *, bold: bool = False, italic: bool = False, align: int = LEFT, colour: Any = INK,
    **more: Any,
) -> Paragraph:
    """A paragraph of plain text."""
    font = BOLD if bold else ITALIC if italic else REGULAR
    options = {"fontName": font, "fontSize": size, "leading": size * 1.22, "alignment": align, "textColor": colour}
    style = ParagraphStyle(f"{font} {size} {align} {colour} {sorted(more)}", **{**options, "splitLongWords": 1, **more})
    return Paragraph(printable(text), style)


def party(size: float) -> list[Flowable]:
    """The Party's name with a rule of equal length beneath (66-QĐ/TW)."""
    length = pdfmetrics.stringWidth(PARTY, BOLD, size)
    return [
        block(PARTY, size, bold=True, align=CENTER),
        HRFlowable(width=length, thickness=0.8, color=INK, spaceBefore=1.5, spaceAfter=0),
    ]


def grid(
    head: Sequence[str], rows: Sequence[Sequence[str | Flowable | list[Flowable]]], shares: Sequence[float],
    width: float, size: float,
) -> Table:
    """A ruled table whose head is on every page; the first column is to the left, the others are centred."""
    cells: list[list[Any]] = [[block(text, size, bold=True, align=CENTER) for text in head]]
    cells += [
        [block(one, size, align=CENTER if place else LEFT) if isinstance(one, str) else one
         for place, one in enumerate(row)]
        for row in rows
    ]
    unit = width / sum(shares)
    return Table(cells, colWidths=[share * unit for share in shares], repeatRows=1, style=GRID)


def columns(cells: Sequence[Any], widths: Sequence[float]) -> Table:
    """Side by side, without rules."""
    return Table([list(cells)], colWidths=list(widths), style=BARE)


def letterhead(unit: str, number: str, day: datetime, width: float) -> Table:
    """Whose paper it is at the left, the Party's name and the day at the right (66-QĐ/TW)."""
    left = [block(unit.upper(), 12, bold=True, align=CENTER), block("*", 12, align=CENTER)]
    left += [block(number, 12, align=CENTER)] if number else []
    dated = f"Ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"
    right = [*party(13), Spacer(1, 10), block(dated, 12, italic=True, align=CENTER)]
    return columns([left, right], (width * 0.46, width * 0.54))


def local(ms: int) -> datetime:
    """A moment in the time of the office."""
    return datetime.fromtimestamp(ms / 1000, clock.LOCAL)


def moment(ms: int) -> str:
    """"08 giờ 30 ngày 23/11/2026"."""
    at = local(ms)
    return f"{at.hour:02d} giờ {at.minute:02d} ngày {at.day:02d}/{at.month:02d}/{at.year}"
