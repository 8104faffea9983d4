"""Reserved opinions: who did not agree may have his words kept with the result."""

from typing import Any

import pytest
from sqlalchemy import update

from server.voting.audit import check_ballots
from server.voting.models import ReservedOpinion
from tests.conftest import code
from tests.voting.conftest import Vote


@pytest.fixture
def dissent(vote: Vote) -> Vote:
    """A resolution; one is for it, one against."""
    vote.begin(rule="resolution")
    vote.cast(vote.people[0], "for")
    vote.cast(vote.people[1], "against")
    return vote


def reserve(vote: Vote, person: int, text: str = "Đề nghị giữ chỉ tiêu cũ", **more: Any) -> Any:
    return vote.seats[person].post(f"{vote.path}/{vote.poll}/reserved-opinions", {"text": text, **more})


def kept(vote: Vote) -> list[tuple[int, str]]:
    rows = vote.secretary.get(f"{vote.path}/{vote.poll}/reserved-opinions").json["opinions"]
    return [(row["participant_id"], row["text"]) for row in rows]


def test_a_dissenter_keeps_his_opinion_during_and_after_the_vote(dissent: Vote) -> None:
    person = dissent.people[1]
    assert reserve(dissent, person).status_code == 200
    dissent.step("close")
    assert reserve(dissent, person, "Bổ sung: và nêu rõ lý do").status_code == 200
    assert kept(dissent) == [(person, "Bổ sung: và nêu rõ lý do")]
    me = dissent.scene.topic(f"meeting/{dissent.meeting}/me/{person}", "seat")
    assert me["ballot"]["reserved"] is True


def test_who_agreed_has_nothing_to_reserve(dissent: Vote) -> None:
    assert code(reserve(dissent, dissent.people[0])) == "reserve_agreed"
    assert kept(dissent) == []


def test_a_rule_without_reserved_opinions_says_so_with_its_citation(vote: Vote) -> None:
    vote.begin()
    vote.cast(vote.people[1], "against")
    answer = reserve(vote, vote.people[1])
    assert code(answer) == "reserve_not_allowed"
    assert "Quy chế làm việc" in answer.json["detail"]


def test_nobody_speaks_for_another_but_the_secretary(dissent: Vote) -> None:
    other = dissent.people[2]
    assert code(reserve(dissent, dissent.people[1], participant_id=other)) == "not_in_poll"
    path = f"{dissent.path}/{dissent.poll}/reserved-opinions"
    assert code(dissent.secretary.post(path, {"text": "của ai?"})) == "not_in_poll"
    dissent.step("close")
    assert dissent.secretary.post(path, {"text": "nói tại chỗ", "participant_id": other}).status_code == 200
    assert kept(dissent) == [(other, "nói tại chỗ")]


def test_a_guest_is_not_in_the_vote(dissent: Vote) -> None:
    guest = dissent.people[5]
    assert code(reserve(dissent, guest)) == "forbidden"


def test_a_changed_opinion_is_found(dissent: Vote) -> None:
    reserve(dissent, dissent.people[1])
    dissent.scene.run(lambda tx: tx.execute(update(ReservedOpinion).values(text="khác")))
    with dissent.scene.services.database.read() as session:
        found = [str(one) for one in check_ballots(session, dissent.scene.services.keys)]
    assert found == [
        f"poll {dissent.poll}, reserved opinion of participant {dissent.people[1]}: is not as it was stated"
    ]
