"""The list of participants: parts, seats, votes, search, and what is refused."""

import pytest

from server.meetings.models import Participant
from server.people.models import Person
from tests.conftest import code


@pytest.fixture
def secretary(client):
    return client("secretary")


def path(meeting, *parts):
    return "/".join([f"/api/meetings/{meeting}/participants", *map(str, parts)])


def test_a_person_of_the_register_is_added_with_the_vote_of_the_part(scene, secretary):
    meeting = scene.meeting(delegates=0)
    for role, votes in (("delegate", True), ("chair", True), ("alternate", False), ("guest", False)):
        made = secretary.post(path(meeting), {"person_id": scene.person(), "role": role}).json["id"]
        assert scene.row(Participant, made).entitled is votes


def test_somebody_new_enters_the_register_of_the_meetings_unit(scene, secretary):
    meeting = scene.meeting(delegates=0)
    new = {"name": "Đỗ Thị Hà", "title": "Bí thư", "card_number": "0099"}
    assert secretary.post(path(meeting), {"person": new, "seat": "b 12"}).status_code == 200
    person = scene.rows(Person, name="Đỗ Thị Hà")[0]
    assert (person.unit_id, person.folded_name) == (scene.top, "do thi ha")
    assert scene.rows(Participant, meeting_id=meeting)[0].seat == "B12"
    again = secretary.post(path(meeting), {"person": {**new, "name": "Khác"}})
    assert (code(again), again.json["params"]) == ("card_number_taken", {"card": "0099"})


@pytest.mark.parametrize(("body", "expected"), [
    ({"role": "guest", "entitled": True}, "guest_entitled"), ({"seat": "A1"}, "seat_taken"),
    ({"seat": "???"}, "invalid_input"), ({"person_id": 99999}, "person_not_found"), ({"role": "king"}, "invalid_input"),
    ({"person": {"name": "Hai"}}, "invalid_input"),
])
def test_impossible_participants_are_refused(scene, secretary, body, expected):
    meeting = scene.meeting(delegates=1)
    assert code(secretary.post(path(meeting), {"person_id": scene.person(), **body})) == expected
    assert len(scene.rows(Participant, meeting_id=meeting)) == 1


def test_nobody_is_on_the_list_twice(scene, secretary):
    meeting, person = scene.meeting(delegates=0), scene.person()
    assert secretary.post(path(meeting), {"person_id": person}).status_code == 200
    assert code(secretary.post(path(meeting), {"person_id": person})) == "participant_twice"


def test_persons_of_other_units_cannot_be_named_by_guessing_their_number(scene, client):
    mine, other = scene.unit("Xã A", scene.top), scene.unit("Xã B", scene.top)
    meeting, stranger = scene.meeting(delegates=0, unit=mine), scene.person(unit=other)
    assert code(client("secretary", mine).post(path(meeting), {"person_id": stranger})) == "person_not_found"
    new = {"name": "Ai đó", "unit_id": other}
    assert code(client("secretary", mine).post(path(meeting), {"person": new})) == "unit_not_found"
    assert client("secretary").post(path(meeting), {"person_id": stranger}).status_code == 200


def test_what_is_left_out_of_a_change_stays_and_null_empties(scene, secretary):
    meeting = scene.meeting(delegates=2)
    one = scene.people[1]
    secretary.patch(path(meeting, one), {"excused_reason": "Đi công tác"})
    assert (scene.row(Participant, one).seat, scene.row(Participant, one).entitled) == ("A2", True)
    secretary.patch(path(meeting, one), {"seat": None})
    changed = scene.row(Participant, one)
    assert (changed.seat, changed.excused_reason) == (None, "Đi công tác")


def test_who_becomes_a_guest_loses_the_vote(scene, secretary):
    meeting = scene.meeting(delegates=2)
    secretary.patch(path(meeting, scene.people[1]), {"role": "guest"})
    assert scene.row(Participant, scene.people[1]).entitled is False
    assert code(secretary.patch(path(meeting, scene.people[1]), {"entitled": True})) == "guest_entitled"


def test_who_was_in_the_room_stays_on_the_list(scene, secretary):
    meeting = scene.meeting(delegates=3, state="convened", present=1)
    assert code(secretary.delete(path(meeting, scene.people[0]))) == "participant_kept"
    assert secretary.delete(path(meeting, scene.people[1])).status_code == 204
    begun = scene.meeting(delegates=1)
    assert code(secretary.delete(path(begun, scene.people[0]))) == "participant_kept"


def test_a_removed_participants_number_is_never_given_again(scene, secretary):
    meeting = scene.meeting(delegates=2, state="convened")
    last = scene.people[-1]
    secretary.delete(path(meeting, last))
    assert secretary.post(path(meeting), {"person_id": scene.person()}).json["id"] > last


def test_the_list_is_searched_without_diacritics_and_by_seat(scene, secretary):
    meeting = scene.meeting(delegates=0)
    for seat, name in (("A1", "Đỗ Thị Hà"), ("A2", "Đỗ Hà Thu"), ("B7", "Trần Hải")):
        secretary.post(path(meeting), {"person": {"name": name}, "seat": seat})

    def found(words):
        answer = secretary.get(path(meeting), query_string={"search": words}).json
        return {row["name"] for row in answer["participants"]}

    assert found("do ha") == {"Đỗ Thị Hà", "Đỗ Hà Thu"}
    assert found("ha thi") == {"Đỗ Thị Hà"}
    assert found("b7") == {"Trần Hải"}
    assert found("") == {"Đỗ Thị Hà", "Đỗ Hà Thu", "Trần Hải"}
    assert found("%") == set()


def test_an_unchanged_list_is_not_sent_again(scene, secretary):
    meeting = scene.meeting(delegates=0)
    secretary.post(path(meeting), {"person_id": scene.person()})
    etag = secretary.get(path(meeting)).headers["ETag"]
    assert secretary.get(path(meeting), headers={"If-None-Match": etag}).status_code == 304
    participant = scene.rows(Participant, meeting_id=meeting)[0].id
    secretary.post(f"/api/meetings/{meeting}/check-ins", {"participant_id": participant, "method": "search"})
    after = secretary.get(path(meeting), headers={"If-None-Match": etag})
    assert (after.status_code, after.json["participants"][0]["present"]) == (200, True)
