"""Printed pages that are numbered "Trang x/y"."""

from typing import Any

from reportlab.pdfgen.canvas import Canvas

from server.core.typeface import ITALIC


class NumberedCanvas(Canvas):
    """Writes `Trang x/y` at the bottom right of every page, and `note` at the bottom left."""

    note = ""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802  (reportlab's name)
        """Keep the page until it is known how many there are."""
        self._kept.append(dict(self.__dict__))
        start: Any = self  # the published types leave it out
        start._startPage()

    def save(self) -> None:
        """Number all pages and write the file."""
        for place, page in enumerate(self._kept, 1):
            self.__dict__.update(page)
            foot(self, f"Trang {place}/{len(self._kept)}", self.note, size=8)
            super().showPage()
        super().save()


def foot(canvas: Any, right: str, left: str = "", *, size: float = 9, margin: float = 34, up: float = 20) -> None:
    """The last line of a page, `up` points above its edge: `right` in its right corner, `left` in its left one."""
    canvas.setFillGray(0)
    canvas.setFont(ITALIC, size)
    canvas.drawRightString(canvas._pagesize[0] - margin, up, right)
    canvas.drawString(margin, up, left)
