"""The relayed conference on a wall, from a real camera over RTMP to real Chromium, read by the clock in the picture."""

import base64
import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from server.demo.office import Refusal
from tests.browser.conftest import Opener
from tests.browser.hall import Hall
from tests.browser.house import House
from tests.browser.relayed import OPEN, SPEAK, Broadcast, admit, now_ms, speak
from tests.browser.screen import BACKUP_PLUS, Screen, longest_still_ms
from tests.relay import camera
from tests.relay.lossy import LossyLine
from tests.relay.timecode import read_image

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

PATIENCE = 60.0
NOT_YOURS = "relay_floor_not_yours"
LEAST_HEARD = 1e-6  # mean square of what a page lets be heard: −60 dB
DROP_SENDERS = """() => {
  for (const peer of window.__peers) if (peer.getSenders().some((by) => by.track)) peer.close();
}"""
WATCH_SENDERS = """
const Plain = window.RTCPeerConnection;
window.__peers = [];
window.RTCPeerConnection = class extends Plain {
  constructor(...given) { super(...given); window.__peers.push(this); }
};"""
SENT = """async () => {
  for (const peer of window.__peers)
    for (const entry of (await peer.getStats()).values())
      if (entry.type === "outbound-rtp" && entry.kind === "video") {
        const { nackCount, pliCount, retransmittedPacketsSent, frameHeight, framesPerSecond } = entry;
        return { nackCount, pliCount, retransmittedPacketsSent, frameHeight, framesPerSecond };
      }
}"""
GRAB = """() => {
  const video = document.querySelector("video");
  if (!video || !video.videoWidth) return null;
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth; canvas.height = video.videoHeight;
  canvas.getContext("2d").drawImage(video, 0, 0);
  return { now: Date.now(), picture: canvas.toDataURL("image/png").split(",")[1] };
}"""


class Seen(NamedTuple):
    """A picture on the wall: the moment that is burned into it, and how long ago that was, in ms."""

    painted_ms: int
    delay_ms: int


@pytest.fixture
def air(staffed: House) -> Broadcast:
    return Broadcast(staffed)


def grab(page: Page) -> Seen | None:
    """What the wall's video shows now; None without a readable picture."""
    found = page.evaluate(GRAB)
    if found is None:
        return None
    painted = read_image(Image.open(io.BytesIO(base64.b64decode(found["picture"]))))
    return None if painted is None else Seen(painted, found["now"] - painted)


