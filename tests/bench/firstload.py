"""First load of each surface in Chromium on a slow device: bytes transferred, and time until it can be used.

A fresh browser context with a session cookie opens the surface over loopback with the CPU slowed down four times (CDP
Emulation.setCPUThrottlingRate). `bytes` is what came over the line (compressed, with headers); `js_gzipped` is the
scripts of it. Usable: the page shows the meeting's agenda, its name, or the field to type in. Medians of some loads.

Left out: the network's own time, and the second load, which comes from the cache.
"""

import argparse
import gzip
import json
import statistics
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.bench.figures import Figure, main
from tests.bench.house import House, house

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"
]
SLOWER = 4
# What is on the page when somebody can begin: words of the meeting under test, or a field.
USABLE = {
    "seat": "document.body.innerText.includes('Nội dung thứ 1')",
    "console": "document.body.innerText.includes('Thử tải')",
    "wall": "document.body.innerText.includes('Thử tải')",
    "door": "document.body.innerText.includes('Thử tải')",
    "sign-in": "document.querySelector('input[type=password]') !== null",
}
PATHS = {"console": "/console/#/meetings/1/run"}
SITTER = {"meetingId": 1, "participantId": 1, "joinCode": "BENCHBENCH", "name": "Đại biểu 0001"}  # kiosk/web/who.ts
SEAT_JS = 100.0  # kB gzipped


@dataclass
class Load:
    """One load."""

    usable_ms: float = 0.0
    bytes: int = 0
    js: int = 0
    scripts: list[Any] = field(default_factory=list)


def load(browser: Browser, server: House, surface: str) -> Load:
    """Open the surface for the first time."""
    found = Load()
    # Our question below is an eval, which the page's policy rightly forbids.
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="vi-VN", bypass_csp=True)
    if surface in server.sessions:
        context.add_cookies([
            {"name": f"nghisu_{surface}", "value": server.sessions[surface], "url": server.url, "httpOnly": True}
        ])
    if surface == "seat":
        context.add_init_script(f"localStorage.setItem('nghisu-seat', JSON.stringify({json.dumps(SITTER)}))")
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def finished(event: dict[str, Any]) -> None:
        found.bytes += int(event["encodedDataLength"])

    line.on("Network.loadingFinished", finished)
    page.on("response", lambda answer: found.scripts.append(answer) if answer.url.endswith(".js") else None)
    page.goto(server.url + PATHS.get(surface, f"/{surface}/"), wait_until="commit")
    found.usable_ms = float(page.wait_for_function(
        f"() => {USABLE[surface]} && performance.now()", timeout=30_000, polling="raf"
    ).json_value())
    page.wait_for_load_state("load")
    found.js = sum(len(gzip.compress(script.body(), 9)) for script in found.scripts)
    context.close()
    return found


def run(given: argparse.Namespace) -> list[Figure]:
    """Each surface some times."""
    figures = []
    with house(2) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for surface in USABLE:
            loads = [load(browser, server, surface) for _ in range(given.rounds)]
            js = statistics.median(one.js for one in loads) / 1000
            figures += [
                Figure.alone(f"firstload.{surface}.usable", "ms", statistics.median(one.usable_ms for one in loads)),
                Figure.alone(f"firstload.{surface}.bytes", "kB", statistics.median(one.bytes for one in loads) / 1000),
                Figure.alone(f"firstload.{surface}.js_gzipped", "kB", js, SEAT_JS if surface == "seat" else None),
            ]
        browser.close()
    return figures


if __name__ == "__main__":
    main(run, rounds=3)
