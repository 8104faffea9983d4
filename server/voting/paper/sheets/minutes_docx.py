"""Counting minutes as a Word file, in the format of Party papers: the office may correct, print and sign it."""

import io
import zipfile
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from reportlab.pdfbase import pdfmetrics

from server.core.typeface import BOLD, register_fonts
from server.voting.paper.sheets import content
from server.voting.paper.sheets.minutes import minutes
from server.voting.paper.sheets.shapes import CountingMinutes, Issuer, Signer
from server.voting.paper.sheets.template import MM, template
from server.voting.paper.sheets.words import PARTY, plain, tied

FACE = "Times New Roman"
A4_WIDTH, A4_HEIGHT = 210 * MM, 297 * MM
_SIDES = {"l": ALIGN.LEFT, "c": ALIGN.CENTER, "r": ALIGN.RIGHT}
SHORT = 8  # a table of so many rows is never split over two pages
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest time a zip file can say


def minutes_docx(said: CountingMinutes) -> bytes:
    """The paper. The same minutes give the same bytes. Raises ValueError when figures do not add up."""
    paper = minutes(said)
    register_fonts()  # the Party's rule is as long as its name: measured with the same letters
    document = Document()
    _set_up(document, paper, said)
    width = A4_WIDTH - template().margins.left - template().margins.right
    _head(document, paper, width)
    for part in paper.parts:
        _part(document, part, width)
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _set_up(document: Any, paper: content.Paper, said: CountingMinutes) -> None:
    """Page, letters, page numbers from the second page on, and who made it when."""
    margins, section = template().margins, document.sections[0]
    section.page_width, section.page_height = Pt(A4_WIDTH), Pt(A4_HEIGHT)
    section.top_margin, section.bottom_margin = Pt(margins.top), Pt(margins.bottom)
    section.left_margin, section.right_margin = Pt(margins.left), Pt(margins.right)
    section.header_distance = section.footer_distance = Pt(margins.top * 0.5)
    section.different_first_page_header_footer = True
    normal = document.styles["Normal"]
    _face(normal.element.get_or_add_rPr(), normal.font, template().sizes["body"])
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    _field(number.add_run(), "PAGE")
    if paper.record:
        for foot in (section.footer, section.first_page_footer):
            line = _line(foot.paragraphs[0], f"Mã bản ghi kết quả: {paper.record}", 7.5)
            line.alignment = ALIGN.CENTER
    core = document.core_properties
    core.title, core.author = plain(f"{paper.type} {paper.abstract}")[:255], plain(paper.issuer.name)[:255]
    core.language, core.comments = "vi-VN", ""
    core.created = core.modified = said.ended_at
    core.last_modified_by = core.author


def _face(properties: Any, font: Any, size: float) -> None:
    """Times New Roman for every kind of letter, Vietnamese for the spelling checker."""
    font.name, font.size = FACE, Pt(size)
    fonts = properties.get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), FACE)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    properties.append(language)


def _field(run: Any, code: str) -> None:
    """A field such as the number of the page."""
    for kind, text in (("begin", None), (None, code), ("end", None)):
        if kind is None:
            part = OxmlElement("w:instrText")
            part.text = text
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def _line(paragraph: Any, text: str, size: float, *, strong: bool = False, slanted: bool = False) -> Any:
    """Add one run of plain text to a paragraph."""
    run = paragraph.add_run(plain(text))
    run.bold, run.italic, run.font.size = strong or None, slanted or None, Pt(size)
    return paragraph


def _centred(place: Any, text: str, size: float, **look: bool) -> Any:
    """A new centred paragraph in a document or cell."""
    paragraph = _line(_paragraph(place), text, size, **look)
    paragraph.alignment = ALIGN.CENTER
    return paragraph


def _paragraph(place: Any) -> Any:
    """A new paragraph; the empty one that every cell is born with is used first."""
    first = place.paragraphs[0] if hasattr(place, "_tc") else None
    return first if first is not None and not first.runs and len(place.paragraphs) == 1 else place.add_paragraph()


def _head(document: Any, paper: content.Paper, width: float) -> None:
    sizes = template().sizes
    left, right = _columns(document, (width * 0.46, width * 0.54), 1)[0]
    _issuer(left, paper.issuer)
    _centred(left, "*", sizes["number"])
    if paper.number:
        _centred(left, paper.number, sizes["number"])
    _centred(right, PARTY, sizes["party"], strong=True)
    _rule(right, width * 0.54, pdfmetrics.stringWidth(PARTY, BOLD, sizes["party"]))
    _centred(right, paper.place_and_date, sizes["place"], slanted=True).paragraph_format.space_before = Pt(12)
    _centred(document, paper.type.upper(), sizes["type"], strong=True).paragraph_format.space_before = Pt(16)
    abstract = _centred(document, "", sizes["abstract"])
    for place, line in enumerate(_lines(paper.abstract, sizes["abstract"], width)):
        if place:
            abstract.runs[-1].add_break()
        _line(abstract, line, sizes["abstract"], strong=True)
    rule = _rule(document, width, 70).paragraph_format
    rule.space_before, rule.space_after = Pt(4), Pt(8)


