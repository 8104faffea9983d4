"""Streams of access units between processes: a publisher binds, any number of subscribers connect.

A stream is named `<conference>/<key>`: key is a source's ("primary", "backup", "site-12"), "program" (what everybody
gets, top rung and sound) or "low" (its low rung, pictures only). A slow subscriber loses units and never slows the
publisher: it sees a hole in `seq` and waits for the next IDR (`Gaps`).
"""

import contextlib
from pathlib import Path

import zmq
import zmq.asyncio

from server.core import clock
from server.relay.daemon.units import BadUnit, Flag, Track, Unit

EPOCH_ZERO = 17_672_256_000  # 2026-01-01T00:00Z in tenths of a second: 32 bits last until 2039
HWM = 256  # messages a subscriber may be behind: 2 s of 25 pictures and 50 packets of sound, and some


def stream_name(conference: int, key: str) -> str:
    """The name of a stream."""
    return f"{conference}/{key}"


def endpoint(folder: Path, stream: str) -> str:
    """Where a stream is published. `folder` comes from wire.sockets_folder: short enough for a socket's path."""
    return f"ipc://{folder}/{stream.replace('/', '-')}.media"


class Publisher:
    """The one writer of a stream. Numbers units; a new publisher of the same stream has a later epoch."""

    def __init__(self, folder: Path, stream: str) -> None:
        self.stream = stream
        self.epoch = clock.realtime_ns() // 100_000_000 - EPOCH_ZERO
        self._next = {Track.VIDEO: 0, Track.AUDIO: 0}
        self._socket: zmq.Socket[bytes] = zmq.Context.instance().socket(zmq.PUB)
        self._socket.setsockopt(zmq.LINGER, 0)
        self._socket.setsockopt(zmq.SNDHWM, HWM)
        path = endpoint(folder, stream)
        with contextlib.suppress(FileNotFoundError):
            Path(path.removeprefix("ipc://")).unlink()  # left behind by a publisher that was killed
        self._socket.bind(path)

    def send(
        self, track: Track, payload: bytes, pts90: int, *, capture_ns: int, flags: Flag = Flag.NONE,
        width: int = 0, height: int = 0,
    ) -> Unit:
        """Number and publish one unit; never waits."""
        unit = Unit(track, flags, self.epoch, self._next[track], pts90, capture_ns, payload, width, height)
        self._next[track] += 1
        with contextlib.suppress(zmq.Again):
            self._socket.send_multipart(unit.frames(self.stream), zmq.NOBLOCK, copy=len(payload) < 4096)  # noqa: PLR2004
        return unit

    def close(self) -> None:
        """Stop publishing."""
        self._socket.close()


class Subscriber:
    """A reader of one or more streams, in arrival order; connects before, during and after the publisher's life."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket: zmq.asyncio.Socket = zmq.asyncio.Context.instance().socket(zmq.SUB)
        self._socket.setsockopt(zmq.LINGER, 0)
        self._socket.setsockopt(zmq.RCVHWM, HWM)
        self._socket.setsockopt(zmq.RECONNECT_IVL, 20)
        self._socket.setsockopt(zmq.RECONNECT_IVL_MAX, 60)  # who comes back late misses an IDR
        self._streams: set[str] = set()

    def follow(self, stream: str) -> None:
        """Begin to read a stream."""
        if stream not in self._streams:
            self._streams.add(stream)
            self._socket.setsockopt(zmq.SUBSCRIBE, stream.encode() + b"|")
            self._socket.connect(endpoint(self._folder, stream))

    def leave(self, stream: str) -> None:
        """Stop reading a stream."""
        if stream in self._streams:
            self._streams.discard(stream)
            self._socket.setsockopt(zmq.UNSUBSCRIBE, stream.encode() + b"|")
            self._socket.disconnect(endpoint(self._folder, stream))

    async def next(self) -> tuple[str, Unit]:
        """The next unit and its stream; a message that is no unit is skipped."""
        while True:
            frames = await self._socket.recv_multipart()
            with contextlib.suppress(BadUnit, UnicodeDecodeError):
                return frames[0].decode().removesuffix("|"), Unit.parse(frames)

    def close(self) -> None:
        """Stop reading."""
        self._socket.close()


class Gaps:
    """Tells whether a unit of one stream can be used: pictures after a hole are worthless up to the next IDR."""

    def __init__(self) -> None:
        self._last: dict[Track, tuple[int, int]] = {}
        self._waiting = True
        self.holes = 0

    def take(self, unit: Unit) -> bool:
        """Whether `unit` can be decoded by one who got everything this said yes to."""
        last = self._last.get(unit.track)
        if last is not None and (unit.epoch, unit.seq) <= last:
            return False
        self._last[unit.track] = (unit.epoch, unit.seq)
        if unit.track is Track.AUDIO:
            return True
        if last is not None and (unit.epoch, unit.seq) != (last[0], last[1] + 1):
            self.holes += 1
            self._waiting = True
        if unit.key:
            self._waiting = False
        return not self._waiting
