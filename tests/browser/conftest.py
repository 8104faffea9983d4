"""One Chromium a session, one house a module."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.browser.house import House

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
# No background traffic of the browser's own; as root it needs --no-sandbox.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--autoplay-policy=no-user-gesture-required",
]
CAMERA_FLAGS = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


def launch(playwright: Playwright, *more: str) -> Browser:
    """Debian's Chromium, headless."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *more])


def chromium_inside(folder: Path, pid: int) -> Path:
    """A program that is Chromium in the network namespace of a process; it is spoken to over its pipes."""
    path = folder / "chromium"
    path.write_text(f'#!/bin/sh\nexec nsenter --net=/proc/{pid}/ns/net {CHROMIUM} "$@"\n')
    path.chmod(0o755)
    return path


@pytest.hookimpl(tryfirst=True)  # before those without the mark are chosen
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs Chromium, whether its file says so or not."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


expect.set_options(timeout=15_000)  # two cores, and a video of a camera beside


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    found = launch(playwright)
    yield found
    found.close()


@pytest.fixture
def browser_with_camera(playwright: Playwright) -> Iterator[Browser]:
    """Chromium with a camera and a microphone that always say yes."""
    found = launch(playwright, *CAMERA_FLAGS)
    yield found
    found.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = House(tmp_path_factory.mktemp("house"))
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def staffed(house: House) -> House:
    """The house with the people of a Hall: a secretary and a steward at the door."""
    house.people(thuky="secretary", letan="steward")
    return house


Opener = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, house: House, tmp_path: Path) -> Iterator[Opener]:
    """Open an address in a context of its own; errors in a page's script fail the test.

    At the end the last picture of each page is left in the test's folder.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_it(path: str, width: int = 1366, height: int = 768, **more: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN", **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(f"{path}: {error}"))
        page.goto(house.address + path)
        return page

    yield open_it
    for number, context in enumerate(contexts):
        for page in context.pages:
            page.screenshot(path=tmp_path / f"last-{number}.png")
        context.close()
    assert errors == []
