"""What a source may be chosen from on this machine: files of the relay's folder, capture devices, sound devices."""

import re
from pathlib import Path

from server.relay.addresses import FILE_NAME
from server.relay.views.sources import FileChoice, NamedChoice, SourceChoices

MOST = 200
MEGA = 1024 * 1024
_CARD = re.compile(r"^\s*(\d+)\s+\[(\S+)\s*\]:\s*(.+)$")
VIDEO, CARDS = Path("/sys/class/video4linux"), Path("/proc/asound/cards")


def choices(folder: Path, video: Path = VIDEO, cards: Path = CARDS) -> SourceChoices:
    """Everything there is now; `folder` is the relay's part of the data folder, of which folders are left out."""
    return SourceChoices(files=_files(folder), devices=_devices(video), sounds=_sounds(cards))


def _files(folder: Path) -> list[FileChoice]:
    found = sorted(
        one for one in folder.iterdir() if FILE_NAME.match(one.name) and not one.is_symlink() and one.is_file()
    )
    return [FileChoice(name=one.name, megabytes=round(one.stat().st_size / MEGA, 1)) for one in found[:MOST]]


def _devices(video: Path) -> list[NamedChoice]:
    found = sorted(video.glob("video[0-9]*"), key=lambda one: int(one.name.removeprefix("video") or 0))
    return [NamedChoice(value=f"/dev/{one.name}", name=_name(one / "name")) for one in found[:MOST]]


def _name(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()[:80]
    except OSError:
        return ""


def _sounds(cards: Path) -> list[NamedChoice]:
    try:
        lines = cards.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []  # a machine without sound
    found = [match for line in lines if (match := _CARD.match(line))]
    return [NamedChoice(value=f"plughw:{one[1]},0", name=one[3].strip()[:80]) for one in found[:MOST]]
