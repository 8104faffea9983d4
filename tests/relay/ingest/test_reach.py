"""Where an HLS source may lead: what its playlist names is asked for only as far as the source itself reaches."""

import asyncio
import base64
import contextlib
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from server.core import clock
from server.relay.daemon.ingest.puller import Puller
from server.relay.daemon.ingest.reach import Reach, plain, where
from server.relay.daemon.ingest.sink import Sink
from server.relay.plan import SourcePlan
from tests.relay.clip import clip
from tests.relay.ingest.stage import both, ingesting
from tests.relay.ingest.test_forged import PLAYLIST, SEGMENT
from tests.relay.ingest.test_lines import certificate
from tests.relay.program.stage import PATIENCE

FAR, NEAR, HERE = "8.8.8.8", "10.0.0.9", "127.0.0.1"


@pytest.mark.parametrize(("source", "target", "port", "allowed"), [
    (FAR, "1.1.1.1", 443, True), (FAR, "10.0.0.1", 80, False), (FAR, "127.0.0.1", 80, False), (FAR, "::1", 80, False),
    (FAR, "100.64.0.1", 80, False), (FAR, "fd00::1", 80, False), (FAR, "::ffff:127.0.0.1", 80, False),
    (FAR, "64:ff9b::7f00:1", 80, False), (FAR, "64:ff9b::808:808", 80, True), (FAR, "2002:7f00:1::", 80, False),
    (FAR, "169.254.169.254", 80, False), (FAR, "168.63.129.16", 80, False),
    (NEAR, "10.0.0.7", 8080, True), (NEAR, "192.168.4.4", 80, True), (NEAR, "1.1.1.1", 80, True),
    (NEAR, "127.0.0.1", 80, False), (NEAR, "169.254.169.254", 80, False), (NEAR, "fd00:ec2::254", 80, False),
    (NEAR, "100.100.100.200", 80, False), (NEAR, "0.0.0.0", 80, False), (NEAR, "224.0.0.1", 80, False),
    (HERE, "127.0.0.1", 80, True), (HERE, "127.0.0.1", 8080, False), (HERE, "127.0.0.2", 80, False),
    (HERE, "10.0.0.7", 80, True), (HERE, "fe80::1%lo", 80, False),
])
def test_a_source_leads_no_nearer_than_it_is(source: str, target: str, port: int, allowed: bool) -> None:
    assert Reach(frozenset([ip_address(source)]), 80).allows(plain(target), port) is allowed


def own_address() -> str:
    """An address of this machine that is not loopback; "" when it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as tried, contextlib.suppress(OSError):
        tried.connect(("192.0.2.1", 9))
        return str(tried.getsockname()[0])
    return ""


def test_every_address_of_this_machine_is_here() -> None:
    assert where(ip_address("127.8.8.8")) == "here"
    if own_address():
        assert where(ip_address(own_address())) == "here"


@contextlib.contextmanager
def serving(handler: Any, context: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[int]:
    server = ThreadingHTTPServer((host, 0), handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


class _Inner(BaseHTTPRequestHandler):
    """A service of this machine that nobody outside may ask anything."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


class _Outer(BaseHTTPRequestHandler):
    """The source: a playlist, and whatever else is asked leads to the inner service."""

    playlist: str
    inner: str

    def do_GET(self) -> None:
        if self.path != "/live.m3u8":
            self.send_response(302)
            self.send_header("Location", f"{self.inner}/moved")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.playlist.encode())

    def log_message(self, *_: object) -> None:
        return


