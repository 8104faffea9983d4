"""The HTTP side of a simulated screen: one session cookie, one kept-alive connection, one request at a time.

A request that got no answer is sent again with the same Idempotency-Key until there is one, as the screens do; so a
restart of the server costs a moment and never a ballot.
"""

import collections
import json
import random
import secrets
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from server.rehearsal import wire
from server.rehearsal.loop import Line, Loop, now
from server.rehearsal.wire import Answer, HttpReader

PATIENCE = 15.0  # seconds without an answer before a request is sent again
RETRY = (0.2, 2.0)
BUSY = 503

Done = Callable[[Answer], None]


@dataclass(frozen=True)
class Target:
    """Where the server is."""

    host: str
    address: tuple[str, int]
    tls: ssl.SSLContext | None = None

    @classmethod
    def parse(cls, url: str, ca: str | None = None) -> "Target":
        """From `http://host:port` or https; `ca` is a file with the server's authority. Raises ValueError, OSError."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"not an address of a server: {url!r}")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        tls = ssl.create_default_context(cafile=ca) if parts.scheme == "https" else None
        return cls(parts.netloc, (str(found[0][4][0]), port), tls)

    @property
    def name(self) -> str:
        """The host's name without the port, for TLS."""
        return urlsplit(f"//{self.host}").hostname or ""


@dataclass
class _Asked:
    method: str
    path: str
    body: bytes
    headers: dict[str, str]
    done: Done
    retry: bool
    sent: float = 0.0
    tries: int = 0


def new_key() -> str:
    """An Idempotency-Key."""
    return secrets.token_hex(16)


class Browser:
    """One screen's HTTP."""

    def __init__(self, loop: Loop, target: Target, surface: str, token: str = "") -> None:
        self.loop, self.target, self.surface, self.token = loop, target, surface, token
        self._line: Line | None = None
        self._reader = HttpReader()
        self._waiting: collections.deque[_Asked] = collections.deque()
        self._served = 0

    @property
    def cookie(self) -> dict[str, str]:
        """The session as a header."""
        return {"Cookie": f"nghisu_{self.surface}={self.token}"} if self.token else {}

    def ask(
        self, method: str, path: str, body: object = None, *, done: Done, key: str = "", retry: bool = True,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Send a request; `done` gets the answer. `body`: JSON, or bytes with their own Content-Type header.

        With `retry` it is sent again until the server has answered (503 is no answer); without, a lost connection
        answers status 0.
        """
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        given = {"X-Nghisu-Surface": self.surface, **(headers or {})}
        if method != "GET":
            given["Idempotency-Key"] = key or new_key()
        if raw and "Content-Type" not in given:
            given["Content-Type"] = "application/json"
        self._waiting.append(_Asked(method, path, raw, given, done, retry))
        if len(self._waiting) == 1:
            self._send()

    def do(self, method: str, path: str, body: object = None, *, seconds: float = 60.0, **more: Any) -> Answer:
        """`ask`, and turn the loop until the answer is there. Raises TimeoutError."""
        answers: list[Answer] = []
        self.ask(method, path, body, done=answers.append, **more)
        if not self.loop.run(lambda: bool(answers), seconds):
            raise TimeoutError(f"{method} {path}: no answer in {seconds:.0f} s")
        return answers[0]

    def cut(self) -> None:
        """Lose the connection; a request under way is sent again soon."""
        if self._line is not None:
            self._line.drop()
            self._lost()

    def close(self) -> None:
        """Close the connection and forget what was asked."""
        self._waiting.clear()
        if self._line is not None:
            self._line.drop()
            self._line = None

    def _send(self) -> None:
        if not self._waiting:
            return
        if self._line is None:
            self._reader, self._served = HttpReader(), 0
            self._line = Line(
                self.loop, self.target.address, opened=self._write, arrived=self._arrived, ended=self._lost,
                tls=self.target.tls, server_name=self.target.name,
            )
        elif self._line.open:
            self._write()

    def _write(self) -> None:
        if not self._waiting or self._line is None:
            return
        asked = self._waiting[0]
        asked.tries += 1
        tries = asked.tries
        asked.sent = asked.sent or now()
        self._line.send(wire.request(
            asked.method, self.target.host, asked.path, {**asked.headers, **self.cookie}, asked.body
        ))
        self.loop.after(PATIENCE, lambda: self._give_up(asked, tries))

    def _give_up(self, asked: _Asked, tries: int) -> None:
        if self._waiting and self._waiting[0] is asked and asked.tries == tries:
            self.cut()

    def _arrived(self, data: bytes, moment: float) -> None:
        try:
            answers = list(self._reader.feed(data))
        except (wire.WireError, ValueError):
            self.cut()
            return
        for answer in answers:
            self._take(answer, moment)

    def _take(self, answer: Answer, moment: float) -> None:
        if not self._waiting:
            return
        self._served += 1
        asked = self._waiting[0]
        if answer.headers.get("connection", "").lower() == "close" and self._line is not None:
            self._line.drop()
            self._line = None
        if answer.status == BUSY and asked.retry:
            self.loop.after(random.uniform(*RETRY), self._send)  # noqa: S311  (spreads load, hides nothing)
            return
        self._waiting.popleft()
        self._keep_cookie(answer)
        asked.done(replace(answer, sent=asked.sent, arrived=moment, tries=asked.tries))
        self._send()

    def _keep_cookie(self, answer: Answer) -> None:
        name, _, rest = answer.headers.get("set-cookie", "").partition("=")
        if name == f"nghisu_{self.surface}":
            self.token = rest.split(";")[0]

    def _lost(self) -> None:
        served, self._line = self._served, None
        self._served = 0
        if not self._waiting:
            return
        asked = self._waiting[0]
        if not asked.retry:
            self._waiting.popleft()
            asked.done(Answer(0, {}, b"", asked.sent, now(), asked.tries))
            self._send()
        elif served and asked.tries <= 1:
            self._send()  # the server had closed an idle connection just when it was used again
        else:
            self.loop.after(random.uniform(*RETRY), self._send)  # noqa: S311
