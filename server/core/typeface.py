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


def font_file(name: str) -> Path:
    """Where the shipped font of that name lies, for those who draw pictures."""
    return Path(__file__).with_name("fonts") / f"Tinos-{_FILES[name]}.ttf"


def register_fonts() -> None:
    """Make the shipped fonts known to reportlab (once a process)."""
    if REGULAR in pdfmetrics.getRegisteredFontNames():
        return
    for name in _FILES:
        pdfmetrics.registerFont(TTFont(name, str(font_file(name))))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)


@cache
def letters() -> frozenset[str]:
    """Every character that can be printed."""
    register_fonts()
    font: Any = pdfmetrics.getFont(REGULAR)  # the published types know only the built-in fonts
    return frozenset(chr(code) for code in font.face.charToGlyph)
