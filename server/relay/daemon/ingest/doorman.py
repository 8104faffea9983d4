"""The door of a source that waits to be called over RTMP or RTSP: libav's own accepts anybody, and waits for ever.

An encoder is let in when it names the path (the stream key) of the source within some seconds; one at a time, and no
longer than it keeps sending. The door stays open while libav, on a port of its own behind it, starts again.
"""

import asyncio
import contextlib
import socket
from urllib.parse import urlsplit, urlunsplit

import structlog

from server.relay.daemon.ingest.why import Why
from server.relay.plan import SourcePlan

log = structlog.get_logger(__name__)

NAMES_ITSELF_S = 8.0     # from the call to the stream key
SILENT_S = 8.0           # of an encoder that was let in
LOOKED_AT = 16 * 1024    # bytes within which the key must have come: it stands before the first picture
PIECE = 64 * 1024
BEHIND_S = 5.0           # that libav may need to listen again
AGAIN_S = 2.0


def keeps(source: SourcePlan) -> bool:
    """Whether a source has such a door. RTSP over UDP has ports of its own beside the call and cannot have one."""
    return source.listen and (source.kind == "rtmp" or (source.kind == "rtsp" and source.transport == "tcp"))


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
        self._busy = False
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
            if self._busy or not first:
                return
            self._busy = True  # only now: who calls and says nothing keeps nobody waiting
            try:
                await self._let_in(first, reader, writer)
            finally:
                self._busy = False
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _let_in(self, first: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind_reader, behind_writer = await self._behind()
        back = asyncio.create_task(_carry(behind_reader, writer))
        try:
            await self._forward(first, reader, behind_writer)
        finally:
            back.cancel()
            behind_writer.close()
            await asyncio.gather(back, return_exceptions=True)

    async def _forward(self, first: bytes, reader: asyncio.StreamReader, behind: asyncio.StreamWriter) -> None:
        """Hand the encoder's bytes on; before it has named the key only as much as a greeting needs."""
        said = piece = first
        named = self._named(said)
        async with asyncio.timeout(NAMES_ITSELF_S) as patience:
            while piece:
                if not named and len(said) > LOOKED_AT:
                    log.warning("ingest_wrong_key")
                    return
                if named:
                    patience.reschedule(asyncio.get_running_loop().time() + SILENT_S)
                behind.write(piece)
                await behind.drain()
                piece = await reader.read(PIECE)
                if not named:
                    said += piece
                    named = self._named(said)

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
