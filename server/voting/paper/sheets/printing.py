"""What the printed PDFs share: styles, the head of a Party paper, pages numbered "x/y"."""

from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable, HRFlowable, Paragraph, Spacer, Table

from server.core.typeface import BOLD, REGULAR
from server.voting.paper.sheets.shapes import Issuer
from server.voting.paper.sheets.words import PARTY, marked

CENTER, LEFT, RIGHT, JUSTIFY = TA_CENTER, TA_LEFT, TA_RIGHT, TA_JUSTIFY
BARE = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"), ("ALIGN", (0, 0), (-1, -1), "CENTER"),
    *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
]


def style(size: float, *, font: str = REGULAR, align: int = LEFT, lead: float = 1.25, **more: Any) -> ParagraphStyle:
    """A style of paragraph; `lead` is the distance of lines in sizes of letters."""
    options = {"fontName": font, "fontSize": size, "leading": size * lead, "alignment": align, "splitLongWords": 1}
    return ParagraphStyle(f"{font} {size} {align} {sorted(more)}", **{**options, **more})


def bold(text: str, size: float, **more: Any) -> Paragraph:
    """One bold paragraph of plain text, centred."""
    return Paragraph(marked(text), style(size, font=BOLD, align=CENTER, **more))


def centred(text: str, size: float, *, font: str = REGULAR, **more: Any) -> Paragraph:
    """One centred paragraph of plain text."""
    return Paragraph(marked(text), style(size, font=font, align=CENTER, **more))


def issuer_lines(issuer: Issuer, size: float) -> list[Flowable]:
    """Who issues a paper: the body above upright, its own name bold, both in capitals."""
    above: list[Flowable] = [centred(issuer.parent.upper(), size)] if issuer.parent else []
    return [*above, bold(issuer.name.upper(), size)]


def party_lines(size: float) -> list[Flowable]:
    """The Party's name with a rule of equal length beneath (66-QĐ/TW)."""
    length = pdfmetrics.stringWidth(PARTY, BOLD, size)
    rule = HRFlowable(width=length, thickness=0.8, color=colors.black, spaceBefore=1.5, spaceAfter=0)
    return [bold(PARTY, size), rule]


def two_columns(left: list[Flowable], right: list[Flowable], widths: tuple[float, float]) -> Table:
    """Two columns side by side, without rules."""
    return Table([[left or [Spacer(1, 1)], right or [Spacer(1, 1)]]], colWidths=widths, style=BARE)


