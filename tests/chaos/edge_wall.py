"""What a building sees of its edge, in real Chromium in its own network: picture, slate, test page; leaves screenshots.

    python -m tests.chaos.edge_wall [--to FOLDER]

Chromium runs in the room's namespace: it can reach the edge and nothing else. The line to the centre is cut and mended;
the recording on the edge's disk is opened with PyAV; the console's list of devices shows the edge until it is revoked.
"""

import argparse
import base64
import io
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import av
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from server.core import clock
from tests.browser.conftest import FLAGS, chromium_inside
from tests.chaos.edge_fitness import ROOM
from tests.relay.clip import Recipe, make
from tests.relay.edge.campus import Campus, campus, entered, until
from tests.relay.net import Machine, missing
from tests.relay.timecode import read_image

SEEN = Recipe(width=640, height=360, fps=15, seconds=20, kbps=600)
GRAB = """() => {
  const video = [...document.querySelectorAll("video")].find((one) => one.style.visibility !== "hidden");
  if (!video || !video.videoWidth) return null;
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth; canvas.height = video.videoHeight;
  canvas.getContext("2d").drawImage(video, 0, 0);
  const shown = video.getVideoPlaybackQuality().totalVideoFrames;
  return { shown, picture: canvas.toDataURL("image/png").split(",")[1] };
}"""


def launched(playwright: Any, machine: Machine, folder: Path) -> Browser:
    """Chromium inside a namespace."""
    program = chromium_inside(folder, machine.pid)
    found: Browser = playwright.chromium.launch(executable_path=str(program), args=FLAGS)
    return found


def grab(page: Page) -> tuple[int | None, int]:
    """(media time in the picture, None on the slate; pictures shown so far); (None, -1) without a picture."""
    found = page.evaluate(GRAB)
    if found is None:
        return None, -1
    return read_image(Image.open(io.BytesIO(base64.b64decode(found["picture"])))), int(found["shown"])


def wait(page: Page, true: Any, what: str) -> tuple[int | None, int]:
    """Until a grab is as wanted."""
    limit = clock.monotonic() + 60
    while True:
        found = grab(page)
        if true(*found):
            return found
        assert clock.monotonic() < limit, f"never: {what}: {page.locator('body').inner_text()}"
        page.wait_for_timeout(150)


def the_wall(here: Campus, page: Page, to: Path) -> None:
    """Picture; the line is cut: slate and words, still moving; mended: picture."""
    page.goto(f"http://{here.edge_address}:8080/")
    first = wait(page, lambda number, _: number is not None, "a picture")
    later = wait(page, lambda number, shown: number not in (None, first[0]) and shown > first[1] + 10, "it moves")
    page.screenshot(path=to / "wall-picture.png")
    print(f"picture plays: {later[1] - first[1]} pictures between two looks")
    cut = time.monotonic()
    here.line.cut()
    slate = wait(page, lambda number, shown: number is None and shown > 0, "the slate")
    print(f"line cut: slate on the wall after {time.monotonic() - cut:.1f} s")
    page.get_by_text("Mất liên lạc với trung tâm từ").wait_for(timeout=30_000)
    going = wait(page, lambda number, shown: number is None and shown > slate[1] + 20, "the slate plays")
    assert going[1] > slate[1], "the edge's own WHEP goes on while the centre is cut off"
    page.screenshot(path=to / "wall-slate.png")
    mended = time.monotonic()
    here.line.mend()
    wait(page, lambda number, _: number is not None, "the picture again")
    print(f"line mended: picture on the wall after {time.monotonic() - mended:.1f} s")
    page.get_by_text("Mất liên lạc với trung tâm từ").wait_for(state="hidden", timeout=30_000)
    page.screenshot(path=to / "wall-back.png")


def the_recording(here: Campus) -> None:
    """Kept, indexed, and it plays: all of it is decoded."""
    folder = here.edge.data / "relay" / "recordings" / str(here.centre.conference)
    lines = [json.loads(line) for line in (folder / "index.jsonl").read_text().splitlines()]
    files = sorted(folder.glob("*.mp4"))
    assert {line["file"] for line in lines if line["what"] == "file"} == {one.name for one in files}
    pictures = 0
    for one in files:
        with av.open(str(one)) as opened:
            pictures += sum(1 for _ in opened.decode(video=0))
    assert pictures > 100
    print(f"recording: {len(files)} files, {pictures} pictures decoded, index of {len(lines)} lines")


def the_test_page(here: Campus, page: Page, to: Path) -> None:
    """Asked, answered, tested by the button."""
    page.goto(f"http://{here.edge_address}:8080/test")
    page.get_by_text("Chưa có ai trả lời").wait_for()
    page.screenshot(path=to / "test-before.png")
    for question in page.locator("fieldset").all():
        if question.get_by_label("Có", exact=True).count():
            question.get_by_label("Có", exact=True).check()
    for name in ("failover_s", "ups_min", "technician_name"):
        page.locator(f"[name={name}]").fill(str(ROOM[name]))
    page.get_by_role("button", name="Lưu câu trả lời").click()
    page.get_by_text("Đã lưu.").wait_for()
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    page.get_by_text("Đang kiểm tra").wait_for()
    page.wait_for_timeout(3000)
    page.screenshot(path=to / "test-running.png")
    page.locator("#verdict:not([data-letter=''])").wait_for(timeout=300_000)
    page.screenshot(path=to / "test-verdict.png", full_page=True)
    print("test by the button:", page.locator("#verdict").inner_text().replace("\n", " "))


def the_devices(here: Campus, page: Page, to: Path) -> None:
    """The centre's list names it with its version; revoked, nothing is shown any more."""
    with entered(here.centre.machine):
        hand = here.centre.hand("quantri")
        unit = int(hand.get("/api/units")["units"][0]["id"])
        (edge,) = [one for one in hand.get(f"/api/units/{unit}/devices")["devices"] if one["kind"] == "edge"]
    assert clock.epoch_ms() - edge["heard_ms"] < 15_000
    print(f"devices: {edge['name']}, kind {edge['kind']}, version {edge['version']}, heard "
          f"{(clock.epoch_ms() - edge['heard_ms']) / 1000:.0f} s ago")
    page.goto(f"http://{here.edge_address}:8080/")
    wait(page, lambda number, _: number is not None, "a picture")
    began = time.monotonic()
    here.centre.revoke()
    page.get_by_text("chưa được ghép").wait_for(timeout=30_000)
    until(lambda: clock.monotonic() - here.edge.program.last() > 1, "no picture any more")
    wait(page, lambda _number, shown: shown == -1, "no picture on the wall")
    print(f"revoked: words on the wall after {time.monotonic() - began:.1f} s")
    page.screenshot(path=to / "wall-revoked.png")


def run(base: Path, to: Path) -> None:
    """All of it."""
    with campus(base, make(SEEN), top="720p") as here, sync_playwright() as playwright:
        here.centre.admit()
        here.centre.do("PATCH", "/relay", {"recording": True})
        here.centre.do("POST", "/relay/state", {"to": "live", "confirm": True})
        here.enrol()
        until(lambda: here.edge.conference().get("showing") == "primary", "it shows the centre")
        browser = launched(playwright, here.room, base)
        page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="vi-VN")
        the_wall(here, page, to)
        the_recording(here)
        the_test_page(here, page, to)
        the_devices(here, page, to)
        browser.close()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--to", type=Path, default=Path("var/screenshots"))
    asked = parser.parse_args()
    if missing():
        sys.exit(f"edge_wall: {missing()}")
    asked.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="nw") as base:
        run(Path(base), asked.to)


if __name__ == "__main__":
    main()
