"""The websocket under Engine.IO, with one addition: `push`, which writes a prepared frame of a topic straight away.

Why our own: python-engineio queues a packet and wakes a greenlet for each client, which made a push to a thousand seats
1.6 times as slow as Node's socket.io (facts/web.md). Server frames are not masked (RFC 6455 §5.1), so the bytes of one
push are the same for everybody: frame once, write to each socket.

Rules that keep it correct:
* frames are never interleaved: whoever writes holds `_busy` until the whole frame is out;
* a client whose socket is full keeps only the newest frame of each topic (topics are whole states), so a slow seat
  costs at most one frame a topic and never delays the others;
* Engine.IO's own messages (pings, acknowledgements) keep their order and go before waiting topics, so that a line which
  is slow but alive does not look dead;
* a client that takes nothing for STALL seconds is closed; it comes back and gets the current state;
* no permessage-deflate: a compression context a client would cost more memory than the messages.

It stands on names python-engineio calls private (`_async["websocket"]`); the versions are pinned in pyproject.toml and
tests/core/test_websocket.py is the contract.
"""

import base64
import contextlib
import hashlib
import os
import socket
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import gevent
import structlog
from gevent.event import Event
from wsproto import ConnectionType
from wsproto.connection import Connection
from wsproto.events import BytesMessage, CloseConnection, Ping, TextMessage
from wsproto.utilities import LocalProtocolError, RemoteProtocolError

log = structlog.get_logger(__name__)

MOST_BYTES_IN = 64 * 1024
STALL = 20.0  # seconds
KERNEL_BYTES = 128 * 1024  # unsent bytes the kernel keeps a connection (Linux doubles it for its own accounting)
ENVIRON_KEY = "nghisu.websocket"
_PACKETS = "0123456"  # types of Engine.IO 4; anything else would be an exception in the library
_ONE_BYTE, _TWO_BYTES = 126, 65536
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455 §1.3
_SWITCHING = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
_BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


def text_frame(text: str) -> bytes:
    """One unmasked, final text frame (RFC 6455 §5.2)."""
    payload = text.encode()
    length = len(payload)
    if length < _ONE_BYTE:
        return bytes((0x81, length)) + payload
    if length < _TWO_BYTES:
        return b"\x81\x7e" + length.to_bytes(2, "big") + payload
    return b"\x81\x7f" + length.to_bytes(8, "big") + payload


