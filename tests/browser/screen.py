"""What a screen shows and lets be heard, noted by the page itself: each picture of its relay's video with its time
code, what stands on the screen each 100 ms, and the receiver's own figures.

    screen = Screen(page)          # loads the page anew, so that its connections can be asked
    ... screen.pictures(), screen.stood(), screen.stats("video"), screen.energy()
"""

import time
from itertools import pairwise
from typing import Any, NamedTuple

from playwright.sync_api import Page

from tests.relay import timecode

BACKUP_PLUS = 10**13   # added to the number in the backup camera's pictures (camera --plus): tells one from the other
LEAST_SPREAD = 3.0     # of luma: a black or an empty picture has none, the darkest slate has letters

_SCRIPT = """
(() => {
  const Plain = window.RTCPeerConnection;
  window.__peers = [];
  window.RTCPeerConnection = class extends Plain {
    constructor(...given) { super(...given); window.__peers.push(this); }
  };
  const W = 320, H = 180, COLUMNS = %(columns)d, FIRST = %(first)d, BITS = %(bits)d;
  const pen = new OffscreenCanvas(W, H).getContext("2d", { willReadFrequently: true });
  window.__pictures = [];
  window.__stood = [];
  const look = (source) => {
    pen.fillStyle = "black"; pen.fillRect(0, 0, W, H);
    pen.drawImage(source, 0, 0, W, H);
    const data = pen.getImageData(0, 0, W, H).data;
    const cell = (n) => {
      const x = Math.floor((2 * (n %% COLUMNS) + 1) * W / (2 * COLUMNS));
      const y = Math.floor((2 * Math.floor(n / COLUMNS) + 1) * H / 36);
      let sum = 0;
      for (let dy = -1; dy < 2; dy++) for (let dx = -1; dx < 2; dx++) sum += data[4 * ((y + dy) * W + x + dx) + 1];
      return sum / 9;
    };
    const white = cell(0), black = cell(1), middle = (white + black) / 2;
    let code = null;
    if (white - black >= 64) {
      const bytes = [];
      for (let n = FIRST; n < FIRST + BITS + 8; n++) {
        const at = Math.floor((n - FIRST) / 8);
        bytes[at] = (bytes[at] ?? 0) * 2 + (cell(n) > middle ? 1 : 0);
      }
      const check = bytes.pop();
      if (bytes.reduce((sum, one) => sum ^ one, 0xa5) === check) code = bytes.reduce((sum, one) => sum * 256 + one, 0);
    }
    let sum = 0, squares = 0, count = 0;
    for (let at = 1; at < data.length; at += 4 * 7) { sum += data[at]; squares += data[at] ** 2; count++; }
    const mean = sum / count;
    return [Date.now(), code, mean, Math.sqrt(Math.max(0, squares / count - mean * mean))];
  };
  let known;
  setInterval(() => {
    const video = document.querySelector(".player video");
    if (video === null) return;
    if (video !== known) {
      known = video;
      const painted = () => {
        if (video.videoWidth > 2) window.__pictures.push(look(video));
        video.requestVideoFrameCallback(painted);
      };
      video.requestVideoFrameCallback(painted);
    }
    const still = document.querySelector(".player-held canvas");
    const shown = still ?? video;
    if (video.videoWidth > 2 || still) window.__stood.push(look(shown));
  }, 100);
})();
""" % {"columns": timecode.COLUMNS, "first": timecode.FIRST_BIT, "bits": timecode.BITS}  # noqa: UP031  (braces in it)

_STATS = """async (kind) => {
  const sum = {};
  for (const peer of window.__peers) {
    if (peer.connectionState !== "connected") continue;
    for (const entry of (await peer.getStats()).values())
      if (entry.type === "inbound-rtp" && entry.kind === kind)
        for (const [name, value] of Object.entries(entry))
          if (typeof value === "number") sum[name] = (sum[name] ?? 0) + value;
  }
  return sum;
}"""


class Picture(NamedTuple):
    """A picture on the screen: when (ms since 1970), the number in it or None, mean and spread of its luma (0–255)."""

    at_ms: int
    code: int | None
    mean: float
    spread: float

    @property
    def whose(self) -> str:
        """"primary", "backup" (by its number), "other" without a time code: the slate, a room."""
        return "other" if self.code is None else "backup" if self.code > BACKUP_PLUS else "primary"

    @property
    def age_ms(self) -> int:
        """How long ago it was painted. Only of a picture with a code."""
        return self.at_ms - (self.code or 0) % BACKUP_PLUS


class Screen:
    """A page with one relay player."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.locator(".player video").wait_for(state="attached", timeout=60_000)  # it is signed in
        page.add_init_script(_SCRIPT)
        page.reload()

    def pictures(self, since_ms: int = 0) -> list[Picture]:
        """Every picture that was painted since."""
        return self._read("__pictures", since_ms)

    def stood(self, since_ms: int = 0) -> list[Picture]:
        """What stood on the screen, each 100 ms."""
        return self._read("__stood", since_ms)

    def _read(self, name: str, since_ms: int) -> list[Picture]:
        rows = self.page.evaluate(f"(since) => window.{name}.filter((one) => one[0] >= since)", since_ms)
        return [Picture(int(at), None if code is None else int(code), mean, spread) for at, code, mean, spread in rows]

    def wait(self, enough: Any, since_ms: int, patience_s: float = 60.0) -> list[Picture]:
        """The pictures since, once `enough(pictures)`. Raises AssertionError with what the page says."""
        limit = time.monotonic() + patience_s
        while time.monotonic() < limit:
            found = self.pictures(since_ms)
            if enough(found):
                return found
            self.page.wait_for_timeout(100)
        last = self.pictures(since_ms)[-3:]
        raise AssertionError(f"it never came; last {last}; {self.page.locator('body').inner_text()[:400]}")

    def stats(self, kind: str) -> dict[str, float]:
        """Figures of the receiver of "video" or "audio" (getStats, inbound-rtp), all numbers."""
        return dict(self.page.evaluate(_STATS, kind))

    def energy(self, seconds: float) -> float:
        """Mean square of what is heard in the next seconds (totalAudioEnergy / totalSamplesDuration); 0: silence."""
        before = self.stats("audio")
        self.page.wait_for_timeout(int(seconds * 1000))
        after = self.stats("audio")
        passed = after.get("totalSamplesDuration", 0) - before.get("totalSamplesDuration", 0)
        return (after.get("totalAudioEnergy", 0) - before.get("totalAudioEnergy", 0)) / passed if passed > 0 else 0.0


def longest_still_ms(pictures: list[Picture]) -> int:
    """The longest time without a new picture."""
    return max((after.at_ms - before.at_ms for before, after in pairwise(pictures)), default=0)


def empty_ones(stood: list[Picture]) -> list[Picture]:
    """Those that were black or without anything in them."""
    return [one for one in stood if one.spread < LEAST_SPREAD]
