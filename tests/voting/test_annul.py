"""A vote is annulled with a reason and held again; both are kept."""

from server.voting.models import Ballot, Poll, PollState
from server.voting.records import ResultRecord
from tests.conftest import code
from tests.voting.conftest import Vote


def test_an_annulled_vote_keeps_its_ballots_and_record_and_is_repeated(vote: Vote) -> None:
    vote.begin(kind="opinion", seconds=60)
    vote.cast(vote.people[0], "for")
    vote.step("close")
    vote.step("publish")
    annulled = vote.step("annul", reason="Công bố nhầm nội dung", again=True).json
    assert (annulled["state"], annulled["annulled_reason"]) == ("annulled", "Công bố nhầm nội dung")
    again = next(poll for poll in vote.scene.rows(Poll) if poll.replaces_id == vote.poll)
    assert (again.state, again.title, again.kind, again.seconds) == ("draft", annulled["title"], "opinion", 60)
    assert len(vote.scene.rows(Ballot, poll_id=vote.poll)) == 1
    assert len(vote.scene.rows(ResultRecord)) == 1
    assert vote.topic("console")["polls"][0]["tally"]["votes_for"] == 1


def test_seats_and_wall_see_the_reason_and_no_figures_of_an_annulled_vote(vote: Vote) -> None:
    vote.begin()
    vote.cast(vote.people[0], "for")
    vote.step("close")
    vote.step("publish")
    vote.step("annul", reason="Sai số người dự")
    for audience in ("seat", "wall"):
        shown = vote.topic(audience)["poll"]
        assert (shown["state"], shown["annulled_reason"], shown["tally"]) == ("annulled", "Sai số người dự", None)


def test_an_open_vote_that_is_annulled_takes_no_more_ballots_and_has_no_record(vote: Vote) -> None:
    vote.begin()
    vote.cast(vote.people[0], "for")
    assert vote.step("annul", reason="Mở nhầm", again=False).status_code == 200
    assert code(vote.cast(vote.people[1], "for")) == "poll_not_open"
    assert vote.scene.rows(ResultRecord) == []
    assert [poll.state for poll in vote.scene.rows(Poll)] == [PollState.ANNULLED]
    assert code(vote.step("annul", reason="Lần nữa")) == "poll_annulled"
    assert code(vote.step("publish")) == "poll_not_closed"
    vote.begin()  # the room is free for the next vote


def test_a_draft_is_deleted_and_not_annulled(vote: Vote) -> None:
    vote.draft()
    assert code(vote.step("annul", reason="Thừa")) == "poll_not_opened"


def test_a_reason_is_needed(vote: Vote) -> None:
    vote.begin()
    assert code(vote.step("annul", reason=" ")) == "invalid_input"
