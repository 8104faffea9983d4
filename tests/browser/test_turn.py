"""Chromium in a room that reaches nothing but the house's TURN server shows the conference."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from tests.browser.conftest import FLAGS, chromium_inside
from tests.relay.net.turned import Turned, missing, turned

pytestmark = [pytest.mark.timeout(180), pytest.mark.skipif(bool(missing()), reason=missing() or "-")]

OFFER = """async () => {  // as common/whep/agree.ts: candidates are gathered only when TURN servers are known
  const peer = window.peer = new RTCPeerConnection({ iceServers: [] });
  peer.addTransceiver("video", { direction: "recvonly" });
  const video = document.createElement("video");
  Object.assign(video, { muted: true, autoplay: true });
  document.body.replaceChildren(video);
  peer.ontrack = ({ track }) => { video.srcObject = new MediaStream([track]); };
  window.offer = await peer.createOffer();
  return window.offer.sdp;
}"""
WATCH = """async ([sdp, iceServers, patience]) => {
  const { peer, offer } = window;
  if (iceServers.length > 0) peer.setConfiguration({ iceServers });
  await peer.setLocalDescription(offer);
  await peer.setRemoteDescription({ type: "answer", sdp });
  const until = performance.now() + patience;
  const frames = () => document.querySelector("video").getVideoPlaybackQuality().totalVideoFrames;
  while (frames() < 15 && performance.now() < until) await new Promise((done) => setTimeout(done, 100));
  const found = [...(await peer.getStats()).values()];
  const pair = found.find((one) => one.type === "candidate-pair" && one.nominated && one.state === "succeeded");
  const near = found.find((one) => one.id === pair?.localCandidateId);
  peer.close();
  return { frames: frames(), kind: near?.candidateType, over: near?.relayProtocol };
}"""


def watched(playwright: Playwright, base: Path, house: Turned, servers: list[dict[str, str]]) -> Any:
    """What a new page in the room saw, and by which way."""
    browser = playwright.chromium.launch(executable_path=str(chromium_inside(base, house.room.pid)), args=FLAGS)
    page = browser.new_page()
    house.centre.say(sdp=page.evaluate(OFFER))
    found = page.evaluate(WATCH, [house.centre.hear()["sdp"], servers, 60_000 if servers else 5_000])
    browser.close()
    return found


def test_chromium_shows_pictures_through_turn_over_udp_and_over_tcp_and_none_without(
    playwright: Playwright, tmp_path: Path,
) -> None:
    with turned(tmp_path) as house:
        assert watched(playwright, tmp_path, house, [])["frames"] == 0
        for transport in ("udp", "tcp"):
            found = watched(playwright, tmp_path, house, house.servers(transport))
            assert found["frames"] >= 15, transport
            assert (found["kind"], found["over"]) == ("relay", transport)
