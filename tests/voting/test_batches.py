"""Motions voted one after another without a touch on the console."""

from datetime import timedelta
from typing import Any

from server.core.writer import Tx
from server.voting import deadlines
from server.voting.models import Poll, PollBatch, PollState
from tests.conftest import code
from tests.voting.conftest import Vote


def drafts(vote: Vote, number: int = 3, **said: Any) -> list[int]:
    return [vote.draft(title=f"Nội dung {place}", **said) for place in range(1, number + 1)]


def start(vote: Vote, polls: list[int], **said: Any) -> Any:
    return vote.secretary.post(f"{vote.path}/batch", {"polls": polls, "seconds": 30, "pause_seconds": 5, **said})


def go_on(vote: Vote) -> int:
    services = vote.scene.services
    return deadlines.go_on(services.database, services.writer, services.keys)


def later(vote: Vote, seconds: float) -> None:
    """Everything a batch waits for comes so much sooner."""

    def command(tx: Tx) -> None:
        by = timedelta(seconds=seconds)
        for batch in tx.query(PollBatch):
            batch.next_at -= by
        for poll in tx.query(Poll).where(Poll.deadline_at.is_not(None)):
            poll.deadline_at -= by

    vote.scene.run(command)


def states(vote: Vote) -> list[str]:
    return [poll.state for poll in vote.scene.rows(Poll)]


def test_each_vote_opens_closes_and_is_published_in_turn(vote: Vote) -> None:
    polls = drafts(vote, 2)
    assert start(vote, polls).json["state"] == "running"
    assert go_on(vote) == 1
    assert states(vote) == ["open", "draft"]
    assert vote.topic("seat")["poll"]["batch"] == {"id": 1, "place": 1, "size": 2}
    vote.poll = polls[0]
    vote.cast(vote.people[0], "for")
    assert go_on(vote) == 0  # neither is the time up nor have all voted
    later(vote, 31)
    assert go_on(vote) == 1
    assert states(vote) == ["published", "draft"]
    assert vote.topic("wall")["poll"]["tally"]["votes_for"] == 1
    assert go_on(vote) == 0  # the result is shown for a while
    later(vote, 6)
    assert go_on(vote) == 1
    assert states(vote) == ["published", "open"]


def test_the_next_vote_comes_early_when_all_who_are_there_have_voted(vote: Vote) -> None:
    polls = drafts(vote, 2)
    start(vote, polls)
    go_on(vote)
    vote.poll = polls[0]
    for person in vote.people[:4]:
        vote.cast(person, "for")
    assert go_on(vote) == 1
    assert states(vote) == ["published", "draft"]


def test_a_vote_whose_ballots_may_change_waits_for_its_time(vote: Vote) -> None:
    polls = drafts(vote, 1, changeable=True)
    start(vote, polls)
    go_on(vote)
    vote.poll = polls[0]
    for person in vote.people[:4]:
        vote.cast(person, "for")
    assert go_on(vote) == 0


def test_the_end_is_told(vote: Vote) -> None:
    start(vote, drafts(vote, 1))
    go_on(vote)
    later(vote, 31)
    go_on(vote)
    later(vote, 6)
    assert go_on(vote) == 1
    batch = vote.topic("console")["batch"]
    assert (batch["state"], batch["done"], batch["next_ms"]) == ("done", 1, None)
    assert go_on(vote) == 0


def test_a_restarted_server_goes_on_where_the_batch_stood(vote: Vote) -> None:
    start(vote, drafts(vote, 2))
    go_on(vote)
    later(vote, 600)  # the server was away for ten minutes
    assert [go_on(vote) for _ in range(2)] == [1, 0]
    assert states(vote) == ["published", "draft"]


def test_a_step_that_is_refused_stops_the_batch_and_says_why(vote: Vote) -> None:
    start(vote, drafts(vote, 2))
    go_on(vote)
    for person in vote.people[1:4]:
        vote.scene.leave(person)
    later(vote, 31)
    go_on(vote)
    later(vote, 6)
    go_on(vote)
    batch = vote.topic("console")["batch"]
    assert (batch["state"], batch["stopped_by"]["code"]) == ("stopped", "no_quorum")
    assert states(vote) == ["published", "draft"]


def test_one_key_stops_it_and_the_open_vote_still_ends_in_time(vote: Vote) -> None:
    start(vote, drafts(vote, 2))
    go_on(vote)
    assert vote.secretary.post(f"{vote.path}/batch/stop").json["state"] == "stopped"
    later(vote, 31)
    services = vote.scene.services
    assert deadlines.close_due(services.database, services.writer, services.keys) == 1
    assert states(vote) == [PollState.CLOSED, PollState.DRAFT]
    assert code(vote.secretary.post(f"{vote.path}/batch/stop")) == "batch_not_running"


def test_a_second_batch_or_one_beside_an_open_vote_is_refused(vote: Vote) -> None:
    polls = drafts(vote, 2)
    vote.step("open")
    assert code(start(vote, polls[:1])) == "poll_already_open"
    vote.step("close")
    assert code(start(vote, polls)) == "poll_not_draft"
    assert vote.scene.rows(PollBatch) == []
    start(vote, polls[:1])
    assert code(start(vote, polls[:1])) == "batch_running"


def test_a_draft_deleted_from_a_running_batch_is_passed_over(vote: Vote) -> None:
    polls = drafts(vote, 2)
    start(vote, polls)
    assert vote.secretary.delete(f"{vote.path}/{polls[0]}").status_code == 204
    go_on(vote)
    assert states(vote) == ["open"]
