"""How a Party paper looks: Quy định 66-QĐ/TW and Hướng dẫn 36-HD/VPTW, A4, sizes in points.

`Sheet` collects the parts of one paper in reading order and builds the PDF. The same input gives the same bytes.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from server.core.typeface import BOLD, BOLD_ITALIC, ITALIC, REGULAR, register_fonts

# Two sets of margins are in use (20/20/30/15 and 25/25/35/15 mm: top, bottom, left, right); this is the first.
TOP, BOTTOM, LEFT, RIGHT = 20 * mm, 20 * mm, 30 * mm, 15 * mm
SHORT_TABLE = 8  # a table of so many rows is never split over two pages
FICTION = "Tài liệu minh họa: tỉnh, tổ chức, người và số liệu đều hư cấu"


def _style(name: str, **options: Any) -> ParagraphStyle:
    return ParagraphStyle(name, **{"fontName": REGULAR, "fontSize": 14, "leading": 18.5, **options})


BODY = _style("body", alignment=TA_JUSTIFY, firstLineIndent=10 * mm, spaceAfter=5, allowWidows=0, allowOrphans=0)
H1 = _style("h1", parent=BODY, fontName=BOLD, firstLineIndent=10 * mm, spaceBefore=7, spaceAfter=5, keepWithNext=1)
H2 = _style("h2", parent=H1, fontName=BOLD_ITALIC, firstLineIndent=10 * mm, spaceBefore=3, spaceAfter=4)
CENTER = _style("center", alignment=TA_CENTER)
CENTER_BOLD = _style("center bold", alignment=TA_CENTER, fontName=BOLD)
TYPE = _style("type", alignment=TA_CENTER, fontName=BOLD, fontSize=16, leading=20, spaceBefore=14)
ABSTRACT = _style("abstract", alignment=TA_CENTER, fontName=BOLD, fontSize=14, leading=18)
PLACE = _style("place", alignment=TA_CENTER, fontName=ITALIC)
PARTY = _style("party", alignment=TA_CENTER, fontName=BOLD, fontSize=15, leading=19)
CAPTION = _style("caption", alignment=TA_CENTER, fontName=BOLD, fontSize=13, leading=16)
UNIT = _style("unit", alignment=TA_RIGHT, fontName=ITALIC, fontSize=12, leading=14)
NOTE = _style("note", alignment=TA_LEFT, fontName=ITALIC, fontSize=11, leading=13.5, spaceBefore=3, spaceAfter=6)
RECIPIENTS = _style("recipients", alignment=TA_LEFT, fontSize=12, leading=14.5)
CELL = _style("cell", alignment=TA_LEFT, fontSize=11.5, leading=14)
CELL_CENTER = _style("cell center", parent=CELL, alignment=TA_CENTER, fontSize=11.5, leading=14)
CELL_NUMBER = _style("cell number", parent=CELL, alignment=TA_RIGHT, fontSize=11.5, leading=14)
CELL_HEAD = _style("cell head", alignment=TA_CENTER, fontName=BOLD, fontSize=11.5, leading=14)
_CELLS = {"l": CELL, "c": CELL_CENTER, "r": CELL_NUMBER}


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a paper. `parent` is the body above the issuer, if it is named; `number` like "Số 214-BC/TU"."""

    issuer: str
    number: str
    place_and_date: str
    type: str
    abstract: str
    parent: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs. `authority` is "T/M BAN THƯỜNG VỤ" and the like; `name` may be empty in a draft."""

    authority: str
    title: str
    name: str
    recipients: Sequence[str]


class Sheet:
    """One paper in the making. Each method appends one part; `build` gives the PDF."""

    def __init__(self, heading: Heading, *, wide: bool = False) -> None:
        register_fonts()
        self.size = landscape(A4) if wide else A4
        self.title = f"{heading.type} {heading.abstract}"
        self.author = heading.issuer
        self.parts: list[Flowable] = list(_head(heading, self.width))

    @property
    def width(self) -> float:
        """The width of the text in points."""
        return float(self.size[0] - LEFT - RIGHT)

    def h1(self, text: str) -> None:
        self.parts.append(Paragraph(text, H1))

    def h2(self, text: str) -> None:
        self.parts.append(Paragraph(text, H2))

    def p(self, *texts: str) -> None:
        self.parts += [Paragraph(text, BODY) for text in texts]

    def to(self, *addressees: str) -> None:
        """The "Kính gửi" block of a statement."""
        lines = "<br/>".join(f"- {line}" for line in addressees) if len(addressees) > 1 else addressees[0]
        label = Paragraph("<u>Kính gửi</u>:", _style("to", alignment=TA_RIGHT))
        row = [label, Paragraph(lines, _style("addressees"))]
        grid = Table([row], colWidths=[self.width * 0.3, self.width * 0.6], style=[("VALIGN", (0, 0), (-1, -1), "TOP")])
        self.parts += [grid, Spacer(1, 8)]

    def table(
        self, caption: str, head: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[float], align: str,
        unit: str = "", note: str = "",
    ) -> None:
        """A ruled table that may run over pages (its head is repeated).

        `widths` are shares of the text width; `align` has one of l, c, r a column. A row whose first cell starts
        with "*" is a subtotal: bold, shaded, and the star is dropped.
        """
        share = self.width / sum(widths)
        # The caption is the first row, without rules and not repeated: so it stays with the head, and a table that does
        # not fit on this page starts here nevertheless.
        top: list[Flowable] = [Paragraph(caption, CAPTION)] if caption else []
        if unit:
            top.append(Paragraph(f"Đơn vị tính: {unit}", UNIT))
        body: list[list[Any]] = [[top, *[""] * (len(head) - 1)], [Paragraph(text, CELL_HEAD) for text in head]]
        body += [_cells(row, align) for row in rows]
        strong = [number for number, row in enumerate(rows, start=2) if row[0].startswith("*")]
        style = TableStyle([
            ("SPAN", (0, 0), (-1, 0)), ("GRID", (0, 1), (-1, -1), 0.5, colors.black),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("BACKGROUND", (0, 1), (-1, 1), colors.HexColor("#e9e4d8")),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
            ("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, 0), 0),
            *[("BACKGROUND", (0, number), (-1, number), colors.HexColor("#f6f3ec")) for number in strong],
        ])
        grid = Table(body, colWidths=[width * share for width in widths], style=style, repeatRows=(1,))
        whole = len(rows) <= SHORT_TABLE
        after = Paragraph(note, NOTE) if note else Spacer(1, 8)
        self.parts += [Spacer(1, 3), KeepTogether([grid]) if whole else grid, after]

    def chart(self, caption: str, drawing: Drawing) -> None:
        drawing.hAlign = "CENTER"
        self.parts.append(KeepTogether([drawing, Paragraph(f"<i>{caption}</i>", CENTER), Spacer(1, 8)]))

    def annex(self, title: str, subtitle: str) -> None:
        """A new page with the heading of an annex."""
        self.parts += [PageBreak(), Paragraph(title, CENTER_BOLD), Paragraph(subtitle, CENTER_BOLD), Spacer(1, 10)]

    def sign(self, signature: Signature) -> None:
        lines = "<br/>".join(f"- {line}," for line in signature.recipients[:-1])
        last = f"<br/>- {signature.recipients[-1]}."
        left = [Paragraph("<u>Nơi nhận</u>:", _style("to whom", leading=18)), Paragraph(lines + last, RECIPIENTS)]
        right = [
            Paragraph(signature.authority, CENTER_BOLD), Paragraph(signature.title, CENTER), Spacer(1, 62),
            Paragraph(signature.name or "&nbsp;", CENTER_BOLD),
        ]
        grid = Table([[left, right]], colWidths=[self.width * 0.48, self.width * 0.52],
                     style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, 0), 0)])
        # A signature never stands alone on a page: the paragraph before it (and that one's heading) goes with it.
        before: list[Flowable] = []
        while isinstance(self.parts[-1], Paragraph) and (not before or self.parts[-1].style in {H1, H2}):
            before.insert(0, self.parts.pop())
        self.parts.append(KeepTogether([*before, Spacer(1, 12), grid]))

    def build(self) -> bytes:
        """The PDF. A sheet is built once."""
        out = io.BytesIO()
        document = BaseDocTemplate(
            out, pagesize=self.size, leftMargin=LEFT, rightMargin=RIGHT, topMargin=TOP, bottomMargin=BOTTOM,
            title=self.title.replace("<br/>", " "), author=self.author, lang="vi", invariant=1,
        )
        frame = Frame(LEFT, BOTTOM, self.width, self.size[1] - TOP - BOTTOM, 0, 0, 0, 0)
        document.addPageTemplates([PageTemplate(frames=[frame], onPage=self._page)])
        document.build(self.parts)
        return out.getvalue()

    def _page(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        middle = LEFT + self.width / 2
        if document.page > 1:  # the first page carries no number
            canvas.setFont(REGULAR, 14)
            canvas.drawCentredString(middle, self.size[1] - 13 * mm, str(document.page))
        canvas.setFont(ITALIC, 8)
        canvas.setFillGray(0.45)
        canvas.drawCentredString(middle, 9 * mm, FICTION)


def _head(heading: Heading, width: float) -> list[Flowable]:
    issuer = [Paragraph(_upper(heading.parent), CENTER)] if heading.parent else []
    left = [*issuer, Paragraph(_upper(heading.issuer), CENTER_BOLD)]
    left += [Paragraph("*", CENTER), Paragraph(heading.number, CENTER)]
    if heading.draft:
        left.append(Paragraph(f"<i>({heading.draft})</i>", CENTER))
    right: list[Flowable] = [
        Paragraph("ĐẢNG CỘNG SẢN VIỆT NAM", PARTY),
        _rule_under("ĐẢNG CỘNG SẢN VIỆT NAM", PARTY), Spacer(1, 20 if heading.parent else 8),
        Paragraph(heading.place_and_date, PLACE),
    ]
    grid = Table([[left, right]], colWidths=[width * 0.44, width * 0.56],
                 style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
                        ("RIGHTPADDING", (0, 0), (-1, -1), 0), ("ALIGN", (0, 0), (-1, -1), "CENTER")])
    rule = HRFlowable(width=70, thickness=0.7, color=colors.black, spaceBefore=3, spaceAfter=12)
    return [grid, Paragraph(heading.type.upper(), TYPE), Paragraph(heading.abstract, ABSTRACT), rule]


def _rule_under(text: str, style: ParagraphStyle) -> HRFlowable:
    """A rule as long as the text above it (66-QĐ/TW)."""
    length = pdfmetrics.stringWidth(text, style.fontName, style.fontSize)
    return HRFlowable(width=length, thickness=0.8, color=colors.black, spaceBefore=1, spaceAfter=0)


def _cells(row: Sequence[str], align: str) -> list[Paragraph]:
    strong = row[0].startswith("*")
    texts = [row[0].removeprefix("*"), *row[1:]]
    shown = [f"<b>{text}</b>" if strong else text for text in texts]
    return [Paragraph(text, _CELLS[side]) for text, side in zip(shown, align, strict=True)]



def _upper(text: str) -> str:
    """Capitals, but not of the mark-up."""
    return text.upper().replace("<BR/>", "<br/>")
