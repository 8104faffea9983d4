"""Exactly one ballot each, whoever sends what how often; a receipt means that it is stored."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from server.core import clock, journal
from server.core.writer import Tx
from server.meetings.models import Participant
from server.voting.ballots import Slip, cast_ballots
from server.voting.bodies import BallotIn
from server.voting.models import Ballot, Poll
from server.voting.rules import Choice
from tests.conftest import code
from tests.voting.conftest import Vote


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    """Do all of it at the same moment, each in a thread of its own."""
    barrier, answers = threading.Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        barrier.wait()
        answers[place] = work()

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def ballots(vote: Vote) -> list[Ballot]:
    return vote.scene.rows(Ballot, poll_id=vote.poll)


def test_a_ballot_is_acknowledged_with_a_receipt_that_stays(vote: Vote) -> None:
    vote.begin()
    answer = vote.cast(vote.people[0], "for")
    assert answer.json == {
        "poll_id": vote.poll, "choice": "for", "cast_ms": ballots(vote)[0].cast_ms, "changed": False
    }
    me = vote.scene.topic(f"meeting/{vote.meeting}/me/{vote.people[0]}", "seat")
    assert me["ballot"] == {
        "poll_id": vote.poll, "choice": "for", "opinion": "", "cast_ms": answer.json["cast_ms"], "reserved": False
    }
    assert vote.topic("wall")["poll"]["cast"] == 1


def _guest(vote: Vote) -> Any:
    vote.begin()
    vote.scene.enter(vote.meeting, vote.people[5])
    return vote.cast(vote.people[5], "for")


def _without_right(vote: Vote) -> Any:
    vote.begin()

    def withdraw(tx: Tx) -> None:
        tx.get_one(Participant, vote.people[0]).entitled = False

    vote.scene.run(withdraw)
    return vote.cast(vote.people[0], "for")


def _absent(vote: Vote) -> Any:
    vote.begin()
    return vote.cast(vote.people[4], "for")


def _gone(vote: Vote) -> Any:
    vote.begin()
    vote.scene.leave(vote.people[0])
    return vote.cast(vote.people[0], "for")


def _late_to_the_room(vote: Vote) -> Any:
    vote.begin(base="present")
    vote.scene.enter(vote.meeting, vote.people[4])
    return vote.cast(vote.people[4], "for")


def _draft(vote: Vote) -> Any:
    vote.draft()
    return vote.cast(vote.people[0], "for")


def _after_close(vote: Vote) -> Any:
    vote.begin()
    vote.step("close")
    return vote.cast(vote.people[0], "for")


def _other_choice(vote: Vote) -> Any:
    vote.begin()
    vote.cast(vote.people[0], "for")
    return vote.cast(vote.people[0], "against")


def _other_meeting(vote: Vote) -> Any:
    vote.begin()
    other = vote.scene.meeting()
    return vote.seats[vote.people[0]].post(f"/api/meetings/{other}/polls/{vote.poll}/ballot", {"choice": "for"})


def _secretary(vote: Vote) -> Any:
    vote.begin()
    return vote.secretary.post(f"{vote.path}/{vote.poll}/ballot", {"choice": "for"})


def _unknown_choice(vote: Vote) -> Any:
    vote.begin()
    return vote.cast(vote.people[0], "maybe")


def _unknown_poll(vote: Vote) -> Any:
    vote.poll = 10**9
    return vote.cast(vote.people[0], "for")


def _time_is_up(vote: Vote) -> Any:
    vote.begin(seconds=10)

    def pass_deadline(tx: Tx) -> None:
        tx.get_one(Poll, vote.poll).deadline_at = tx.now - timedelta(milliseconds=1)

    vote.scene.run(pass_deadline)
    return vote.cast(vote.people[0], "for")


@pytest.mark.parametrize(
    ("attempt", "status", "expected"),
    [
        (_guest, 403, "forbidden"),
        (_without_right, 403, "not_entitled"),
        (_absent, 409, "not_present"),
        (_gone, 409, "not_present"),
        (_late_to_the_room, 409, "came_after_open"),
        (_draft, 409, "poll_not_open"),
        (_after_close, 409, "poll_not_open"),
        (_time_is_up, 409, "poll_not_open"),
        (_other_choice, 409, "ballot_final"),
        (_other_meeting, 403, "forbidden"),
        (_secretary, 403, "forbidden"),
        (_unknown_choice, 422, "invalid_input"),
        (_unknown_poll, 404, "poll_not_found"),
    ],
)
def test_who_cannot_vote_is_told_why_and_nothing_is_stored(
    vote: Vote, attempt: Any, status: int, expected: str
) -> None:
    answer = attempt(vote)
    assert (answer.status_code, code(answer)) == (status, expected)
    assert answer.json["detail"]
    assert answer.json["next"]
    assert len(ballots(vote)) == (1 if attempt is _other_choice else 0)


def test_who_comes_late_may_vote_where_the_base_has_counted_him_already(vote: Vote) -> None:
    vote.begin(base="entitled")
    vote.scene.enter(vote.meeting, vote.people[4])
    assert vote.cast(vote.people[4], "for").status_code == 200


def test_the_same_key_gets_the_same_receipt_even_after_the_close(vote: Vote) -> None:
    vote.begin()
    first = vote.cast(vote.people[0], "for", key="first-touch")
    assert vote.cast(vote.people[0], "for", key="first-touch").json == first.json
    vote.step("close")
    assert vote.cast(vote.people[0], "for", key="first-touch").json == first.json
    assert code(vote.cast(vote.people[0], "against", key="first-touch")) == "idempotency_key_reused"
    assert len(ballots(vote)) == 1


def test_a_key_of_another_kind_of_request_is_refused(vote: Vote) -> None:
    vote.begin()
    seat = vote.seats[vote.people[0]]
    seat.post(f"/api/meetings/{vote.meeting}/floor/requests", {"topic": "góp ý"}, key="same-key-1")
    assert code(vote.cast(vote.people[0], "for", key="same-key-1")) == "idempotency_key_reused"


def test_the_same_choice_again_gets_the_same_receipt(vote: Vote) -> None:
    vote.begin()
    first = vote.cast(vote.people[0], "for")
    assert vote.cast(vote.people[0], "for").json == first.json
    assert len(ballots(vote)) == 1


def test_a_ballot_changes_only_where_the_motion_says_so(vote: Vote) -> None:
    vote.begin(changeable=True)
    first = vote.cast(vote.people[0], "for", key="touch-one")
    second = vote.cast(vote.people[0], "against")
    assert (first.json["changed"], second.json["changed"]) == (False, True)
    assert [(ballot.choice, ballot.serial) for ballot in ballots(vote)] == [("against", 2)]
    assert vote.cast(vote.people[0], "for", key="touch-one").json == first.json  # a repetition, not a change
    assert vote.step("close").json["tally"]["votes_against"] == 1


def test_two_devices_at_the_same_moment_make_one_ballot(vote: Vote) -> None:
    vote.begin()
    devices = [vote.scene.seat(vote.people[0]) for _ in range(2)]
    path = f"{vote.path}/{vote.poll}/ballot"
    answers = at_once([
        partial(device.post, path, {"choice": choice})
        for device, choice in zip(devices, ("for", "against"), strict=True)
    ])
    assert sorted((answer.status_code, code(answer)) for answer in answers) == [(200, ""), (409, "ballot_final")]
    won = next(answer for answer in answers if answer.status_code == 200)
    assert [ballot.choice for ballot in ballots(vote)] == [won.json["choice"]]


def test_twenty_posts_at_once_make_exactly_one_ballot_each(vote: Vote) -> None:
    vote.begin()
    choices = dict(zip(vote.people[:4], ("for", "against", "not_voting", "for"), strict=True))
    path = f"{vote.path}/{vote.poll}/ballot"
    works = [
        partial(vote.scene.seat(person).post, path, {"choice": choice}, key=f"touch-{person}-{attempt % 2}")
        for attempt in range(5) for person, choice in choices.items()
    ]
    answers = at_once(works)
    assert {answer.status_code for answer in answers} == {200}
    assert {ballot.participant_id: ballot.choice for ballot in ballots(vote)} == choices
    receipts = {(answer.json["choice"], answer.json["cast_ms"]) for answer in answers}
    assert len(receipts) == len({(ballot.choice, ballot.cast_ms) for ballot in ballots(vote)})
    assert vote.topic("console")["polls"][0]["cast"] == 4


def test_the_table_itself_refuses_a_second_ballot(vote: Vote) -> None:
    vote.begin()
    vote.cast(vote.people[0], "for")
    row = {"poll_id": vote.poll, "participant_id": vote.people[0], "choice": "for", "cast_ms": 1, "serial": 1}
    with pytest.raises(IntegrityError):
        vote.scene.run(lambda tx: tx.execute(insert(Ballot), [row]))


def test_ballots_that_wait_beside_the_close_are_counted(vote: Vote) -> None:
    vote.begin()
    gate, inside = threading.Event(), threading.Event()

    def hold(_tx: Tx) -> None:
        inside.set()
        gate.wait(5)

    threads = [threading.Thread(target=vote.scene.run, args=(hold,))]
    threads[0].start()
    inside.wait(5)
    answers: dict[str, Any] = {}
    works: dict[str, Callable[[], Any]] = {
        "close": partial(vote.step, "close"), "ballot": partial(vote.cast, vote.people[0], "for")
    }
    for name, work in works.items():
        thread = threading.Thread(target=lambda name=name, work=work: answers.update({name: work()}))
        thread.start()
        threads.append(thread)
        while vote.scene.services.writer._queue.qsize() < len(threads) - 1:
            thread.join(0.005)
    gate.set()
    for thread in threads:
        thread.join()
    assert answers["ballot"].status_code == 200
    assert answers["close"].json["tally"]["votes_for"] == 1


def test_a_ballot_that_arrived_in_time_counts_though_it_waited(vote: Vote) -> None:
    vote.begin(seconds=10)
    services = vote.scene.services

    def pass_deadline(tx: Tx) -> None:
        tx.get_one(Poll, vote.poll).deadline_at = tx.now

    arrived = clock.now()
    vote.scene.run(pass_deadline)
    actor = services.actor_of(vote.seats[vote.people[0]].client.get_cookie("nghisu_seat").value, "seat", "")
    said = BallotIn(choice=Choice.FOR)
    slip = Slip(actor, vote.meeting, vote.poll, said, "in-good-time", "f", arrived, services.keys)
    assert services.writer.run_batched(cast_ballots, slip).choice == "for"


def test_the_journal_tells_who_voted_but_not_what(vote: Vote) -> None:
    vote.begin()
    vote.cast(vote.people[0], "against")
    with vote.scene.services.database.read() as session:
        rows = [row for row in journal._rows(session) if row["action"] == "ballot.cast"]
        assert journal.verify(session) is None
    assert len(rows) == 1
    assert rows[0]["actor"] == f"participant:{vote.people[0]}"
    assert set(rows[0]["data"]) == {"poll", "participant", "cast_ms", "serial", "sealed"}
    assert "against" not in str(rows[0])
