"""Paper ballots: one design for each form of ballot, A4 and A5, as many copies as are asked for.

Nothing on a ballot tells it from another one of the same vote: no number, no date of printing (secret ballots).
"""

import io
from dataclasses import replace
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, A5
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, Paragraph, Spacer, Table

from server.core.numbered import foot
from server.core.typeface import BOLD, ITALIC, register_fonts
from server.voting.paper.sheets.printing import (
    CENTER,
    JUSTIFY,
    bold,
    centred,
    issuer_lines,
    party_lines,
    style,
    two_columns,
)
from server.voting.paper.sheets.shapes import BallotSheet, Kind, Line
from server.voting.paper.sheets.template import MM, BallotLook, template
from server.voting.paper.sheets.words import NAME, day_words, drawn, marked, people, plain

MOST_COPIES = 5000
ROOM = (1.3, 1.15, 1.0, 0.94, 0.88)  # the least height of a line, in those of the template
_SIZES = {"a4": A4, "a5": A5}
_BOXES = {
    Kind.SURPLUS: (),
    Kind.NO_SURPLUS: ("Đồng ý", "Không đồng ý"),
    Kind.CONFIDENCE: ("Tín nhiệm cao", "Tín nhiệm", "Tín nhiệm thấp"),
}


def ballot_pdf(sheet: BallotSheet) -> bytes:
    """The ballot, `copies` times in one PDF. The same sheet gives the same bytes.

    The pages are drawn once and shown many times: thousands of copies take a second or two, and little room.
    Raises ValueError without lines, for an unknown size, or for more than 5000 copies.
    """
    if not sheet.lines or not 1 <= sheet.copies <= MOST_COPIES or sheet.size not in _SIZES:
        raise ValueError("a ballot needs lines, 1 to 5000 copies, and A4 or A5")
    register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=_SIZES[sheet.size], invariant=1, lang="vi")
    canvas.setTitle(plain(f"{_title(sheet)}: {sheet.title}"))
    canvas.setAuthor(plain(sheet.issuer.name))
    pages = _draw(canvas, sheet)
    for _ in range(sheet.copies):
        for page in range(1, pages + 1):
            canvas.doForm(f"page{page}")
            canvas.doForm(f"foot{page}")
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Any, sheet: BallotSheet) -> int:
    """Draw every page as a form "page1" …, and its last line as "foot1" …. Returns how many there are."""
    look = _fitting(sheet)
    parts = _parts(sheet, look, _SIZES[sheet.size][0] - 2 * look.margin)
    pages = 0
    while parts:
        pages += 1
        canvas.beginForm(f"page{pages}")
        if pages > 1:
            _running_title(canvas, sheet, look)
        if sheet.proof:
            _across(canvas, sheet)
        parts = _fill(_frame(sheet, look, pages), canvas, parts)
        canvas.endForm()
    for page in range(1, pages + 1):
        canvas.beginForm(f"foot{page}")
        if pages > 1:
            more = "Xem tiếp trang sau" if page < pages else "Hết danh sách"
            foot(canvas, f"Trang {page}/{pages}", more, size=look.detail, margin=look.margin, up=look.margin * 0.6)
        canvas.endForm()
    return pages


def _fitting(sheet: BallotSheet) -> BallotLook:
    """The roomiest lines that need no more pages than the closest ones do."""
    look = template().ballots[sheet.size]
    tried = {room: _pages(sheet, replace(look, row=look.row * room)) for room in ROOM}
    room = next(room for room in ROOM if tried[room] == min(tried.values()))
    return replace(look, row=look.row * room)


def _pages(sheet: BallotSheet, look: BallotLook) -> int:
    canvas, pages = Canvas(io.BytesIO(), pagesize=_SIZES[sheet.size]), 0
    parts = _parts(sheet, look, _SIZES[sheet.size][0] - 2 * look.margin)
    while parts:
        pages += 1
        parts = _fill(_frame(sheet, look, pages), canvas, parts)
    return pages


