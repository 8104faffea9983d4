"""Who may not know a figure never gets it: neither in a view nor in any frame."""

from typing import Any

import pytest

from server.core.live import TopicName, topic_frame
from tests.voting.conftest import Vote


def frames(vote: Vote, audience: str) -> bytes:
    """Every frame this audience would get of the meeting's shared topics."""
    encoded = b""
    for name in ("vote", "wall", "floor", "header", "agenda", "attendance", "seats"):
        parsed = TopicName.parse(f"meeting/{vote.meeting}/{name}")
        with vote.scene.services.database.read() as session:
            encoded += topic_frame(parsed.text, 1, parsed.kind.build(session, vote.meeting, audience))
    return encoded


def reveals(encoded: bytes) -> bool:
    return any(word in encoded for word in (b'"votes_for":', b'"passed":', b'"choice"'))


@pytest.mark.parametrize("audience", ["seat", "wall"])
def test_seats_and_walls_get_no_tally_before_it_is_published(vote: Vote, audience: str) -> None:
    vote.begin()
    vote.cast(vote.people[0], "for")
    assert vote.topic(audience)["poll"]["cast"] == 1
    assert vote.topic(audience)["poll"]["tally"] is None
    assert not reveals(frames(vote, audience))
    vote.step("close")
    assert (vote.topic(audience)["poll"]["state"], vote.topic(audience)["poll"]["tally"]) == ("closed", None)
    assert not reveals(frames(vote, audience))
    vote.step("publish")
    tally = vote.topic(audience)["poll"]["tally"]
    assert (tally["votes_for"], tally["not_cast"], tally["base_count"]) == (1, 4, 5)
    assert reveals(frames(vote, audience))


def test_the_console_gets_the_tally_at_the_close_and_not_before(vote: Vote) -> None:
    vote.begin()
    vote.cast(vote.people[0], "for")
    assert vote.topic("console")["polls"][0]["tally"] is None
    assert not reveals(frames(vote, "console"))
    vote.step("close")
    assert vote.topic("console")["polls"][0]["tally"]["votes_for"] == 1


def test_a_choice_is_only_in_the_voters_own_topic(vote: Vote) -> None:
    vote.begin()
    vote.cast(vote.people[0], "against")
    assert vote.scene.topic(f"meeting/{vote.meeting}/me/{vote.people[0]}", "seat")["ballot"]["choice"] == "against"
    assert vote.scene.topic(f"meeting/{vote.meeting}/me/{vote.people[1]}", "seat")["ballot"] is None


def test_a_later_view_reads_the_stored_result(vote: Vote) -> None:
    vote.begin()
    vote.cast(vote.people[0], "for")
    vote.step("close")
    vote.step("publish")
    before = vote.topic("wall")
    vote.scene.enter(vote.meeting, vote.people[4])
    vote.scene.leave(vote.people[1])
    assert vote.topic("wall") == before


def test_seats_see_the_open_poll_before_any_other(vote: Vote) -> None:
    first = vote.begin(title="Thứ nhất")
    vote.step("close")
    vote.step("publish")
    second = vote.begin(title="Thứ hai")
    assert vote.topic("seat")["poll"]["id"] == second
    vote.step("close")
    assert vote.topic("seat")["poll"]["id"] == second
    vote.poll = first
    vote.step("publish")
    assert vote.topic("seat")["poll"]["id"] == first


def test_the_wall_shows_an_earlier_result_when_the_console_chooses_it(vote: Vote) -> None:
    first = vote.begin(title="Thứ nhất")
    vote.step("close")
    vote.step("publish", wall=True)
    second = vote.begin(title="Thứ hai")
    assert (vote.topic("wall")["poll"]["id"], vote.topic("seat")["poll"]["id"]) == (first, second)
    vote.secretary.put(f"/api/meetings/{vote.meeting}/wall", {"scene": "vote"})
    assert vote.topic("wall")["poll"]["id"] == second


def _standing(vote: Vote, person: int) -> dict[str, Any]:
    standing: dict[str, Any] = vote.scene.topic(f"meeting/{vote.meeting}/me/{person}", "seat")["standing"]
    return standing


def test_everybody_is_told_whether_he_may_vote_and_why_not(vote: Vote) -> None:
    vote.scene.enter(vote.meeting, vote.people[5])
    vote.begin(base="present")
    assert _standing(vote, vote.people[0]) == {"may_vote": True, "code": None, "reason": None, "reason_en": None}
    assert _standing(vote, vote.people[5])["code"] == "not_entitled"
    assert _standing(vote, vote.people[4])["code"] == "not_present"
    vote.scene.enter(vote.meeting, vote.people[4])
    late = _standing(vote, vote.people[4])
    assert (late["may_vote"], late["code"]) == (False, "came_after_open")
    assert late["reason"] != late["reason_en"]


def test_who_came_late_is_told_when_nothing_keeps_him_from_voting_any_more(vote: Vote) -> None:
    vote.begin(base="present")
    vote.scene.enter(vote.meeting, vote.people[4])
    touched: dict[str, int] = {}
    vote.scene.services.writer.published = touched.update
    vote.step("close")
    personal = {topic for topic in touched if "/me/" in topic}
    assert personal == {f"meeting/{vote.meeting}/me/{vote.people[4]}"}
    assert _standing(vote, vote.people[4])["may_vote"]


def test_the_topic_stays_small_with_a_hundred_polls(vote: Vote) -> None:
    vote.begin(motion="m" * 1000)
    for audience in ("seat", "wall"):
        assert len(frames(vote, audience)) < 16_000


def test_a_meeting_has_at_most_a_hundred_polls(vote: Vote) -> None:
    from server.voting import commands  # noqa: PLC0415
    from server.voting.models import Poll  # noqa: PLC0415
    from server.voting.rules import shipped  # noqa: PLC0415

    vote.scene.run(lambda tx: tx.add_all(
        Poll(
            meeting_id=vote.meeting, title=f"{number}", counted_of="cast", numerator=1, denominator=2, strict=True,
            rule_code="open-vote", rule=shipped()["open-vote"].model_dump(mode="json"),
        )
        for number in range(commands.MOST_POLLS)
    ))
    assert vote.secretary.post(vote.path, {"title": "một nữa"}).json["code"] == "too_many_polls"
