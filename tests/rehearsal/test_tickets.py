"""A ticket made on the server's own machine opens one rehearsal, and nothing else."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from server.core import clock
from server.core.journal import JournalEntry
from server.core.keys import Keys
from server.core.services import Services
from server.people.models import Account, Unit
from server.rehearsal import tickets
from server.rehearsal.commands import ACCOUNT, UNIT_NAME
from tests.conftest import Caller, code
from tests.scene import Scene


@pytest.fixture
def ticket(services: Services) -> str:
    return tickets.issue(services.keys, clock.epoch_ms())


def use(app: Flask, ticket: str, surface: str = "console") -> tuple[Caller, object]:
    caller = Caller(app, surface)
    return caller, caller.post("/api/sign-in/ticket", {"ticket": ticket})


@pytest.mark.usefixtures("scene")
def test_a_ticket_opens_a_session_once(app: Flask, ticket: str) -> None:
    caller, answer = use(app, ticket)
    assert answer.status_code == 200
    assert caller.get("/api/session").json["name"] == UNIT_NAME
    assert code(use(app, ticket)[1]) == "ticket_refused"


@pytest.mark.usefixtures("scene")
def test_a_ticket_ends_after_a_minute(app: Flask, services: Services) -> None:
    old = tickets.issue(services.keys, clock.epoch_ms(clock.now() - timedelta(seconds=61)))
    early = tickets.issue(services.keys, clock.epoch_ms(clock.now() + timedelta(seconds=61)))
    assert code(use(app, old)[1]) == "ticket_refused"
    assert code(use(app, early)[1]) == "ticket_refused"
    with time_machine.travel(clock.now() + timedelta(seconds=30)):
        late = tickets.issue(services.keys, clock.epoch_ms(clock.now() - timedelta(seconds=30)))
        assert use(app, late)[1].status_code == 200


@pytest.mark.usefixtures("scene")
@pytest.mark.parametrize("surface", ["seat", "wall", "door"])
def test_a_ticket_opens_the_console_only(app: Flask, ticket: str, surface: str) -> None:
    assert code(use(app, ticket, surface)[1]) == "ticket_refused"


@pytest.mark.usefixtures("scene")
def test_a_forged_or_bent_ticket_is_refused(app: Flask, ticket: str, tmp_path: Path) -> None:
    said, _, mac = ticket.rpartition(".")
    expires, _, nonce = said.partition(".")
    foreign = tickets.issue(Keys(tmp_path / "other"), clock.epoch_ms())
    bent = [
        foreign, said, f"{said}.", f"{said}.{'0' * 64}", f"{said}.{mac[:20]}", f"{int(expires) + 1}.{nonce}.{mac}",
        f"{expires}.{nonce}x.{mac}", f"{said}.{mac.upper()}", f"{said}.{'é' * 64}", "..", ".", "x",
    ]
    assert [code(use(app, one)[1]) for one in bent] == ["ticket_refused"] * len(bent)


def test_the_session_reaches_the_rehearsal_unit_only(app: Flask, scene: Scene, ticket: str) -> None:
    meeting = scene.meeting(delegates=2)
    caller, answer = use(app, ticket)
    home = answer.json["unit_id"]
    made = caller.post(f"/api/units/{home}/rehearsals", {})
    assert made.status_code == 200
    assert caller.get(f"/api/meetings/{made.json['meeting_id']}").json["rehearsal"] is True
    with app.extensions["nghisu"].database.read() as session:
        top = session.scalar(select(Unit.id).where(Unit.parent_id.is_(None)))
    refused = [
        caller.get(f"/api/meetings/{meeting}"), caller.get(f"/api/units/{top}/persons"), caller.get("/api/journal"),
        caller.post(f"/api/units/{top}/rehearsals", {}), caller.get(f"/api/units/{home}/accounts"),
        caller.post(f"/api/meetings/{meeting}/notices", {"text": "x"}),
    ]
    assert [code(one) for one in refused] == ["forbidden"] * len(refused)


@pytest.mark.usefixtures("scene")
def test_rehearsals_share_one_unit_and_one_account_without_a_password(app: Flask, services: Services) -> None:
    homes = {
        use(app, tickets.issue(services.keys, clock.epoch_ms()))[1].json["unit_id"] for _ in range(3)
    }
    assert len(homes) == 1
    with services.database.read() as session:
        assert len(session.scalars(select(Account).where(Account.name == ACCOUNT)).all()) == 1
    for password in ("!", "", "dien-tap"):
        answer = Caller(app).post("/api/sign-in", {"account": ACCOUNT, "password": password or "x"})
        assert code(answer) == "sign_in_failed"


@pytest.mark.usefixtures("scene")
def test_the_journal_tells_of_a_used_ticket(app: Flask, services: Services, ticket: str) -> None:
    use(app, ticket)
    with services.database.read() as session:
        found = session.scalars(select(JournalEntry).where(JournalEntry.action == "rehearsal.ticket_used")).all()
    assert len(found) == 1
    assert ticket.split(".")[1] not in str(found[0].data)


def test_a_disabled_rehearsal_account_opens_nothing(app: Flask, scene: Scene, services: Services) -> None:
    use(app, tickets.issue(services.keys, clock.epoch_ms()))

    def disable(tx: object) -> None:
        tx.scalars(select(Account).where(Account.name == ACCOUNT)).one().disabled = True

    services.writer.run(disable)
    assert code(use(app, tickets.issue(services.keys, clock.epoch_ms()))[1]) == "ticket_refused"
