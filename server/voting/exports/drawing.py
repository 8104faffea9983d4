"""What is drawn in the PDF: the house's marks, bars, the plan of the seats, the stamp of an annulled result.

Marks as on every screen: ✓ for, ✕ against, – not voting, a pen for another opinion. They are drawn, because the
typeface of papers has no such letters. Colour never stands alone: a mark and a word or a figure are always beside it.
"""

from collections.abc import Sequence
from typing import Any

from reportlab.lib import colors
from reportlab.platypus import Flowable

from server.core.typeface import BOLD, REGULAR
from server.voting.exports import words
from server.voting.exports.seats import Seat
from server.voting.exports.words import Figure
from server.voting.paper.sheets.words import drawn

INK, SOFT, LINE = colors.HexColor("#1b1a17"), colors.HexColor("#4d4942"), colors.HexColor("#857f72")
GREEN, RED, AMBER = (colors.HexColor(one) for one in ("#0d5c31", "#99101a", "#6b4300"))
COLOURS = {"for": GREEN, "against": RED, "not_voting": AMBER, "other": AMBER, "cast": INK, "": LINE,
           "high": GREEN, "plain": AMBER, "low": RED, "warn": RED}
WASH = {"for": "#e6f2ea", "against": "#fae9e8", "not_voting": "#f8eeda", "other": "#f8eeda", "": "#ffffff",
        "high": "#e6f2ea", "plain": "#f8eeda", "low": "#fae9e8"}
# On a grid of 24, from the bottom left, as in server/web/common/components/Icon.tsx.
_STROKES: dict[str, Sequence[Sequence[tuple[float, float]]]] = {
    "for": [[(4, 11), (9, 6), (20, 18)]],
    "against": [[(6, 18), (18, 6)], [(18, 18), (6, 6)]],
    "not_voting": [[(5, 12), (19, 12)]],
    "other": [[(4, 4), (5, 9), (16, 20), (20, 16), (9, 5), (4, 4)]],
    "cast": [[(10, 12), (14, 12)], [(12, 10), (12, 14)]],
    "high": [[(5, 9), (12, 16), (19, 9)]],
    "plain": [[(5, 12), (19, 12)]],
    "low": [[(5, 15), (12, 8), (19, 15)]],
    "warn": [[(12, 20), (2.5, 4), (21.5, 4), (12, 20)], [(12, 14), (12, 9)], [(12, 6.8), (12, 6.2)]],
    "": [],
}


def mark(canvas: Any, which: str, x: float, y: float, size: float, *, colour: Any = None) -> None:
    """One mark in a square of `size` whose bottom left corner is (x, y). "" is an empty box."""
    unit = size / 24
    canvas.saveState()
    canvas.setStrokeColor(colour or COLOURS[which])
    canvas.setLineWidth(2.9 * unit)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    if not which:
        canvas.setLineWidth(1.6 * unit)
        canvas.rect(x + 4 * unit, y + 4 * unit, 16 * unit, 16 * unit)
    for stroke in _STROKES[which]:
        path = canvas.beginPath()
        path.moveTo(x + stroke[0][0] * unit, y + stroke[0][1] * unit)
        for across, up in stroke[1:]:
            path.lineTo(x + across * unit, y + up * unit)
        canvas.drawPath(path)
    canvas.restoreState()


