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
        self._out: zmq.Socket[bytes] | None = None
        self._lock = threading.Lock()  # a ZeroMQ socket may change threads, but only across a lock

    def tell(self, kind: str, **data: Any) -> None:
        """Say something to the web process without waiting: `topics`, `progress` or `restored`."""
        with self._lock:
            if self._out is None:
                self._out = zmq.Context.instance().socket(zmq.PUSH)
                self._out.setsockopt(zmq.LINGER, 500)
                self._out.setsockopt(zmq.SNDHWM, 1000)
                self._out.connect(self._address)
            try:
                self._out.send(json.dumps({"kind": kind, **data}).encode(), zmq.NOBLOCK)
            except zmq.Again:
                log.warning("bus_full", kind=kind)

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
        if self._out is not None:
            self._out.close()
            self._out = None


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
