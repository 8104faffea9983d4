"""One file of a recording: a thread of its own writes and syncs, so that pictures never wait for a slow disk."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import FileIO
from pathlib import Path

MOST_WAITING = 64 * 1024 * 1024  # bytes; a disk that is further behind than that does not keep up at all


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Writer:
    """Writes pieces in their order. Only whole pieces stay in the file.

    `failed` is called in the event loop, once, with what went wrong; nothing is written after that. Raises OSError when
    the file cannot be made.
    """

    def __init__(self, path: Path, failed: Callable[[OSError], None]) -> None:
        self.path = path
        self.taken = 0                       # bytes it was given
        self._whole = 0                      # bytes of whole pieces in the file
        self._failed, self._loop = failed, asyncio.get_running_loop()
        self._broken = False
        self._file = FileIO(path, "xb")
        self._thread = ThreadPoolExecutor(1, "recording")
        self._thread.submit(sync_folder, path.parent)

    def write(self, piece: bytes) -> None:
        """Take one piece; returns at once."""
        self.taken += len(piece)
        if self.taken - self._whole > MOST_WAITING:
            self._broke(OSError(0, "the disk is too slow"))
        else:
            self._thread.submit(self._put, piece, self.taken)

    @property
    def kept(self) -> bool:
        """Whether anything is in the file."""
        return self._whole > 0

    async def close(self) -> None:
        """Write what waits, and end the file."""
        self._thread.submit(self._file.close)
        await asyncio.to_thread(self._thread.shutdown)

    def _put(self, piece: bytes, end: int) -> None:
        if self._broken:
            return
        try:
            left = memoryview(piece)
            while left:  # a disk that is nearly full takes a part and says nothing
                left = left[self._file.write(left) or 0:]
            if end == self.taken:  # otherwise the next piece waits already, and its sync is for this one too
                os.fsync(self._file.fileno())
            self._whole = end
        except OSError as error:
            self._loop.call_soon_threadsafe(self._broke, error)
            self._broken = True
            os.ftruncate(self._file.fileno(), self._whole)

    def _broke(self, error: OSError) -> None:
        self._broken = True
        failed, self._failed = self._failed, _no_more
        failed(error)


def _no_more(_error: OSError) -> None:
    """It was told already."""
