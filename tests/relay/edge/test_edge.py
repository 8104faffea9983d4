"""An edge: enrolment, orders, what it keeps when the centre is away, its page for the building.

The centre here speaks the words of server/relay/edge_words.py over real HTTP.
"""

import asyncio
import contextlib
import socket
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import web
from zmq.utils import z85

from server.core import clock
from server.core.config import Settings
from server.core.keys import Keys
from server.core.trouble import WrongData
from server.relay import curve, passes
from server.relay.daemon.edge import centre as talk
from server.relay.daemon.edge.main import Edge, link_path
from server.relay.daemon.edge.orders import Home, figures_of, plan_of
from server.relay.daemon.edge.page import Page, local, named_here
from server.relay.daemon.feedline import FeedAddress
from server.relay.edge_words import EdgeOrders
from tests.ports import free_port
from tests.relay.edge.parts import public_key, running, until

HOME = Home(curve.Pair(b"", z85.encode(bytes(range(32)))), "10.0.0.1")
CONFERENCE: dict[str, Any] = {
    "site_id": 12, "conference_id": 3, "meeting_id": 7, "name": "Đảng ủy xã An Phú", "conference": "Hội nghị thử",
    "state": "live", "starts_ms": 0, "phone": "0900", "watch": True, "allowed": "top", "held": "top", "muted": False,
    "recording": True, "slate": ["Tạm mất hình"], "of_a_newer_centre": 1,
}


def told(feed_key: str, **changes: Any) -> dict[str, Any]:
    return {
        "device_id": 5, "name": "Trạm biên", "label": "edge-5", "revision": 4, "feed_host": "", "feed_port": 8890,
        "feed_key": feed_key, "key_known": True, "conferences": [{**CONFERENCE, **changes}],
    }


@pytest.fixture
def key(tmp_path: Path) -> str:
    return public_key(tmp_path / "centre")


def test_orders_become_a_plan_with_the_feed_of_the_centre(key: str) -> None:
    plan = plan_of(EdgeOrders.model_validate(told(key)), HOME, 9)
    (conference,) = plan.conferences
    address = FeedAddress.parse(conference.sources[0].address)
    assert (plan.revision, conference.id, conference.state, conference.recording.on) == (9, 3, "live", True)
    assert (address.host, address.port, address.conference, address.key.decode()) == ("10.0.0.1", 8890, 3, key)
    assert address.levels == ("top", "low", "audio")
    assert conference.program.slate == ("Tạm mất hình",)


@pytest.mark.parametrize(("changes", "levels"), [
    ({"allowed": "low"}, ("low", "audio")), ({"allowed": "audio"}, ("audio",)),
])
def test_site_moved_down_takes_no_better_rung_over_its_line(
    key: str, changes: dict[str, Any], levels: tuple[str, ...]
) -> None:
    (conference,) = plan_of(EdgeOrders.model_validate(told(key, **changes)), HOME, 1).conferences
    assert FeedAddress.parse(conference.sources[0].address).levels == levels
    assert conference.caps == ({"site-12": "audio"} if changes["allowed"] == "audio" else {}), "made small only once"


def test_centre_that_makes_no_low_rung_is_asked_for_none(key: str) -> None:
    (conference,) = plan_of(EdgeOrders.model_validate(told(key, low=False)), HOME, 1).conferences
    assert FeedAddress.parse(conference.sources[0].address).levels == ("top", "audio")


@pytest.mark.parametrize("changes", [{"watch": False}, {"allowed": "none"}, {"state": "planned"}, {"state": "ended"}])
def test_site_that_is_not_admitted_or_not_running_gets_nothing(key: str, changes: dict[str, Any]) -> None:
    assert plan_of(EdgeOrders.model_validate(told(key, **changes)), HOME, 1).conferences == ()


def test_address_given_by_hand_is_the_second_way(key: str) -> None:
    by_hand = replace(HOME, backup="srt://10.0.0.1:9000")
    (conference,) = plan_of(EdgeOrders.model_validate(told(key)), by_hand, 1).conferences
    assert [(one.key, one.kind) for one in conference.sources] == [("primary", "feed"), ("backup", "srt")]
    assert conference.caps == {"site-12": "top"}, "it could bring better pictures than the site may have"


