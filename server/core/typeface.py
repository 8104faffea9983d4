"""The typeface of printed papers: Tinos, which has the measure and the look of Times New Roman (SIL Open Font License).

The files in `fonts/` are cut down to Latin and Vietnamese.
"""

from functools import cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD, ITALIC, BOLD_ITALIC = "Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"
_FILES = {REGULAR: "Regular", BOLD: "Bold", ITALIC: "Italic", BOLD_ITALIC: "BoldItalic"}


def register_fonts() -> None:
    """Make the shipped fonts known to reportlab (once a process)."""
    if REGULAR in pdfmetrics.getRegisteredFontNames():
        return
    folder = Path(__file__).with_name("fonts")
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / f"Tinos-{file}.ttf")))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)


@cache
def letters() -> frozenset[str]:
    """Every character that can be printed."""
    register_fonts()
    font: Any = pdfmetrics.getFont(REGULAR)  # the published types know only the built-in fonts
    return frozenset(chr(code) for code in font.face.charToGlyph)
