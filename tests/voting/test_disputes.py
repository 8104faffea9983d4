"""What a dispute would turn on: nonsense in rules, bases, words that nobody can see, choices that leak."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from server.core.errors import Refused
from server.core.writer import Tx
from server.meetings.models import Participant
from server.voting import batches, deadlines
from server.voting.models import Poll, PollBatch, ReservedOpinion
from tests.conftest import code
from tests.voting.conftest import Vote

OWN: dict[str, Any] = {
    "code": "nghi-quyet-rieng", "name": {"vi": "Nghị quyết theo quy chế riêng", "en": "Resolution by our own rules"},
    "citation": {"regulation": "Quy chế làm việc của đơn vị thử", "number": "07-QC/TU"},
    "subject": "resolution", "forms": ["open"], "kinds": ["motion"], "base": "entitled",
    "threshold": {"numerator": 1, "denominator": 2, "strict": True}, "names": "either", "needs_quorum": False,
    "tie": {"vi": "Không thông qua.", "en": "Not passed."},
}
LEFT_OUT = [{"code": "suspended", "vi": "Bị đình chỉ sinh hoạt", "en": "Suspended"}]


def own_rule(vote: Vote, unit: int | None = None, **changed: Any) -> Any:
    return vote.secretary.post(f"/api/units/{unit or vote.scene.top}/voting-rules", {**OWN, **changed})


# --- rules that are nonsense -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("changed", [
    {"quorum": {"numerator": 3, "denominator": 2}},                       # no room is ever full enough
    {"quorum": {"numerator": 1, "denominator": 1, "strict": True}},
    {"name": {"vi": "\u200b\u202e", "en": "Invisible"}},
    {"name": {"vi": "   ", "en": "Blank"}},
    {"tie": {"vi": "\u2060", "en": "x"}},
    {"notices": [
        {"code": "a", "of": "low", "numerator": 1, "denominator": 2, "strict": True, "vi": "x", "en": "x"}
    ] * 2},
])
def test_a_rule_that_is_nonsense_or_cannot_be_read_is_not_entered(vote: Vote, changed: dict[str, Any]) -> None:
    assert code(own_rule(vote, **changed)) == "invalid_input"


@pytest.mark.parametrize("number", [" ", "\u200b", "\u202e\u2066", "\t"])
def test_a_citation_of_nothing_visible_is_no_citation(vote: Vote, number: str) -> None:
    cited = {"regulation": "Quy chế của đơn vị thử", "number": number}
    assert code(own_rule(vote, citation=cited)) == "rule_without_citation"


# --- bases -----------------------------------------------------------------------------------------------------------


def test_who_has_no_vote_is_not_taken_off_all_members(vote: Vote) -> None:
    """A secretary of the meeting without a vote is convened and no member: leaving him out lowers nothing."""
    own_rule(vote, base="members", exclusions=LEFT_OUT)
    staff = vote.people[4]
    vote.scene.run(lambda tx: tx.execute(update(Participant).where(Participant.id == staff).values(entitled=False)))
    vote.draft(rule=OWN["code"], members=9, exclusions=[{"participant_id": staff, "code": "suspended"}])
    shown = vote.topic("console")["polls"][0]["rule"]
    assert (shown["base_from"], shown["base_count"], shown["needed"]) == (9, 9, 5)


def test_who_is_in_the_room_is_not_left_out_as_absent_throughout(vote: Vote) -> None:
    vote.draft(rule="working-bodies", exclusions=[{"participant_id": vote.people[3], "code": "absent-throughout"}])
    answer = vote.step("open")
    assert code(answer) == "excluded_but_present"
    [seen] = vote.topic("console")["polls"][0]["obstacles"]
    assert seen["code"] == "excluded_but_present"
    vote.scene.leave(vote.people[3])
    vote.scene.enter(vote.meeting, vote.people[4])
    assert vote.step("open").status_code == 200


# --- what nobody can see ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["\u200b\u200b\u200b", "   \u2060  ", "\u202e\u2066\u2069 "])
def test_a_vote_is_not_annulled_for_a_reason_nobody_can_read(vote: Vote, reason: str) -> None:
    vote.begin()
    assert code(vote.step("annul", reason=reason)) == "invalid_input"
    assert vote.scene.rows(Poll)[0].state == "open"


def test_a_reason_is_measured_as_it_is_stored(vote: Vote) -> None:
    """One letter that NFC writes as three must not outgrow its column on PostgreSQL."""
    vote.begin()
    assert code(vote.step("annul", reason="\ufb2c" * 400)) == "invalid_input"
    vote.draft(rule="working-bodies")
    said = [{"participant_id": vote.people[4], "code": "absent-throughout", "note": "\ufb2c" * 200}]
    assert code(vote.secretary.patch(f"{vote.path}/{vote.poll}", {"exclusions": said})) == "invalid_input"


def test_an_id_that_no_column_holds_is_bad_input(vote: Vote) -> None:
    large = 2**31
    vote.draft()
    at = f"{vote.path}/{vote.poll}"
    assert code(vote.secretary.patch(at, {"agenda_item_id": large})) == "invalid_input"
    assert code(vote.secretary.post(f"{vote.path}/batch", {"polls": [large]})) == "invalid_input"
    assert code(vote.secretary.patch(at, {"exclusions": [{"participant_id": large, "code": "x"}]})) == "invalid_input"


# --- reserved opinions tell no choice --------------------------------------------------------------------------------


def reserve_for(vote: Vote, person: int, text: str = "Đề nghị giữ chỉ tiêu cũ") -> Any:
    return vote.secretary.post(
        f"{vote.path}/{vote.poll}/reserved-opinions", {"text": text, "participant_id": person}
    )


def test_the_secretary_learns_no_choice_by_asking_whether_an_opinion_can_be_reserved(vote: Vote) -> None:
    vote.begin(rule="resolution")
    vote.cast(vote.people[0], "for")
    vote.cast(vote.people[1], "against")
    for text in ("\u200b", "giữ ý kiến"):
        answers = {code(reserve_for(vote, person, text)) for person in vote.people[:3]}
        assert answers == {"reserve_after_close"}, "the same words for every choice while the vote is open"
    assert vote.topic("console")["polls"][0]["may_reserve"] is False
    assert vote.topic("seat")["poll"]["may_reserve"] is True
    assert vote.scene.rows(ReservedOpinion) == []


def test_nor_after_the_close_of_an_unnamed_vote(vote: Vote) -> None:
    own_rule(vote, reserved_opinions=True)
    vote.begin(rule=OWN["code"], named=False)
    vote.cast(vote.people[0], "for")
    vote.cast(vote.people[1], "against")
    vote.step("close")
    assert {reserve_for(vote, person, "\u200b").json["code"] for person in vote.people[:3]} == {"opinion_missing"}
    assert {reserve_for(vote, person).status_code for person in vote.people[:3]} == {200}


def test_nobody_reserves_first_and_agrees_afterwards(vote: Vote) -> None:
    vote.begin(rule="resolution")
    path = f"{vote.path}/{vote.poll}/reserved-opinions"
    seat = vote.seats[vote.people[0]]
    assert code(seat.post(path, {"text": "giữ ý kiến"})) == "reserve_before_ballot"
    vote.step("close")
    assert seat.post(path, {"text": "giữ ý kiến"}).status_code == 200  # he cast no ballot: he did not agree


def test_a_ballot_that_may_change_is_reserved_about_after_the_close(vote: Vote) -> None:
    vote.begin(rule="written-consultation", kind="opinion")
    vote.cast(vote.people[0], "against")
    path = f"{vote.path}/{vote.poll}/reserved-opinions"
    assert code(vote.seats[vote.people[0]].post(path, {"text": "giữ ý kiến"})) == "reserve_after_close"
    assert vote.topic("seat")["poll"]["may_reserve"] is False
    vote.step("close")
    assert vote.seats[vote.people[0]].post(path, {"text": "giữ ý kiến"}).status_code == 200


# --- batches and deadlines -------------------------------------------------------------------------------------------


def begin_batch(vote: Vote, number: int = 2) -> None:
    polls = [vote.draft(title=f"Nội dung {place}") for place in range(number)]
    answer = vote.secretary.post(f"{vote.path}/batch", {"polls": polls, "seconds": 30, "pause_seconds": 5})
    assert answer.status_code == 200


def test_the_meeting_does_not_close_over_a_running_batch(vote: Vote) -> None:
    begin_batch(vote)
    path = f"/api/meetings/{vote.meeting}/state"
    answer = vote.secretary.post(path, {"to": "closed", "confirm": True})
    assert code(answer) == "step_incomplete", answer.json
    assert "liên tiếp" in answer.json["detail"]
    vote.secretary.post(f"{vote.path}/batch/stop")
    assert vote.secretary.post(path, {"to": "closed", "confirm": True}).status_code == 204


def test_a_write_that_was_not_kept_is_tried_again_and_stops_no_batch(
    vote: Vote, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_batch(vote)
    services, step = vote.scene.services, batches.step

    def full_disk(tx: Tx, batch_id: int, keys: Any) -> bool:
        raise Refused("busy")

    monkeypatch.setattr(batches, "step", full_disk)
    assert deadlines.go_on(services.database, services.writer, services.keys) == 0
    assert vote.scene.rows(PollBatch)[0].state == "running"
    monkeypatch.setattr(batches, "step", step)
    assert deadlines.go_on(services.database, services.writer, services.keys) == 1


def test_a_vote_that_cannot_be_counted_keeps_no_other_from_closing(vote: Vote) -> None:
    """Rows that no command could have left, in one meeting, are the trouble of that meeting alone."""
    vote.begin(seconds=30)
    broken = vote.poll
    vote.meeting = vote.scene.meeting(delegates=3, present=3)
    vote.begin(seconds=30)

    def spoil(tx: Tx) -> None:
        for poll in tx.query(Poll):
            poll.deadline_at -= timedelta(seconds=60)
        tx.execute(update(Poll).where(Poll.id == broken).values(kind="nonsense"))

    vote.scene.run(spoil)
    services = vote.scene.services
    assert deadlines.close_due(services.database, services.writer, services.keys) == 1
    assert {poll.id: str(poll.state) for poll in vote.scene.rows(Poll)} == {broken: "open", vote.poll: "closed"}
