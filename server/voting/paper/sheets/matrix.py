"""A table of many small letters, drawn straight: thousands of cells as paragraphs would take a minute."""

from dataclasses import dataclass
from typing import Any

from reportlab.lib import colors
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

from server.core.typeface import BOLD, REGULAR
from server.voting.paper.sheets.template import MM

ROW = 4.6 * MM
FIRST = 15 * MM                 # the column of ballot numbers
NARROW, WIDE = 3.75 * MM, 9 * MM  # of a candidate's column
NOTE = 33 * MM                  # at least, for why a ballot is invalid
LETTER, LEAST = 8.0, 4.0        # points
GAP, MANY = 10, 10_000          # points: above signatures; more than any page is high
GRAY, STRIPE = colors.HexColor("#d9d9d9"), colors.HexColor("#f3f3f3")


@dataclass(frozen=True, slots=True)
class Row:
    """A ballot, or a sum (`total`). `cells` is empty for a ballot whose marks were not entered; `void`: invalid."""

    name: str
    cells: tuple[str, ...]
    note: str = ""
    void: bool = False
    total: bool = False


class Matrix(Flowable):
    """Rows under a head that is repeated on every page. `width` in points; every text can be drawn.

    `below` (signatures) comes after the last row, on the same page as the sums.
    """

    def __init__(
        self, width: float, head: tuple[str, ...], rows: tuple[Row, ...], below: Flowable | None = None
    ) -> None:
        super().__init__()
        self.whole, self.head, self.rows, self.below = width, head, rows, below
        self.column = min(max((width - FIRST - NOTE) / max(len(head), 1), NARROW), WIDE)
        self.room = below.wrap(width, MANY)[1] + GAP if below is not None else 0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size."""
        self.width, self.height = self.whole, ROW * (len(self.rows) + 1) + self.room
        return self.width, self.height

    def split(self, _width: float, height: float) -> list[Flowable]:
        """What fits into `height`, and the rest. Sums stay together, with at least one ballot before them."""
        ballots = sum(1 for row in self.rows if not row.total)
        fitting = min(int(height / ROW) - 1, ballots - 1)
        if fitting < 1:
            return []
        rest = Matrix(self.whole, self.head, self.rows[fitting:], self.below)
        return [Matrix(self.whole, self.head, self.rows[:fitting]), rest]

    def draw(self) -> None:
        """On the canvas, with the lower left corner at 0, 0."""
        canvas: Any = self.canv
        top = self.height - self.room
        canvas.saveState()
        canvas.translate(0, self.room)
        self._backgrounds(canvas, top)
        canvas.setFillGray(0)
        _write(canvas, BOLD, "Phiếu số", _Box(0, top - ROW, FIRST))
        for place, name in enumerate(self.head):
            _write(canvas, BOLD, name, self._cell(place, top - ROW))
        _write(canvas, BOLD, "Ghi chú", self._note(top - ROW))
        for number, row in enumerate(self.rows, 1):
            self._row(canvas, row, top - ROW * (number + 1))
        self._rules(canvas, top)
        canvas.restoreState()
        if self.below is not None:
            self.below.drawOn(canvas, 0, 0)

    def _row(self, canvas: Any, row: Row, bottom: float) -> None:
        font = BOLD if row.total else REGULAR
        _write(canvas, BOLD, row.name, _Box(0, bottom, FIRST))
        for place, text in enumerate(row.cells):
            _write(canvas, font, text, self._cell(place, bottom))
        if row.note and row.cells:
            _write(canvas, REGULAR, row.note, self._note(bottom))
        elif row.note:  # without marks there is room for words
            _write(canvas, REGULAR, f"Không hợp lệ: {row.note}", _Box(FIRST, bottom, self.whole - FIRST))

    def _left(self, place: int) -> float:
        return FIRST + self.column * place

    def _cell(self, place: int, bottom: float) -> "_Box":
        return _Box(self._left(place), bottom, self.column)

    def _note(self, bottom: float) -> "_Box":
        left = self._left(len(self.head))
        return _Box(left, bottom, self.whole - left)

    def _backgrounds(self, canvas: Any, top: float) -> None:
        canvas.setFillColor(GRAY)
        canvas.rect(0, top - ROW, self.whole, ROW, stroke=0, fill=1)
        for number, row in enumerate(self.rows, 1):
            if row.void or row.total or row.name[-1:] in {"0", "5"}:  # every fifth ballot is easier to find again
                canvas.setFillColor(GRAY if row.void else STRIPE)
                canvas.rect(0, top - ROW * (number + 1), self.whole, ROW, stroke=0, fill=1)

    def _rules(self, canvas: Any, top: float) -> None:
        for number in range(len(self.rows) + 2):
            canvas.setLineWidth(0.25)
            canvas.line(0, top - ROW * number, self.whole, top - ROW * number)
        for place in range(len(self.head) + 1):
            canvas.setLineWidth(0.8 if place % 5 == 0 else 0.25)
            self._upright(canvas, self._left(place), top, across_words=place in {0, len(self.head)})
        canvas.setLineWidth(0.8)
        canvas.rect(0, 0, self.whole, top, stroke=1, fill=0)

    def _upright(self, canvas: Any, x: float, top: float, *, across_words: bool) -> None:
        """An upright rule; words of a ballot without marks are not cut by it, but for the column of numbers."""
        start = top
        for number, row in enumerate(self.rows, 1):
            if not row.cells and not (across_words and x == FIRST):
                bottom = top - ROW * number
                if start > bottom:
                    canvas.line(x, start, x, bottom)
                start = bottom - ROW
        if start > 0:
            canvas.line(x, start, x, 0)


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell: where its lower left corner is, and how wide it is; all are `ROW` high."""

    left: float
    bottom: float
    width: float


def _write(canvas: Any, font: str, text: str, box: _Box) -> None:
    """Centred, made smaller until it fits, then cut."""
    size, room = LETTER, box.width - 1.5
    needed = pdfmetrics.stringWidth(text, font, size)
    if needed > room:
        size = max(LEAST, size * room / needed)
        while len(text) > 1 and pdfmetrics.stringWidth(text, font, size) > room:
            text = text[:-2] + "…"
    canvas.setFont(font, size)
    canvas.drawCentredString(box.left + box.width / 2, box.bottom + (ROW - size * 0.66) / 2, text)
