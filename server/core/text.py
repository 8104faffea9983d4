"""Vietnamese text."""

import unicodedata


def fold(text: str) -> str:
    """`text` without diacritics, lower case, single spaces, for searching: "Đỗ  Thị Hà" → "do thi ha".

    đ has no decomposition in Unicode, so NFD alone leaves it (facts/documents.md).
    """
    plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.lower().split())


def clean(text: str) -> str:
    """`text` in NFC, single-spaced, without control and direction-changing characters."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(" " if letter in "\t\r\n" else letter for letter in composed if _visible(letter))
    return " ".join(kept.split())


def clean_lines(text: str) -> str:
    """`text` of several lines, each clean; none at the beginning or end is empty."""
    return "\n".join(clean(line) for line in text.splitlines()).strip()


def _visible(letter: str) -> bool:
    return letter in "\t\r\n" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
