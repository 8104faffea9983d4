"""The units of one conference as they come: a plain SUB socket on the loop's own poll.

`streams.Subscriber` costs a future and a task's turn for each unit (some 200 µs); here the loop calls `take` for all
that has come.
"""

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path

import zmq

from server.relay.daemon.streams import HWM, endpoint
from server.relay.daemon.units import BadUnit, Unit

AT_ONCE = 64  # units before others have their turn
SOONEST, LATEST = 20, 60  # ms between attempts to find a publisher again: who comes back late misses an IDR


class Feed:
    """Reads streams; calls `take(stream, unit)`. Begin with `open` inside a running loop."""

    def __init__(self, folder: Path, streams: tuple[str, ...], take: Callable[[str, Unit], None]) -> None:
        self._take = take
        self._names = {stream.encode() + b"|": stream for stream in streams}
        self._socket: zmq.Socket[bytes] = zmq.Context.instance().socket(zmq.SUB)
        for option, value in (
            (zmq.LINGER, 0), (zmq.RCVHWM, HWM), (zmq.RECONNECT_IVL, SOONEST), (zmq.RECONNECT_IVL_MAX, LATEST),
        ):
            self._socket.setsockopt(option, value)
        for stream in streams:
            self._socket.setsockopt(zmq.SUBSCRIBE, stream.encode() + b"|")
            self._socket.connect(endpoint(folder, stream))
        self._descriptor: int = self._socket.getsockopt(zmq.FD)
        self._loop: asyncio.AbstractEventLoop | None = None

    def open(self) -> None:
        """Begin to read."""
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._descriptor, self.drain)
        self.drain()

    def drain(self) -> None:
        """Take what has come. The descriptor of ZeroMQ tells of changes only, so what is left is taken next turn."""
        for _ in range(AT_ONCE):
            try:
                frames = self._socket.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            except zmq.ZMQError:  # closed
                return
            stream = self._names.get(frames[0])
            with contextlib.suppress(BadUnit):
                if stream is not None:
                    self._take(stream, Unit.parse(frames))
        if self._loop is not None:
            self._loop.call_soon(self.drain)

    def close(self) -> None:
        """Stop reading."""
        if self._loop is not None:
            self._loop.remove_reader(self._descriptor)
            self._loop = None
        self._socket.close()
