"""A standard player that knows nothing of this house: whip-whep (npm, by an author of RFC 9725) in Chromium."""

import functools
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.house import House
from tests.browser.relayed import Broadcast

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
  const video = document.createElement("video");
  video.muted = video.autoplay = true;
  document.body.append(video);
  const view = async () => {
    const pc = new RTCPeerConnection();
    pc.addTransceiver("video", { direction: "recvonly" });
    pc.addTransceiver("audio", { direction: "recvonly" });
    const stream = new MediaStream();
    pc.ontrack = ({ track }) => stream.addTrack(track);
    video.srcObject = stream;
    const client = new WHEPClient();
    await client.view(pc, url, token);
    return { pc, stream, client };
  };
  let watching;
  for (let turn = 0; watching === undefined; turn += 1)
    try { watching = await view(); } catch (error) { // 503 until the relay's processes have started
      if (turn > 40) throw error;
      await new Promise((done) => setTimeout(done, 500));
    }
  const { pc, stream, client } = watching;
  const until = performance.now() + 60000;
  const frames = () => video.getVideoPlaybackQuality().totalVideoFrames;
  while (frames() < 20 && performance.now() < until) await new Promise((done) => setTimeout(done, 100));
  const servers = pc.getConfiguration().iceServers.length;
  const result = { frames: frames(), tracks: stream.getTracks().length, width: video.videoWidth, servers };
  await client.stop();
  return { ...result, requests: seen.requests };
}"""


class Quiet(SimpleHTTPRequestHandler):
    """A folder over HTTP, without a word."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """A site of somebody else with the player on it: another origin than the house's and the relay's."""
    (tmp_path / "player.html").write_text(PAGE)
    shutil.copy(PLAYER, tmp_path / "whep.js")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path)))
    work = threading.Thread(target=server.serve_forever)
    work.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    work.join()
    server.server_close()


def test_a_player_of_somebody_else_shows_the_conference(browser: Browser, staffed: House, elsewhere: str) -> None:
    air = Broadcast(staffed)
    given = air.hall.do("POST", "/relay/pass", {"may": "watch"})
    page = browser.new_page()
    with air.camera():
        page.goto(f"{elsewhere}/player.html")
        seen = page.evaluate(VIEW, [given["url"], given["token"]])
    page.close()
    assert seen["frames"] >= 20
    assert (seen["tracks"], seen["width"], seen["servers"]) == (2, 320, 0)
    assert "POST 201" in seen["requests"]
    assert "PATCH 204" in seen["requests"]
    assert seen["requests"][-1] == "DELETE 200"
