"""Reading a list of participants from .xlsx or .csv into rows of text.

The spreadsheet reader allocates the whole rectangle up to the furthest cell: a file of 5 kB with a cell at XFD1048576
asks for 500 GB and aborts its process. So files are read by a child process with limits on memory and time
(sheet_child.py), and nothing a file does can reach the meeting.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.core.errors import Refused
from server.meetings.limits import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, SECONDS

CHILD = Path(__file__).with_name("sheet_child.py")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells as in the file: row 1 of the sheet is `rows[0]`."""

    rows: list[list[str]]


def read(name: str, content: bytes) -> Sheet:
    """The first sheet. Raises Refused `sheet_unreadable`, `sheet_too_large` or `sheet_empty`."""
    if len(content) > MOST_BYTES:
        raise _too_large(name)
    try:
        done = subprocess.run(  # noqa: S603  (our own module; the content goes in by a pipe)
            [sys.executable, "-I", "-B", str(CHILD)], input=content, capture_output=True, timeout=SECONDS, check=False,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        )
        answer: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"refused": "sheet_unreadable"}
    except (subprocess.TimeoutExpired, ValueError):
        answer = {"refused": "sheet_unreadable"}
    if answer.get("refused") == "sheet_too_large":
        raise _too_large(name)
    if "refused" in answer:
        raise Refused(str(answer["refused"]), name=name)
    rows = answer["rows"]
    if not any(any(row) for row in rows):
        raise Refused("sheet_empty", name=name)
    return Sheet(rows)


def _too_large(name: str) -> Refused:
    return Refused(
        "sheet_too_large", name=name, rows=MOST_ROWS, columns=MOST_COLUMNS, mb=MOST_BYTES // (1024 * 1024)
    )
