"""Opening what address.py allows, in this process or through ffmpeg, and closing it whatever happened."""

import contextlib
import os
import select
import subprocess
import threading
from collections.abc import Iterator

import av
import av.error
import av.logging
from av.container import InputContainer

from server.core import clock
from server.relay.daemon.ingest.address import Opening, SrtWay
from server.relay.daemon.ingest.fetch import Fetcher
from server.relay.daemon.ingest.srt_in import Losses, Received
from server.relay.daemon.ingest.why import BadSource, Why

MOST_WORDS = 4000  # bytes of ffmpeg's complaints that are read
_SAID: tuple[tuple[str, Why], ...] = (  # what ffmpeg writes, lower case → what it means
    ("connection refused", "connection_refused"), ("address already in use", "port_taken"),
    ("unauthorized", "password_refused"), ("bad secret", "password_refused"), ("no such file", "device_missing"),
    ("no such device", "device_missing"), ("permission denied", "password_refused"),
    ("timed out", "no_answer"), ("connection setup failure", "no_answer"), ("no route", "no_way_there"),
    ("network is unreachable", "no_way_there"),
)


class Pipe:
    """The bytes of a subprocess as a file for libavformat: reading ends after too long a silence, or when told to."""

    def __init__(self, descriptor: int, first_s: float, later_s: float, stop: threading.Event) -> None:
        self._descriptor, self._patience, self._later, self._stop = descriptor, first_s, later_s, stop
        self.silent = False
        self.bytes = 0

    def read(self, count: int) -> bytes:
        """Up to `count` bytes; empty at the end."""
        until = clock.monotonic() + self._patience
        while not self._stop.is_set():
            if select.select([self._descriptor], [], [], 0.2)[0]:
                found = os.read(self._descriptor, count)
                self.bytes += len(found)
                self._patience = self._later
                return found
            if clock.monotonic() > until:
                self.silent = True
                break
        return b""


@contextlib.contextmanager
def opened(how: Opening, stop: threading.Event, losses: Losses | None = None) -> Iterator[InputContainer]:
    """The container of a source. Raises BadSource and av.error.FFmpegError, both also from within reading.

    `losses` is told what an SRT line loses.
    """
    av.logging.set_level(None)
    if how.srt is not None:
        with _over_srt(how, how.srt, stop, losses or Losses()) as container:
            yield container
        return
    if not how.command:
        io_open = Fetcher(how.reach).open if how.reach is not None else None
        with av.open(
            how.url, "r", format=how.format, options=how.options, timeout=how.timeouts, io_open=io_open
        ) as container:
            yield container
        return
    process = subprocess.Popen(  # noqa: S603  (a fixed program, parameters checked in address.py, no shell)
        how.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None  # noqa: S101
    pipe = Pipe(process.stdout.fileno(), *how.timeouts, stop)
    try:
        with av.open(pipe, "r", format=how.format, options=how.options, buffer_size=1316 * 8) as container:
            yield container
    except av.error.FFmpegError:
        if pipe.silent:
            raise BadSource("stalled" if pipe.bytes else "no_answer") from None
        raise BadSource(_complaint(process) if not pipe.bytes else "ended") from None
    finally:
        _end(process)


@contextlib.contextmanager
def _over_srt(how: Opening, way: SrtWay, stop: threading.Event, losses: Losses) -> Iterator[InputContainer]:
    with Received(way, how.timeouts, stop, losses) as pipe:
        try:
            with av.open(pipe, "r", format=how.format, options=how.options, buffer_size=1316 * 8) as container:
                yield container
        except av.error.FFmpegError:
            raise BadSource(pipe.why) from None


def _complaint(process: subprocess.Popen[bytes]) -> Why:
    """Why ffmpeg gave up, from its words; the words themselves hold the address and go nowhere."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(1)
    process.kill()
    assert process.stderr is not None  # noqa: S101
    said = process.stderr.read(MOST_WORDS).decode(errors="replace").lower()
    return next((why for words, why in _SAID if words in said), "no_answer")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()
