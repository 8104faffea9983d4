"""A transport stream over SRT as a file for libavformat: called, or waited for."""

import threading
from ctypes import create_string_buffer
from types import TracebackType
from typing import Self

from server.core import clock
from server.relay.daemon.ingest.address import SrtWay
from server.relay.daemon.ingest.why import BadSource, Why
from server.relay.daemon.srt import library as srt
from server.relay.daemon.srt.library import Connection, Figures, SrtError

_WHY: dict[str, Why] = {
    "missing": "ffmpeg_missing", "refused": "password_refused", "no_answer": "no_answer", "port_taken": "port_taken",
    "ended": "ended",
}


class Losses:
    """How much of a connection did not come in time, second by second; read by another thread."""

    def __init__(self) -> None:
        self.percent = 0.0
        self._looked = 0.0

    @property
    def due(self) -> bool:
        """Whether a second has passed."""
        return clock.monotonic() - self._looked >= 1

    def take(self, figures: Figures | None) -> None:
        """What the library counted since the last look, None when nobody is on the line."""
        self._looked = clock.monotonic()
        lost, came = (figures.received_dropped, figures.received) if figures is not None else (0, 0)
        self.percent = round(100 * lost / max(1, lost + came), 1)


class Received:
    """The bytes of one connection. `timeouts`: seconds until somebody is on the line, and without a byte."""

    def __init__(self, way: SrtWay, timeouts: tuple[float, float], stop: threading.Event, losses: Losses) -> None:
        self._way, self._timeouts, self._stop, self._losses = way, timeouts, stop, losses
        self._line: Connection | None = None
        self._buffer = create_string_buffer(srt.LARGEST)
        self.why: Why = "ended"

    def __enter__(self) -> Self:
        """Connect. Raises BadSource."""
        try:
            self._line = self._wait() if self._way.listen else self._call()
        except SrtError as error:
            raise BadSource(_WHY.get(error.kind, "failed")) from None
        except OSError:
            raise BadSource("no_way_there") from None
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Hang up."""
        self._losses.take(None)
        if self._line is not None:
            self._line.close()

    def read(self, _count: int) -> bytes:
        """The next message; empty at the end."""
        assert self._line is not None  # noqa: S101
        until = clock.monotonic() + self._timeouts[1]
        while not self._stop.is_set():
            try:
                found = self._line.receive(self._buffer)
            except SrtError:
                self.why = "ended"
                return b""
            if self._losses.due:
                self._losses.take(self._line.figures())
            if found:
                return found
            if clock.monotonic() > until:
                self.why = "stalled"
                break
        return b""

    def _call(self) -> Connection:
        way = self._way
        return srt.call(
            way.host, way.port, stream=way.stream, passphrase=way.passphrase, latency_ms=way.latency_ms,
            patience_ms=int(self._timeouts[1] * 1000),
        )

    def _wait(self) -> Connection:
        way, until = self._way, clock.monotonic() + self._timeouts[0]
        door = srt.Listener(
            way.host, way.port, lambda name: way.passphrase if way.stream in ("", name) else None,
            latency_ms=way.latency_ms or srt.DEFAULT_LATENCY_MS,
        )
        try:
            while not self._stop.is_set() and clock.monotonic() < until:
                came = door.accept()
                if came is not None:
                    came[0].wait_at_most(srt.POLL_MS)
                    return came[0]
        finally:
            door.close()  # one caller: who calls while he is on the line is turned away
        raise SrtError("no_answer")