KEY = '#EXT-X-KEY:METHOD=AES-128,URI="{inner}/key"\n'
WAYS = {
    "a segment": SEGMENT.format("{inner}/a.ts", "{inner}/b.ts"),
    "a segment by another name": SEGMENT.format("http://localhost:{port}/a.ts", "http://2130706433:{port}/b.ts"),
    "a segment by IPv6": SEGMENT.format("http://[::ffff:127.0.0.1]:{port}/a.ts", "http://[::1]:{port}/a.ts"),
    "a segment by this machine's own address": SEGMENT.format("http://{own}:{port}/a.ts", "http://{own}:{port}/b.ts"),
    "a segment behind a name": SEGMENT.format("http://x@127.0.0.1:{port}/a.ts", "http://x:y@127.0.0.1:{port}/b.ts"),
    "a segment that is moved": SEGMENT.format("/a.ts", "/b.ts"),
    "a key": KEY + SEGMENT.format("/a.ts", "/b.ts"),
    "a map": '#EXT-X-MAP:URI="{inner}/map.mp4"\n' + SEGMENT.format("/a.m4s", "/b.m4s"),
    "another playlist": "#EXT-X-STREAM-INF:BANDWIDTH=1000000\n{inner}/low.m3u8",
    "sound beside": (
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",DEFAULT=YES,URI="{inner}/a.m3u8"\n'
        '#EXT-X-STREAM-INF:BANDWIDTH=1000000,AUDIO="a"\n{inner}/v.m3u8'
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_playlist_leads_to_no_other_service_of_this_machine(tmp_path: Path, way: str) -> None:
    asked: list[str] = []
    with serving(type("Inner", (_Inner,), {"asked": asked}), host="") as port:
        inner = f"http://127.0.0.1:{port}"
        playlist = PLAYLIST.format(WAYS[way].format(inner=inner, port=port, own=own_address() or "127.0.0.1"))
        with serving(type("Outer", (_Outer,), {"playlist": playlist, "inner": inner})) as outer:

            source = SourcePlan(key="primary", kind="hls", address=f"http://127.0.0.1:{outer}/live.m3u8")
            puller = Puller(source, tmp_path, Sink(None), lambda *_: None)
            puller.start()
            limit = clock.monotonic() + PATIENCE
            while puller.reconnects == 0 and clock.monotonic() < limit:
                time.sleep(0.02)
            puller.stop()
            puller.join(PATIENCE)
    assert asked == []
    assert (puller.state, puller.why) == ("lost", "playlist_elsewhere")


class _Guarded(SimpleHTTPRequestHandler):
    """Files, for whoever names the password; parts of files, too."""

    def do_GET(self) -> None:
        given = self.headers.get("Authorization", "")
        if given != f"Basic {base64.b64encode(b'ten:mat khau').decode()}":
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="hls"')
            self.end_headers()
            return
        wanted = self.headers.get("Range")
        if wanted is None:
            super().do_GET()
            return
        first, last = wanted.removeprefix("bytes=").split("-")
        body = Path(self.translate_path(self.path)).read_bytes()[int(first): int(last) + 1]
        self.send_response(206)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


def encrypted(folder: Path) -> list[str]:
    (folder / "key.bin").write_bytes(os.urandom(16))
    (folder / "key.info").write_text(f"key.bin\n{folder / 'key.bin'}\n")
    return ["-hls_key_info_file", str(folder / "key.info")]


FORMS: dict[str, Callable[[Path], list[str]]] = {
    "plain": lambda _: [], "AES-128": encrypted, "parts of one file": lambda _: ["-hls_flags", "single_file"],
    "fMP4": lambda _: ["-hls_segment_type", "fmp4"],
}


@pytest.mark.parametrize("form", FORMS)
def test_what_a_source_names_of_itself_is_taken_whatever_its_form(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "hls"
    folder.mkdir()
    write = ["-c", "copy", "-f", "hls", "-hls_time", "1", "-hls_list_size", "0", *FORMS[form](folder)]
    subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-nostdin", "-stream_loop", "2", "-i", str(clip("aac")), *write,
         str(folder / "live.m3u8")], check=True,
    )
    context = certificate(tmp_path) if form == "plain" else None
    with serving(partial(_Guarded, directory=str(folder)), context) as port:
        address = f"{'https' if context else 'http'}://ten:mat%20khau@127.0.0.1:{port}/live.m3u8"

        async def scene() -> None:
            async with ingesting(tmp_path, kind="hls", address=address) as stage:
                await stage.units(both(15))

        asyncio.run(scene())
