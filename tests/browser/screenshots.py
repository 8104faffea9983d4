"""Pictures of every surface in its main states.

    python -m tests.browser.screenshots [OUTDIR]     every state at every size; OUTDIR is var/screenshots if not given
    python -m tests.browser.screenshots --readme     the pictures of the README, WebP of at most 80 kB each
"""

import argparse
import io
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import launch
from tests.browser.house import House
from tests.browser.staging import Staged
from tests.browser.tour import AT_REST, Tour, Visit

SIZES: dict[str, list[tuple[int, int]]] = {
    "seat": [(800, 480), (1280, 720), (720, 1280), (1024, 768)],
    "wall": [(1920, 1080), (3840, 2160)],
    "console": [(1366, 768), (1920, 1080)],
    "door": [(1280, 800)],
    "teller": [(1366, 768), (1024, 768)],
    "sign-in": [(1366, 768), (800, 480)],
    "site": [(1366, 900), (1920, 1080)],
    "docs": [(1366, 768)],
}
DARK = {"seat": [(800, 480), (720, 1280)]}
README = {  # (surface, state) → name, and the size in which it is read best
    ("console", "run-vote"): ("console-run", (1366, 768)),
    ("wall", "result"): ("wall-result", (1920, 1080)),
    ("seat", "ballot"): ("seat-ballot", (1280, 720)),
    ("door", "welcome"): ("door-welcome", (1280, 800)),
    ("teller", "entry"): ("teller-entry", (1366, 768)),
    ("wall", "paper-result"): ("wall-paper-result", (1920, 1080)),
    ("console", "relay"): ("console-relay", (1366, 768)),
    ("wall", "relay-agenda"): ("wall-relay", (1920, 1080)),
}
WIDTH, LARGEST = 1280, 80_000  # pixels, bytes
PICTURES = Path(__file__).parent / "pictures"
PRESENT = 53
FAKE_CAMERA = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


def photographer(folder: Path) -> Visit:
    """Photographs every state at all sizes of its surface, and some in the dark."""

    def visit(surface: str, state: str, page: Page) -> None:
        place = folder / surface
        place.mkdir(parents=True, exist_ok=True)
        for width, height in SIZES[surface]:
            shot(page, (width, height)).save(place / f"{state}-{width}x{height}.png")
        if surface in DARK:
            page.evaluate("document.documentElement.dataset.theme = 'dark'")
            for width, height in DARK[surface]:
                shot(page, (width, height)).save(place / f"{state}-{width}x{height}-dark.png")
            page.evaluate("document.documentElement.dataset.theme = 'light'")
        page.set_viewport_size({"width": SIZES[surface][0][0], "height": SIZES[surface][0][1]})

    return visit


def readme(folder: Path) -> Visit:
    """Keeps the README's pictures."""

    def visit(surface: str, state: str, page: Page) -> None:
        if (surface, state) not in README:
            return
        name, size = README[surface, state]
        picture = shot(page, size)
        picture.thumbnail((WIDTH, WIDTH), Image.Resampling.LANCZOS)
        for quality in range(90, 20, -5):
            picture.save(folder / f"{name}.webp", quality=quality, method=6)
            if (folder / f"{name}.webp").stat().st_size <= LARGEST:
                return
        raise ValueError(f"{name} does not fit in {LARGEST} bytes")

    return visit


def shot(page: Page, size: tuple[int, int]) -> Image.Image:
    """The page at a size, at rest."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate(AT_REST)
    page.wait_for_timeout(200)
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def main() -> None:
    """See the top of this file."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.screenshots", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("var/screenshots"))
    parser.add_argument("--readme", action="store_true", help="only the pictures of the README")
    said = parser.parse_args()
    expect.set_options(timeout=15_000)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        house = House(Path(folder))
        house.start()
        try:
            staged = Staged(house, present=PRESENT)
            said.folder.mkdir(parents=True, exist_ok=True)
            visit = readme(PICTURES) if said.readme else photographer(said.folder)
            Tour(launch(playwright, *FAKE_CAMERA), staged, visit, said.folder).walk()
            staged.close()
        finally:
            house.stop()
    where = PICTURES if said.readme else said.folder
    sys.stdout.write(f"{where}: {time.monotonic() - started:.0f} s\n")


if __name__ == "__main__":
    main()
