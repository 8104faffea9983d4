"""Debian's Janus with one mountpoint of its streaming plugin, RTP in; and how a viewer of ours negotiates with it.

As it comes, but for: its own folder of settings, the HTTP API on a free loopback port, no STUN, no events, and only the
streaming plugin. It buffers no key picture (`videobufferkf`, experimental, is off as by default).
"""

import asyncio
import contextlib
import secrets
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.bench.relay.feeder import AUDIO_TYPE, VIDEO_TYPE
from tests.ports import free_port
from tests.relay.receivers import Viewer

_LIB = Path("/usr/lib/x86_64-linux-gnu/janus")
_FMTP = "profile-level-id=42e01f;packetization-mode=1"
_GENERAL = """general: {{
  configs_folder = "{folder}"
  plugins_folder = "{lib}/plugins"
  transports_folder = "{lib}/transports"
  debug_level = 2
  server_name = "bench"
  session_timeout = 0
}}
nat: {{ nice_debug = false }}
media: {{ }}
plugins: {{ disable = "{plugins}" }}
transports: {{ disable = "{transports}" }}
events: {{ broadcast = false }}
"""
_HTTP = """general: {{
  json = "compact"
  base_path = "/janus"
  http = true
  port = {port}
  ip = "127.0.0.1"
  https = false
}}
admin: {{ admin_http = false admin_https = false }}
"""
_STREAMING = """bench: {{
  type = "rtp"
  id = 1
  audio = true
  video = true
  audioport = {audio}
  audiopt = {audio_type}
  audiocodec = "opus"
  videoport = {video}
  videopt = {video_type}
  videocodec = "h264"
  videofmtp = "{fmtp}"
}}
"""


@dataclass(frozen=True)
class Running:
    """Where it answers, where it takes RTP, and its process."""

    url: str
    ports: tuple[int, int]
    pid: int


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Running]:
    """Janus with its settings in `folder`. Raises RuntimeError when it does not come up."""
    folder.mkdir(parents=True, exist_ok=True)
    lib = next(iter(Path("/usr/lib").glob("*/janus")), _LIB)
    others = [one.name for one in (lib / "plugins").glob("*.so") if "streaming" not in one.name]
    ways = [one.name for one in (lib / "transports").glob("*.so") if "http" not in one.name]
    port, video, audio = free_port(), free_port(), free_port()
    (folder / "janus.jcfg").write_text(
        _GENERAL.format(folder=folder, lib=lib, plugins=",".join(others), transports=",".join(ways))
    )
    (folder / "janus.transport.http.jcfg").write_text(_HTTP.format(port=port))
    (folder / "janus.plugin.streaming.jcfg").write_text(_STREAMING.format(
        audio=audio, video=video, audio_type=AUDIO_TYPE, video_type=VIDEO_TYPE, fmtp=_FMTP
    ))
    url = f"http://127.0.0.1:{port}/janus"
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(["janus", "-F", str(folder)], stdout=log, stderr=log, cwd=folder)
        try:
            _wait(url, process, folder / "log")
            yield Running(url, (video, audio), process.pid)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    limit = time.monotonic() + 15
    while time.monotonic() < limit and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/info", timeout=2):  # noqa: S310  (our own)
            return
        time.sleep(0.05)
    raise RuntimeError(f"janus did not come up:\n{log.read_text()[-2000:]}")


class Janus:
    """A Line (tests/relay/receivers.py): Janus offers, we answer."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http: aiohttp.ClientSession | None = None
        self._keep: asyncio.Task[None] | None = None

    async def connect(self, viewer: Viewer) -> None:
        """Session, plugin, watch, start."""
        self._http = aiohttp.ClientSession()
        made = await self._say(self.url, janus="create")
        session = f"{self.url}/{made['data']['id']}"
        made = await self._say(session, janus="attach", plugin="janus.plugin.streaming")
        handle = f"{session}/{made['data']['id']}"
        await self._say(handle, janus="message", body={"request": "watch", "id": 1})
        offer = await self._offer(session)
        answer = await viewer.answer(offer)
        jsep = {"type": "answer", "sdp": answer}
        await self._say(handle, janus="message", body={"request": "start"}, jsep=jsep)
        self._keep = asyncio.create_task(self._listen(session))

    async def _offer(self, session: str) -> str:
        for _ in range(10):
            event = await self._event(session)
            if "jsep" in event:
                return str(event["jsep"]["sdp"])
        raise OSError("janus made no offer")

    async def _event(self, session: str) -> Any:
        assert self._http is not None
        async with self._http.get(f"{session}?maxev=1") as answer:
            found = await answer.json(content_type=None)
            return found[0] if isinstance(found, list) else found

    async def _listen(self, session: str) -> None:
        with contextlib.suppress(aiohttp.ClientError):
            while True:
                await self._event(session)

    async def _say(self, where: str, **word: Any) -> Any:
        assert self._http is not None
        async with self._http.post(where, json={"transaction": secrets.token_hex(8), **word}) as answer:
            said = await answer.json(content_type=None)
        if said.get("janus") not in ("success", "ack"):
            raise OSError(f"janus refused: {said}")
        return said

    async def leave(self) -> None:
        """Hang up; Janus sees the DTLS end."""
        if self._keep is not None:
            self._keep.cancel()
            await asyncio.gather(self._keep, return_exceptions=True)
        if self._http is not None:
            await self._http.close()
