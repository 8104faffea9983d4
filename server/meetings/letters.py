"""Printed invitations: A4, four to a sheet, to be cut along the dashed lines. Shapes in, a PDF out.

Import it where it is called: reportlab takes a moment to load. Hundreds of letters take seconds: call with
`core.offload` in the web process. The same letters give the same bytes.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from xml.sax.saxutils import escape

import qrcode
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepInFrame, Paragraph

from server.core.clock import LOCAL
from server.core.typeface import BOLD, ITALIC, REGULAR, register_fonts

PER_PAGE = 4
_WIDTH, _HEIGHT = A4[0] / 2, A4[1] / 2
_MARGIN, _QR, _FOOT = 9 * mm, 34 * mm, 11 * mm
QUIET = 4  # modules around a code (ISO/IEC 18004)


@dataclass(frozen=True, slots=True)
class Occasion:
    """The meeting that somebody is invited to."""

    unit: str
    title: str
    room: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """One invitation. `payload` is the text in its code; `pin` is "" when it is not known any more."""

    name: str
    title: str
    unit: str
    seat: str
    payload: str
    pin: str = field(default="", repr=False)


def letters_pdf(occasion: Occasion, letters: Sequence[Letter]) -> bytes:
    """The sheets; one empty sheet when nobody is invited."""
    register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True, lang="vi")
    canvas.setTitle(f"Giấy mời: {occasion.title}")
    for number, letter in enumerate(letters):
        place = number % PER_PAGE
        if place == 0:
            if number:
                canvas.showPage()
            _cut_lines(canvas)
        _draw(canvas, occasion, letter, (place % 2) * _WIDTH, (1 - place // 2) * _HEIGHT)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def shown_start(moment: datetime) -> str:
    """As it is written in a letter: "08 giờ 30, ngày 23/11/2026"."""
    local = moment.astimezone(LOCAL)
    return f"{local:%H} giờ {local:%M}, ngày {local:%d/%m/%Y}"


def _style(size: float, font: str = REGULAR, before: float = 0) -> ParagraphStyle:
    return ParagraphStyle(
        font, fontName=font, fontSize=size, leading=size * 1.25, alignment=TA_CENTER, spaceBefore=before
    )


def _words(occasion: Occasion, letter: Letter) -> list[Flowable]:
    """The lines above the code."""
    lines = [
        (occasion.unit, _style(11, BOLD)),
        ("GIẤY MỜI", _style(18, BOLD, 6)),
        ("Trân trọng kính mời đồng chí", _style(11, ITALIC, 4)),
        (letter.name, _style(15, BOLD, 2)),
        (", ".join(part for part in (letter.title, letter.unit) if part), _style(11)),
        ("dự", _style(11, ITALIC, 4)),
        (occasion.title, _style(12.5, BOLD, 2)),
        (shown_start(occasion.starts_at), _style(11.5, REGULAR, 4)),
        (occasion.room, _style(11.5)),
    ]
    return [Paragraph(escape(text), style) for text, style in lines if text]


def _draw(canvas: Canvas, occasion: Occasion, letter: Letter, left: float, bottom: float) -> None:
    top_of_code = bottom + _FOOT + _QR
    inside = _WIDTH - 2 * _MARGIN
    room = _HEIGHT - _MARGIN - (top_of_code - bottom)
    words = KeepInFrame(inside, room, _words(occasion, letter), mode="shrink", hAlign="CENTER")
    _, high = words.wrapOn(canvas, inside, room)
    words.drawOn(canvas, left + _MARGIN, bottom + _HEIGHT - _MARGIN - high)
    _code(canvas, letter.payload, left + _MARGIN, bottom + _FOOT, _QR)
    _beside(canvas, letter, left + _MARGIN + _QR + 4 * mm, top_of_code)
    canvas.setFont(ITALIC, 8.5)
    canvas.drawCentredString(left + _WIDTH / 2, bottom + 6 * mm, "Đưa mã cho lễ tân ở cửa; dùng mã PIN để vào ghế.")


def _beside(canvas: Canvas, letter: Letter, left: float, top: float) -> None:
    """Seat and PIN, large enough to be read without glasses."""
    below = top - 8 * mm
    for label, value in (("Ghế", letter.seat), ("Mã PIN", letter.pin)):
        if value:
            canvas.setFont(REGULAR, 11)
            canvas.drawString(left, below, label)
            canvas.setFont(BOLD, 18)
            canvas.drawString(left, below - 7 * mm, value)
            below -= 15 * mm


def _code(canvas: Canvas, payload: str, left: float, bottom: float, side: float) -> None:
    made = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET)
    made.add_data(payload)
    rows = made.get_matrix()
    module = side / len(rows)
    path = canvas.beginPath()
    for number, row in enumerate(rows):
        for start, length in _runs(row):
            path.rect(left + start * module, bottom + side - (number + 1) * module, length * module, module)
    canvas.drawPath(path, stroke=0, fill=1)


def _runs(row: Sequence[bool | None]) -> list[tuple[int, int]]:
    """Dark modules that touch, as (first, how many): one rectangle without hairlines between."""
    runs: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((place, 1))
    return runs


def _cut_lines(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setDash(2, 3)
    canvas.setLineWidth(0.4)
    canvas.line(_WIDTH, 0, _WIDTH, A4[1])
    canvas.line(0, _HEIGHT, A4[0], _HEIGHT)
    canvas.restoreState()
