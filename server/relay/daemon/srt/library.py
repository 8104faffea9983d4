"""libsrt by ctypes: what this relay needs of it. Passphrases go into the library's memory and nowhere else.

Source of names, numbers and shapes: srt.h of libsrt 1.5 (Debian 12 and 13 ship 1.5).
"""

import contextlib
import ctypes
import functools
import socket
import struct
from collections.abc import Callable
from ctypes import (
    CFUNCTYPE,
    POINTER,
    byref,
    c_char_p,
    c_double,
    c_int,
    c_int64,
    c_uint64,
    c_void_p,
    create_string_buffer,
)
from dataclasses import dataclass

NAMES = ("libsrt-gnutls.so.1.5", "libsrt-openssl.so.1.5", "libsrt.so.1.5", "libsrt.so.1")
LARGEST = 1456          # bytes of one message in live mode
PAYLOAD = 1316          # seven packets of MPEG-TS
KEY_BYTES = 32          # AES-256
BACKLOG = 64
LOG_NOTHING = 0
DEFAULT_LATENCY_MS = 120  # the library's own
POLL_MS = 200

_SNDSYN, _RCVSYN, _SNDBUF, _SNDTIMEO, _RCVTIMEO, _MAXBW = 1, 2, 5, 13, 14, 16
_LATENCY, _PASSPHRASE, _PBKEYLEN, _CONNTIMEO = 23, 26, 27, 36
_RCVLATENCY, _PEERLATENCY, _STREAMID, _IPV6ONLY, _PEERIDLETIMEO = 43, 44, 46, 54, 55
_CONNECTED = 5
_REJECTED, _TIMED_OUT, _WAIT_READ, _WAIT_WRITE = 1002, 6003, 6002, 6001
_BAD_SECRET = (10, 11)  # SRT_REJ_BADSECRET, SRT_REJ_UNSECURE
_SEND_BUFFER = 2 * 1024 * 1024  # bytes: two seconds of a full rung and some

Judge = Callable[[str], str | None]
"""Stream id → its passphrase; None: nobody is let in by that name."""


