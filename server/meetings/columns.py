"""Recognising what the columns of a list mean, from headers as offices write them, with or without diacritics."""

import re
from dataclasses import dataclass

from server.core.text import fold
from server.meetings.models import ParticipantRole

R = ParticipantRole

FIELDS = ("name", "family_name", "given_name", "title", "unit", "card_number", "role", "entitled", "seat")

_HEADERS: dict[str, tuple[str, ...]] = {
    "name": ("ho va ten", "ho ten", "ten dai bieu", "dai bieu", "full name", "name"),
    "family_name": ("ho va ten dem", "ho va chu dem", "ho dem", "ho", "family name", "last name", "surname"),
    "given_name": ("ten", "given name", "first name"),
    "title": ("chuc vu", "chuc danh", "chuc vu don vi cong tac", "title", "position", "office"),
    "unit": ("don vi", "don vi cong tac", "co quan", "co quan don vi", "to chuc dang", "unit", "organisation",
             "organization"),
    "card_number": ("so the dang", "so the dang vien", "so the", "ma dang vien", "card number", "party card", "card"),
    "role": ("thanh phan", "vai tro", "tu cach", "tu cach dai bieu", "role"),
    "entitled": ("bieu quyet", "quyen bieu quyet", "duoc bieu quyet", "entitled", "entitled to vote", "vote"),
    "seat": ("ghe", "so ghe", "vi tri", "vi tri ngoi", "cho ngoi", "seat"),
}
_BY_HEADER = {header: field for field, headers in _HEADERS.items() for header in headers}

_ROLES: dict[str, ParticipantRole] = {
    **dict.fromkeys(("", "dai bieu", "dai bieu chinh thuc", "chinh thuc", "uy vien", "delegate", "member"), R.DELEGATE),
    **dict.fromkeys(("du khuyet", "dai bieu du khuyet", "uy vien du khuyet", "alternate"), R.ALTERNATE),
    **dict.fromkeys(("khach moi", "khach", "dai bieu moi", "moi du", "guest"), R.GUEST),
    **dict.fromkeys(("chu tri", "chu toa", "doan chu tich", "chu tich doan", "chair", "presidium"), R.CHAIR),
    **dict.fromkeys(("thu ky", "doan thu ky", "secretary"), R.SECRETARY),
}
_YES = {"co", "x", "1", "yes", "y", "true", "duoc", "v", "✓"}
_NO = {"khong", "0", "no", "n", "false", "-", "k"}
SEAT = re.compile(r"[A-Z]{0,3}[0-9]{1,4}|[A-Z]{1,3}")
HEADER_ROWS = 20  # title lines of an official list stand above its header


@dataclass(frozen=True, slots=True)
class Table:
    """A list with its header found: `header_row` counts from 1 as the sheet does."""

    header_row: int
    headers: list[str]
    fields: list[str | None]
    rows: list[tuple[int, list[str]]]


def recognise(header: str) -> str | None:
    """The field a header names, None for one that is not needed (STT, ghi chú …)."""
    words = re.sub(r"[^a-z ]+", " ", fold(re.sub(r"\(.*?\)", " ", header)))
    return _BY_HEADER.get(" ".join(words.split()))


def find_table(rows: list[list[str]]) -> Table:
    """The list in a sheet: its header is the first of the top rows that names people, else the first row with text."""
    place = next((at for at, row in enumerate(rows[:HEADER_ROWS]) if _names_people(row)), None)
    if place is None:
        place = next((at for at, row in enumerate(rows) if any(row)), 0)
    width = max((len(row) for row in rows[place:]), default=0)
    headers = [cell(rows[place], column) for column in range(width)]
    below = [(number, row) for number, row in enumerate(rows[place + 1 :], place + 2) if any(row)]
    return Table(place + 1, headers, _unique([recognise(header) for header in headers]), below)


def _names_people(row: list[str]) -> bool:
    fields = [recognise(header) for header in row]
    return "name" in fields or "given_name" in fields


def _unique(fields: list[str | None]) -> list[str | None]:
    """The first column of each field counts; a second one of the same name is left to the secretary."""
    seen: set[str | None] = set()
    kept: list[str | None] = []
    for field in fields:
        kept.append(None if field in seen else field)
        seen.add(field)
    return kept


def cell(row: list[str], column: int) -> str:
    """The text at a column, "" beyond the row's end."""
    return row[column] if column < len(row) else ""


def role_of(text: str) -> ParticipantRole | None:
    """The part a word names, None when it names none. An empty cell is a delegate."""
    return _ROLES.get(" ".join(re.sub(r"[^a-z ]+", " ", fold(text)).split()))


def yes_or_no(text: str) -> bool | None:
    """Whether a cell says yes or no, None when it says neither."""
    said = fold(text)
    return True if said in _YES else False if said in _NO else None


def seat_label(text: str) -> str | None:
    """A seat as it is stored ("b 12" → "B12"), None when it is no seat."""
    label = re.sub(r"[\s.-]+", "", fold(text).upper())
    return label if SEAT.fullmatch(label) else None
