"""One thread that drives thousands of connections: epoll, timers, and moments of arrival.

What arrives is stamped first and parsed later: as long as sockets keep being readable within `QUIET`, nothing is parsed
(for at most `patience` seconds). So the moment the last of a thousand seats got a push is not made later by parsing the
messages of the others.
"""

import contextlib
import errno
import heapq
import itertools
import select
import socket
import ssl
import time
from collections.abc import Callable

now = time.perf_counter
QUIET = 0.001  # seconds
_READ = select.EPOLLIN | select.EPOLLHUP | select.EPOLLERR | select.EPOLLRDHUP


class Line:
    """One TCP connection, opened at once; its owner hears `opened`, `arrived(data, moment)` and `ended`."""

    __slots__ = ("_loop", "_out", "_sock", "_state", "_tls", "arrived", "dropped", "ended", "opened")

    def __init__(
        self, loop: "Loop", address: tuple[str, int], *, opened: Callable[[], None],
        arrived: Callable[[bytes, float], None], ended: Callable[[], None], tls: ssl.SSLContext | None = None,
        server_name: str = "",
    ) -> None:
        self._loop, self.opened, self.arrived, self.ended = loop, opened, arrived, ended
        self.dropped = False
        self._out = b""
        self._state = "connecting"
        self._tls = tls is not None
        plain = socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET, socket.SOCK_STREAM)
        plain.setblocking(False)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        code = plain.connect_ex(address)
        self._sock = plain
        if code not in (0, errno.EINPROGRESS):
            plain.close()
            self._state = "closed"
            loop.after(0, self._tell_end)
            return
        if tls is not None:
            # Wrapped before the connection stands: the handshake is made when the socket becomes ready.
            self._sock = tls.wrap_socket(plain, do_handshake_on_connect=False, server_hostname=server_name)
        loop.add(self, select.EPOLLIN | select.EPOLLOUT)

    def fileno(self) -> int:
        """The socket's number."""
        return self._sock.fileno()

    @property
    def open(self) -> bool:
        """Whether bytes can be sent."""
        return self._state == "open"

    def send(self, data: bytes) -> None:
        """Send now what the socket takes, and the rest when it can."""
        if self._state != "open":
            return
        if self._out:
            self._out += data
            return
        try:
            sent = self._sock.send(data)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            sent = 0
        except OSError:
            self._fail()
            return
        if sent < len(data):
            self._out = data[sent:]
            self._loop.change(self, select.EPOLLIN | select.EPOLLOUT)

    def writable(self) -> None:
        """Called by the loop."""
        if self._state == "connecting":
            code = self._sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if code:
                self._fail()
                return
            self._state = "shaking" if self._tls else "open"
            if not self._tls:
                self._loop.change(self, select.EPOLLIN)
                self.opened()
                return
        if self._state == "shaking":
            self._shake()
        elif self._state == "open" and self._out:
            rest, self._out = self._out, b""
            self._loop.change(self, select.EPOLLIN)
            self.send(rest)

    def _shake(self) -> None:
        assert isinstance(self._sock, ssl.SSLSocket)  # noqa: S101  (only TLS lines shake hands)
        try:
            self._sock.do_handshake()
        except ssl.SSLWantReadError:
            self._loop.change(self, select.EPOLLIN)
        except ssl.SSLWantWriteError:
            self._loop.change(self, select.EPOLLOUT)
        except OSError:
            self._fail()
        else:
            self._state = "open"
            self._loop.change(self, select.EPOLLIN)
            self.opened()

    def readable(self) -> bytes | None:
        """What is there; None at the end of the connection, b"" when there is nothing yet."""
        if self._state == "shaking":
            self._shake()
            return b""
        if self._state != "open":
            return b"" if self._state == "closed" else None
        data = b""
        try:
            data = self._sock.recv(65536)
            while self._tls and data and (more := self._sock.recv(65536)):  # TLS keeps whole records to itself
                data += more
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return data
        except OSError:
            return None
        return data or None

    def _fail(self) -> None:
        # Told later: whoever is just sending must not find itself already reconnecting.
        self.close()
        self._loop.after(0, self._tell_end)

    def _tell_end(self) -> None:
        if not self.dropped:
            self.ended()

    def drop(self) -> None:
        """Close without a word: the owner hears nothing more of this line, not even what has already arrived."""
        self.dropped = True
        self.close()

    def close(self) -> None:
        """Close the socket (the loop does it at the end of a connection)."""
        if self._state != "closed":
            self._state = "closed"
            self._loop.remove(self)
            with contextlib.suppress(OSError):
                self._sock.close()


class Loop:
    """Runs lines and timers in the calling thread."""

    def __init__(self) -> None:
        self.patience = 0.005
        self._poll = select.epoll()
        self._lines: dict[int, Line] = {}
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._count = itertools.count()
        self._arrived: list[tuple[Line, bytes | None, float]] = []

    # -- for lines

    def add(self, line: Line, events: int) -> None:
        """Watch a new line."""
        self._lines[line.fileno()] = line
        self._poll.register(line.fileno(), events)

    def change(self, line: Line, events: int) -> None:
        """Watch for other events."""
        self._poll.modify(line.fileno(), events)

    def remove(self, line: Line) -> None:
        """Watch no longer."""
        number = line.fileno()
        if self._lines.pop(number, None) is not None:
            with contextlib.suppress(OSError):
                self._poll.unregister(number)

    # -- for everybody

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        """Call later."""
        heapq.heappush(self._timers, (now() + seconds, next(self._count), call))

    def run(self, until: Callable[[], bool], seconds: float) -> bool:
        """Turn until `until()` holds (True) or the time is over (False)."""
        limit = now() + seconds
        while not until():
            left = limit - now()
            if left <= 0:
                return False
            self._turn(left)
        return True

    def rest(self, seconds: float) -> None:
        """Turn for so long."""
        self.run(lambda: False, seconds)

    def close(self) -> None:
        """Close all lines."""
        for line in list(self._lines.values()):
            line.drop()
        self._poll.close()

    def _turn(self, longest: float) -> None:
        arrived = self._arrived
        if arrived:
            wait = QUIET
        else:
            wait = min(longest, 0.5, max(0.0, self._timers[0][0] - now()) if self._timers else longest)
        before = len(arrived)
        for number, events in self._poll.poll(wait):
            line = self._lines.get(number)
            if line is None:
                continue
            if events & _READ:
                data = line.readable()
                if data != b"":
                    arrived.append((line, data, now()))
                    if data is None:
                        line.close()
                        continue
            if events & select.EPOLLOUT:
                line.writable()
        if arrived and (len(arrived) == before or now() - arrived[0][2] > self.patience):
            self._deliver()
        self._ring()

    def _deliver(self) -> None:
        arrived, self._arrived = self._arrived, []
        for line, data, moment in arrived:
            if line.dropped:
                continue
            if data is None:
                line.ended()
            else:
                line.arrived(data, moment)

    def _ring(self) -> None:
        moment = now()
        while self._timers and self._timers[0][0] <= moment:
            heapq.heappop(self._timers)[2]()
