"""Sessions that end take their screens off the line; what is remembered of sessions is never older than it seems."""

from datetime import timedelta

import pytest
import time_machine

from server.core import clock, meta
from server.core.journal import JournalEntry
from server.core.live import Connection
from server.people import sessions
from server.people.models import Account, SignInSession
from tests.conftest import PASSWORD, Caller, code


class Line:
    """A screen's end of the line."""

    closed = False

    def push(self, _topic, _frame):
        """Nobody looks."""

    def close(self):
        self.closed = True


@pytest.fixture
def on_the_line(services):
    """A screen on the line with a caller's session; tells whether it was hung up."""

    def connect(caller):
        token = caller.client.get_cookie(f"nghisu_{caller.surface}").value
        actor = services.actor_of(token, caller.surface, "127.0.0.1")
        assert actor.signed_in
        line = Line()
        services.live.join(Connection(token[:8], actor, caller.surface, line, 0))
        return line

    return connect


def test_whose_account_is_disabled_loses_the_line_at_once(scene, client, on_the_line):
    gone, stays = on_the_line(client("secretary")), on_the_line(client("chair"))
    number = next(one.id for one in scene.rows(Account) if one.name == f"secretary.{scene.top}")
    path = f"/api/units/{scene.top}/accounts/{number}"
    assert client("administrator").patch(path, {"disabled": True}).status_code == 200
    assert (gone.closed, stays.closed) == (True, False)


def test_a_revoked_device_loses_the_line_at_once(scene, app, client, on_the_line):
    secretary, devices = client("secretary"), f"/api/units/{scene.top}/devices"
    made = [secretary.post(devices, {"kind": "wall", "name": "A"}).json for _ in range(2)]
    lines = []
    for one in made:
        wall = Caller(app, "wall")
        wall.post("/api/enrol", {"code": one["code"]})
        lines.append(on_the_line(wall))
    secretary.delete(f"{devices}/{made[0]['id']}")
    assert [line.closed for line in lines] == [True, False]


def test_a_seat_whose_pin_was_replaced_or_whose_delegate_was_removed_loses_the_line(scene, client, on_the_line):
    meeting = scene.meeting(delegates=3, state="convened")
    lines = [on_the_line(scene.seat(person)) for person in scene.people]
    path = f"/api/meetings/{meeting}"
    client("secretary").post(f"{path}/invitations", {})
    client("secretary").post(f"{path}/invitations", {"participant_ids": [scene.people[1]]})
    assert [line.closed for line in lines] == [False, True, False]
    client("secretary").delete(f"{path}/participants/{scene.people[2]}")
    assert [line.closed for line in lines] == [False, True, True]


def test_signing_out_and_a_new_password_end_the_other_lines(app, client, on_the_line):
    first = client("secretary")
    second = Caller(app)
    account = f"secretary.{first.get('/api/units').json['units'][0]['id']}"
    second.post("/api/sign-in", {"account": account, "password": PASSWORD})
    lines = [on_the_line(first), on_the_line(second)]
    first.post("/api/password", {"current": PASSWORD, "new": "một câu thật khác 2027"})
    assert [line.closed for line in lines] == [False, True]
    first.delete("/api/session")
    assert lines[0].closed


def test_an_expired_session_loses_the_line_at_the_next_look(scene, services, client, on_the_line):
    scene.meeting()
    line = on_the_line(client("secretary"))
    services.look_around()
    assert not line.closed
    with time_machine.travel(clock.now() + timedelta(hours=13), tick=False):
        services.look_around()
    assert line.closed


def test_a_session_read_before_it_was_revoked_is_not_remembered(scene, services, client, monkeypatch):
    caller = client("secretary")
    token = caller.client.get_cookie("nghisu_console").value
    read = sessions._load

    def read_and_be_overtaken(*asked):
        found = read(*asked)
        services.forget_sessions()  # another request revoked it and told so, between this read and its end
        return found

    services.forget_sessions()
    monkeypatch.setattr(sessions, "_load", read_and_be_overtaken)
    services.actor_of(token, "console", "")
    monkeypatch.setattr(sessions, "_load", read)
    scene.run(lambda tx: sessions.revoke(tx, id=scene.rows(SignInSession)[-1].id))
    assert not services.actor_of(token, "console", "").signed_in


def test_the_journal_names_the_address_of_each_request(scene, client):
    meeting, secretary = scene.meeting(), client("secretary")
    for address in ("10.0.0.1", "10.0.0.2"):
        secretary.post(
            f"/api/meetings/{meeting}/notices", {"text": "Mời"}, environ_overrides={"REMOTE_ADDR": address}
        )
    with scene.services.database.read() as session:
        rows = session.query(JournalEntry.origin).filter(JournalEntry.action == "notice.sent")
        assert [row.origin for row in rows] == ["console 10.0.0.1", "console 10.0.0.2"]


def test_a_restore_that_nobody_told_of_is_noticed(scene, services, client, on_the_line):
    line, before = on_the_line(client("secretary")), services.epoch()
    scene.run(meta.renew_epoch)
    assert services.epoch() == before
    services.look_around()
    assert services.epoch() != before
    assert line.closed
    assert code(client("secretary").get("/api/session")) == ""