def wait_for(page: Page, later_than_ms: int) -> Seen:
    """The first picture that was painted after that moment."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        seen = grab(page)
        if seen is not None and seen.painted_ms > later_than_ms:
            return seen
        page.wait_for_timeout(100)
    raise AssertionError(f"no new picture: {page.locator('body').inner_text()}")


def test_a_wall_shows_the_conference_and_says_so_when_its_source_dies(
    air: Broadcast, open_page: Opener, tmp_path: Path
) -> None:
    wall = air.wall(open_page, 1920, 1080)
    with air.camera():
        first = wait_for(wall, 0)
        later = wait_for(wall, first.painted_ms + 2000)
        delays = sorted(seen.delay_ms for seen in (grab(wall) for _ in range(20)) if seen is not None)
        print(f"capture to render: median {delays[len(delays) // 2]} ms, longest {delays[-1]} ms of {len(delays)}")
        assert later.painted_ms > first.painted_ms
        assert 0 <= delays[0] < 5_000, "the picture is of this moment, not of a file or a cache"
        wall.screenshot(path=tmp_path / "wall-live.png")
        expect(wall.locator("video")).to_be_visible()
    ended = int(time.time() * 1000)
    wall.wait_for_timeout(4000)
    wall.screenshot(path=tmp_path / "wall-slate.png")
    assert grab(wall) is None, "the slate carries no time code: the dead source's picture does not stay"
    with air.camera():
        back = wait_for(wall, ended)
        wall.screenshot(path=tmp_path / "wall-back.png")
    assert back.painted_ms > ended


def test_a_room_that_has_the_floor_is_seen_and_heard_by_all_but_itself_until_it_is_taken(
    air: Broadcast, open_page: Opener, browser_with_camera: Browser, tmp_path: Path
) -> None:
    site, page = air.room(browser_with_camera)
    room = Screen(page)
    wall = Screen(air.wall(open_page, 1920, 1080))
    with air.camera("--gop", "4"):
        wall.wait(lambda seen: len(seen) > 20, 0)
        room.wait(lambda seen: len(seen) > 20, 0)
        centre = room.energy(3)
        air.hall.do("POST", f"/relay/sites/{site}/floor", {})
        page.get_by_role("button", name=OPEN, exact=True).click()
        expect(page.get_by_label("Hình của phòng, chưa gửi đi")).to_be_visible()
        page.screenshot(path=tmp_path / "site-preview.png")
        page.get_by_role("button", name=SPEAK, exact=True).click()
        began = now_ms()
        wall.wait(lambda seen: len(seen) > 10 and all(one.code is None for one in seen[-5:]), began)
        page.wait_for_timeout(1000)
        own, heard, pictures = room.energy(3), wall.energy(3), len(room.pictures(began))
        page.screenshot(path=tmp_path / "site-speaks.png")
        wall.page.screenshot(path=tmp_path / "wall-site.png")
        print(f"sound at the speaking room {own:.2e}, at the wall {heard:.2e}, before at the room {centre:.2e}")
        assert heard > LEAST_HEARD
        assert own < LEAST_HEARD / 100, "its own return is muted"
        assert pictures > 5, "and it sees the conference"
        taken = now_ms()
        air.hall.do("DELETE", "/relay/floor")
        after = wall.wait(lambda seen: any(one.code for one in seen[-3:]), taken)
        print(f"the centre after {next(one.at_ms for one in after if one.code) - taken} ms")
        expect(page.get_by_role("button", name="Xin phát biểu")).to_be_visible()
        assert room.energy(3) > LEAST_HEARD, "the room hears the centre again"


def test_a_room_whose_line_dies_while_it_has_the_floor_hears_the_centre_again_and_the_console_is_told(
    air: Broadcast, open_page: Opener, browser_with_camera: Browser
) -> None:
    site, page = air.room(browser_with_camera)
    room = Screen(page)
    with air.camera():
        room.wait(lambda seen: len(seen) > 20, 0)
        air.hall.do("POST", f"/relay/sites/{site}/floor", {})
        speak(page)
        room.wait(lambda seen: len(seen) > 10 and all(one.code is None for one in seen[-5:]), now_ms())
        died = now_ms()
        page.evaluate(DROP_SENDERS)
        room.wait(lambda seen: any(one.code for one in seen[-3:]), died)
        page.wait_for_timeout(4000)
        assert room.energy(3) > LEAST_HEARD
        shown = air.hall.secretary.get(f"{air.hall.path}/relay")
        assert shown["conference"]["floor"]["site_id"] == site, "taking the floor is a decision of people"
        assert [one for one in shown["incidents"] if one["code"] == "floor_lost" and one["resolved_ms"] is None]
        air.hall.do("DELETE", "/relay/floor")


def test_a_room_that_speaks_over_a_line_that_loses_packets_stays_in_the_picture(
    air: Broadcast, open_page: Opener, browser_with_camera: Browser
) -> None:
    site, page = air.room(browser_with_camera)
    wall = Screen(air.wall(open_page))
    page.add_init_script(WATCH_SENDERS)
    page.reload()
    with LossyLine(percent=2) as line, air.camera():

        def through(route: Route) -> None:
            answer = route.fetch()
            body = answer.json()
            route.fulfill(response=answer, json={**body, "sdp": line.through(body["sdp"])})

        page.route("**/relay/whip", through)
        wall.wait(lambda seen: len(seen) > 20, 0)
        air.hall.do("POST", f"/relay/sites/{site}/floor", {})
        speak(page)
        began = now_ms()
        wall.wait(lambda seen: len(seen) > 10 and all(one.code is None for one in seen[-5:]), began)
        page.wait_for_timeout(10_000)
        seen = [one for one in wall.pictures(began) if one.code is None]
        sent = page.evaluate(SENT)
        print(f"{line.lost} lost, {line.passed} passed; longest still {longest_still_ms(seen)} ms; {sent}")
        assert line.lost > 0
        assert sent["nackCount"] > 0
        assert sent["frameHeight"] <= 720
        assert longest_still_ms(seen) < 3000
        air.hall.do("DELETE", "/relay/floor")


def test_the_chair_of_an_attached_meeting_speaks_from_a_tablet_and_nobody_else_of_it(
    air: Broadcast, open_page: Opener
) -> None:
    local = Hall(air.house, "Họp tại điểm cầu xã Mẫu Sơn", ["Lê Mẫu Chi", "Phạm Mẫu Dũng"])
    site = admit(air.hall)
    air.hall.do("PATCH", f"/relay/sites/{site}", {"local_meeting_id": local.id})
    wall = Screen(air.wall(open_page))
    chair, member = local.seat("Lê Mẫu Chi"), local.seat("Phạm Mẫu Dũng")
    pass_of = f"{local.path}/relay/pass"
    with air.camera():
        wall.wait(lambda seen: len(seen) > 20, 0)
        assert NOT_YOURS in refused(lambda: chair.post(pass_of, {"may": "speak"}))
        air.hall.do("POST", f"/relay/sites/{site}/floor", {})
        assert NOT_YOURS in refused(lambda: member.post(pass_of, {"may": "speak"}))
        given = chair.post(pass_of, {"may": "speak"})
        with camera.running(given["url"], "--bearer", given["token"], "--plus", str(BACKUP_PLUS)):
            wall.wait(lambda seen: len(seen) > 5 and all(one.whose == "backup" for one in seen[-3:]), now_ms())
            assert wall.energy(3) > LEAST_HEARD
        air.hall.do("DELETE", "/relay/floor")


def refused(act: Callable[[], object]) -> str:
    """The refusal that an act meets."""
    try:
        act()
    except Refusal as problem:
        return str(problem)
    return ""
