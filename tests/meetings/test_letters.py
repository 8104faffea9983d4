"""Printed invitations: who is on them, which code and PIN, and what is refused."""

import io
from datetime import UTC, datetime

import pypdfium2
import pytest

from server.meetings import invitations, letters
from server.meetings.models import Participant
from tests.conftest import code

A4_POINTS = (595, 842)


@pytest.fixture
def meeting(scene):
    return scene.meeting(delegates=5, guests=1, state="convened", title="Hội nghị chuyển đổi số & cải cách <2026>")


@pytest.fixture
def printed(client, meeting):
    def send(body, role="secretary"):
        return client(role).post(f"/api/meetings/{meeting}/invitations.pdf", body)

    return send


def pages(answer):
    assert answer.mimetype == "application/pdf", answer.json
    document = pypdfium2.PdfDocument(io.BytesIO(answer.data))
    return [page.get_textpage().get_text_range() for page in document], [page.get_size() for page in document]


def test_right_after_pins_were_made_they_are_printed_with_their_codes(client, meeting, printed):
    made = client("secretary").post(f"/api/meetings/{meeting}/invitations", {}).json["invitations"]
    answer = printed({"pins": [{"participant_id": one["participant_id"], "pin": one["pin"]} for one in made]})
    texts, sizes = pages(answer)
    assert [round(side) for side in sizes[0]] == list(A4_POINTS)
    assert len(texts) == 2  # six invitations, four to a sheet
    whole = "\n".join(texts)
    assert all(one["name"] in whole and one["pin"] in whole for one in made)
    assert "Hội nghị chuyển đổi số & cải cách <2026>" in " ".join(whole.split())
    assert whole.count("GIẤY MỜI") == 6
    assert answer.headers["Cache-Control"] == "no-store"


def test_later_everybodys_invitation_is_printed_without_a_pin(client, scene, meeting, printed):
    client("secretary").post(f"/api/meetings/{meeting}/invitations", {})
    whole = "\n".join(pages(printed({}))[0])
    assert whole.count("GIẤY MỜI") == len(scene.people)
    assert "Mã PIN" not in whole


def test_a_pin_that_does_not_open_the_seat_is_not_printed(client, meeting, printed):
    made = client("secretary").post(f"/api/meetings/{meeting}/invitations", {}).json["invitations"][0]
    old = {"pins": [{"participant_id": made["participant_id"], "pin": made["pin"]}]}
    assert printed(old).status_code == 200
    client("secretary").post(f"/api/meetings/{meeting}/invitations", {"participant_ids": [made["participant_id"]]})
    assert code(printed(old)) == "pin_outdated"


def test_only_who_runs_the_meeting_prints_and_only_its_own_people(scene, client, meeting, printed):
    assert code(printed({}, role="steward")) == "forbidden"
    other = scene.meeting(delegates=1, state="convened")
    stranger = scene.people[0]
    assert other != meeting
    assert code(printed({"pins": [{"participant_id": stranger, "pin": "123456"}]})) == "participant_not_found"
    assert code(printed({"pins": [{"participant_id": stranger, "pin": "12"}]})) == "invalid_input"


def test_the_code_on_paper_is_the_invitation_that_the_door_reads(scene, services, meeting):
    person = scene.row(Participant, scene.people[0])
    text = invitations.of(services.keys, person)
    drawn = letters._runs([True, True, False, True, None, True, True])
    assert drawn == [(0, 2), (3, 1), (5, 2)]
    assert invitations.is_valid(invitations.read(services.keys, text), person)
    assert person.meeting_id == meeting


def test_the_time_is_written_as_in_a_letter():
    assert letters.shown_start(datetime(2026, 11, 23, 1, 30, tzinfo=UTC)) == "08 giờ 30, ngày 23/11/2026"
