"""Text that is safe to print, and figures and days as Party papers write them."""

import re
from datetime import date, datetime
from xml.sax.saxutils import escape

from server.core.text import clean
from server.core.typeface import letters

LONGEST = 400  # characters of one text
NAME = 160     # and of a name on a ballot, whose line must fit on a page; tables hold no longer ones
NO_BREAK = "\u00a0"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"


def plain(text: str, most: int = LONGEST) -> str:
    """NFC, one line, nothing invisible, at most `most` characters."""
    kept = clean(text)
    return kept if len(kept) <= most else kept[: most - 1] + "…"


def drawn(text: str, most: int = LONGEST) -> str:
    """`plain`, with "?" for what the typeface does not have, so that a gap is seen."""
    known = letters()
    return "".join(letter if letter in known else "?" for letter in plain(text, most))


def marked(text: str, most: int = LONGEST) -> str:
    """`drawn`, escaped for reportlab's paragraphs; "lần thứ XVIII" and the like stay on one line."""
    return tied(escape(drawn(text, most)))


def tied(text: str) -> str:
    """Text whose "lần thứ XVIII" and the like stay on one line."""
    return _TOGETHER.sub(lambda found: found[0].replace(" ", NO_BREAK), text)


_TOGETHER = re.compile(r"\b(?:lần thứ|khóa|nhiệm kỳ|đồng ý)(?: [\wÀ-ỹ–-]{1,9})?", re.IGNORECASE)


def people(count: int) -> str:
    """ "05 đồng chí": below ten with a nought, as papers write it."""
    return f"{_two(count)} đồng chí"


def slips(count: int) -> str:
    """ "05 phiếu"."""
    return f"{_two(count)} phiếu"


def _two(count: int) -> str:
    return f"{count:02d}" if count else "0"


def sentence(text: str) -> str:
    """The same words beginning with a capital."""
    return text[:1].upper() + text[1:]


def number(count: int) -> str:
    """A count in a table: 1.234."""
    return f"{count:,}".replace(",", ".")


def share(part: int, whole: int) -> str:
    """`part` in per cent of `whole` with two decimals, halves up; integers only. No whole: a dash."""
    if whole <= 0:
        return "–"
    hundredths = (part * 20_000 + whole) // (2 * whole)
    return f"{hundredths // 100},{hundredths % 100:02d}%"


def day_words(day: date) -> str:
    """ "ngày 05 tháng 02 năm 2027": a nought before days below 10, and before January and February."""
    month = f"{day.month:02d}" if day.month in {1, 2} else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def day_figures(day: date) -> str:
    """ "05/02/2027"."""
    return f"{day:%d/%m/%Y}"


def hour_words(moment: datetime) -> str:
    """ "08 giờ 05 phút"."""
    return f"{moment:%H} giờ {moment:%M} phút"
