"""Where what is in a recording: `index.jsonl` for programs, `agenda.m3u` for people (VLC opens an item at its second).

A line of the index is a file that begins ("file") or an agenda item that begins in it ("mark"), with the second.
"""

import json
import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from server.relay.daemon.recorder.disk import sync_folder

NAME, PLAYLIST = "index.jsonl", "agenda.m3u"
UNNAMED = "Ghi hình"  # what the playlist calls a file that began without an agenda item


class Entry(BaseModel):
    """One line. `second`: from the beginning of `file`; `at_ms`: the clock of the wall; sizes in pixels."""

    model_config = ConfigDict(frozen=True)

    what: Literal["file", "mark"]
    file: str
    second: float
    mark: str
    at_ms: int
    width: int
    height: int


def note(folder: Path, entry: Entry) -> None:
    """Add a line, on the disk before this returns. Raises OSError."""
    with (folder / NAME).open("a", encoding="utf-8") as index:
        index.write(json.dumps(entry.model_dump(), ensure_ascii=False) + "\n")
        index.flush()
        os.fsync(index.fileno())
    _playlist(folder, entries(folder))


def entries(folder: Path) -> list[Entry]:
    """All lines in their order; one that a crash cut in the middle is left out."""
    found = []
    try:
        lines = (folder / NAME).read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    for line in lines:
        try:
            found.append(Entry.model_validate_json(line))
        except ValidationError:
            continue
    return found


def _playlist(folder: Path, listed: list[Entry]) -> None:
    rows = ["#EXTM3U"]
    for one in listed:
        rows += [f"#EXTINF:-1,{' '.join((one.mark or UNNAMED).split())}"]
        rows += [f"#EXTVLCOPT:start-time={one.second:.2f}"] if one.second else []
        rows.append(one.file)
    rough = folder / f".{PLAYLIST}"
    rough.write_text("\n".join(rows) + "\n", "utf-8")
    rough.replace(folder / PLAYLIST)
    sync_folder(folder)