def test_lossy_line_takes_srt_with_the_low_rung_of_the_feed_behind_it(key: str) -> None:
    orders = {**told(key, line="srt", srt_turn="1.5"), "srt_port": 8891}
    (conference,) = plan_of(EdgeOrders.model_validate(orders), HOME, 1).conferences
    srt, feed = conference.sources
    assert (srt.key, srt.kind, feed.key, feed.kind) == ("primary", "srt", "backup", "feed")
    assert parse_qs(urlsplit(srt.address).query)["streamid"] == ["#!::u=edge-5,r=3/top"]
    assert FeedAddress.parse(feed.address).levels == ("low", "audio")
    again = plan_of(EdgeOrders.model_validate({**told(key, line="srt", srt_turn="2.5"), "srt_port": 8891}), HOME, 1)
    assert again.conferences[0].sources[0].address != srt.address, "a new turn is a new passphrase"


def test_edge_told_to_use_srt_takes_the_feed_where_the_centre_offers_none(key: str) -> None:
    (conference,) = plan_of(EdgeOrders.model_validate(told(key, line="srt", srt_turn="1.5")), HOME, 1).conferences
    assert [one.kind for one in conference.sources] == ["feed"]
    assert FeedAddress.parse(conference.sources[0].address).levels == ("top", "low", "audio")


def test_heartbeat_tells_viewers_rung_and_recording() -> None:
    report = {
        "id": 3, "program": {"showing": "primary", "since_ms": 0}, "recording": {"on": True, "free_megabytes": 70},
        "sources": [{
            "key": "primary", "state": "running", "why": "the line carries the low rung", "loss_percent": 7.5,
        }],
        "viewers": 3, "labels": [{"label": "wall", "viewers": 3, "loss_percent": 1.5, "round_trip_ms": 4}],
    }
    figures = figures_of(report)
    assert (figures.viewers, figures.showing, figures.rung, figures.recording) == (3, "primary", "low", True)
    assert (figures.loss_percent, figures.line_loss_percent, figures.free_megabytes) == (1.5, 7.5, 70)
    assert figures_of({}).rung == "none"


@pytest.mark.parametrize(("address", "inside"), [
    ("127.0.0.1", True), ("10.3.4.5", True), ("192.168.1.9", True), ("fe80::1%eth0", True), ("::ffff:10.0.0.1", True),
    ("8.8.8.8", False), ("2001:4860::1", False), ("::ffff:8.8.8.8", False), ("", False), (None, False), ("x", False),
])
def test_only_the_building_is_served(address: str | None, inside: bool) -> None:
    assert local(address) is inside


@pytest.mark.parametrize(("host", "ours"), [
    ("10.1.2.3:8080", True), ("[fd00::1]:8080", True), ("localhost:8080", True), ("bien", True), ("bien.local", True),
    ("bien.tinhuy.example:8080", True), ("tinhuy.example", False), ("evil.example", False), ("", False),
    ("10.1.2.3.evil.example", False), ("[::1", False), ("evil.example:8080", False),
])
def test_a_name_of_the_internet_that_points_here_is_not_answered(host: str, ours: bool) -> None:
    assert named_here(host, "bien.tinhuy.example") is ours


def test_damaged_link_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "edge.json"
    path.write_text("{")
    with pytest.raises(WrongData, match="enrol this edge again"):
        talk.Link.load(path)


class StandIn:
    """A centre that speaks the words."""

    def __init__(self, key: str) -> None:
        self.said = {**told(key, recording=False), "key_known": False}
        self.key = ""
        self.reports: list[dict[str, Any]] = []
        self.revoked = False
        self.port = 0

    @contextlib.asynccontextmanager
    async def serve(self) -> AsyncIterator[None]:
        made = web.Application()
        made.add_routes([
            web.post("/api/enrol", self._enrol), web.get("/api/relay/edge", self._orders),
            web.put("/api/relay/edge/key", self._key), web.post("/api/relay/edge/report", self._report),
        ])
        runner = web.AppRunner(made)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self.port)
        await site.start()
        self.port = runner.addresses[0][1]
        try:
            yield
        finally:
            await runner.cleanup()

    async def _enrol(self, request: web.Request) -> web.Response:
        if (await request.json())["code"] != "ABCD2345":
            return web.json_response({"code": "enrolment_code_wrong", "title": "wrong"}, status=404)
        answer = web.json_response({})
        answer.set_cookie("nghisu_edge", "token")
        return answer

    async def _orders(self, request: web.Request) -> web.Response:
        if self.revoked or request.cookies.get("nghisu_edge") != "token":
            return web.json_response({"code": "sign_in", "title": "no"}, status=401)
        return web.json_response(self.said)

    async def _key(self, request: web.Request) -> web.Response:
        self.key = (await request.json())["public_key"]
        self.said["key_known"] = True
        return web.json_response(None)

    async def _report(self, request: web.Request) -> web.Response:
        self.reports.append(await request.json())
        return web.json_response(None)


