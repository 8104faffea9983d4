"""Backup and restore of the data folder while the server runs (DESIGN §4).

A backup is one tar: the database (SQLite's online backup: a consistent moment), the files, the keys, and a manifest
with the SHA-256 of each. Rendered pages are left out; they are made again. Files are content-addressed and never
change, so copying them after the database can only copy more than needed, never less.

A restore makes the saved database ready beside the live one (tables brought up to date, a new epoch, its own journal
row), writes the files, and then copies it over the live one with SQLite's online backup: readers and a kill see the old
state or the new one, never a mixture. The web process is told to drop its caches and hang up, so that every screen
comes back and takes the restored state.

PostgreSQL: use pg_dump and pg_restore for the rows (`database_unsupported`).
"""

import contextlib
import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sqlalchemy.exc import DatabaseError

import server.features  # noqa: F401  (declares every table)
from server.core import journal, meta
from server.core.access import SYSTEM
from server.core.bus import Bus
from server.core.config import Settings
from server.core.db import Database
from server.core.errors import Refused, define
from server.core.writer import Tx, Writer
from server.documents.files import INCOMING
from server.migrations import current, newest, upgrade

define(
    "database_unsupported", 400,
    vi="Lệnh này dành cho SQLite; PostgreSQL dùng pg_dump và pg_restore.",
    en="This command is for SQLite; use pg_dump and pg_restore with PostgreSQL.",
    next_vi="Sao lưu thư mục dữ liệu và cơ sở dữ liệu bằng công cụ của chúng.",
    next_en="Back up the data folder and the database with their own tools.",
)
define(
    "backup_damaged", 422,
    vi="Bản sao lưu bị hỏng: {what}.", en="The backup is damaged: {what}.",
    next_vi="Dùng một bản sao lưu khác; dữ liệu đang dùng chưa bị thay đổi.",
    next_en="Use another backup; nothing has been changed.",
)

define(
    "backup_newer", 409,
    vi="Bản sao lưu này của phiên bản mới hơn (dữ liệu {revision}).",
    en="This backup was made by a newer program (data revision {revision}).",
    next_vi="Cài phiên bản mới hơn rồi khôi phục; dữ liệu đang dùng chưa bị thay đổi.",
    next_en="Install the newer program, then restore; nothing has been changed.",
)

DATABASE = "nghisu.db"
MANIFEST = "manifest.json"
FOLDERS = ("files", "keys")


@dataclass(frozen=True)
class Figures:
    """What a backup or restore held."""

    files: int
    bytes: int
    journal_seq: int


def back_up(settings: Settings, archive: Path) -> Figures:
    """Write `archive` (.tar, mode 0600: it holds the keys) through a temporary file beside it."""
    source = _sqlite_file(settings)
    archive.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=archive.parent) as work:
        copy = Path(work) / DATABASE
        _copy_database(source, copy)
        manifest: dict[str, str] = {}
        size = 0
        draft = Path(work) / "draft.tar"
        with tarfile.open(draft, "w") as tar:
            for name, path in [(DATABASE, copy), *_files(settings)]:
                manifest[name] = _digest(path)
                size += path.stat().st_size
                tar.add(path, name, recursive=False)
            _add_text(tar, MANIFEST, json.dumps(manifest))
        draft.chmod(0o600)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        seq = _journal_seq(copy)
        draft.replace(archive)
    return Figures(len(manifest), size, seq)


def restore(settings: Settings, archive: Path) -> Figures:
    """Bring back what `archive` holds. Raises Refused `backup_damaged` before anything is changed."""
    target = _sqlite_file(settings)
    settings.data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.data) as work:
        manifest = _unpack(archive, Path(work))
        size = sum((Path(work) / name).stat().st_size for name in manifest)
        _begin_new_epoch(Path(work) / DATABASE)
        for name in manifest:
            if name != DATABASE:
                _put(Path(work) / name, settings.data / name)
        _copy_database(Path(work) / DATABASE, target)
    bus = Bus(settings.folder("run"))
    bus.tell("restored")
    bus.close()
    return Figures(len(manifest), size, _journal_seq(target))


def _begin_new_epoch(copy: Path) -> None:
    """Make a saved database ready for this program. Raises Refused `backup_newer`."""

    def command(tx: Tx) -> None:
        meta.renew_epoch(tx)
        tx.record("server.restored", SYSTEM)

    if (revision := _revision(copy)) > newest():
        raise Refused("backup_newer", revision=revision)
    database = Database(f"sqlite:///{copy}")
    try:
        upgrade(database.writer)
        Writer(database).run(command)
    finally:
        database.dispose()


def _revision(copy: Path) -> str:
    database = Database(f"sqlite:///{copy}")
    try:
        return current(database.writer) or ""
    except DatabaseError:
        raise Refused("backup_damaged", what=DATABASE) from None
    finally:
        database.dispose()


def _sqlite_file(settings: Settings) -> Path:
    if not settings.database.startswith("sqlite:///"):
        raise Refused("database_unsupported")
    return Path(settings.database.removeprefix("sqlite:///"))


def _copy_database(source: Path, target: Path) -> None:
    with contextlib.closing(sqlite3.connect(source)) as one, contextlib.closing(sqlite3.connect(target)) as other:
        other.execute("PRAGMA busy_timeout=10000")
        one.backup(other)


def _files(settings: Settings) -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        for path in sorted((settings.data / folder).rglob("*")):
            if path.is_file() and path.parent.name != INCOMING:  # an upload on its way is in no row yet
                yield path.relative_to(settings.data).as_posix(), path


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    raw = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size = len(raw)
    tar.addfile(entry, io.BytesIO(raw))


def _unpack(archive: Path, work: Path) -> dict[str, str]:
    """Unpack into `work` and check every file against the manifest."""
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(work, filter="data")
        manifest: dict[str, str] = json.loads((work / MANIFEST).read_text("utf-8"))
    except (tarfile.TarError, OSError, ValueError) as error:
        raise Refused("backup_damaged", what=type(error).__name__) from None
    for name, digest in manifest.items():
        path = work / name
        if PurePosixPath(name).parts[0] not in (DATABASE, *FOLDERS) or not path.is_file() or _digest(path) != digest:
            raise Refused("backup_damaged", what=name[:80])
    if DATABASE not in manifest:
        raise Refused("backup_damaged", what=DATABASE)
    return manifest


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if target.parent.name == "keys" else 0o755)
    if target.exists() and _digest(target) == _digest(source):
        return
    source.replace(target)


def _journal_seq(path: Path) -> int:
    database = Database(f"sqlite:///{path}")
    with database.read() as session:
        seq = journal.head(session)[0]
    database.dispose()
    return seq
