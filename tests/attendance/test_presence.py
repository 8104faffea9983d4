"""Counting who is in the room."""

import pytest

from server.attendance.presence import counts, is_present, present_ids, quorum_needed
from server.meetings.models import Meeting
from tests.scene import Scene


@pytest.mark.usefixtures("any_store")
def test_counts_keep_guests_apart_from_those_convened(scene: Scene) -> None:
    meeting = scene.meeting(delegates=4, guests=2)
    for participant in (scene.people[0], scene.people[1], scene.people[4]):
        scene.enter(meeting, participant)
    with scene.services.database.read() as session:
        now = counts(session, meeting)
    assert (now.convened, now.present, now.entitled, now.entitled_present, now.guests_present) == (4, 2, 4, 2, 1)
    assert (now.quorum_needed, now.quorum_met) == (3, False)


def test_somebody_who_left_is_not_present(scene: Scene) -> None:
    meeting = scene.meeting(delegates=2, present=2)
    scene.leave(scene.people[0])
    with scene.services.database.read() as session:
        assert present_ids(session, meeting) == {scene.people[1]}
        assert not is_present(session, scene.people[0])


def test_an_empty_meeting_counts_to_nothing(scene: Scene) -> None:
    meeting = scene.meeting(delegates=0)
    with scene.services.database.read() as session:
        assert counts(session, meeting).convened == 0


@pytest.mark.parametrize(("convened", "needed"), [(9, 6), (10, 7), (60, 40), (1, 1), (0, 0)])
def test_two_thirds_are_counted_in_whole_persons(convened: int, needed: int) -> None:
    assert quorum_needed(Meeting(quorum_numerator=2, quorum_denominator=3), convened) == needed
