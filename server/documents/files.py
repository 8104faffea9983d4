"""The file store of DESIGN §4: every content once, named by its SHA-256, written once, verified on read.

    files/ab/cd/abcd…            the content, mode 0440
    files/.incoming/<random>     an upload on its way; what a killed process left is swept away

A content appears under its name only after it is whole and on the disk: temp file, fsync, rename, fsync of the folder.
"""

import hashlib
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from server.core import clock
from server.core.errors import Refused
from server.documents import refusals as _refusals  # noqa: F401  registers the codes raised here

CHUNK = 1 << 20  # bytes read at a time
STALE_SECONDS = 24 * 3600  # an unfinished upload older than this belongs to nobody

INCOMING = ".incoming"
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Stored:
    """What the store knows of a content: its name (SHA-256, hex) and its size in bytes."""

    sha256: str
    size: int


class FileStore:
    """A content-addressed folder. Several processes may use one folder at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, source: BinaryIO, *, limit: int, name: str = "") -> Stored:
        """Store everything `source` still holds, at most `limit` bytes.

        Raises Refused `document_too_large` as soon as the limit is passed and `document_empty` for nothing at all;
        then nothing is kept. The same content twice is one file; a damaged copy is replaced by the good one.
        """
        incoming = self.folder / INCOMING
        incoming.mkdir(parents=True, exist_ok=True)
        temp = incoming / secrets.token_hex(16)
        try:
            stored = _copy(source, temp, limit=limit, name=name)
            self._settle(temp, stored)
        finally:
            temp.unlink(missing_ok=True)
        return stored

    def path(self, sha256: str) -> Path:
        """Where a content lies (or would lie). Raises ValueError when `sha256` is not 64 lower-case hex digits."""
        if not SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256: {sha256[:80]!r}")
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def has(self, sha256: str) -> bool:
        """Whether the content is here (its bytes are not checked)."""
        return self.path(sha256).is_file()

    def verified(self, sha256: str) -> Path:
        """The path of a content whose bytes were just checked. Raises Refused `file_missing` or `file_damaged`."""
        path = self.path(sha256)
        try:
            found = _digest(path)
        except FileNotFoundError:
            raise Refused("file_missing", sha256=sha256) from None
        except OSError as error:  # an unreadable sector is damage, too
            raise Refused("file_damaged", sha256=sha256) from error
        if found != sha256:
            raise Refused("file_damaged", sha256=sha256)
        return path

    def read(self, sha256: str) -> bytes:
        """The whole content; exactly the bytes returned were checked. Raises as `verified`."""
        path = self.path(sha256)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise Refused("file_missing", sha256=sha256) from None
        except OSError as error:
            raise Refused("file_damaged", sha256=sha256) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Refused("file_damaged", sha256=sha256)
        return content

    def sweep(self) -> int:
        """Delete uploads that were never finished (older than a day). Returns how many."""
        gone = 0
        for temp in (self.folder / INCOMING).glob("*"):
            with suppress(FileNotFoundError):
                if clock.now().timestamp() - temp.stat().st_mtime > STALE_SECONDS:
                    temp.unlink()
                    gone += 1
        return gone

    def _settle(self, temp: Path, stored: Stored) -> None:
        target = self.path(stored.sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not _is_good(target, stored.sha256):
            temp.rename(target)
        # Also when it was there: whoever put it may not have come to this line yet.
        for folder in (target.parent, target.parent.parent, self.folder):
            sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copy(source: BinaryIO, temp: Path, *, limit: int, name: str) -> Stored:
    digest, size = hashlib.sha256(), 0
    with temp.open("xb") as out:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise Refused("document_too_large", name=name, limit_mb=limit // (1 << 20))
            digest.update(chunk)
            out.write(chunk)
        if size == 0:
            raise Refused("document_empty", name=name)
        out.flush()
        temp.chmod(0o440)
        os.fsync(out.fileno())
    return Stored(digest.hexdigest(), size)


def _is_good(path: Path, sha256: str) -> bool:
    try:
        return _digest(path) == sha256
    except OSError:
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
