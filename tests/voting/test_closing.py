"""What voting says when the meeting is about to be closed."""

from sqlalchemy import select

from server.core.journal import JournalEntry
from tests.voting.conftest import Vote


def test_closing_the_meeting_with_a_result_nobody_was_told_is_warned_of(vote: Vote) -> None:
    vote.begin()
    vote.step("close")
    state = f"/api/meetings/{vote.meeting}/state"
    closing = vote.secretary.get(f"/api/meetings/{vote.meeting}/steps").json["steps"][-1]
    assert (closing["to"], closing["allowed"]) == ("closed", True)
    assert [one["code"] for one in closing["warnings"]] == ["result_unpublished"]
    assert "“Thông qua nghị quyết”" in closing["warnings"][0]["text"]
    assert vote.secretary.post(state, {"to": "closed", "confirm": True}).status_code == 204
    with vote.scene.services.database.read() as session:
        steps = session.scalars(select(JournalEntry).where(JournalEntry.action == "meeting.step"))
        assert [step.data["warned"] for step in steps] == [["result_unpublished"]]


def test_a_published_result_needs_no_warning(vote: Vote) -> None:
    vote.begin()
    vote.step("close")
    vote.step("publish")
    closing = vote.secretary.get(f"/api/meetings/{vote.meeting}/steps").json["steps"][-1]
    assert closing["warnings"] == []
