"""Asking the relay's supervisor, from the web process.

Each question has a line of its own: nothing is shared between requests, a supervisor that was killed and started again
needs no care, and a line costs a millisecond on ipc.
"""

import json
import secrets
from pathlib import Path
from typing import Any

import zmq
from gevent import monkey

from server.core.errors import Refused
from server.relay.daemon.wire import MOST_BYTES, address, answer_of, sockets_folder

PATIENCE = 6.0          # seconds for an answer; children have five
CONNECTS_WITHIN = 1000  # ms: a supervisor that runs takes a line at once


def ask(run: Path, kind: str, *, patience: float = PATIENCE, **data: Any) -> dict[str, Any]:
    """Ask the supervisor. Raises Refused: what it answered, or `relay_away` when it does not."""
    folder = sockets_folder(run)
    library = _library()
    socket = library.Context.instance().socket(zmq.DEALER)
    try:
        socket.setsockopt(zmq.LINGER, 0)
        socket.setsockopt(zmq.IDENTITY, f"web-{secrets.token_hex(8)}".encode())
        socket.setsockopt(zmq.IMMEDIATE, 1)  # a question to nobody must not wait in a queue
        socket.setsockopt(zmq.MAXMSGSIZE, MOST_BYTES)
        socket.connect(address(folder))
        if not socket.poll(CONNECTS_WITHIN, zmq.POLLOUT):
            raise Refused("relay_away")
        socket.send(json.dumps({"id": 1, "kind": kind, **data}).encode())
        if not socket.poll(int(patience * 1000), zmq.POLLIN):
            raise Refused("relay_away")
        return answer_of(json.loads(socket.recv()))
    finally:
        socket.close()


def _library() -> Any:
    """Under gevent a plain socket would stop every request; a test's thread has no use for the green one."""
    if monkey.is_module_patched("threading"):
        from zmq import green  # noqa: PLC0415  (only the web process runs under gevent)

        return green
    return zmq
