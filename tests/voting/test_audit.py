"""A ballot or a result that was tampered with is named."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from server.core.writer import Tx
from server.voting.audit import check_ballots
from server.voting.models import Ballot, Poll
from tests.voting.conftest import Vote


def findings(vote: Vote) -> list[str]:
    with vote.scene.services.database.read() as session:
        return [str(found) for found in check_ballots(session, vote.scene.services.keys)]


@pytest.fixture
def counted(vote: Vote) -> Vote:
    """Two ballots of three were cast, one of them changed; the vote is closed."""
    vote.begin(changeable=True)
    vote.cast(vote.people[0], "against")
    vote.cast(vote.people[0], "for")
    vote.cast(vote.people[1], "against")
    vote.step("close")
    return vote


def test_untouched_ballots_and_results_pass(counted: Vote) -> None:
    assert findings(counted) == []


def test_ballots_of_an_open_vote_pass_too(vote: Vote) -> None:
    vote.begin()
    vote.cast(vote.people[0], "for")
    assert findings(vote) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (lambda v: update(Ballot).where(Ballot.participant_id == v.people[1]).values(choice="for"),
         ["ballot of participant {1}: was changed after it was cast", "result: does not follow from the ballots"]),
        (lambda v: update(Ballot).where(Ballot.participant_id == v.people[1]).values(cast_ms=1),
         ["ballot of participant {1}: was changed after it was cast"]),
        (lambda v: update(Ballot).where(Ballot.participant_id == v.people[0]).values(serial=1),
         ["ballot of participant {0}: was changed after it was cast"]),
        (lambda v: delete(Ballot).where(Ballot.participant_id == v.people[0]),
         ["ballot of participant {0}: was removed after it was cast", "result: does not follow from the ballots"]),
        (lambda v: insert(Ballot).values(
            poll_id=v.poll, participant_id=v.people[2], choice="for", cast_ms=1, serial=1),
         ["ballot of participant {2}: was added without being cast", "result: does not follow from the ballots"]),
        (lambda _v: update(Poll).values(votes_for=3), ["result: is not the one that was announced at the close"]),
        (lambda _v: update(Poll).values(passed=True), ["result: is not the one that was announced at the close"]),
        (lambda _v: update(Poll).values(passed=None), ["result: is not the one that was announced at the close"]),
    ],
)
def test_tampering_is_named(counted: Vote, statement: Callable[[Vote], Any], expected: list[str]) -> None:
    def command(tx: Tx) -> None:
        tx.execute(statement(counted))

    counted.scene.run(command)
    assert findings(counted) == [
        f"poll {counted.poll}, {line.format(*counted.people)}" for line in expected
    ]