class LiveWebSocket:
    """What Engine.IO calls a websocket (`send`, `wait`, `close`), plus `push`."""

    def __init__(self, handler: Callable[["LiveWebSocket"], object], _server: object) -> None:
        self._handler = handler
        self._wire = Connection(ConnectionType.SERVER)
        self._inbox: list[str] = []
        self._part: list[str] = []
        self._part_bytes = 0
        self._busy = False
        self._messages: deque[tuple[bytes, Event]] = deque()
        self._waiting: dict[str, bytes] = {}
        self.connected = False
        self.dropped = 0  # frames that a newer one of the same topic overtook

    def __call__(self, environ: dict[str, Any], _start_response: object) -> Iterable[bytes]:
        """WSGI entry: shake hands, run Engine.IO's handler until the end, tell gunicorn the socket is used up."""
        self.sock = environ["gunicorn.socket"]
        self.sock.settimeout(None)
        # Else the kernel keeps megabytes of stale frames for a slow client, and hides for long that it takes any.
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)
        environ[ENVIRON_KEY] = self
        if not self._shake_hands(environ):
            raise StopIteration
        try:
            self._handler(self)
        finally:
            self.connected = False
            with contextlib.suppress(OSError):
                self.sock.close()
        raise StopIteration  # gunicorn: the connection is finished and was answered by hand

    # -- receiving

    def wait(self) -> str | None:
        """The next whole message; None when the connection is over."""
        while self.connected and not self._inbox:
            try:
                data = self.sock.recv(8192)
                self._wire.receive_data(data or None)
                self._take_events()
            except (OSError, LocalProtocolError, RemoteProtocolError):
                self.connected = False
        return self._inbox.pop(0) if self._inbox else None

    def _take_events(self) -> None:
        for event in self._wire.events():
            if isinstance(event, TextMessage | BytesMessage):
                self._take_part(event)
            elif isinstance(event, Ping):
                self._write(self._wire.send(event.response()))
            elif isinstance(event, CloseConnection):
                with contextlib.suppress(OSError, LocalProtocolError):
                    self._write(self._wire.send(event.response()))
                self.connected = False

    def _take_part(self, event: TextMessage | BytesMessage) -> None:
        if isinstance(event, BytesMessage):
            self._refuse("binary")  # no screen of ours sends any
            return
        self._part.append(event.data)
        self._part_bytes += len(event.data)
        if self._part_bytes > MOST_BYTES_IN:
            self._refuse("too large")
            return
        if event.message_finished:
            message = "".join(self._part)
            self._part, self._part_bytes = [], 0
            if message and message[0] in _PACKETS:
                self._inbox.append(message)
            else:
                self._refuse("not Engine.IO")

    def _refuse(self, reason: str) -> None:
        log.warning("websocket_message_refused", reason=reason)
        self.connected = False

    # -- sending

    def send(self, message: str | bytes) -> None:
        """Send one message of Engine.IO; waits for the socket. Raises OSError when it is closed."""
        if not self.connected:
            raise OSError("closed")
        self._write(text_frame(message) if isinstance(message, str) else self._wire.send(BytesMessage(data=message)))

    def push(self, topic: str, frame: bytes) -> None:
        """Write a prepared frame now if the socket takes it; otherwise keep the newest of this topic for later."""
        if not self.connected:
            return
        if self._busy:
            self.dropped += topic in self._waiting
            self._waiting[topic] = frame
            return
        try:
            written = os.write(self.sock.fileno(), frame)
        except BlockingIOError:
            written = 0
        except OSError:
            self._abort()
            return
        if written < len(frame):
            self._busy = True
            gevent.spawn(self._drain, frame[written:])

    def _write(self, frame: bytes) -> None:
        """Write one frame after those that wait already. Raises OSError when the connection ends before it is out."""
        if not self.connected:
            raise OSError("closed")
        if self._busy:
            out = Event()
            self._messages.append((frame, out))
            out.wait()
        else:
            self._busy = True
            self._drain(frame)
        if not self.connected:
            raise OSError("closed")

    def _drain(self, rest: bytes) -> None:
        """Write `rest` and whatever comes to wait meanwhile; the caller has set `_busy`."""
        try:
            self._write_out(rest)
            while self._messages or self._waiting:
                if self._messages:
                    frame, out = self._messages.popleft()
                    try:
                        self._write_out(frame)
                    finally:
                        out.set()
                else:
                    self._write_out(self._waiting.pop(next(iter(self._waiting))))
        except (OSError, gevent.Timeout):
            self._abort()
        finally:
            self._busy = False
            while self._messages:  # the connection is over: whoever waits learns it
                self._messages.popleft()[1].set()

    def _write_out(self, frame: bytes) -> None:
        rest = memoryview(frame)
        while rest:
            with gevent.Timeout(STALL):
                rest = rest[self.sock.send(rest) :]

    def _abort(self) -> None:
        self.connected = False
        self._waiting.clear()
        with contextlib.suppress(OSError):
            self.sock.shutdown(2)  # wakes the reader, which ends the connection the ordinary way

    def close(self) -> None:
        """Say goodbye if the socket takes it at once, and end the connection. Never waits for the client."""
        if self.connected and not self._busy:
            with contextlib.suppress(OSError, LocalProtocolError):
                os.write(self.sock.fileno(), self._wire.send(CloseConnection(code=1000)))
        self._abort()

    def _shake_hands(self, environ: dict[str, Any]) -> bool:
        # By hand, because a thousand screens that come back after a restart shake hands at once: a general HTTP parser
        # would read once more what gunicorn has read, for a tenth of the work of a connection.
        key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "")
        if environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13" or not _is_nonce(key):
            log.info("websocket_refused", reason="not a handshake of RFC 6455")
            with contextlib.suppress(OSError):
                self.sock.sendall(_BAD_REQUEST)
            return False
        accept = base64.b64encode(hashlib.sha1(key.encode() + _GUID, usedforsecurity=False).digest())
        try:
            self.sock.sendall(_SWITCHING + accept + b"\r\n\r\n")
            self.connected = True
        except OSError:
            self.connected = False
        return self.connected


def _is_nonce(key: str) -> bool:
    """Sixteen bytes in base64 (RFC 6455 §4.2.1)."""
    try:
        return len(base64.b64decode(key, validate=True)) == 16  # noqa: PLR2004
    except ValueError:
        return False
