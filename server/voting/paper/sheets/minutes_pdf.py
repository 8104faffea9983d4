"""Counting minutes as a PDF, in the format of Party papers (66-QĐ/TW, 36-HD/VPTW)."""

import io
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    PageTemplate,
    Spacer,
    Table,
)
from reportlab.platypus import Paragraph as Block

from server.core.typeface import BOLD, ITALIC, REGULAR, register_fonts
from server.voting.paper.sheets import content
from server.voting.paper.sheets.minutes import minutes
from server.voting.paper.sheets.printing import (
    BARE,
    CENTER,
    JUSTIFY,
    LEFT,
    RIGHT,
    bold,
    centred,
    issuer_lines,
    party_lines,
    style,
    two_columns,
)
from server.voting.paper.sheets.shapes import CountingMinutes, Signer
from server.voting.paper.sheets.template import MM, template
from server.voting.paper.sheets.words import marked, plain

_SIDES = {"l": LEFT, "c": CENTER, "r": RIGHT}
SHORT = 8        # a table of so many rows is never split over two pages
BEGINNING = 160  # points: heading and words before a long table, its head and its first rows
SIGNING = 62.0   # points left for a signature and a seal


def minutes_pdf(said: CountingMinutes) -> bytes:
    """The paper. The same minutes give the same bytes. Raises ValueError when figures do not add up."""
    paper = minutes(said)
    register_fonts()
    margins, out = template().margins, io.BytesIO()
    document = BaseDocTemplate(
        out, pagesize=A4, title=plain(f"{paper.type} {paper.abstract}"), author=plain(paper.issuer.name), lang="vi",
        invariant=1,
    )
    width, height = A4[0] - margins.left - margins.right, A4[1] - margins.top - margins.bottom
    frame = Frame(margins.left, margins.bottom, width, height, 0, 0, 0, 0)

    def page(canvas: Any, one: BaseDocTemplate) -> None:
        canvas.setFont(REGULAR, template().sizes["body"])
        if one.page > 1:  # the first page carries no number
            canvas.drawCentredString(margins.left + width / 2, A4[1] - margins.top * 0.65, str(one.page))
        if paper.record:
            canvas.setFont(REGULAR, 7.5)
            canvas.setFillGray(0.35)
            words = f"Mã bản ghi kết quả: {plain(paper.record)}"
            canvas.drawCentredString(margins.left + width / 2, margins.bottom * 0.5, words)

    document.addPageTemplates([PageTemplate(frames=[frame], onPage=page)])
    document.build(_flow(paper, width))
    return out.getvalue()


def _flow(paper: content.Paper, width: float) -> list[Flowable]:
    flow = _head(paper, width)
    for part in paper.parts:
        if isinstance(part, content.Signatures):
            last = flow.pop()  # signatures never stand alone on a page
            flow.append(KeepTogether([last, Spacer(1, 14), _signatures(part, width)]))
        elif isinstance(part, content.Grid):
            _add_grid(flow, part, width)
        else:
            flow.append(_words(part))
    return flow


def _add_grid(flow: list[Flowable], part: content.Grid, width: float) -> None:
    """A table stays with the words before it and their heading: a short one whole, a long one with its first rows."""
    grid, before = _grid(part, width), [flow.pop()]
    last: Any = flow[-1]  # reportlab says nothing of the types of this one
    if last.getKeepWithNext():
        before.insert(0, flow.pop())
    if len(part.rows) <= SHORT:
        flow += [KeepTogether([*before, grid]), Spacer(1, 7)]
    else:
        flow += [CondPageBreak(BEGINNING), *before, grid, Spacer(1, 7)]


def _words(part: content.Heading | content.Paragraph) -> Flowable:
    size = template().sizes["body"]
    if isinstance(part, content.Heading):
        return Block(marked(part.text), style(size, font=BOLD, spaceBefore=8, spaceAfter=4, keepWithNext=1))
    text = "".join(f"<b>{_spaced(one.text)}</b>" if one.strong else _spaced(one.text) for one in part.text)
    look = style(
        size, align=JUSTIFY, lead=1.3, firstLineIndent=10 * MM, spaceAfter=4, allowWidows=0, allowOrphans=0
    )
    return Block(text, look)


def _spaced(text: str) -> str:
    """Marked up, with the spaces at both ends that cleaning drops."""
    before, after = " " * text.startswith(" "), " " * text.endswith(" ")
    return f"{before}{marked(text)}{after}"


def _head(paper: content.Paper, width: float) -> list[Flowable]:
    sizes = template().sizes
    left = issuer_lines(paper.issuer, sizes["issuer"])
    left += [centred("*", sizes["number"]), *([centred(paper.number, sizes["number"])] if paper.number else [])]
    right = [*party_lines(sizes["party"]), Spacer(1, 14), centred(paper.place_and_date, sizes["place"], font=ITALIC)]
    return [
        two_columns(left, right, (width * 0.46, width * 0.54)),
        bold(paper.type.upper(), sizes["type"], spaceBefore=16),
        bold(paper.abstract, sizes["abstract"]),
        HRFlowable(width=70, thickness=0.7, color=colors.black, spaceBefore=4, spaceAfter=10),
    ]


def _grid(part: content.Grid, width: float) -> Table:
    size = template().sizes["table"]
    heads = style(size, font=BOLD, align=CENTER, lead=1.15)
    looks = [
        style(size, font=BOLD if place == part.strong else REGULAR, align=_SIDES[side], lead=1.15)
        for place, side in enumerate(part.align)
    ]
    rows: list[Any] = [[Block(marked(text), heads) for text in part.head]]
    rows += [
        [Block("<br/>".join(marked(line) for line in text.split("\n")), look)
         for text, look in zip(row, looks, strict=True)]
        for row in part.rows
    ]
    unit = width / sum(part.widths)
    return Table(
        rows, colWidths=[share * unit for share in part.widths], repeatRows=1,
        splitInRow=1,  # only a row that hostile words make higher than a page
        style=[
            ("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#eeeeee")),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
            ("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ],
    )


def _signatures(part: content.Signatures, width: float) -> Table:
    """Authority and title, room for the signature, the name in one line with that of the other side."""
    size = template().sizes["body"]

    def top(one: Signer) -> list[Flowable]:
        title = [centred(one.title.upper(), size)] if one.title else []
        return [bold(one.authority.upper(), size), *title, centred("(ký, ghi rõ họ tên)", size - 2, font=ITALIC)]

    def name(one: Signer) -> Flowable:
        return bold(one.name, size) if one.name else Spacer(1, size)

    sides = (part.left, part.right)
    return Table(
        [[top(one) for one in sides], [Spacer(1, SIGNING)] * 2, [name(one) for one in sides]],
        colWidths=[width / 2] * 2, style=BARE,
    )
