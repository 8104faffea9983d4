"""A small RTSP server for tests (RFC 2326, over TCP or UDP): what ffmpeg sends as RTP is played to who asks.

ffmpeg itself can push RTSP and pull it, but not serve a pull.
"""

import asyncio
import contextlib
import re
import socket
from collections.abc import AsyncIterator
from pathlib import Path

from tests.relay.ingest.stage import ffmpeg


class _Track(asyncio.DatagramProtocol):
    def __init__(self, server: "RtspServer", number: int) -> None:
        self._server, self._number = server, number

    def datagram_received(self, data: bytes, addr: object) -> None:  # noqa: ARG002  (asyncio's signature)
        self._server.spread(self._number, data)


class RtspServer:
    """Serves one stream of pictures and sound; `asked` is what clients asked for."""

    def __init__(self, sdp: str) -> None:
        self._sdp = sdp
        self._playing: set[asyncio.StreamWriter] = set()
        self._ports: dict[int, tuple[str, int]] = {}  # of the client that takes UDP, by track
        self._out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._out.bind(("127.0.0.1", 0))
        self._open: set[asyncio.StreamWriter] = set()
        self.asked: list[str] = []

    def spread(self, track: int, data: bytes) -> None:
        if self._playing and track in self._ports:
            self._out.sendto(data, self._ports[track])
        for writer in () if self._ports else self._playing:
            writer.write(b"$" + bytes([track * 2]) + len(data).to_bytes(2, "big") + data)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while (first := await reader.readexactly(1)):
                if first == b"$":  # a report of the client
                    length = int.from_bytes((await reader.readexactly(3))[1:], "big")
                    await reader.readexactly(length)
                    continue
                request = (first + await reader.readuntil(b"\r\n\r\n")).decode()
                writer.write(self._answer(request, writer).encode())
        self._playing.discard(writer)
        writer.close()

    async def close(self) -> None:
        """Hang up on everybody."""
        self._out.close()
        for writer in self._open:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    def _answer(self, request: str, writer: asyncio.StreamWriter) -> str:
        method, url = request.split()[:2]
        self.asked.append(method)
        number = re.search(r"CSeq: *(\d+)", request, re.IGNORECASE)
        head = f"RTSP/1.0 200 OK\r\nCSeq: {number.group(1) if number else 0}\r\nSession: 1\r\n"
        if method == "OPTIONS":
            return f"{head}Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n"
        if method == "DESCRIBE":
            head += f"Content-Base: {url}/\r\nContent-Type: application/sdp\r\n"
            return f"{head}Content-Length: {len(self._sdp)}\r\n\r\n{self._sdp}"
        if method == "SETUP":
            track = int(url[-1])
            over_udp = re.search(r"client_port=(\d+)-(\d+)", request)
            if over_udp is not None:
                self._ports[track] = ("127.0.0.1", int(over_udp[1]))
                own = self._out.getsockname()[1]
                way = f"RTP/AVP/UDP;unicast;{over_udp[0]};server_port={own}-{own + 1}"
                return f"{head}Transport: {way}\r\n\r\n"
            return f"{head}Transport: RTP/AVP/TCP;unicast;interleaved={track * 2}-{track * 2 + 1}\r\n\r\n"
        if method == "PLAY":
            asyncio.get_running_loop().call_soon(self._playing.add, writer)
        return f"{head}\r\n"


@contextlib.asynccontextmanager
async def serving(clip: Path, folder: Path) -> AsyncIterator[tuple[RtspServer, int]]:
    """(server, its port); pictures and sound are packetised by ffmpeg."""
    loop = asyncio.get_running_loop()
    ports, server = [], RtspServer("")
    ends = []
    for number in (0, 1):
        end, _ = await loop.create_datagram_endpoint(
            lambda number=number: _Track(server, number), ("127.0.0.1", 0)  # type: ignore[misc]
        )
        ends.append(end)
        ports.append(end.get_extra_info("sockname")[1])
    sdp = folder / "stream.sdp"
    outputs = [
        part for number, kind in enumerate("va")
        for part in ("-map", f"0:{kind}:0", "-c", "copy", "-f", "rtp", f"rtp://127.0.0.1:{ports[number]}?rtcpport={_spare()}")
    ]
    with ffmpeg("-i", str(clip), "-sdp_file", str(sdp), *outputs):
        async with asyncio.timeout(20):
            while not (sdp.exists() and sdp.read_text().count("m=") == 2):
                await asyncio.sleep(0.05)
        server._sdp = _controlled(sdp.read_text())
        listener = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        try:
            yield server, listener.sockets[0].getsockname()[1]
        finally:
            listener.close()
            await server.close()
            for end in ends:
                end.close()


def _controlled(sdp: str) -> str:
    """ffmpeg's description with a name for each track, and without its ports."""
    lines: list[str] = []
    track = -1
    for line in sdp.replace("\r", "").splitlines():
        if line.startswith("m="):
            track += 1
            lines += [re.sub(r" \d+ ", " 0 ", line, count=1), f"a=control:track{track}"]
        elif not line.startswith("SDP:"):
            lines.append(line)
    return "\r\n".join(lines) + "\r\n"


def _spare() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])
