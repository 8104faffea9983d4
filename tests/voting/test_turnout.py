"""Who is ready and who has voted: never what, and of an unnamed vote not before its close."""

import threading
from datetime import timedelta
from typing import Any

from server.core.access import SYSTEM
from server.core.errors import Refused
from server.meetings.models import Participant
from server.voting.models import Poll
from server.voting.records import ResultRecord
from server.voting.running import close_poll
from tests.conftest import code
from tests.voting.conftest import Vote
from tests.voting.test_deadlines import move_deadline


def turnout(vote: Vote) -> Any:
    return vote.secretary.get(f"{vote.path}/{vote.poll}/turnout")


def voted(vote: Vote) -> set[int]:
    return {row["participant_id"] for row in turnout(vote).json["rows"] if row["voted"]}


def test_before_the_vote_it_tells_who_is_in_the_room(vote: Vote) -> None:
    vote.draft()
    rows = turnout(vote).json["rows"]
    assert {row["participant_id"] for row in rows} == set(vote.people[:5])
    assert [row["participant_id"] for row in rows if not row["present"]] == [vote.people[4]]
    assert not any(row["online"] for row in rows)


def test_a_named_vote_tells_who_has_voted_while_it_is_open(vote: Vote) -> None:
    vote.begin(named=True)
    vote.cast(vote.people[2], "against")
    assert voted(vote) == {vote.people[2]}
    assert "against" not in turnout(vote).get_data(as_text=True)


def test_an_unnamed_vote_tells_it_only_after_the_close(vote: Vote) -> None:
    vote.begin()
    vote.cast(vote.people[2], "against")
    assert code(turnout(vote)) == "not_before_close"
    vote.step("close")
    assert voted(vote) == {vote.people[2]}


def test_who_loses_the_right_during_the_vote_casts_no_more_and_what_he_cast_counts(vote: Vote) -> None:
    vote.begin(changeable=True)
    vote.cast(vote.people[0], "for")

    def withdraw(person: int) -> None:
        vote.scene.run(lambda tx: setattr(tx.get_one(Participant, person), "entitled", False))

    withdraw(vote.people[0])
    withdraw(vote.people[1])
    assert code(vote.cast(vote.people[0], "against")) == "not_entitled"
    assert code(vote.cast(vote.people[1], "for")) == "not_entitled"
    tally = vote.step("close").json["tally"]
    assert (tally["votes_for"], tally["votes_against"], tally["base_count"]) == (1, 0, 5)


def test_two_secretaries_who_close_at_once_make_one_record(vote: Vote) -> None:
    vote.begin()
    vote.cast(vote.people[0], "for")
    services, outcomes = vote.scene.services, []

    def close() -> None:
        try:
            services.writer.run(lambda tx: close_poll(tx, SYSTEM, vote.meeting, vote.poll, services.keys).id)
            outcomes.append("closed")
        except Refused as refused:
            outcomes.append(refused.code)

    threads = [threading.Thread(target=close) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["closed"] + ["poll_not_open"] * 7
    assert len(vote.scene.rows(ResultRecord)) == 1
    assert vote.scene.row(Poll, vote.poll).state == "closed"


def test_a_clock_that_is_set_back_gives_no_ballot_more_time(vote: Vote) -> None:
    """The seat's own clock is asked for nothing: only the server's moment of arrival counts."""
    vote.begin(seconds=10)
    answer = vote.seats[vote.people[0]].post(
        f"{vote.path}/{vote.poll}/ballot", {"choice": "for"}, headers={"Date": "Thu, 01 Jan 2026 00:00:00 GMT"}
    )
    assert answer.status_code == 200
    move_deadline(vote, -timedelta(seconds=1))
    late = vote.seats[vote.people[1]].post(
        f"{vote.path}/{vote.poll}/ballot", {"choice": "for"}, headers={"Date": "Thu, 01 Jan 2026 00:00:00 GMT"}
    )
    assert code(late) == "poll_not_open"