def started(edge: Edge) -> bool:
    return all(child.process is not None for child in edge.supervisor.running.values())


def listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def test_code_of_the_centre_becomes_a_link_that_only_the_owner_reads(tmp_path: Path, key: str) -> None:
    async def scene() -> None:
        centre = StandIn(key)
        async with centre.serve():
            with pytest.raises(talk.CentreAway, match="enrolment_code_wrong"):
                await talk.enrol(f"http://127.0.0.1:{centre.port}", "nope")
            link = await talk.enrol(f"http://127.0.0.1:{centre.port}/", "ABCD2345")
        link.save(tmp_path / "edge.json")
        assert stat.S_IMODE((tmp_path / "edge.json").stat().st_mode) == 0o600
        assert talk.Link.load(tmp_path / "edge.json") == link
        with pytest.raises(talk.CentreAway):
            await talk.enrol(f"http://127.0.0.1:{centre.port}", "ABCD2345")

    asyncio.run(scene())


def test_edge_carries_out_orders_keeps_them_while_the_centre_is_away_and_drops_them_when_revoked(
    tmp_path: Path, key: str
) -> None:
    async def scene() -> None:
        centre = StandIn(key)
        settings = Settings(
            data=tmp_path / "edge", port=free_port(), relay_port=free_port(), relay_fanouts=1, relay_feed_port=0,
        )
        async with centre.serve():
            (await talk.enrol(f"http://127.0.0.1:{centre.port}", "ABCD2345")).save(link_path(settings))
            link = talk.Link.load(link_path(settings))
            assert link is not None
            edge = Edge(settings, link)
            async with running(edge.run()):
                await until(lambda: bool(centre.reports), "a heartbeat")
                assert centre.key == curve.pair(Keys(tmp_path / "edge" / "keys")).public.decode()
                await until(lambda: started(edge), "all children have started")
                assert {"ingest-3-primary", "program-3", "fanout-0"} <= edge.supervisor.running.keys()
                feed = edge.supervisor.running["ingest-3-primary"]
                process = feed.process
                centre.said["conferences"][0] |= {"allowed": "low", "held": "low"}
                await until(lambda: "best=low" in feed.need.config["source"]["address"], "it is moved down")
                assert edge.supervisor.running["ingest-3-primary"].process is process, "without a break"
                assert Page(edge).state()["conferences"][0]["held"] == "low"
        again = Edge(settings, link)  # the centre is away, and the edge starts again
        async with running(again.run()):
            await until(lambda: "ingest-3-primary" in again.supervisor.running, "the orders of the last time")
            await until(lambda: started(again), "all children have started")
            processes = [child.process for child in again.supervisor.running.values() if child.process is not None]
            state = Page(again).state()
            assert state["centre_away"]
            assert state["conferences"][0]["watch"]
            given = passes.read(again.keys, state["conferences"][0]["pass"], clock.epoch_ms() / 1000)
            assert (given.conference, given.label, given.may) == (3, "site-12", "watch")
            await until(lambda: listens(settings.port) and listens(settings.relay_port), "the page and WHEP")
            async with aiohttp.ClientSession() as browser:
                async with browser.get(f"http://127.0.0.1:{settings.port}/") as answer:
                    assert "Tiếp phát hội nghị" in await answer.text()
                    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
                async with browser.get(f"http://127.0.0.1:{settings.port}/state") as answer:
                    assert (await answer.json())["conferences"][0]["site"] == "Đảng ủy xã An Phú"
            centre.revoked = True
            async with centre.serve():
                await until(lambda: again.orders is None and not again.supervisor.running, "nothing runs any more")
                await again.supervisor.apply(again.supervisor.plan)  # returns when all have ended
                assert Page(again).state()["conferences"] == []
                assert not (settings.folder("run") / "orders.json").exists()
                for process in processes:
                    await process.wait()
        await asyncio.sleep(0)  # their pipes are closed in the loop's next turn

    asyncio.run(scene())
