"""A new name of a person or a unit shows in every meeting that is not closed."""

import pytest
from sqlalchemy import select

from server.core.journal import TopicVersion
from server.meetings.models import Participant
from server.people.models import Person


def versions(scene):
    with scene.services.database.read() as session:
        return dict(session.execute(select(TopicVersion.topic, TopicVersion.version)).all())


@pytest.fixture
def changed(scene, client):
    """What a change of the register makes newer."""

    def patch(path, body):
        before = versions(scene)
        answer = client("administrator").patch(f"/api/units/{scene.top}{path}", body)
        assert answer.status_code == 200, answer.json
        return {topic for topic, version in versions(scene).items() if before.get(topic) != version}

    return patch


def test_a_person_with_a_new_name_is_shown_by_it(scene, changed):
    meeting = scene.meeting(present=2)
    me = scene.people[0]
    person = scene.row(Participant, me).person_id
    topics = changed(f"/persons/{person}", {"name": "Đinh Thị Mới", "title": "Bí thư"})
    assert topics == {f"meeting/{meeting}/{kind}" for kind in ("attendance", "floor", f"me/{me}")}
    assert scene.topic(f"meeting/{meeting}/me/{me}", "seat")["name"] == "Đinh Thị Mới"
    assert "Đinh Thị Mới" in [one["name"] for one in scene.topic(f"meeting/{meeting}/attendance", "console")["latest"]]


def test_a_unit_with_a_new_name_is_shown_by_it_to_its_meetings_and_members(scene, changed):
    meeting = scene.meeting(delegates=2)
    topics = changed("", {"name": "Đảng ủy sau sáp nhập"})
    assert topics == {
        f"meeting/{meeting}/{kind}"
        for kind in ("header", "attendance", "floor", *(f"me/{one}" for one in scene.people))
    }
    assert scene.topic(f"meeting/{meeting}/header", "wall")["unit"] == "Đảng ủy sau sáp nhập"


def test_a_closed_meeting_and_other_meetings_are_left_alone(scene, changed):
    scene.meeting(state="closed")
    person = scene.row(Participant, scene.people[0]).person_id
    scene.meeting()
    assert changed(f"/persons/{person}", {"name": "Đinh Thị Mới", "title": ""}) == set()


def test_a_new_person_touches_nothing(scene, client):
    scene.meeting()
    before = versions(scene)
    client("administrator").post(f"/api/units/{scene.top}/persons", {"name": "Lê Văn Mới"})
    assert scene.rows(Person, name="Lê Văn Mới")
    assert versions(scene) == before