class Mark(Flowable):
    """A mark with a word in its colour, for a cell of a table."""

    def __init__(self, which: str, word: str, size: float, *, bold: bool = False) -> None:
        super().__init__()
        self.which, self.word, self.size = which, drawn(word), size
        self.font = BOLD if bold else REGULAR

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As wide as it may be, one line high."""
        self.width, self.height = width, self.size * 1.25
        return self.width, self.height

    def draw(self) -> None:
        """Mark, then word."""
        canvas: Any = self.canv
        mark(canvas, self.which, 0, self.size * 0.1, self.size)
        canvas.setFillColor(COLOURS[self.which] if self.which else INK)
        canvas.setFont(self.font, self.size)
        canvas.drawString(self.size * 1.25, self.size * 0.25, self.word)


class Bars(Flowable):
    """One bar a choice: mark, word, bar, figure and share. A line stands where the "for" are enough."""

    ROW = 24.0

    def __init__(self, figures: Sequence[Figure], base: int, needed: int | None) -> None:
        super().__init__()
        self.figures, self.base, self.needed = figures, max(base, 1), needed

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """All the width."""
        self.width = width
        self.height = self.ROW * len(self.figures) + (14 if self.needed is not None else 0)
        return self.width, self.height

    def draw(self) -> None:
        """From the top."""
        left, right = 128.0, 96.0
        track = self.width - left - right
        canvas: Any = self.canv
        for place, one in enumerate(self.figures):
            bottom = self.height - (14 if self.needed is not None else 0) - (place + 1) * self.ROW + 4
            self._row(canvas, one, bottom, left, track)
        if self.needed is not None:
            self._needed(canvas, left + track * min(1, self.needed / self.base))

    def _row(self, canvas: Any, one: Figure, bottom: float, left: float, track: float) -> None:
        high = self.ROW - 8
        colour = COLOURS[one.choice]
        mark(canvas, one.choice, 0, bottom + 1, 14)
        canvas.setFont(BOLD, 12)
        canvas.setFillColor(colour if one.choice else SOFT)
        canvas.drawString(19, bottom + 4, one.word)
        canvas.setLineWidth(0.6)
        canvas.setStrokeColor(colour)
        canvas.setFillColor(colors.HexColor(WASH[one.choice]))
        canvas.rect(left, bottom, track, high, fill=1)
        if one.votes:
            canvas.setFillColor(colour)
            canvas.rect(left, bottom, track * min(1, one.votes / self.base), high, fill=1)
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, 14)
        canvas.drawRightString(left + track + 38, bottom + 3, words.number(one.votes))
        canvas.setFont(REGULAR, 11)
        canvas.drawRightString(left + track + 95, bottom + 3.5, words.percent(one.share))

    def _needed(self, canvas: Any, x: float) -> None:
        top = self.height - 12
        canvas.setStrokeColor(colors.white)
        canvas.setLineWidth(3.5)
        canvas.line(x, top, x, top - self.ROW + 2)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1.6)
        canvas.line(x, top, x, top - self.ROW + 2)
        canvas.setFillColor(INK)
        canvas.setFont(REGULAR, 10)
        canvas.drawCentredString(x, top + 3, f"cần {words.number(self.needed or 0)}")


class Track(Flowable):
    """A thin bar for a row of a table: pieces in the colours of their choices, of `base`; a line at `needed`."""

    def __init__(self, pieces: Sequence[tuple[str, int]], base: int, needed: int | None = None) -> None:
        super().__init__()
        self.pieces, self.base, self.needed = pieces, max(base, 1), needed

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """All the width."""
        self.width, self.height = width, 11.0
        return self.width, self.height

    def draw(self) -> None:
        """From the left."""
        canvas: Any = self.canv
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(LINE)
        canvas.setFillColor(colors.HexColor("#f7f5ef"))
        canvas.rect(0, 1, self.width, 8, fill=1)
        x = 0.0
        for which, count in self.pieces:
            wide = self.width * min(1, count / self.base)
            canvas.setFillColor(COLOURS[which])
            if wide > 0:
                canvas.rect(x, 1, wide, 8, fill=1, stroke=0)
            x += wide
        if self.needed is not None:
            at = self.width * min(1, self.needed / self.base)
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(1.2)
            canvas.line(at, -0.5, at, 10.5)


class SeatMap(Flowable):
    """The room from above: a seat's colour and mark are the ballot that was cast on it; outlined: none was."""

    def __init__(self, seats: Sequence[Seat], most_height: float) -> None:
        super().__init__()
        self.seats, self.most = seats, most_height
        self.columns = max((one.column for one in seats), default=0) + 1
        self.rows = max((one.row for one in seats), default=0) + 1

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As large as the page lets it be; the stage takes 20 points."""
        self.cell = min(34.0, width / self.columns, (self.most - 22) / self.rows)
        self.width, self.height = width, self.cell * self.rows + 22
        return self.width, self.height

    def draw(self) -> None:
        """The stage, then every seat."""
        canvas: Any = self.canv
        left = (self.width - self.columns * self.cell) / 2
        canvas.setFillColor(colors.HexColor("#f1ede3"))
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.6)
        canvas.roundRect(self.width * 0.3, self.height - 15, self.width * 0.4, 14, 3, fill=1)
        canvas.setFillColor(INK)
        canvas.setFont(REGULAR, 9)
        canvas.drawCentredString(self.width / 2, self.height - 11, "Bàn chủ tọa")
        for seat in self.seats:
            self._seat(canvas, seat, left + seat.column * self.cell, self.height - 22 - (seat.row + 1) * self.cell)

    def _seat(self, canvas: Any, seat: Seat, x: float, y: float) -> None:
        gap, cell = self.cell * 0.07, self.cell
        box = cell - 2 * gap
        canvas.setStrokeColor(COLOURS[seat.choice])
        canvas.setLineWidth(0.7)
        if not seat.choice:
            canvas.setDash(2, 1.5)
        canvas.setFillColor(COLOURS[seat.choice] if seat.choice else colors.white)
        canvas.roundRect(x + gap, y + gap, box, box, cell * 0.1, fill=1)
        canvas.setDash()
        ink = colors.white if seat.choice else INK
        if seat.choice:
            mark(canvas, seat.choice, x + cell * 0.28, y + cell * 0.42, cell * 0.44, colour=ink)
        canvas.setFillColor(ink)
        text = drawn(seat.label)
        size = cell * 0.3
        while size > 2 and canvas.stringWidth(text, BOLD, size) > box * 0.94:  # noqa: PLR2004
            size *= 0.9
        canvas.setFont(BOLD, size)
        canvas.drawCentredString(x + cell / 2, y + (cell * 0.17 if seat.choice else cell * 0.4), text)


def stamp(canvas: Any, width: float, height: float) -> None:
    """ "ĐÃ HỦY" across a page, light enough to read through."""
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    canvas.rotate(32)
    canvas.setFillColor(RED)
    canvas.setStrokeColor(RED)
    canvas.setFillAlpha(0.13)
    canvas.setStrokeAlpha(0.2)
    canvas.setLineWidth(5)
    canvas.roundRect(-230, -58, 460, 128, 14)
    canvas.setFont(BOLD, 104)
    canvas.drawCentredString(0, -32, "ĐÃ HỦY")
    canvas.restoreState()
