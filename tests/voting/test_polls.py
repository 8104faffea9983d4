"""From draft to published: what each step does, freezes and refuses."""

from typing import Any

import pytest

from server.core.errors import Refused, catalogue
from server.core.writer import Tx
from server.meetings import lookup
from tests.conftest import code
from tests.voting.conftest import Vote


def test_a_draft_shows_the_base_and_what_is_needed_before_it_opens(vote: Vote) -> None:
    vote.draft(base="present", numerator=2, denominator=3, strict=False)
    rule = vote.topic("console")["polls"][0]["rule"]
    assert rule == {
        "code": "open-vote", "base": "present", "base_from": 4, "base_count": 4, "exclusions": [], "numerator": 2,
        "denominator": 3, "strict": False, "needed": 3, "quorum_needed": 4, "quorum_present": 4, "words": None,
    }
    assert vote.topic("seat") == vote.topic("wall") == {"poll": None}


def test_a_draft_follows_who_comes_and_goes(vote: Vote) -> None:
    vote.draft(base="present")
    topics = vote.scene.run(lambda tx: lookup.presence_topics[-1](tx, vote.meeting))
    assert topics == [f"meeting/{vote.meeting}/vote"]
    vote.scene.enter(vote.meeting, vote.people[4])
    assert vote.topic("console")["polls"][0]["rule"]["base_count"] == 5


@pytest.mark.parametrize(("base", "expected", "needed"), [("convened", 5, 3), ("entitled", 5, 3), ("present", 4, 3)])
def test_the_base_is_frozen_when_the_vote_opens(vote: Vote, base: str, expected: int, needed: int) -> None:
    vote.begin(base=base)
    vote.scene.leave(vote.people[0])
    vote.scene.leave(vote.people[1])
    rule = vote.topic("seat")["poll"]["rule"]
    assert (rule["base_count"], rule["needed"]) == (expected, needed)
    assert vote.step("close").json["tally"]["base_count"] == expected


def test_ballots_cast_as_the_base_are_known_at_the_close(vote: Vote) -> None:
    vote.begin(base="cast")
    assert vote.topic("wall")["poll"]["rule"]["needed"] is None
    vote.cast(vote.people[0], "for")
    vote.cast(vote.people[1], "for")
    vote.cast(vote.people[2], "against")
    tally = vote.step("close").json["tally"]
    assert len(tally.pop("record")) == 64
    assert tally == {
        "votes_for": 2, "votes_against": 1, "not_voting": 0, "other": 0, "lines": [], "cast": 3, "not_cast": 0,
        "base_count": 3, "needed": 2, "passed": True,
    }


def test_a_vote_in_which_nobody_votes_fails(vote: Vote) -> None:
    vote.begin(base="cast")
    tally = vote.step("close").json["tally"]
    assert (tally["cast"], tally["needed"], tally["passed"]) == (0, 1, False)


def test_the_vote_tells_how_many_it_reaches_while_people_come_and_go(vote: Vote) -> None:
    vote.begin(base="entitled")

    def reaches() -> int:
        vote.scene.run(lambda tx: lookup.presence_topics[-1](tx, vote.meeting))
        return int(vote.topic("wall")["poll"]["entitled_present"])

    assert reaches() == 4
    vote.scene.enter(vote.meeting, vote.people[4])
    assert reaches() == 5
    vote.cast(vote.people[0], "for")
    vote.scene.leave(vote.people[0])  # has voted: still counted
    vote.scene.leave(vote.people[1])
    assert reaches() == 4


def _other_is_open(vote: Vote) -> Any:
    vote.begin(title="Biểu quyết trước")
    vote.draft()
    return vote.step("open")


def _nobody_there(vote: Vote) -> Any:
    for person in vote.people[:4]:
        vote.scene.leave(person)
    vote.draft()
    return vote.step("open")


def _opened_twice(vote: Vote) -> Any:
    vote.begin()
    return vote.step("open")


def _not_in_session(vote: Vote) -> Any:
    vote.meeting = vote.scene.meeting(state="convened", present=2)
    vote.draft()
    return vote.step("open")


def _closed_twice(vote: Vote) -> Any:
    vote.begin()
    vote.step("close")
    return vote.step("close")


def _published_while_open(vote: Vote) -> Any:
    vote.begin()
    return vote.step("publish")


def _edited_while_open(vote: Vote) -> Any:
    vote.begin()
    return vote.secretary.patch(f"{vote.path}/{vote.poll}", {"title": "Khác"})


def _deleted_after_close(vote: Vote) -> Any:
    vote.begin()
    vote.step("close")
    return vote.secretary.delete(f"{vote.path}/{vote.poll}")


def _other_meetings_poll(vote: Vote) -> Any:
    vote.draft()
    vote.meeting = vote.scene.meeting()
    return vote.step("open")


def _in_closed_meeting(vote: Vote) -> Any:
    vote.meeting = vote.scene.meeting(state="closed")
    return vote.secretary.post(vote.path, {"title": "Muộn"})


def _half_is_enough(vote: Vote) -> Any:
    return vote.secretary.post(vote.path, {"title": "Một nửa", "strict": False})


def _edited_to_nonsense(vote: Vote) -> Any:
    vote.draft()
    return vote.secretary.patch(f"{vote.path}/{vote.poll}", {"numerator": 3})


def _foreign_item(vote: Vote) -> Any:
    foreign = vote.scene.items[0]
    vote.meeting = vote.scene.meeting()
    return vote.secretary.post(vote.path, {"title": "Mục khác", "agenda_item_id": foreign})


def _no_poll(vote: Vote) -> Any:
    vote.poll = 999
    return vote.step("close")


