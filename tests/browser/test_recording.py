"""Chromium plays a recording, jumps in it as to an agenda item, and goes on where another source begins."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.relay.clip import clip
from tests.relay.recorder.stage import TURN_MS, other_parameters, spliced
from tests.relay.timecode import read_image

PAGE = """<!doctype html><body style="margin:0"><video src="recording.mp4" width="320" height="180" muted></video>"""
JUMP = """(second) => new Promise((done) => {
  const video = document.querySelector("video");
  video.requestVideoFrameCallback(() => done(null));
  video.currentTime = second;
})"""
PLAY = """(second) => new Promise((done, failed) => {
  const video = document.querySelector("video");
  video.onerror = () => failed(video.error.message);
  video.ontimeupdate = () => {
    if (video.currentTime < second) return;
    video.pause();
    done(video.getVideoPlaybackQuality().totalVideoFrames);
  };
  video.play();
})"""


def shown(page: Page) -> int | None:
    """The time burned into what stands on the page."""
    return read_image(Image.open(io.BytesIO(page.locator("video").screenshot())))


def test_chromium_jumps_in_a_recording_and_plays_over_a_change_of_source(browser: Browser, tmp_path: Path) -> None:
    first, other = clip("h264"), other_parameters(tmp_path / "other.mp4")
    spliced(tmp_path / "recording.mp4", first, other, first)
    (tmp_path / "index.html").write_text(PAGE)
    page = browser.new_page(viewport={"width": 320, "height": 180})
    page.goto((tmp_path / "index.html").as_uri())
    page.wait_for_function("document.querySelector('video').readyState >= 2")
    for second in (2.5, 14.2, 8.4, 0.5):
        page.evaluate(JUMP, second)
        burned = shown(page)
        assert burned is not None
        assert abs(burned - second * 1000 % TURN_MS) <= 70, second
    page.evaluate(JUMP, 5.0)
    assert page.evaluate(PLAY, 7.5) > 10  # from the first source into the other
    burned = shown(page)
    assert burned is not None
    assert 1000 <= burned <= 3000
    page.close()