def _frame(sheet: BallotSheet, look: BallotLook, page: int) -> Frame:
    width, height = _SIZES[sheet.size]
    top, bottom = look.margin + (4 * MM if page > 1 else 0), look.margin + 2 * MM
    return Frame(look.margin, bottom, width - 2 * look.margin, height - bottom - top, 0, 0, 0, 0)


def _fill(frame: Frame, canvas: Any, parts: list[Flowable]) -> list[Flowable]:
    """Put as much into a page as fits; returns the rest."""
    drawn_any = False
    while parts:
        if frame.add(parts[0], canvas):
            parts, drawn_any = parts[1:], True
            continue
        pieces = frame.split(parts[0], canvas)
        if len(pieces) > 1:
            frame.add(pieces[0], canvas)
            return [*pieces[1:], *parts[1:]]
        if not drawn_any:
            raise ValueError("a line of the ballot is higher than a page")
        break
    return parts


def _across(canvas: Any, sheet: BallotSheet) -> None:
    """Words across the page, pale and below everything else."""
    width, height = _SIZES[sheet.size]
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    canvas.rotate(52)
    canvas.setFillColor(colors.HexColor("#f3c6c6"))
    canvas.setFont(BOLD, width / 11)
    canvas.drawCentredString(0, 0, "BẢN IN THỬ")
    canvas.setFont(BOLD, width / 22)
    canvas.drawCentredString(0, -width / 14, "KHÔNG DÙNG LÀM PHIẾU")
    canvas.restoreState()


def _running_title(canvas: Any, sheet: BallotSheet, look: BallotLook) -> None:
    width, height = _SIZES[sheet.size]
    text = drawn(f"{_title(sheet)}: {sheet.title}")
    canvas.setFont(ITALIC, look.detail)
    while canvas.stringWidth(text, ITALIC, look.detail) > width - 2 * look.margin:
        text = text[:-2].rstrip() + "…"
    canvas.drawCentredString(width / 2, height - look.margin, text)


def _title(sheet: BallotSheet) -> str:
    return template().titles["confidence" if sheet.kind is Kind.CONFIDENCE else "election"]


def _parts(sheet: BallotSheet, look: BallotLook, width: float) -> list[Flowable]:
    word = "Lấy phiếu" if sheet.kind is Kind.CONFIDENCE else "Bầu"
    second = [centred(f"({word} lần thứ {sheet.round})", look.text, font=ITALIC)] if sheet.round > 1 else []
    return [
        _head(sheet, look, width),
        Spacer(1, 4),
        bold(_title(sheet).upper(), look.title),
        bold(sheet.title, look.abstract),
        *second,
        Spacer(1, 6),
        *[
            Paragraph(text, style(look.text, align=JUSTIFY, spaceAfter=2, firstLineIndent=6 * MM))
            for text in _instructions(sheet)
        ],
        Spacer(1, 5),
        _table(sheet, look, width),
    ]


def _head(sheet: BallotSheet, look: BallotLook, width: float) -> Table:
    """Issuer above the stamp box on the left (190-QĐ/TW), the Party's name on the right."""
    stamp = Table(
        [[[centred("Đóng dấu", look.detail, textColor=colors.HexColor("#777777"))]]],
        colWidths=look.stamp, rowHeights=look.stamp, hAlign="CENTER",
        style=[("BOX", (0, 0), (-1, -1), 0.6, colors.HexColor("#777777"), None, (3, 2)),
               ("VALIGN", (0, 0), (-1, -1), "MIDDLE")],
    )
    left: list[Flowable] = [*issuer_lines(sheet.issuer, look.issuer), Spacer(1, 5), stamp]
    right = party_lines(look.party)
    if sheet.day is not None:
        place = f"{sheet.issuer.place}, " if sheet.issuer.place else ""
        right += [Spacer(1, 5), centred(f"{place}{day_words(sheet.day)}", look.issuer, font=ITALIC)]
    return two_columns(left, right, (width * 0.46, width * 0.54))


