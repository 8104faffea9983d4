"""Sources over other lines than plain TCP: TLS in front of RTSP and RTMP, and RTP over UDP."""

import asyncio
import contextlib
import datetime
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from server.core import clock
from tests.ports import free_port
from tests.relay.clip import clip
from tests.relay.ingest.rtsp_server import serving
from tests.relay.ingest.stage import both, ffmpeg, ingesting
from tests.relay.ingest.test_sources import whole

CLIP = "h264"


def certificate(folder: Path) -> ssl.SSLContext:
    """TLS with a certificate of its own, as cameras have it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "camera")]), clock.now()
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1)).sign(key, hashes.SHA256())
    )
    path = folder / "camera.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


@contextlib.asynccontextmanager
async def sealed(port: int, context: ssl.SSLContext) -> AsyncIterator[int]:
    """A port where TLS is taken off and the rest handed on to `port`."""

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while piece := await reader.read(65_536):
                writer.write(piece)
                await writer.drain()
        writer.close()

    async def call(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opened.append(writer)
        with contextlib.suppress(OSError):
            behind_reader, behind_writer = await asyncio.open_connection("127.0.0.1", port)
            opened.append(behind_writer)
            await asyncio.gather(carry(reader, behind_writer), carry(behind_reader, writer))

    opened: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(call, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in opened:
            writer.transport.abort()
        await asyncio.sleep(0.2)  # each hears of its end while the loop runs


def test_a_camera_is_called_over_rtsp_in_tls(tmp_path: Path) -> None:
    async def scene() -> None:
        async with (
            serving(clip(CLIP), tmp_path) as (_, port), sealed(port, certificate(tmp_path)) as outside,
            ingesting(tmp_path, kind="rtsp", address=f"rtsps://127.0.0.1:{outside}/live") as stage,
        ):
            whole(await stage.units(both(20)))

    asyncio.run(scene())


def test_a_server_is_called_over_rtmp_in_tls(tmp_path: Path) -> None:
    port = free_port()
    serve = ["-i", str(clip("aac")), "-c", "copy", "-f", "flv", "-listen", "1", f"rtmp://127.0.0.1:{port}/live/khoa"]

    async def scene() -> None:
        with ffmpeg(*serve):
            async with (
                sealed(port, certificate(tmp_path)) as outside,
                ingesting(tmp_path, kind="rtmp", address=f"rtmps://127.0.0.1:{outside}/live/khoa") as stage,
            ):
                whole(await stage.units(both(20)))

    asyncio.run(scene())


def test_a_camera_sends_its_rtp_over_udp(tmp_path: Path) -> None:
    async def scene() -> None:
        async with (
            serving(clip(CLIP), tmp_path) as (server, port),
            ingesting(tmp_path, kind="rtsp", address=f"rtsp://127.0.0.1:{port}/live", transport="udp") as stage,
        ):
            whole(await stage.units(both(20)))
            assert len(server._ports) == 2

    asyncio.run(scene())


@pytest.mark.parametrize("scheme", ["rtsps", "rtmps"])
def test_a_server_that_has_no_tls_is_lost_and_not_called_without(tmp_path: Path, scheme: str) -> None:
    seen: list[bytes] = []

    async def scene() -> None:
        async def call(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            seen.append(await reader.read(64))
            writer.write(b"RTSP/1.0 200 OK\r\n\r\n")
            writer.close()

        server = await asyncio.start_server(call, "127.0.0.1", 0)
        address = f"{scheme}://ten:bi-mat@127.0.0.1:{server.sockets[0].getsockname()[1]}/live/x"
        async with ingesting(tmp_path, kind=scheme.removesuffix("s"), address=address) as stage:
            await stage.desk.until(lambda one: one["state"] == "lost" and one["reconnects"] > 1)
        server.close()
        await asyncio.sleep(0.2)

    asyncio.run(scene())
    assert seen
    assert all(said[:1] == b"\x16" for said in seen if said)  # a TLS handshake, never the request itself
