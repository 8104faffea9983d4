"""A standard player that knows nothing of this house: whip-whep (npm, by an author of RFC 9725) in Chromium."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.hall import Hall
from tests.browser.house import House
from tests.browser.test_relay import on_air
from tests.ports import free_port
from tests.relay import camera

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

PLAYER = Path(__file__).parents[2] / "node_modules" / "whip-whep" / "whep.js"
PAGE = "<!doctype html><title>player</title>"
VIEW = """async ([url, token]) => {
  const { WHEPClient } = await import("/whep.js");
  const seen = { requests: [], states: [] };
  const plain = window.fetch;
  window.fetch = async (where, how) => {
    const answer = await plain(where, how);
    seen.requests.push(`${how.method} ${answer.status}`);
    return answer;
  };
  const pc = new RTCPeerConnection();
  pc.addTransceiver("video", { direction: "recvonly" });
  pc.addTransceiver("audio", { direction: "recvonly" });
  const client = new WHEPClient();
  const video = document.createElement("video");
  video.muted = video.autoplay = true;
  const stream = new MediaStream();
  pc.ontrack = ({ track }) => stream.addTrack(track);
  video.srcObject = stream;
  document.body.append(video);
  await client.view(pc, url, token);
  const until = performance.now() + 60000;
  const frames = () => video.getVideoPlaybackQuality().totalVideoFrames;
  while (frames() < 20 && performance.now() < until) await new Promise((done) => setTimeout(done, 100));
  const servers = pc.getConfiguration().iceServers.length;
  const result = { frames: frames(), tracks: stream.getTracks().length, width: video.videoWidth, servers };
  await client.stop();
  return { ...result, requests: seen.requests };
}"""


@pytest.fixture(scope="module", autouse=True)
def _people(house: House) -> None:
    house.people(thuky="secretary", letan="steward")


def test_a_player_of_somebody_else_shows_the_conference(browser: Browser, house: House) -> None:
    address = f"rtmp://127.0.0.1:{free_port()}/live/khoa"
    hall: Hall = on_air(house, address)
    given = hall.do("POST", "/relay/pass", {"may": "watch"})
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with camera.running(address, "--fps", "15"):
        page.route("**/player.html", lambda asked: asked.fulfill(content_type="text/html", body=PAGE))
        page.route("**/whep.js", lambda asked: asked.fulfill(content_type="text/javascript", path=PLAYER))
        page.goto(f"{house.address}/player.html")
        seen = page.evaluate(VIEW, [given["url"], given["token"]])
    page.close()
    assert seen["frames"] >= 20
    assert (seen["tracks"], seen["width"], seen["servers"]) == (2, 320, 0)
    assert seen["requests"][0] == "POST 201"
    assert "PATCH 204" in seen["requests"]
    assert seen["requests"][-1] == "DELETE 200"
    assert errors == []