def _instructions(sheet: BallotSheet) -> list[str]:
    """What the voter must know, by form (190-QĐ/TW Điều 30; 96-QĐ/TW). Marked up."""
    count = len(sheet.lines)
    if sheet.kind is Kind.CONFIDENCE:
        return [
            "<b>Cách ghi phiếu:</b> ở mỗi dòng, đánh dấu (X) vào <b>một</b> trong ba ô “Tín nhiệm cao”, “Tín nhiệm”, "
            "“Tín nhiệm thấp”. Dòng không đánh dấu hoặc đánh dấu từ hai ô trở lên không được tính cho đồng chí ở "
            "dòng đó.",
            _VALID,
        ]
    chosen = f"<b>Danh sách gồm {people(count)}, bầu {people(sheet.seats)}.</b>"
    if sheet.kind is Kind.SURPLUS:
        least = count - sheet.seats
        strike = f" (ít nhất {people(least)})" if least > 0 else ""
        return [
            f"{chosen} Đồng ý bầu đồng chí nào thì để nguyên họ và tên; không bầu đồng chí nào thì <b>gạch ngang giữa "
            f"họ và tên</b> của đồng chí đó{strike}.",
            f"Phiếu bầu đủ hoặc ít hơn {people(sheet.seats)} là phiếu hợp lệ. Phiếu không hợp lệ: phiếu không do Ban "
            f"kiểm phiếu phát ra; bầu nhiều hơn {people(sheet.seats)}; gạch hết họ và tên trong danh sách; ghi thêm "
            "tên, ký tên hoặc đánh dấu riêng.",
        ]
    if count == 1:
        return [
            f"{chosen} Đánh dấu (X) vào <b>một</b> ô “Đồng ý” hoặc “Không đồng ý”. Phiếu đánh dấu cả hai ô hoặc không "
            "đánh dấu ô nào là phiếu không hợp lệ.",
            _VALID,
        ]
    return [
        f"{chosen} Ở mỗi dòng, đánh dấu (X) vào <b>một</b> ô “Đồng ý” hoặc “Không đồng ý”. Dòng đánh dấu cả hai ô hoặc "
        "không đánh dấu ô nào không được tính cho đồng chí ở dòng đó; phiếu vẫn hợp lệ.",
        _VALID,
    ]


_VALID = (
    "Phiếu không hợp lệ: phiếu không do Ban kiểm phiếu phát ra; ghi thêm tên, ký tên hoặc có dấu riêng ngoài ô."
)


def _table(sheet: BallotSheet, look: BallotLook, width: float) -> Table:
    boxes = _BOXES[sheet.kind]
    described = sheet.kind is Kind.SURPLUS and any(line.detail for line in sheet.lines)
    head = ["STT", "Họ và tên", *(["Chức vụ, đơn vị công tác"] if described else []), *boxes]
    rows: list[Any] = [_row(line, look, described=described, boxes=len(boxes)) for line in sheet.lines]
    heading = style(look.head, font=BOLD, align=CENTER, lead=1.15)
    return Table(
        [[Paragraph(marked(text), heading) for text in head], *rows],
        colWidths=_widths(width, look, described=described, boxes=len(boxes)), repeatRows=1,
        minRowHeights=[look.row] * (len(rows) + 1),
        style=[
            ("GRID", (0, 0), (-1, -1), 0.7, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#eeeeee")),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
            ("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ],
    )


def _widths(width: float, look: BallotLook, *, described: bool, boxes: int) -> list[float]:
    first = look.head * 3.2
    if described:
        return [first, (width - first) * 0.45, (width - first) * 0.55]
    box = look.head * 5.8
    return [first, width - first - box * boxes, *[box] * boxes]


def _row(line: Line, look: BallotLook, *, described: bool, boxes: int) -> list[Any]:
    number = Paragraph(str(line.number), style(look.name, align=CENTER, lead=1.15))
    name = [Paragraph(marked(line.name, NAME), style(look.name, font=BOLD, lead=1.15))]
    detail = Paragraph(marked(line.detail), style(look.detail, lead=1.15))
    if described:
        return [number, name, detail]
    return [number, [*name, detail] if line.detail else name, *[""] * boxes]