@pytest.mark.parametrize(
    ("attempt", "status", "expected"),
    [
        (_other_is_open, 409, "poll_already_open"),
        (_nobody_there, 409, "nobody_may_vote"),
        (_opened_twice, 409, "poll_not_draft"),
        (_not_in_session, 409, "meeting_not_in_session"),
        (_closed_twice, 409, "poll_not_open"),
        (_published_while_open, 409, "poll_not_closed"),
        (_edited_while_open, 409, "poll_not_draft"),
        (_deleted_after_close, 409, "poll_not_draft"),
        (_other_meetings_poll, 404, "poll_not_found"),
        (_in_closed_meeting, 409, "meeting_closed"),
        (_half_is_enough, 422, "threshold_not_fit"),
        (_edited_to_nonsense, 422, "threshold_not_fit"),
        (_foreign_item, 404, "agenda_item_not_found"),
        (_no_poll, 404, "poll_not_found"),
    ],
)
def test_a_step_that_is_not_possible_is_refused_in_words(
    vote: Vote, attempt: Any, status: int, expected: str
) -> None:
    answer = attempt(vote)
    assert (answer.status_code, code(answer)) == (status, expected)
    assert answer.json["detail"]
    assert answer.json["next"]
    assert answer.json["detail"] != answer.json["detail_en"]


@pytest.mark.parametrize(
    "said",
    [
        {"title": ""}, {"title": "x" * 301}, {"title": "a", "motion": "x" * 1001}, {"title": "a", "seconds": 5},
        {"title": "a", "base": "everybody"}, {"title": "a", "numerator": 0}, {"title": "a", "extra": 1},
        {"title": "a", "denominator": 10**9}, {"title": "a", "agenda_item_id": 2**63},
    ],
)
def test_bad_input_is_named(vote: Vote, said: dict[str, Any]) -> None:
    answer = vote.secretary.post(vote.path, said)
    assert (answer.status_code, code(answer)) == (422, "invalid_input")


def test_a_draft_is_edited_and_deleted(vote: Vote) -> None:
    vote.draft(agenda_item_id=vote.scene.items[0], seconds=60)
    answer = vote.secretary.patch(
        f"{vote.path}/{vote.poll}", {"title": " Tên  mới ", "agenda_item_id": None, "base": "cast", "changeable": True}
    )
    assert answer.json["title"] == "Tên mới"
    assert answer.json["agenda_item_id"] is None
    assert (answer.json["rule"]["base"], answer.json["changeable"]) == ("cast", True)
    assert vote.secretary.delete(f"{vote.path}/{vote.poll}").status_code == 204
    assert vote.topic("console") == {"polls": [], "open_id": None, "shown_id": None, "rules": [], "batch": None}


def test_polls_are_in_the_order_of_the_agenda(vote: Vote) -> None:
    first, second = vote.scene.items
    vote.draft(title="không thuộc mục nào")
    vote.draft(title="mục 2", agenda_item_id=second)
    vote.draft(title="mục 1", agenda_item_id=first)
    assert [poll["title"] for poll in vote.topic("console")["polls"]] == ["mục 1", "mục 2", "không thuộc mục nào"]


def test_an_open_vote_blocks_closing_the_meeting(vote: Vote) -> None:
    vote.begin()

    def missing() -> list[str]:
        with vote.scene.services.database.read() as session:
            found = [check(session, vote.meeting) for check in lookup.closing_checks]
        return [one.code for one in found if one]

    assert "poll_open" in missing()
    vote.step("close")
    assert "poll_open" not in missing()


def test_an_item_or_person_with_a_vote_is_not_removed(vote: Vote) -> None:
    vote.draft(agenda_item_id=vote.scene.items[0])
    answer = vote.secretary.delete(f"/api/meetings/{vote.meeting}/agenda/{vote.scene.items[0]}")
    assert code(answer) == "agenda_item_has_polls"
    vote.step("open")

    def remove(tx: Tx) -> None:
        for check in lookup.participant_removal_checks:
            check(tx, vote.people[4])  # was not there, but is on the list

    with pytest.raises(Refused, match="participant_has_voted"):
        vote.scene.run(remove)


def test_only_those_who_manage_votes_touch_them(vote: Vote, client: Any) -> None:
    vote.draft()
    for role in ("administrator", "technician", "steward", "teller"):
        answer = client(role).post(f"{vote.path}/{vote.poll}/open")
        assert code(answer) == "forbidden", role
    assert client("chair").post(f"{vote.path}/{vote.poll}/open").status_code == 200
    assert code(vote.seats[vote.people[0]].post(f"{vote.path}/{vote.poll}/close")) == "forbidden"


def test_every_refusal_of_voting_has_words_and_a_next_step() -> None:
    for name in ("poll_not_open", "not_entitled", "not_present", "came_after_open", "ballot_final"):
        assert all((catalogue[name].vi, catalogue[name].en, catalogue[name].next_vi, catalogue[name].next_en))


def test_opening_puts_the_vote_on_the_wall_only_if_asked(vote: Vote) -> None:
    vote.begin()
    assert vote.topic("wall", "wall")["scene"] == "welcome"
    vote.step("close")
    vote.step("publish")
    assert vote.topic("wall", "wall")["scene"] == "welcome"
    vote.draft()
    vote.step("open", wall=True)
    assert (vote.topic("wall", "wall")["scene"], vote.topic("wall", "wall")["poll_id"]) == ("vote", vote.poll)
    vote.step("close")
    assert vote.topic("wall", "wall")["scene"] == "vote"
    vote.step("publish", wall=True)
    assert (vote.topic("wall", "wall")["scene"], vote.topic("wall", "wall")["poll_id"]) == ("result", vote.poll)


def test_a_motion_without_a_visible_title_is_refused(vote: Vote) -> None:
    assert code(vote.secretary.post(vote.path, {"title": " \u200b\u202e"})) == "invalid_input"
