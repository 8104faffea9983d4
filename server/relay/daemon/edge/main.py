"""The work of `nghisu edge`: orders from the centre, a supervisor that carries them out, a page for the walls."""

import asyncio
import contextlib
import signal
from collections import deque
from pathlib import Path
from typing import Any

import structlog
from pydantic import ValidationError

from server.core import clock
from server.core.bus import Bus
from server.core.config import ConfigError, Settings
from server.core.keys import Keys
from server.relay import curve
from server.relay.daemon import http
from server.relay.daemon.edge import centre, page
from server.relay.daemon.edge.centre import Centre, CentreAway, Link, NotEnrolled, write_whole
from server.relay.daemon.edge.check.room import declared
from server.relay.daemon.edge.check.tester import Tester, test_once
from server.relay.daemon.edge.orders import Home, figures_of, plan_of
from server.relay.daemon.limits import raise_limit
from server.relay.daemon.supervisor import Supervisor
from server.relay.edge_words import EdgeConference, EdgeFigures, EdgeOrders, EdgeVerdict

log = structlog.get_logger(__name__)

ASK_EVERY_S = 2.0
SLOWEST_S = 10.0
LATELY_S = 20.0
BREAKS = ("lost", "no_source")  # of program/machine.Why
NOT_ENROLLED = "this edge is not enrolled: nghisu edge --centre https://… --code …"


class Ear(Bus):
    """Hears what the supervisor would tell the web process: an edge has none."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.reports: dict[int, dict[str, Any]] = {}
        self._breaks: deque[tuple[float, int]] = deque(maxlen=100)

    def state(self, kind: str, **data: Any) -> None:
        """Keep the newest report of each conference."""
        if kind == "relay.report":
            self.reports[int(data["report"]["id"])] = data["report"]

    def tell(self, kind: str, **data: Any) -> None:
        """Log events, and count breaks of the picture."""
        if kind == "relay.event":
            event = data["event"]
            log.info("relay_event", **event)
            if event["code"] == "switched" and event["data"].get("why") in BREAKS:
                self._breaks.append((clock.monotonic(), int(event["conference"])))

    def breaks(self, conference: int, now: float) -> int:
        """How often the picture broke off in the last seconds."""
        return sum(number == conference and now - at < LATELY_S for at, number in self._breaks)


class Edge:
    """One edge."""

    def __init__(self, settings: Settings, link: Link) -> None:
        self.settings = settings
        self.link = link
        self.keys = Keys(settings.folder("keys"))
        self.ear = Ear(settings.folder("run"))
        self.supervisor = Supervisor(settings, self.ear)
        self.orders: EdgeOrders | None = None
        self.heard_ms = 0  # when the centre answered last
        self.trouble = ""
        self._kept = settings.folder("run") / "orders.json"
        self._revision = 0
        self.tester = Tester(self)

    async def run(self) -> None:
        """Work until cancelled."""
        ready = asyncio.Event()
        door = await http.open_door(self.supervisor)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self.supervisor.run(ready))
                await ready.wait()
                await self._go_on()
                tasks.create_task(page.serve(self))
                tasks.create_task(self._talk())
        finally:
            await door.cleanup()

    async def _go_on(self) -> None:
        """Begin with the orders of the last time: the centre may be away, its feed and our slate need not be."""
        with contextlib.suppress(FileNotFoundError, ValidationError):
            await self._carry_out(EdgeOrders.model_validate_json(self._kept.read_bytes()))

    async def _talk(self) -> None:
        talk = Centre(self.link)
        pause = ASK_EVERY_S
        try:
            while True:
                try:
                    await self._round(talk)
                    self.trouble, pause = "", ASK_EVERY_S
                except CentreAway as away:
                    self._note(str(away))
                    pause = min(SLOWEST_S, pause * 1.5)
                except NotEnrolled:
                    self._note("not enrolled")
                    await self._carry_out(None)  # taken off the list: nothing is shown any more
                    pause = SLOWEST_S
                await asyncio.sleep(pause)
        finally:
            await talk.close()

    async def _round(self, talk: Centre) -> None:
        orders = await talk.orders()
        if not orders.key_known:
            await talk.give_key(curve.pair(self.keys).public.decode())
        self.heard_ms = clock.epoch_ms()
        orders = orders.model_copy(update={"revision": 0, "now_ms": 0})  # they grow by themselves
        if orders != self.orders:
            await self._carry_out(orders)
            write_whole(self._kept, orders.model_dump_json().encode())
        running = next((one for one in orders.conferences if one.watch), None)
        await talk.report(self.figures(running) if running else figures_of({}))
        self.tester.look(orders)

    async def _carry_out(self, orders: EdgeOrders | None) -> None:
        self.orders = orders
        if orders is None:
            self._kept.unlink(missing_ok=True)
        self._revision += 1  # our own: the centre's may begin anew after a restore
        empty = EdgeOrders(device_id=1, name="", label="", revision=0)
        home = Home(curve.pair(self.keys), self.link.host, self.link.backup)
        await self.supervisor.apply(plan_of(orders or empty, home, self._revision))

    def figures(self, one: EdgeConference) -> EdgeFigures:
        """How a conference fares here."""
        number = one.conference_id
        return figures_of(self.ear.reports.get(number, {}), one.allowed, self.ear.breaks(number, clock.monotonic()))

    def _note(self, trouble: str) -> None:
        if trouble != self.trouble:
            log.warning("centre_away", why=trouble)
        self.trouble = trouble


def link_path(settings: Settings) -> Path:
    """Where the link to the centre is kept."""
    return settings.folder("keys") / "edge.json"


def enrol(settings: Settings, url: str, code: str) -> str:
    """Become the device of a one-time code; returns the centre's address. Raises ConfigError with the reason."""
    try:
        link = asyncio.run(centre.enrol(url, code))
    except CentreAway as away:
        raise ConfigError(str(away)) from None
    link.save(link_path(settings))
    return link.url


