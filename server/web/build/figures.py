"""Make the tabular figures in server/web/common/fonts/: the digits of Be Vietnam Pro, all of one width.

Be Vietnam Pro has no tabular figures, and a clock whose digits change their width trembles on a wall. This script is
run by hand when the font package changes (it needs `fonttools` and `brotli`, which nothing else here does); its results
are in git:

    uv run --no-project --with fonttools --with brotli python server/web/build/figures.py

The results stay under the SIL Open Font License 1.1 (OFL.txt beside them) and carry a name of their own, as it asks.
"""

from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found]  # not a dependency: see above
from fontTools.ttLib import TTFont  # type: ignore[import-not-found]

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "node_modules/@fontsource/be-vietnam-pro/files"
TARGET = ROOT / "server/web/common/fonts"
WEIGHTS = (400, 500, 600, 700)
DIGITS = "0123456789"
FAMILY = "Nghi Su Figures"
FAMILY_NAMES = (1, 3, 4, 6, 16)  # name ids that hold the family


def make(weight: int) -> Path:
    """Write the figures of one weight; each digit is centred in the width of the zero."""
    font = TTFont(SOURCE / f"be-vietnam-pro-latin-{weight}-normal.woff2", recalcTimestamp=False)
    options = subset.Options(layout_features=[], name_IDs=[0, 1, 2, 3, 4, 6, 13, 14, 16], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text=DIGITS)
    cutter.subset(font)
    widths, glyphs, names = font["hmtx"].metrics, font["glyf"], font.getBestCmap()
    width = widths[names[ord("0")]][0]
    for digit in DIGITS:
        name = names[ord(digit)]
        shift = round((width - widths[name][0]) / 2)
        glyph = glyphs[name]
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(glyphs)
        widths[name] = (width, glyph.xMin)
    for record in font["name"].names:
        if record.nameID in FAMILY_NAMES:
            record.string = FAMILY.replace(" ", "") if record.nameID == 6 else FAMILY  # noqa: PLR2004  (the PostScript name)
    font.flavor = "woff2"
    path = TARGET / f"figures-{weight}.woff2"
    font.save(path)
    return path


if __name__ == "__main__":
    for each in WEIGHTS:
        made = make(each)
        print(made.name, made.stat().st_size, "bytes")
