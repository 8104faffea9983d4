"""Talks to the child process that opens PDFs (`pdfium_child.py`), with limits on time and memory.

A child that crashes, hangs or runs out of memory costs its caller one exception, nothing else.
"""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import structlog

from server.core import clock

CHILD = Path(__file__).with_name("pdfium_child.py")
LINE_LIMIT = 1 << 20  # bytes of one answer line: 5,000 page sizes fit
ENDING_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
IMAGE_LIMIT = 64 << 20  # bytes of one encoded page

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use. `answer_s` is wall-clock time between two answers, so for one page image."""

    memory_bytes: int = 1536 << 20
    answer_s: float = 60.0
    cpu_s: int = 3600


class ChildFailedError(Exception):
    """The child died, hung or answered nonsense; `reason` is for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ChildInterruptedError(Exception):
    """The child was told to end (a shutdown signals every process): the file is not to blame, do it again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer line, and the bytes that came with it."""

    fields: dict[str, Any]
    content: bytes = b""


def ask(request: dict[str, object], limits: Limits) -> Generator[Answer, None, None]:
    """Run one child for `request` and yield its answers. Raises ChildFailedError or ChildInterruptedError.

    The child is gone when the iterator ends, fails or is closed.
    """
    body = {**request, "memory_bytes": limits.memory_bytes, "cpu_s": limits.cpu_s}
    with tempfile.TemporaryFile() as stderr:
        # -I: the child sees neither our environment variables nor the current folder. -B: it writes no bytecode,
        # which its limit on file sizes would cut off.
        child = subprocess.Popen(  # noqa: S603  our own interpreter and script
            [sys.executable, "-I", "-B", str(CHILD)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        )
        try:
            yield from _converse(child, json.dumps(body).encode(), limits)
        except ChildFailedError as failure:
            child.kill()
            if -child.wait() in ENDING_SIGNALS:
                raise ChildInterruptedError from failure
            _log.warning("pdf_child_failed", reason=failure.reason, exit=child.returncode, stderr=_tail(stderr))
            raise
        finally:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    with suppress(BrokenPipeError):
                        pipe.close()


def _converse(child: "subprocess.Popen[bytes]", body: bytes, limits: Limits) -> Iterator[Answer]:
    assert child.stdin  # noqa: S101  Popen was given a pipe
    assert child.stdout  # noqa: S101  Popen was given a pipe
    try:
        child.stdin.write(body)
        child.stdin.close()
    except BrokenPipeError:
        raise ChildFailedError("did not start") from None
    reader = _Reader(child.stdout.fileno(), limits.answer_s)
    while True:
        reader.restart_clock()
        line = reader.line()
        if not line:
            break
        try:
            fields = json.loads(line)
            size = int(fields.get("bytes", 0))
        except (ValueError, TypeError, AttributeError):
            raise ChildFailedError("answered nonsense") from None
        if not 0 <= size <= IMAGE_LIMIT:
            raise ChildFailedError("image too large")
        yield Answer(fields, reader.exactly(size))
    if child.wait(timeout=limits.answer_s):
        raise ChildFailedError(f"died with {child.returncode}")


class _Reader:
    """Reads a pipe with a deadline, so that a hung child is noticed."""

    def __init__(self, handle: int, seconds: float) -> None:
        self.handle = handle
        self.seconds = seconds
        self.deadline = 0.0
        self.held = bytearray()

    def restart_clock(self) -> None:
        self.deadline = clock.monotonic() + self.seconds

    def line(self) -> bytes:
        """The next line without its end; empty at the end of the stream."""
        while (end := self.held.find(b"\n")) < 0:
            if len(self.held) > LINE_LIMIT:
                raise ChildFailedError("line too long")
            if not self._more():
                if self.held:
                    raise ChildFailedError("stopped in mid-line")
                return b""
        return self._take(end + 1)[:-1]

    def exactly(self, size: int) -> bytes:
        while len(self.held) < size:
            if not self._more():
                raise ChildFailedError("stopped in mid-image")
        return self._take(size)

    def _take(self, size: int) -> bytes:
        taken = bytes(self.held[:size])
        del self.held[:size]
        return taken

    def _more(self) -> bool:
        left = self.deadline - clock.monotonic()
        if left <= 0 or not select.select([self.handle], [], [], left)[0]:
            raise ChildFailedError(f"no answer within {self.seconds:g} s")
        chunk = os.read(self.handle, 1 << 18)
        self.held += chunk
        return bool(chunk)


def _tail(stderr: BinaryIO) -> str:
    stderr.seek(0, os.SEEK_END)
    stderr.seek(max(0, stderr.tell() - 1000))
    return stderr.read().decode("utf-8", "replace")
