"""Chromium behind a bad line: what a person sees, by getStats and by the moment that is burned into each picture.

Namespaces: a centre with its relay and its camera, a building with Chromium, a TUN line between them. A page of our own
speaks WHEP with nothing but the browser's own parts; each picture that is shown is read (tests/relay/timecode.py).
"""

import asyncio
import base64
import contextlib
import io
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from PIL import Image
from playwright.async_api import Page, async_playwright

from server.core import clock
from server.core.config import Settings
from server.core.keys import Keys
from server.relay import passes
from server.relay.plan import ConferencePlan, ProgramPlan, RelayPlan, SourcePlan
from tests.browser.conftest import FLAGS, chromium_inside
from tests.chaos.relay_faults.relays import Relay, until
from tests.chaos.relay_faults.table import Cost
from tests.relay.net import Line, network
from tests.relay.timecode import read_image

PORT, RTMP = 8889, 1935
KBPS = 1200
CALM_WITHIN_S = 90.0  # from sound alone to the top rung it is twice 30 s
CALM_MS = 300  # a picture that is not later than usual by more is as before
WORSE: dict[str, tuple[float, dict[str, Any]]] = {
    "Chromium: loss 2 %": (10, {"loss": 0.02}),
    "Chromium: loss 5 %": (10, {"loss": 0.05}),
    "Chromium: jitter 100 ms": (10, {"delay_ms": 110, "jitter_ms": 100}),
    "Chromium: line halved": (20, {"kbps": KBPS // 2}),
    "Chromium: line of 350 kb/s": (20, {"kbps": 350}),
    "Chromium: line cut 10 s": (10, {"cut": True}),
}
WATCH = """async ([url, bearer]) => {
  const peer = window.peer = new RTCPeerConnection();
  const seen = window.seen = [];
  for (const kind of ["video", "audio"]) peer.addTransceiver(kind, { direction: "recvonly" });
  const video = document.createElement("video");
  Object.assign(video, { muted: true, autoplay: true });
  document.body.replaceChildren(video);
  const media = new MediaStream();
  video.srcObject = media;
  peer.ontrack = ({ track }) => media.addTrack(track);
  const canvas = new OffscreenCanvas(320, 20);
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  const shown = (now, told) => {
    drawing.drawImage(video, 0, 0, video.videoWidth, video.videoHeight / 9, 0, 0, 320, 20);
    const pixels = drawing.getImageData(0, 0, 320, 20).data;
    let bits = "";
    for (let cell = 0; cell < 58; cell++) {
      const x = (cell % 32) * 10 + 5, y = cell < 32 ? 5 : 15;
      bits += pixels[(y * 320 + x) * 4] > 128 ? "1" : "0";
    }
    seen.push([Date.now(), bits, video.videoWidth]);
    video.requestVideoFrameCallback(shown);
  };
  video.requestVideoFrameCallback(shown);
  await peer.setLocalDescription(await peer.createOffer());
  const answer = await fetch(url, {
    method: "POST", body: peer.localDescription.sdp,
    headers: { "Content-Type": "application/sdp", Authorization: `Bearer ${bearer}` },
  });
  await peer.setRemoteDescription({ type: "answer", sdp: await answer.text() });
  return answer.status;
}"""
TAKE = """async () => {
  const found = { seen: window.seen.splice(0) };
  for (const one of (await window.peer.getStats()).values())
    if (one.type === "inbound-rtp" && one.kind === "video") Object.assign(found, {
      decoded: one.framesDecoded, dropped: one.framesDropped, freezes: one.freezeCount,
      frozen: one.totalFreezesDuration, lost: one.packetsLost, nacks: one.nackCount, plis: one.pliCount,
    });
  return found;
}"""
GRAB = """() => {
  const video = document.querySelector("video"), canvas = document.createElement("canvas");
  canvas.width = video.videoWidth; canvas.height = video.videoHeight;
  canvas.getContext("2d").drawImage(video, 0, 0);
  return canvas.toDataURL("image/png").split(",")[1];
}"""


@dataclass
class Stats:
    """What Chromium counted, all since it joined."""

    decoded: int = 0
    dropped: int = 0
    freezes: int = 0
    frozen: float = 0.0
    lost: int = 0
    nacks: int = 0
    plis: int = 0


class Watcher:
    """One page that watches. `shown`: (when a picture was shown, when it was painted; 0 unreadable), ms since 1970."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.shown: list[tuple[int, int]] = []
        self.stats = Stats()

    async def take(self) -> Stats:
        """Take what is new."""
        found = await self.page.evaluate(TAKE)
        self.shown += [(at, moment(bits)) for at, bits, _width in found.pop("seen")]
        self.stats = Stats(**{name: value for name, value in found.items() if value is not None})
        return self.stats

    def delays(self, since_ms: int) -> list[int]:
        """How old each picture was that was shown since then, ms."""
        return [at - painted for at, painted in self.shown if at >= since_ms and painted]

    def gap(self, since_ms: int, until_ms: int) -> float:
        """The longest time without a new picture, in seconds."""
        marks = [since_ms, *(at for at, _ in self.shown if since_ms < at < until_ms), until_ms]
        return max(later - sooner for sooner, later in pairwise(marks)) / 1000


def moment(bits: str) -> int:
    """The number of a strip; 0 where there is none."""
    number, check = int(bits[2:50], 2), int(bits[50:58], 2)
    expected = 0xA5
    for byte in number.to_bytes(6, "big"):
        expected ^= byte
    return number if bits[:2] == "10" and check == expected else 0


@dataclass
class Building:
    """The centre, Chromium's page and the line between them."""

    relay: Relay
    watcher: Watcher
    line: Line


@contextlib.asynccontextmanager
async def building(base: Path) -> AsyncIterator[Building]:
    """A page shows the centre's camera."""
    base.mkdir(parents=True, exist_ok=True)
    with network() as net:
        centre, room = net.machine("centre"), net.machine("room")
        line = net.line(centre, room, delay_ms=10)
        relay = Relay(base / "c", centre, {"NGHISU_LOG_LEVEL": "error"})
        keys = Keys(Settings(data=relay.data).folder("keys"))
        tasks = [asyncio.ensure_future(work) for work in relay.start("3/program")]
        url = f"rtmp://127.0.0.1:{RTMP}/live/khoa"
        camera = ["--to", url, "--size", "640x360", "--kbps", str(KBPS), "--noise", "0.3"]
        centre.start([sys.executable, "-m", "tests.relay.camera", *camera])
        source = SourcePlan(key="primary", kind="rtmp", address=url, listen=True)
        plan = ConferencePlan(id=3, meeting_id=1, state="live", sources=(source,),
                              program=ProgramPlan(stable_s=1, slate=("Tạm mất hình",)))
        try:
            await relay.apply(RelayPlan(revision=1, conferences=(plan,)))
            await until(lambda: len(relay.pictures) > 30, "pictures")
            async with async_playwright() as playwright:
                executable = str(chromium_inside(base, room.pid))
                browser = await playwright.chromium.launch(executable_path=executable, args=FLAGS)
                watcher = Watcher(await browser.new_page())
                await watcher.page.goto(f"http://{line.a}:{PORT}/healthz")
                bearer = passes.issue(keys, passes.Pass(3, "wall-1", "watch", clock.epoch_ms() // 1000 + 3600))
                status = await watcher.page.evaluate(WATCH, [f"http://{line.a}:{PORT}/whep/3", bearer])
                if status != 201:
                    raise OSError(f"WHEP answered {status}")
                await _calm(watcher)
                yield Building(relay, watcher, line)
                await browser.close()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            relay.peer.close()


async def _calm(watcher: Watcher, limit_ms: int = 800) -> None:
    """Until two seconds of pictures came, half of them no older than that. Raises TimeoutError, with how it was."""
    limit = clock.monotonic() + CALM_WITHIN_S
    while True:
        await asyncio.sleep(0.25)
        await watcher.take()
        now = clock.epoch_ms()
        late, gap = watcher.delays(now - 2000), watcher.gap(now - 2000, now - 250)
        if len(late) > 15 and median(late) < limit_ms and gap < 0.7:
            return
        if clock.monotonic() > limit:
            raise TimeoutError(f"not calm: {len(late)} pictures in 2 s, {late[-5:]} ms late, gap {gap:.2f} s; "
                               f"{watcher.stats}; limit {limit_ms} ms")


async def suffer(here: Building, name: str) -> Cost:
    """One bad line from calm to calm."""
    seconds, conditions = WORSE[name]
    watcher, good = here.watcher, here.line.how
    before, began = await watcher.take(), clock.epoch_ms()
    usual = median(watcher.delays(began - 2000))
    here.line.change(**conditions)
    await asyncio.sleep(seconds)
    during = await watcher.take()
    ended = clock.epoch_ms()
    here.line.change(**{field: getattr(good, field) for field in conditions})
    await _calm(watcher, int(usual) + CALM_MS)
    recovered = next(at for at, painted in watcher.shown if at >= ended and painted and at - painted < usual + CALM_MS)
    after, now = await watcher.take(), clock.epoch_ms()
    delays = sorted(delay for at, delay in ((at, at - painted) for at, painted in watcher.shown if painted)
                    if began <= at < ended) or [0]
    remark = (
        f"{during.decoded - before.decoded} of {seconds * 15:.0f} decoded; {after.freezes - before.freezes} freezes, "
        f"{after.frozen - before.frozen:.1f} s; delay {usual:.0f} → {median(delays):.0f}, most {delays[-1]} ms; "
        f"lost {after.lost - before.lost}, NACK {after.nacks - before.nacks}, PLI {after.plis - before.plis}"
    )
    return Cost(name, watcher.gap(began, now), (recovered - ended) / 1000, here.relay.longest_gap(
        clock.monotonic() - (now - began) / 1000), remark)


async def read(page: Page) -> int | None:
    """The moment in the picture that stands on the page now, read from the whole picture."""
    return read_image(Image.open(io.BytesIO(base64.b64decode(await page.evaluate(GRAB)))))


async def run(base: Path, chosen: list[str], say: Callable[[Cost], Any]) -> list[Cost]:
    """The faults by name."""
    found = []
    async with building(base) as here:
        if await read(here.watcher.page) is None:
            raise AssertionError("the picture on the page carries no moment")
        for name in chosen:
            found.append(await suffer(here, name))
            say(found[-1])
    return found
