"""Words between processes over ZeroMQ: the worker and the command line tell the web process what changed.

Every message is only a hint that something can be read again: the rows are the truth, and a web process that starts
reads them afresh. So a message that finds nobody may be lost.
"""

import hashlib
import json
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
import zmq

from server.core.trouble import WrongData

log = structlog.get_logger(__name__)

MOST_BYTES = 256 * 1024  # a report of the relay with 600 labels is some 90 KiB
LONGEST_IPC_PATH = 100  # sockaddr_un holds 107 bytes


class Bus:
    """One end of the bus. The web process listens; all others tell."""

    def __init__(self, folder: Path) -> None:
        self._address = _address(folder)
        self._words: zmq.Socket[bytes] | None = None
        self._state: zmq.Socket[bytes] | None = None
        self._full = False
        self._lock = threading.Lock()  # a ZeroMQ socket may change threads, but only across a lock

    def tell(self, kind: str, **data: Any) -> None:
        """Say something to the web process without waiting: `topics`, `progress` or `restored`.

        A thousand words are kept for a web process that is away.
        """
        with self._lock:
            if self._words is None:
                self._words = self._open(most=1000)
            sent = _sent(self._words, kind, data)
            if not sent and not self._full:  # once an outage, not once a word
                log.warning("bus_full", kind=kind)
            self._full = not sent

    def state(self, kind: str, **data: Any) -> None:
        """Say how things are now, as is done again soon: for a web process that is away none of it is kept."""
        with self._lock:
            if self._state is None:
                self._state = self._open(most=2, only_connected=True)
            _sent(self._state, kind, data)

    def _open(self, most: int, *, only_connected: bool = False) -> "zmq.Socket[bytes]":
        out: zmq.Socket[bytes] = zmq.Context.instance().socket(zmq.PUSH)
        out.setsockopt(zmq.LINGER, 500)
        out.setsockopt(zmq.SNDHWM, most)
        out.setsockopt(zmq.IMMEDIATE, int(only_connected))
        out.connect(self._address)
        return out

    def listen(self, handle: Callable[[dict[str, Any]], None]) -> None:
        """Receive for ever, in a greenlet of the web process. A bad message is logged and skipped."""
        from zmq import green  # noqa: PLC0415  (only the web process runs under gevent)

        socket: Any = green.Context.instance().socket(zmq.PULL)
        socket.setsockopt(zmq.MAXMSGSIZE, MOST_BYTES)
        socket.bind(self._address)
        while True:
            raw = socket.recv()
            try:
                handle(json.loads(raw))
            except Exception as error:  # one bad word must not end the conversation
                log.error("bus_message_failed", error=repr(error))

    def close(self) -> None:
        """Send what is waiting and close."""
        for out in (self._words, self._state):
            if out is not None:
                out.close()
        self._words = self._state = None


def _sent(out: "zmq.Socket[bytes]", kind: str, data: dict[str, Any]) -> bool:
    try:
        out.send(json.dumps({"kind": kind, **data}).encode(), zmq.NOBLOCK)
    except zmq.Again:
        return False
    return True


def _address(folder: Path) -> str:
    path = folder.resolve() / "bus"
    if len(str(path)) > LONGEST_IPC_PATH:
        short = Path("/tmp") / f"nghisu-{hashlib.sha256(str(path).encode()).hexdigest()[:16]}"  # noqa: S108  (0700, and ours by name)
        short.mkdir(mode=0o700, exist_ok=True)
        found = short.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
            raise WrongData(f"{short} belongs to somebody else: remove it, or use a shorter data folder")
        path = short / "bus"
    return f"ipc://{path}"