class SrtError(OSError):
    """Something of SRT failed. `kind`: missing, refused, no_answer, port_taken, ended or failed."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class _Figures(ctypes.Structure):
    """The beginning of SRT_TRACEBSTATS, up to the round trip; the library writes more behind it."""

    _fields_ = (
        ("ms", c_int64), ("sent_total", c_int64), ("received_total", c_int64),
        *((f"total_{n}", c_int) for n in range(7)), ("us_total", c_int64), ("drop_totals", c_int * 3),
        ("byte_totals", c_uint64 * 7), ("sent", c_int64), ("received", c_int64), ("sent_lost", c_int),
        ("received_lost", c_int), ("again", c_int), ("received_again", c_int), ("words", c_int * 4),
        ("rates", c_double * 2), ("us", c_int64), ("reorder", c_int), ("belated_ms", c_double), ("belated", c_int64),
        ("sent_dropped", c_int), ("received_dropped", c_int), ("undecrypted", c_int), ("bytes", c_uint64 * 7),
        ("us_period", c_double), ("windows", c_int * 3), ("rtt_ms", c_double),
    )


@dataclass(frozen=True)
class Figures:
    """Of one connection since the last look: packets sent (also again), reported lost, sent again, dropped as too late
    by the sender; packets received and those that never came in time; the round trip in ms."""

    sent: int
    lost: int
    again: int
    sent_dropped: int
    received: int
    received_dropped: int
    rtt_ms: float


_HOOK = CFUNCTYPE(c_int, c_void_p, c_int, c_int, c_void_p, c_char_p)


@functools.cache
def library() -> ctypes.CDLL:
    """The library, ready. Raises SrtError `missing`."""
    for name in NAMES:
        with contextlib.suppress(OSError):
            found = ctypes.CDLL(name)
            break
    else:
        raise SrtError("missing")
    found.srt_getlasterror.argtypes = [POINTER(c_int)]
    found.srt_listen_callback.argtypes = [c_int, _HOOK, c_void_p]
    found.srt_startup()
    found.srt_setloglevel(LOG_NOTHING)
    return found


def _address(host: str, port: int) -> bytes:
    """A sockaddr. Raises OSError."""
    family, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)[0]
    raw = socket.inet_pton(family, str(where[0]).partition("%")[0])
    if family == socket.AF_INET6:
        scope = int(where[3]) if len(where) > 3 else 0  # noqa: PLR2004
        return struct.pack("=H", family) + struct.pack("!HI16s", port, 0, raw) + struct.pack("=I", scope)
    return struct.pack("=H", family) + struct.pack("!H4s8x", port, raw)


class Connection:
    """One socket of the library."""

    def __init__(self, number: int | None = None) -> None:
        self._lib = library()
        self.number = self._lib.srt_create_socket() if number is None else number

    def set(self, option: int, value: int | str, *, wide: bool = False) -> None:
        """An option of the socket. Raises SrtError."""
        if isinstance(value, str):
            raw = value.encode()
            code = self._lib.srt_setsockflag(self.number, option, raw, len(raw))
        else:
            kind = c_int64 if wide else c_int
            code = self._lib.srt_setsockflag(self.number, option, byref(kind(value)), ctypes.sizeof(kind))
        if code < 0:
            raise SrtError("failed")

    @property
    def alive(self) -> bool:
        """Whether it is connected."""
        return bool(self._lib.srt_getsockstate(self.number) == _CONNECTED)

    def send(self, message: bytes) -> bool:
        """Send one message of at most PAYLOAD bytes, without waiting; False: its buffer is full. Raises SrtError."""
        if self._lib.srt_send(self.number, message, len(message)) >= 0:
            return True
        if self._lib.srt_getlasterror(None) == _WAIT_WRITE:
            return False
        raise SrtError("ended")

    def receive(self, buffer: "ctypes.Array[ctypes.c_char]") -> bytes | None:
        """One message, None when none came within the time limit. Raises SrtError `ended`."""
        got = self._lib.srt_recv(self.number, buffer, LARGEST)
        if got >= 0:
            return buffer.raw[:got]
        if self._lib.srt_getlasterror(None) in (_TIMED_OUT, _WAIT_READ):
            return None
        raise SrtError("ended")

    def wait_at_most(self, ms: int) -> None:
        """How long `receive` waits."""
        self.set(_RCVSYN, 1)
        self.set(_RCVTIMEO, ms)

    def figures(self) -> Figures | None:
        """Since the last look; None for a connection that is gone."""
        room = create_string_buffer(2048)
        if self._lib.srt_bstats(self.number, room, 1) < 0:
            return None
        raw = _Figures.from_buffer(room)
        return Figures(
            raw.sent, raw.sent_lost, raw.again, raw.sent_dropped, raw.received, raw.received_dropped, raw.rtt_ms
        )

    def close(self) -> None:
        """Hang up."""
        self._lib.srt_close(self.number)


class Listener:
    """Waits for callers that `judge` knows; `accept` is called from a thread of its own."""

    def __init__(self, host: str, port: int, judge: Judge, *, latency_ms: int, most_bytes_s: int = 0) -> None:
        self._socket = Connection()
        self._lib = library()
        self._judge = judge
        self._hook = _HOOK(self._look)  # kept: the library calls it as long as it listens
        for option, value in ((_RCVSYN, 1), (_RCVTIMEO, 500), (_LATENCY, latency_ms), (_PBKEYLEN, KEY_BYTES),
                              (_SNDSYN, 0), (_SNDBUF, _SEND_BUFFER), (_PEERIDLETIMEO, 3000)):
            self._socket.set(option, value)
        if most_bytes_s:
            self._socket.set(_MAXBW, most_bytes_s, wide=True)
        address = _address(host, port)
        if ":" in host:
            self._socket.set(_IPV6ONLY, 0)
        if self._lib.srt_bind(self._socket.number, address, len(address)) < 0:
            self.close()
            raise SrtError("port_taken")
        self._lib.srt_listen_callback(self._socket.number, self._hook, None)
        if self._lib.srt_listen(self._socket.number, BACKLOG) < 0:
            self.close()
            raise SrtError("port_taken")

    def _look(self, _data: object, number: int, _version: int, _peer: object, stream: bytes | None) -> int:
        """Called by the library before a handshake is answered: name its passphrase, or turn the caller away."""
        try:
            passphrase = self._judge((stream or b"").decode())
            if passphrase is None:
                return -1
            if passphrase:
                Connection(number).set(_PASSPHRASE, passphrase)
        except (SrtError, UnicodeDecodeError):
            return -1
        return 0

    def accept(self) -> tuple[Connection, str] | None:
        """A caller and its stream id; None when nobody called for half a second. Raises SrtError when closed."""
        number = self._lib.srt_accept(self._socket.number, None, None)
        if number < 0:
            if self._lib.srt_getlasterror(None) in (_TIMED_OUT, _WAIT_READ):
                return None
            raise SrtError("ended")
        name, length = create_string_buffer(600), c_int(600)
        self._lib.srt_getsockflag(number, _STREAMID, name, byref(length))
        return Connection(number), name.value.decode(errors="replace")

    def close(self) -> None:
        """Listen no more."""
        self._socket.close()


def call(
    host: str, port: int, *, stream: str = "", passphrase: str = "", latency_ms: int = 0, patience_ms: int = 5000,
    ) -> Connection:
    """Call a listener; `receive` then waits at most POLL_MS. Raises SrtError, and OSError for an unknown host."""
    made = Connection()
    for option, value in ((_RCVSYN, 1), (_RCVTIMEO, POLL_MS), (_CONNTIMEO, patience_ms), (_PEERIDLETIMEO, 3000)):
        made.set(option, value)
    if latency_ms:
        made.set(_LATENCY, latency_ms)
    if stream:
        made.set(_STREAMID, stream)
    if passphrase:
        made.set(_PASSPHRASE, passphrase)
    address = _address(host, port)
    if made._lib.srt_connect(made.number, address, len(address)) < 0:
        refused = made._lib.srt_getlasterror(None) == _REJECTED
        why = made._lib.srt_getrejectreason(made.number)
        made.close()
        raise SrtError("refused" if refused and (why in _BAD_SECRET or why >= _PEER_SAYS_NO) else "no_answer")
    return made


_PEER_SAYS_NO = 2  # SRT_REJ_PEER and everything a listener gives as its reason
