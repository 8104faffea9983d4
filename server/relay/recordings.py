"""The recordings of a conference as they lie in its folder: lengths, sizes, agenda marks; tickets to download one.

    <data>/relay/recordings/<conference>/<start>-<n>.mp4      index.jsonl: one line a file and an agenda mark

Nothing here is a page of the web process: a file leaves the server through a route that asks for the permission and a
ticket (one line of the journal each), and never while recording is forbidden or the meeting is secret.
"""

import functools
import re
import shutil
import struct
from dataclasses import dataclass
from pathlib import Path

from server.core.config import Settings
from server.core.errors import Refused
from server.core.keys import Keys
from server.relay.daemon.recorder import index
from server.relay.views.records import MarkView, RecordingView

NAME = re.compile(r"^[0-9]{8}T[0-9]{6}-[0-9]{1,4}\.mp4$")
MOST_FILES, MOST_MARKS, MOST_LINES = 500, 400, 20_000
HZ = 90_000  # recorder/fragments.py
TICKET_LASTS_S = 12 * 3600
_TICKET = re.compile(r"^([0-9]{10})\.([0-9a-f]{64})$")


@dataclass(frozen=True)
class Lines:
    """What the index says of one file."""

    started_ms: int = 0
    marks: tuple[MarkView, ...] = ()


@dataclass(frozen=True)
class Folder:
    """The recordings of one conference."""

    path: Path

    def listed(self, running: str) -> list[RecordingView]:
        """The newest first. `running`: the file that is being written, or ""."""
        said = _index(self.path)
        files = sorted((one for one in self._files() if NAME.match(one.name)), reverse=True)
        return [self._view(one, said.get(one.name, Lines()), one.name == running) for one in files[:MOST_FILES]]

    def file(self, name: str) -> Path:
        """The file of this name. Raises Refused `relay_recording_not_found` for anything that is no recording here."""
        path = self.path / name
        if not NAME.match(name) or path.is_symlink() or not path.is_file():
            raise Refused("relay_recording_not_found")
        return path

    def _files(self) -> list[Path]:
        if not self.path.is_dir():
            return []
        return [one for one in self.path.iterdir() if not one.is_symlink() and one.is_file()]

    def _view(self, path: Path, lines: Lines, running: bool) -> RecordingView:
        size = path.stat().st_size
        return RecordingView(
            file=path.name, started_ms=lines.started_ms, seconds=int(length(path, size)), running=running,
            megabytes=round(size / 1024 / 1024, 1), marks=list(lines.marks),
        )


def folder(settings: Settings, conference_id: int) -> Folder:
    """Where the recorder puts the files of a conference (planner.py)."""
    return Folder(settings.folder("relay") / "recordings" / str(conference_id))


def _index(folder: Path) -> dict[str, Lines]:
    """By file."""
    found: dict[str, Lines] = {}
    for one in index.entries(folder)[:MOST_LINES] if folder.is_dir() else ():
        before = found.get(one.file, Lines(started_ms=one.at_ms))
        marks = before.marks
        if one.mark and len(marks) < MOST_MARKS and (not marks or marks[-1].mark != one.mark):
            marks = (*marks, MarkView(second=one.second, mark=one.mark))
        found[one.file] = Lines(before.started_ms, marks)
    return found


@functools.lru_cache(maxsize=2 * MOST_FILES)
def length(path: Path, size: int) -> float:
    """Seconds of a fragmented MP4 of so many bytes, up to the beginning of its last whole fragment and a second more.

    It walks over the boxes without reading what is in them; a fragment that a crash cut off is not counted.
    """
    at, last, announced = 0, None, 0
    with path.open("rb") as file:
        while at + 8 <= size:
            file.seek(at)
            long, kind = struct.unpack("!I4s", file.read(8))
            if long < 8 or at + long > size:  # noqa: PLR2004  (a box is its head at least)
                break
            if kind == b"moof":
                announced = _time90(file.read(min(long - 8, 4096))) or announced
            elif kind == b"mdat":
                last = announced
            at += long
    return last / HZ + 1 if last is not None else 0.0


def _time90(moof: bytes) -> int | None:
    """The decode time of a fragment's first track (tfdt, version 1)."""
    at = moof.find(b"tfdt")
    return struct.unpack_from("!Q", moof, at + 8)[0] if 0 <= at <= len(moof) - 16 else None


def ticket(keys: Keys, conference_id: int, file: str, account: str, expires_s: int) -> str:
    """What lets this account download this file until then; it may stop and go on meanwhile."""
    return f"{expires_s}.{keys.mac('relay-recording', _said(conference_id, file, account, expires_s)).hex()}"


def check(keys: Keys, text: str, *, conference_id: int, file: str, account: str, now_s: float) -> None:
    """Raise Refused `relay_recording_ticket` unless it is a ticket of this account for this file."""
    found = _TICKET.match(text)
    if found is None or int(found[1]) < now_s:
        raise Refused("relay_recording_ticket")
    if not keys.check("relay-recording", _said(conference_id, file, account, int(found[1])), bytes.fromhex(found[2])):
        raise Refused("relay_recording_ticket")


def _said(conference_id: int, file: str, account: str, expires_s: int) -> bytes:
    return f"{conference_id}/{file}/{account}/{expires_s}".encode()


def free_mb(settings: Settings) -> int:
    """Megabytes free where recordings lie."""
    return shutil.disk_usage(settings.folder("relay")).free // (1024 * 1024)
