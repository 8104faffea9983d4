"""The door of a source that waits to be called over RTMP or RTSP: libav's own accepts anybody, and waits for ever.

An encoder is let in when it names the path (the stream key) of the source within some seconds; one at a time, and no
longer than it keeps sending. The door stays open while libav, on a port of its own behind it, starts again.
"""

import asyncio
import contextlib
import socket
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import structlog

from server.core import clock
from server.relay.daemon.ingest.why import Why
from server.relay.plan import SourcePlan

log = structlog.get_logger(__name__)

NAMES_ITSELF_S = 8.0     # from the call to the stream key
MAKES_ROOM_S = 2.0       # after which a caller without the key makes room for one from elsewhere
REMEMBERED_S, REMEMBERED = 60.0, 1000  # addresses that did not know the key
SILENT_S = 8.0           # of an encoder that was let in
LOOKED_AT = 16 * 1024    # bytes within which the key must have come: it stands before the first picture
PIECE = 64 * 1024
BEHIND_S = 5.0           # that libav may need to listen again
AGAIN_S = 2.0


def keeps(source: SourcePlan) -> bool:
    """Whether a source has such a door. RTSP over UDP has ports of its own beside the call and cannot have one."""
    return source.listen and (source.kind == "rtmp" or (source.kind == "rtsp" and source.transport == "tcp"))


@dataclass
class _Caller:
    address: str
    since: float
    line: asyncio.StreamWriter
    named: bool = False


class Doorman:
    """`inside` is the source as libav is to open it. `run` works until cancelled; `why` says when the port is taken."""

    def __init__(self, source: SourcePlan) -> None:
        parts = urlsplit(source.address)
        self._host, self._port = parts.hostname or "", parts.port or (1935 if source.kind == "rtmp" else 554)
        self._inner = _free_port()
        self.inside = source.model_copy(
            update={"address": urlunsplit(parts._replace(netloc=f"127.0.0.1:{self._inner}"))}
        )
        path = parts.path.rstrip("/")
        # RTMP sends the last part by itself, after the rest; RTSP the whole path in its first line.
        self._key = (path.rpartition("/")[2] if source.kind == "rtmp" else path).encode()
        self._inside: _Caller | None = None
        self._failed: OrderedDict[str, float] = OrderedDict()
        self.why: Why = ""

    async def run(self) -> None:
        """Answer calls; try again while somebody else has the port."""
        while True:
            try:
                server = await asyncio.start_server(self._call, self._host or None, self._port, limit=PIECE)
            except OSError:
                self.why = "port_taken"
                await asyncio.sleep(AGAIN_S)
                continue
            self.why = ""
            async with server:
                await server.serve_forever()

    async def _call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            first = await asyncio.wait_for(reader.read(PIECE), NAMES_ITSELF_S)
            address = str((writer.get_extra_info("peername") or ("",))[0])
            if not first or not self._room_for(address):  # who calls and says nothing keeps nobody waiting
                return
            caller = self._inside = _Caller(address, clock.monotonic(), writer)
            try:
                await self._let_in(caller, first, reader, writer)
            finally:
                self._over(caller)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def _room_for(self, address: str) -> bool:
        """Whether a new caller may try: one without the key who holds the door makes room for another machine."""
        inside = self._inside
        if inside is None:
            return True
        if inside.named or inside.address == address or self._has_failed(address):
            return False
        if clock.monotonic() - inside.since < MAKES_ROOM_S and not self._has_failed(inside.address):
            return False
        inside.line.transport.abort()  # its own task comes to an end by that
        self._over(inside)
        return True

    def _has_failed(self, address: str) -> bool:
        return clock.monotonic() - self._failed.get(address, float("-inf")) < REMEMBERED_S

    def _over(self, caller: _Caller) -> None:
        if self._inside is caller:
            self._inside = None
        if not caller.named:
            self._failed[caller.address] = clock.monotonic()
            if len(self._failed) > REMEMBERED:
                self._failed.popitem(last=False)

    async def _let_in(
        self, caller: _Caller, first: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        behind_reader, behind_writer = await self._behind()
        back = asyncio.create_task(_carry(behind_reader, writer))
        try:
            await self._forward(caller, first, reader, behind_writer)
        finally:
            back.cancel()
            behind_writer.close()
            await asyncio.gather(back, return_exceptions=True)

    async def _forward(
        self, caller: _Caller, first: bytes, reader: asyncio.StreamReader, behind: asyncio.StreamWriter
    ) -> None:
        """Hand the encoder's bytes on; before it has named the key only as much as a greeting needs."""
        said = piece = first
        caller.named = self._named(said)
        async with asyncio.timeout(NAMES_ITSELF_S) as patience:
            while piece:
                if not caller.named and len(said) > LOOKED_AT:
                    log.warning("ingest_wrong_key")
                    return
                if caller.named:
                    patience.reschedule(asyncio.get_running_loop().time() + SILENT_S)
                behind.write(piece)
                await behind.drain()
                piece = await reader.read(PIECE)
                if not caller.named:
                    said += piece
                    caller.named = self._named(said)

    def _named(self, said: bytes) -> bool:
        """Whether the key was said; RTMP puts a byte C3 between every 128."""
        return self._key in said or self._key in said.replace(b"\xc3", b"")

    async def _behind(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        async with asyncio.timeout(BEHIND_S):
            while True:
                with contextlib.suppress(ConnectionRefusedError):
                    return await asyncio.open_connection("127.0.0.1", self._inner)
                await asyncio.sleep(0.05)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(PIECE):
        writer.write(piece)
        await writer.drain()
    writer.close()  # libav has hung up: so do we


def _free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])
