"""A wall whose browser holds the sound back: it says so, and one key lets the sound out."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.acts import wall_code
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.house import House
from tests.browser.relayed import on_air
from tests.relay.clip import clip

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

FILM = "hoi-nghi.mp4"
MUTED = "document.querySelector('video').muted"
TELL = """
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  const done = play.call(this);
  done.catch((error) => console.info(`play: ${error.name}`));
  return done;
};
"""
"""Says in the console what the browser refused: whatever asks the page itself counts as a touch (CDP's userGesture)."""


def test_a_wall_whose_browser_holds_the_sound_back_says_so_and_any_key_lets_it_out(
    staffed: House, playwright: Playwright, tmp_path: Path
) -> None:
    shutil.copy(clip("h264"), staffed.settings.folder("relay") / FILM)
    hall = on_air(staffed, FILM)
    flags = [flag for flag in FLAGS if "autoplay" not in flag]  # a browser as it comes
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
    try:
        wall = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="vi-VN")
        wall.add_init_script(TELL)
        with wall.expect_console_message(lambda one: one.text == "play: NotAllowedError", timeout=60_000):
            wall.goto(f"{staffed.address}/wall/?code={wall_code(staffed, hall.id)}")
        said = wall.get_by_text("Trình duyệt đang chặn tiếng")
        said.wait_for()
        assert wall.evaluate(MUTED)
        wall.screenshot(path=tmp_path / "wall-blocked.png")
        wall.keyboard.press("Enter")
        said.wait_for(state="hidden")
        assert not wall.evaluate(MUTED)
    finally:
        browser.close()
