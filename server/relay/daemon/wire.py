"""Words between the relay's supervisor and everybody else: its children and the web process.

The supervisor binds a ROUTER; each peer has a DEALER whose identity is its name ("fanout-0", "ingest-3-primary",
"web"). A word is one JSON object. `{"id", "to", "kind", …}` asks and is answered by `{"re", "ok", …}` or
`{"re", "refused", …}`; without `id` it is a notice. A word for another peer ("to") is passed on by the supervisor.
"""

import asyncio
import contextlib
import hashlib
import json
import os
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import structlog
import zmq
import zmq.asyncio

from server.core.errors import Refused
from server.core.trouble import WrongData

log = structlog.get_logger(__name__)

LONGEST_FOLDER = 60  # bytes: a socket's path holds 107, the longest name of ours 40
MOST_BYTES = 1024 * 1024
PATIENCE = 5.0  # seconds for an answer

Word = dict[str, Any]
Handler = Callable[[str, Word], Awaitable[Word | None]]
"""(name of the sender, word) → the answer's fields, None for {}; raises Refused."""


def sockets_folder(run: Path) -> Path:
    """Where the relay's ipc sockets lie: below the data folder, or a private short folder when that path is too long.

    Raises WrongData when the short folder belongs to somebody else.
    """
    folder = run.resolve() / "relay"
    if len(str(folder).encode()) > LONGEST_FOLDER:
        folder = Path("/tmp") / f"nghisu-{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}"  # noqa: S108  (0700, and ours by name)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise WrongData(f"{folder} can be read by others: remove it, or use a shorter data folder")
    return folder


def address(folder: Path) -> str:
    """Where the supervisor listens."""
    return f"ipc://{folder}/words"


def answer_of(word: Word) -> Word:
    """The answer of a reply, or raise the Refused it carries."""
    if "refused" in word:
        raise Refused(str(word["refused"]), None, **{str(k): str(v) for k, v in word.get("params", {}).items()})
    return word


async def reply_to(handle: Handler, sender: str, word: Word) -> Word:
    """Carry a request out; whatever goes wrong becomes an answer."""
    try:
        return {"re": word["id"], "ok": True, **(await handle(sender, word) or {})}
    except Refused as refused:
        return {"re": word["id"], "refused": refused.code, "params": refused.params}
    except Exception as error:  # one bad request must not end the conversation
        log.error("relay_word_failed", kind=word.get("kind"), error=repr(error))
        return {"re": word["id"], "refused": "internal", "params": {}}


class Peer:
    """One end that talks to the supervisor."""

    def __init__(self, folder: Path, name: str, handle: Handler) -> None:
        self.name = name
        self._handle = handle
        self._socket: zmq.asyncio.Socket = zmq.asyncio.Context.instance().socket(zmq.DEALER)
        self._socket.setsockopt(zmq.IDENTITY, name.encode())
        self._socket.setsockopt(zmq.LINGER, 200)
        self._socket.connect(address(folder))
        self._waiting: dict[int, asyncio.Future[Word]] = {}
        self._next = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def tell(self, kind: str, **data: Any) -> None:
        """A notice to the supervisor."""
        await self._send({"kind": kind, **data})

    async def ask(self, to: str, kind: str, **data: Any) -> Word:
        """Ask the supervisor ("") or, through it, another peer. Raises Refused (`relay_away` without an answer)."""
        self._next += 1
        number = self._next
        self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            await self._send({"id": number, "to": to, "kind": kind, **data})
            return answer_of(await asyncio.wait_for(self._waiting[number], PATIENCE))
        except TimeoutError:
            raise Refused("relay_away") from None
        finally:
            del self._waiting[number]

    async def listen(self) -> None:
        """Hear words for ever; each is handled in a task of its own."""
        while True:
            raw = await self._socket.recv()
            with contextlib.suppress(ValueError):
                word = json.loads(raw)
                if "re" in word:
                    future = self._waiting.get(word["re"])
                    if future is not None and not future.done():
                        future.set_result(word)
                    continue
                task = asyncio.create_task(self._hear(word))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _hear(self, word: Word) -> None:
        if "id" in word:
            answer = await reply_to(self._handle, str(word.get("from", "")), word)
            await self._send({**answer, "to": word.get("from", "")})
        else:
            await reply_to(self._handle, str(word.get("from", "")), {**word, "id": 0})

    async def _send(self, word: Word) -> None:
        await self._socket.send(json.dumps(word).encode())

    def close(self) -> None:
        """Hang up."""
        self._socket.close()
