"""The child process that reads one uploaded list.

Bytes on stdin; `{"rows": [[…]]}` or `{"refused": code}` on stdout.
"""

import csv
import io
import json
import resource
import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # the interpreter is isolated (-I): it knows no folder of ours

from server.core.text import clean
from server.meetings.limits import (
    LONGEST_CELL,
    MEMORY,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_UNPACKED,
    SECONDS,
)

ROOM_ABOVE = 20  # title lines above the list


class TooLarge(Exception):
    """More rows, columns or bytes than a list of participants has."""


def rows_of(content: bytes) -> list[list[str]]:
    """All rows of the first sheet. Raises TooLarge, or whatever the reader makes of a broken file."""
    table = _spreadsheet(content) if content.startswith(b"PK") else _separated(content)
    rows = [_trimmed([_text(cell) for cell in row]) for row in table]
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) > MOST_ROWS + ROOM_ABOVE or any(len(row) > MOST_COLUMNS for row in rows):
        raise TooLarge
    return rows


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def _spreadsheet(content: bytes) -> list[list[object]]:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  (a CSV does not need it)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise TooLarge
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]


def _separated(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    if "\0" in text:
        raise ValueError("not text")  # an old .xls, a PDF, a picture
    csv.field_size_limit(LONGEST_CELL * 10)
    head = text[:20_000]
    delimiter = max(";,\t|", key=head.count)
    rows: list[list[str]] = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        rows.append(row)
        if len(rows) > MOST_ROWS + ROOM_ABOVE:
            raise TooLarge
    return rows


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What old Vietnamese offices save; it writes tones as combining marks, which clean() composes.
        return content.decode("cp1258")


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # spreadsheets keep every number as a float
    if isinstance(cell, datetime | date | time):
        cell = cell.isoformat()
    return clean("" if cell is None else str(cell)[: LONGEST_CELL * 2])[:LONGEST_CELL]


def main() -> None:
    """Read stdin, write stdout. A crash, an abort or a missing answer means: unreadable."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS), int(SECONDS)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer: dict[str, object] = {"rows": rows_of(sys.stdin.buffer.read())}
    except TooLarge:
        answer = {"refused": "sheet_too_large"}
    except Exception:  # every failure of a reader is the file's
        answer = {"refused": "sheet_unreadable"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
