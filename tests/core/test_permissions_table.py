"""Who may call what: every route × everybody, against the table written by hand (permissions.py).

Nothing is done by the calls: writes are sent without an Idempotency-Key or with a broken body, which is refused only
after the permission was granted.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from server.core.http import Route
from server.devices.models import Device
from server.meetings.models import Participant
from server.people.models import Account
from server.relay import link
from server.relay.models import Conference, Site
from tests.conftest import Caller, code
from tests.core.permissions import ACCOUNTS, DEVICES, EVERYBODY, EXPECTED, SEATS, SITES, TABLE, TELLERS
from tests.scene import Scene

REFUSED = {"sign_in_required", "forbidden", "password_change_required"}


@pytest.fixture
def routes(app: Any) -> list[Route]:
    return [route for _, route in app.extensions["nghisu.routes"]]


class World:
    """The topmost unit with a meeting, a unit below it, and everybody at home in the first or only in the second."""

    def __init__(self, scene: Scene, client: Callable[..., Caller]) -> None:
        self.scene, self.client = scene, client
        self.beside, self.home = scene.unit("Đơn vị bên dưới", scene.top), scene.top
        self.elsewhere = scene.meeting(delegates=len(SEATS), unit=self.beside)
        self.strangers = list(scene.people)
        self.meeting = scene.meeting(delegates=len(SEATS), unit=self.home)
        self.natives = list(scene.people)
        for host in (self.meeting, self.elsewhere):
            scene.run(lambda tx, m=host: tx.add(Conference(
                meeting_id=m, name="Hội nghị", organiser="province", starts_at=tx.now, state_since=tx.now
            )))

    def callers(self, *, at_home: bool) -> Iterator[tuple[str, Caller]]:
        unit, people = (self.home, self.natives) if at_home else (self.beside, self.strangers)
        yield "nobody", self.client("nobody")
        for role in sorted(ACCOUNTS):
            yield role, self.client(role, unit)
        for participant, name in zip(people, sorted(SEATS), strict=True):
            self.scene.run(lambda tx, p=participant, n=name: self._become(tx, p, n))
            yield name, self.scene.teller(participant) if name in TELLERS else self.scene.seat(participant)
        for name in sorted(DEVICES):
            kind = name.removeprefix("device:")
            device = self.scene.run(lambda tx, k=kind: self._device(tx, unit, k))
            if name in SITES:
                host = self.meeting if at_home else self.elsewhere
                self.scene.run(lambda tx, m=host, d=device: self._site(tx, m, d))
            yield name, self.scene.device(device, kind)

    @staticmethod
    def _become(tx: Any, participant: int, name: str) -> None:
        one = tx.get_one(Participant, participant)
        one.role, one.teller = name.split(":")[1], name in TELLERS

    @staticmethod
    def _device(tx: Any, unit: int, kind: str) -> int:
        device = Device(unit_id=unit, kind=kind, name=kind, enrolled_at=tx.now)
        tx.add(device)
        tx.flush()
        return int(device.id)

    @staticmethod
    def _site(tx: Any, meeting: int, device: int) -> None:
        conference = tx.query(Conference).filter_by(meeting_id=meeting).one()
        tx.add(Site(conference_id=conference.id, position=1, name="Điểm cầu", device_id=device))

    def call(self, caller: Caller, route: Route) -> str:
        """The code of the refusal ("" for none) when this caller calls this route at home."""
        path = route.rule.replace("<int:meeting_id>", str(self.meeting)).replace("<int:unit_id>", str(self.home))
        path = re.sub(r"<any\((\w+).*?>", r"\1", re.sub(r"<(int|path):\w+>|<code>|<session_id>", "1", path))
        headers = {"X-Nghisu-Surface": caller.surface}
        body = b"{" if route.writes else None
        with caller.client.open(path, method=route.method, headers=headers, data=body) as answer:
            return code(answer)


@pytest.fixture
def world(scene: Scene, client: Callable[..., Caller], monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(link, "CONNECTS_WITHIN", 5)  # no relay runs here: who may ask it need not wait for it
    return World(scene, client)


def key(route: Route) -> str:
    return f"{route.method} {route.rule}"


def last_sign_out(routes: list[Route]) -> list[Route]:
    """Signing out comes last: it is the one write that cannot be stopped half-way."""
    return sorted(routes, key=lambda route: key(route) == "DELETE /api/session")


def test_every_route_is_written_down_and_every_line_is_a_route(routes: list[Route]) -> None:
    assert sorted(TABLE) == sorted(key(route) for route in routes)
    assert sum(len(lines.split("\n")) - 2 for _, lines in EXPECTED) == len(TABLE), "a line stands in two groups"


def test_everybody_may_do_what_the_table_says_and_nothing_else(routes: list[Route], world: World) -> None:
    wrong = [
        f"{name}: {key(route)}: {'may' if allowed else 'may not'}"
        for name, caller in world.callers(at_home=True) for route in last_sign_out(routes)
        if (allowed := world.call(caller, route) not in REFUSED) != (name in TABLE.get(key(route), set()))
    ]
    assert wrong == []


def test_nobody_has_a_say_at_a_unit_or_meeting_that_is_not_his(routes: list[Route], world: World) -> None:
    placed = [route for route in routes if "<int:meeting_id>" in route.rule or "<int:unit_id>" in route.rule]
    open_doors = [
        f"{name}: {key(route)}"
        for name, caller in world.callers(at_home=False) for route in placed
        if world.call(caller, route) not in REFUSED
    ]
    assert len(placed) > 40
    assert open_doors == []


def test_a_first_password_opens_nothing_until_it_is_changed(routes: list[Route], world: World) -> None:
    caller = world.client("administrator")
    world.scene.run(lambda tx: setattr(tx.query(Account).filter_by(name=f"administrator.{world.scene.top}").one(),
                                       "must_change_password", True))
    world.scene.services.forget_sessions()
    for route in last_sign_out(routes):
        public = TABLE[key(route)] >= EVERYBODY - {"nobody"}
        assert (world.call(caller, route) == "password_change_required") != public, key(route)
