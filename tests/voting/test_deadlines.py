"""A vote with a time limit closes by itself, also when the server was away at that moment."""

import threading
from datetime import timedelta

import pytest

from server.app import create_app
from server.core import clock, journal
from server.core.config import Settings
from server.core.db import Database
from server.core.keys import Keys
from server.core.services import Services
from server.core.writer import Tx, Writer
from server.voting import deadlines
from server.voting.models import Poll, PollState
from tests.voting.conftest import Vote


def move_deadline(vote: Vote, by: timedelta) -> None:
    def command(tx: Tx) -> None:
        poll = tx.get_one(Poll, vote.poll)
        poll.deadline_at = tx.now + by

    vote.scene.run(command)


def close_due(services: Services) -> int:
    return deadlines.close_due(services.database, services.writer, services.keys)


def test_the_deadline_is_on_every_screen_as_the_servers_time(vote: Vote) -> None:
    before = clock.epoch_ms()
    vote.begin(seconds=60)
    poll = vote.topic("seat")["poll"]
    assert poll["deadline_ms"] == poll["opened_ms"] + 60_000
    assert poll["opened_ms"] >= before


def test_a_vote_closes_when_its_time_is_up_and_not_before(vote: Vote) -> None:
    vote.begin(seconds=60)
    vote.cast(vote.people[0], "for")
    assert close_due(vote.scene.services) == 0
    move_deadline(vote, -timedelta(seconds=1))
    assert close_due(vote.scene.services) == 1
    poll = vote.scene.row(Poll, vote.poll)
    assert (poll.state, poll.published_at) == (PollState.CLOSED, None)
    assert vote.topic("console")["polls"][0]["tally"]["votes_for"] == 1
    assert close_due(vote.scene.services) == 0


def test_the_server_itself_is_in_the_journal_as_who_closed(vote: Vote) -> None:
    vote.begin(seconds=60)
    move_deadline(vote, -timedelta(seconds=1))
    close_due(vote.scene.services)
    with vote.scene.services.database.read() as session:
        last = list(journal._rows(session))[-1]
    assert (last["action"], last["actor"]) == ("poll.closed", "system")


def test_ballots_under_way_have_a_moment_before_the_count(vote: Vote) -> None:
    vote.begin(seconds=60)
    move_deadline(vote, timedelta(0))
    assert close_due(vote.scene.services) == 0


def test_a_vote_without_a_limit_stays_open(vote: Vote) -> None:
    vote.begin()
    assert close_due(vote.scene.services) == 0


def test_a_restarted_server_closes_what_fell_due_while_it_was_away(vote: Vote, settings: Settings) -> None:
    vote.begin(seconds=60)
    move_deadline(vote, -timedelta(seconds=30))
    app, _ = create_app(settings)
    again: Services = app.extensions["nghisu"]
    try:
        assert close_due(again) == 1
    finally:
        again.database.dispose()
        again.bus.close()
    assert vote.scene.row(Poll, vote.poll).state == PollState.CLOSED


def test_the_watch_goes_on_after_a_failure(vote: Vote, monkeypatch: pytest.MonkeyPatch) -> None:
    vote.begin(seconds=60)
    move_deadline(vote, -timedelta(seconds=1))
    looks: list[int] = []
    closed = threading.Event()

    def looking(database: Database, writer: Writer, keys: Keys) -> int:
        looks.append(1)
        if len(looks) == 1:
            raise OSError("the database is away")
        if really_close(database, writer, keys):
            closed.set()
        return 0

    really_close = deadlines.close_due
    monkeypatch.setattr(deadlines, "close_due", looking)
    monkeypatch.setattr(deadlines, "LOOK_EVERY", 0.01)
    stop = deadlines.start(vote.scene.services.database, vote.scene.services.writer, vote.scene.services.keys)
    assert closed.wait(5)
    stop.set()
    assert vote.scene.row(Poll, vote.poll).state == PollState.CLOSED