def _lines(text: str, size: float, width: float) -> list[str]:
    """Bold text broken where Word should break it: it would tear "2025–2030" apart."""
    lines: list[str] = []
    for word in tied(plain(text)).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pdfmetrics.stringWidth(longer, BOLD, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _issuer(cell: Any, issuer: Issuer) -> None:
    sizes = template().sizes
    if issuer.parent:
        _centred(cell, issuer.parent.upper(), sizes["parent"])
    _centred(cell, issuer.name.upper(), sizes["issuer"], strong=True)


def _rule(place: Any, width: float, length: float) -> Any:
    """A rule of `length` points in the middle of `width`: the upper edge of an empty line, drawn in."""
    paragraph = place.add_paragraph()
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt((width - length) / 2)
    paragraph.paragraph_format.line_spacing = Pt(4)
    edges, edge = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        edge.set(qn(f"w:{name}"), value)
    edges.append(edge)
    paragraph._p.get_or_add_pPr().insert_element_before(
        edges, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    return paragraph


def _columns(document: Any, widths: tuple[float, ...], rows: int) -> list[tuple[Any, ...]]:
    """A table without rules, for what stands side by side; its cells by row."""
    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    for column, each in zip(table.columns, widths, strict=True):
        column.width = Pt(each)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "0")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    return [_sized(row, widths) for row in table.rows]


def _sized(row: Any, widths: tuple[float, ...]) -> tuple[Any, ...]:
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = Pt(width)
    _never_split(row)
    return tuple(row.cells)


def _never_split(row: Any, *, head: bool = False) -> None:
    """A row stays on one page; the head of a table comes again on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _part(document: Any, part: content.Part, width: float) -> None:
    size = template().sizes["body"]
    if isinstance(part, content.Heading):
        paragraph = _line(document.add_paragraph(), part.text, size, strong=True)
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(8), Pt(4)
        paragraph.paragraph_format.keep_with_next = True
    elif isinstance(part, content.Paragraph):
        _body(document, part)
    elif isinstance(part, content.Grid):
        _grid(document, part, width)
    else:
        document.paragraphs[-1].paragraph_format.keep_with_next = True
        _signatures(document, part, width)


def _body(document: Any, part: content.Paragraph) -> None:
    paragraph = document.add_paragraph()
    for piece in part.text:
        run = paragraph.add_run(" " * piece.text.startswith(" ") + plain(piece.text) + " " * piece.text.endswith(" "))
        run.bold = piece.strong or None
    paragraph.alignment = ALIGN.JUSTIFY
    look = paragraph.paragraph_format
    look.first_line_indent, look.space_after, look.line_spacing = Pt(10 * MM), Pt(4), 1.1
    look.widow_control = True
    look.keep_with_next = part.text[-1].text.endswith(":")  # a table follows


def _grid(document: Any, part: content.Grid, width: float) -> None:
    unit = width / sum(part.widths)
    widths = tuple(share * unit for share in part.widths)
    table = document.add_table(rows=1 + len(part.rows), cols=len(widths))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, each in zip(table.columns, widths, strict=True):
        column.width = Pt(each)
    for place, row in enumerate(table.rows):
        _never_split(row, head=place == 0)
        # A short table stays whole, of a long one the head with its first rows.
        together = place < (len(part.rows) if len(part.rows) <= SHORT else 3)
        texts = part.head if place == 0 else part.rows[place - 1]
        cells = row.cells  # python-docx counts them anew each time it is asked
        for column, text in enumerate(texts):
            strong = place == 0 or column == part.strong
            side = ALIGN.CENTER if place == 0 else _SIDES[part.align[column]]
            _cell(cells[column], text, side, strong=strong, together=together)
            cells[column].width = Pt(widths[column])
            cells[column].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            if place == 0:
                _shaded(cells[column])
    gap = document.add_paragraph()
    gap.paragraph_format.line_spacing = Pt(7)


def _shaded(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EEEEEE")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().insert_element_before(shade, "w:noWrap", "w:tcMar", "w:textDirection", "w:vAlign")


def _cell(cell: Any, text: str, side: Any, *, strong: bool, together: bool) -> None:
    for line in text.split("\n"):
        paragraph = _line(_paragraph(cell), line, template().sizes["table"], strong=strong)
        paragraph.alignment = side
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.keep_with_next = together or None


def _signatures(document: Any, part: content.Signatures, width: float) -> None:
    """Authority and title, room for the signature and the seal, the name."""
    size, sides = template().sizes["body"], (part.left, part.right)
    tops, names = _columns(document, (width / 2, width / 2), 2)
    for cell, one in zip(tops, sides, strict=True):
        _signer(cell, one, size)
    for cell, one in zip(names, sides, strict=True):
        _centred(cell, one.name, size, strong=True).paragraph_format.space_before = Pt(62)


def _signer(cell: Any, one: Signer, size: float) -> None:
    lines = [_centred(cell, one.authority.upper(), size, strong=True)]
    lines += [_centred(cell, one.title.upper(), size)] if one.title else []
    lines.append(_centred(cell, "(ký, ghi rõ họ tên)", size - 2, slanted=True))
    lines[0].paragraph_format.space_before = Pt(12)
    for line in lines:
        line.paragraph_format.keep_with_next = True


def _timeless(made: bytes) -> bytes:
    """The same zip file without the times at which its parts were written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            after.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), before.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()
