"""Bytes on the line, seen from a client: HTTP/1.1 (RFC 9112), websocket (RFC 6455), Engine.IO 4 and Socket.IO 5.

Only what a simulated seat needs: text frames, no compression, no chunked requests. Frames of clients are masked; here
with zeros: the RFC asks for an unpredictable mask to protect proxies from hostile pages, and here is neither.
"""

import json
import secrets
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

CLOSE, TEXT, PING, PONG = 0x8, 0x1, 0x9, 0xA
_ONE_BYTE, _TWO_BYTES = 126, 127
_LONGEST_HEAD = 64 * 1024


class WireError(Exception):
    """The other side does not speak the protocol."""


# -- HTTP


@dataclass(frozen=True)
class Answer:
    """One HTTP answer. Moments are of the client's monotonic clock, in seconds."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    sent: float = 0.0
    arrived: float = 0.0
    tries: int = 1

    @property
    def ok(self) -> bool:
        """Whether the server did what was asked."""
        return 200 <= self.status < 300  # noqa: PLR2004  (RFC 9110 §15.3)

    def json(self) -> Any:
        """The body as JSON ({} when empty)."""
        return json.loads(self.body or b"{}")

    @property
    def code(self) -> str:
        """The refusal's code, "" when it is none."""
        if "problem+json" not in self.headers.get("content-type", ""):
            return ""
        return str(self.json().get("code", ""))


def request(method: str, host: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """The bytes of one request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body or method in ("POST", "PUT", "PATCH"):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class HttpReader:
    """Cuts a stream of bytes into answers."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Answer]:
        """Whole answers in `data` and what came before. Raises WireError."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            status, headers = parse_head(bytes(self._buffer[:end]))
            length = int(headers.get("content-length", "0"))
            if "chunked" in headers.get("transfer-encoding", ""):
                found = _unchunk(self._buffer, end + 4)
                if found is None:
                    return
                body, after = found
            else:
                after = end + 4 + length
                if len(self._buffer) < after:
                    return
                body = bytes(self._buffer[end + 4 : after])
            del self._buffer[:after]
            yield Answer(status, headers, body)
        if len(self._buffer) > _LONGEST_HEAD and b"\r\n\r\n" not in self._buffer:
            raise WireError("endless head")

    @property
    def rest(self) -> bytes:
        """Bytes that belong to no answer (after an upgrade: the first frames)."""
        return bytes(self._buffer)


def parse_head(head: bytes) -> tuple[int, dict[str, str]]:
    """Status and headers (names in lower case; of several Set-Cookie the last). Raises WireError."""
    first, *lines = head.decode("latin-1").split("\r\n")
    parts = first.split(" ", 2)
    if len(parts) < 2 or not parts[0].startswith("HTTP/1.") or not parts[1].isdecimal():  # noqa: PLR2004
        raise WireError(f"not HTTP: {first[:60]!r}")
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return int(parts[1]), headers


def _unchunk(buffer: bytearray, start: int) -> tuple[bytes, int] | None:
    body = b""
    while (end := buffer.find(b"\r\n", start)) >= 0:
        size = int(bytes(buffer[start:end]).split(b";")[0], 16)
        start = end + 2 + size + 2
        if len(buffer) < start:
            return None
        if size == 0:
            return body, start
        body += bytes(buffer[end + 2 : end + 2 + size])
    return None


# -- websocket


def upgrade(host: str, path: str, headers: Mapping[str, str]) -> bytes:
    """The opening handshake."""
    key = b64encode(secrets.token_bytes(16)).decode()
    return request("GET", host, path, {
        **headers, "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Key": key,
        "Sec-WebSocket-Version": "13",
    })


def frame(text: str, opcode: int = TEXT) -> bytes:
    """One client frame, masked with zeros."""
    payload = text.encode()
    length = len(payload)
    if length < _ONE_BYTE:
        return bytes((0x80 | opcode, 0x80 | length)) + b"\0\0\0\0" + payload
    if length < 1 << 16:
        return bytes((0x80 | opcode, 0x80 | _ONE_BYTE)) + length.to_bytes(2, "big") + b"\0\0\0\0" + payload
    return bytes((0x80 | opcode, 0x80 | _TWO_BYTES)) + length.to_bytes(8, "big") + b"\0\0\0\0" + payload


@dataclass
class FrameReader:
    """Cuts a stream of bytes into server frames (opcode, payload). Continuations are joined."""

    _buffer: bytes = b""
    _parts: list[bytes] = field(default_factory=list)

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Whole messages."""
        buffer = self._buffer + data if self._buffer else data
        start, have = 0, len(buffer)
        while have - start >= 2:  # noqa: PLR2004  (the shortest frame)
            opcode, length, body = buffer[start] & 0x0F, buffer[start + 1] & 0x7F, start + 2
            if length == _ONE_BYTE:
                length, body = int.from_bytes(buffer[start + 2 : start + 4], "big"), start + 4
            elif length == _TWO_BYTES:
                length, body = int.from_bytes(buffer[start + 2 : start + 10], "big"), start + 10
            if have < body or have < body + length:
                break
            payload, final = buffer[body : body + length], buffer[start] & 0x80
            start = body + length
            if opcode in (0, TEXT) and (self._parts or not final):
                self._parts.append(payload)
                if not final:
                    continue
                opcode, payload, self._parts = TEXT, b"".join(self._parts), []
            yield opcode, payload
        self._buffer = buffer[start:]


# -- Engine.IO 4 and Socket.IO 5 (text packets of the default namespace)


def connect_packet(auth: Mapping[str, object]) -> str:
    """Engine.IO message, Socket.IO connect."""
    return "40" + json.dumps(auth)


def event_packet(name: str, data: object, ack: int) -> str:
    """Engine.IO message, Socket.IO event that wants an answer."""
    return f"42{ack}" + json.dumps([name, data], ensure_ascii=False)


PONG_PACKET = "3"


@dataclass(frozen=True, slots=True)
class Packet:
    """`kind`: open, close, ping, connected, disconnected, event, ack or refused. `ack` is the id of an ack packet."""

    kind: str
    data: Any = None
    ack: int = -1


_ENGINE = {"0": "open", "1": "close", "2": "ping", "6": "noop"}
_SOCKET = {"0": "connected", "1": "disconnected", "2": "event", "3": "ack", "4": "refused"}


def parse_packet(payload: bytes) -> Packet:
    """One text message. Raises WireError."""
    text = payload.decode()
    if not text.startswith("4"):
        if text[:1] not in _ENGINE:
            raise WireError(f"unknown packet {text[:20]!r}")
        return Packet(_ENGINE[text[0]], json.loads(text[1:]) if text[:1] == "0" else None)
    if text[1:2] not in _SOCKET:
        raise WireError(f"unknown packet {text[:20]!r}")
    start = 2
    while text[start : start + 1].isdecimal():
        start += 1
    number = int(text[2:start]) if start > 2 else -1  # noqa: PLR2004
    return Packet(_SOCKET[text[1]], json.loads(text[start:]) if text[start:] else None, number)