def set_backup(settings: Settings, address: str) -> None:
    """Keep an SRT address as the second way of the same program; "" takes it away. Raises ConfigError."""
    link = Link.load(link_path(settings))
    if link is None:
        raise ConfigError(NOT_ENROLLED)
    if address and not address.startswith("srt://"):
        raise ConfigError("--backup is an address like srt://host:port")
    link.model_copy(update={"backup": address}).save(link_path(settings))


def test(settings: Settings) -> EdgeVerdict:
    """One test of this edge's room, for the next conference. Raises ConfigError with the reason."""
    networked(settings)
    link = Link.load(link_path(settings))
    if link is None:
        raise ConfigError(NOT_ENROLLED)
    try:
        return asyncio.run(test_once(settings, link))
    except CentreAway as away:
        raise ConfigError(str(away)) from None
    except NotEnrolled:
        raise ConfigError(NOT_ENROLLED) from None


def networked(settings: Settings) -> None:
    """Raise ConfigError in the isolated profile, which has no relay (DESIGN §6)."""
    if settings.profile == "isolated":
        raise ConfigError("setting profile: the isolated profile has no relay")


def run(settings: Settings) -> None:
    """Run until SIGTERM. Raises ConfigError when this edge is not enrolled or the profile has no relay."""
    networked(settings)
    link = Link.load(link_path(settings))
    if link is None:
        raise ConfigError(NOT_ENROLLED)
    declared(settings.edge_room)  # a wrong answer is named now, not in a test
    raise_limit()
    asyncio.run(_until_stopped(Edge(settings, link)))


async def _until_stopped(edge: Edge) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    work = asyncio.create_task(edge.run())
    end = asyncio.create_task(stop.wait())
    await asyncio.wait([work, end], return_when=asyncio.FIRST_COMPLETED)
    end.cancel()
    if work.done():
        work.result()
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
