"""An edge's line that gets worse moves its site down with a notice, and back up when it is stable, as a page's does.

Gate, feed, supervisor and watch are the real ones, over real sockets; the line between is narrow.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from server.core import clock
from server.core.access import SYSTEM
from server.core.bus import Bus
from server.core.config import Settings
from server.core.keys import Keys
from server.devices.models import Device
from server.relay import board, curve, edges, sites, watch
from server.relay.bodies import EdgeReportIn
from server.relay.daemon.edge.orders import Home, plan_of
from server.relay.daemon.ingest import feed_state
from server.relay.daemon.supervisor import Supervisor, _Known
from server.relay.edge_words import EdgeOrders
from server.relay.models import Incident, Site
from tests.relay.control.test_conference import Relay
from tests.relay.edge.narrow import narrow
from tests.relay.edge.parts import Program, Receiver, edge, gate, public_key, running, until
from tests.scene import Scene

LARGE, SMALL = 6000, 600  # bytes of a picture: 50 a second are 2.4 Mb/s and 0.24
KBPS = 900


class Centre:
    """A live conference whose first site has an edge, and what the web process does once a second."""

    def __init__(self, relay: Relay, room: Path) -> None:
        self.relay, self.scene, self.room = relay, relay.scene, room
        self.data = self.scene.services.settings.data
        relay.live()
        self.site = relay.sites[0]
        relay.admit(self.site)
        self.device = int(self.scene.run(
            lambda tx: sites.add_device(tx, SYSTEM, relay.meeting, self.site, kind="edge", mac="mac").id
        ))
        self.scene.run(lambda tx: edges.give_key(tx, SYSTEM, tx.get_one(Device, self.device), public_key(room)))
        self.conference = relay.plan().conferences[0].id
        self.watch = watch.SiteWatch(self.scene.services)

    @contextlib.asynccontextmanager
    async def office(self, got: Receiver, port: int) -> AsyncIterator[None]:
        """Reports are heard, and orders carried out, while this lasts."""
        settings = Settings(data=self.data)
        bus, ready = Bus(settings.folder("run")), asyncio.Event()
        supervisor = Supervisor(settings, bus, fanouts=1)
        async with running(supervisor.run(ready)):
            await ready.wait()
            supervisor.known[self.conference] = _Known()
            async with running(self._each_second(supervisor, got, port)):
                yield
        bus.close()

    async def _each_second(self, supervisor: Supervisor, got: Receiver, port: int) -> None:
        while True:
            await asyncio.sleep(1)
            report = supervisor.report(self.conference)
            board.seen.take(report)
            self.watch.heard(report)
            home = Home(curve.pair(Keys(self.room / "keys")), "127.0.0.1")
            (wanted,) = plan_of(self.orders(port), home, 1).conferences
            if wanted.sources[0].address != got.feed.source.address:
                got.feed.configure(wanted.sources[0])

    def orders(self, port: int) -> EdgeOrders:
        settings = Settings(data=self.data, relay_feed_port=port)
        with self.scene.services.database.read() as session:
            told = edges.view(session, session.get_one(Device, self.device), settings, self.scene.services.keys)
        return EdgeOrders.model_validate_json(told.model_dump_json())

    def row(self) -> dict[str, Any]:
        """The site on the console's board."""
        with self.scene.services.database.read() as session:
            shown = board.board(session, self.relay.meeting, board.seen).sites
        at = shown.id.index(self.site)
        return {"light": shown.light[at], "why": shown.why[at], "rung": shown.rung[at], "rtt": shown.rtt[at]}

    def log(self) -> list[tuple[str, int | None, bool]]:
        return [(one.code, one.site_id, one.resolved_at is not None) for one in self.scene.rows(Incident)
                if one.code.startswith("site_")]


@pytest.fixture
def centre(scene: Scene, client: Callable[..., Any], tmp_path: Path) -> Centre:
    return Centre(Relay(scene, client("secretary")), tmp_path / "room")


@contextlib.asynccontextmanager
async def line_to(centre: Centre) -> AsyncIterator[tuple[Any, Receiver]]:
    """The edge is on the line, and everything runs."""
    number = centre.conference
    listed = {f"edge-{centre.device}": public_key(centre.room)}
    top, low = (Program(centre.data, f"{number}/{key}") for key in ("program", "low"))
    async with (
        gate(centre.data, listed, conference=number) as door, narrow(door.port) as line,
        running(top.play(size=LARGE)), running(low.play(size=SMALL)),
        edge(centre.room, centre.data, line.port, low=True, conference=number) as got,
        running(door.child.line.listen()), centre.office(got, line.port),
    ):
        await until(lambda: len(got.units) > 40, "pictures")
        yield line, got


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds in place of minutes."""
    monkeypatch.setattr(watch, "DOWN_AFTER", 3)
    monkeypatch.setattr(watch, "UP_AFTER", 4)
    monkeypatch.setattr(feed_state, "SETTLE_S", 2.0)


def play(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(story())


def test_an_edge_on_a_line_that_got_narrow_is_held_lower_with_a_notice_and_let_go_when_it_is_wide_again(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(monkeypatch)

    async def story() -> None:
        async with line_to(centre) as (line, got):
            await until(lambda: centre.row()["light"] == "green", "green")
            line.kbps = KBPS
            await until(lambda: centre.scene.row(Site, centre.site).held == "low", "it is held at the low rung")
            assert centre.log() == [("site_held", centre.site, False)]
            assert centre.orders(line.port).conferences[0].held == "low", "the building's wall is told"
            await until(lambda: got.feed.address.levels[0] == "low", "the edge has the order")
            await until(lambda: (centre.row()["light"], centre.row()["why"]) == ("amber", "held"), "amber")
            line.kbps = 0
            await until(lambda: centre.scene.row(Site, centre.site).held == "top", "let go")
            await until(lambda: centre.row()["light"] == "green" and centre.row()["rung"] == "top", "green at the top")
            assert centre.log()[0] == ("site_held", centre.site, True), "settled"
            assert centre.log()[-1] == ("site_released", centre.site, True)
            assert got.feed.reconnects == 0
            assert got.feed.picker.showing == f"{centre.conference}/program"

    play(story)


def test_what_the_building_loses_behind_its_edge_is_no_fault_of_the_line(centre: Centre) -> None:
    async def story() -> None:
        async with line_to(centre):
            def beat() -> None:
                figures = EdgeReportIn(viewers=3, showing="primary", rung="top", loss_percent=8, round_trip_ms=700)
                board.seen.beat(centre.device, figures)

            until_s = clock.monotonic() + 3
            beat()
            while clock.monotonic() < until_s:
                await asyncio.sleep(0.2)
            row = centre.row()
            assert (row["light"], row["why"], row["rung"]) == ("amber", "inside", "top")
            assert row["rtt"] < 100, "the line's own"
            assert all(held.bad == 0 for held in centre.watch.known[centre.conference].values())

    play(story)
