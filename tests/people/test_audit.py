"""The audit page: filters, paging, and the walk along the chain."""

import pytest
from sqlalchemy import text

from tests.conftest import code


@pytest.fixture
def meeting(scene, client):
    made = scene.meeting(items=0)
    for number in range(3):
        client("secretary").post(f"/api/meetings/{made}/notices", {"text": f"Thông báo {number}"})
    client("secretary").post(f"/api/meetings/{made}/agenda", {"title": "Khai mạc"})
    return made


def read(client, **query):
    return client("administrator").get("/api/journal", query_string=query).json["rows"]


@pytest.mark.usefixtures("any_store")
def test_rows_come_newest_first_and_are_filtered(client, meeting):
    rows = read(client, meeting_id=meeting)
    assert [row["action"] for row in rows] == ["agenda.item_added", "notice.sent", "notice.sent", "notice.sent"]
    assert rows[1]["data"]["text"] == "Thông báo 2"
    assert [row["seq"] for row in rows] == sorted((row["seq"] for row in rows), reverse=True)
    assert len(read(client, action="notice.")) == 3
    assert read(client, action="notice.%") == []
    assert {row["actor"] for row in read(client, actor=rows[0]["actor"])} == {rows[0]["actor"]}
    older = read(client, before_seq=rows[1]["seq"], meeting_id=meeting)
    assert [row["seq"] for row in older] == [row["seq"] for row in rows[2:]]
    assert read(client, to_ms=1) == []
    assert len(read(client, from_ms=rows[0]["at_ms"], meeting_id=meeting)) >= 1


def test_wrong_filters_are_refused(client):
    answer = client("administrator").get("/api/journal", query_string={"meeting_id": "x"})
    assert code(answer) == "invalid_input"


def test_the_chain_is_verified_and_a_changed_row_named(client, meeting, services):
    whole = client("administrator").get("/api/journal/verify").json
    assert (whole["ok"], whole["broken_seq"]) == (True, None)
    seq = read(client, action="agenda.")[0]["seq"]
    with services.database.writer.begin() as connection:
        connection.execute(text("UPDATE journal SET actor_name = 'kẻ khác' WHERE seq = :seq"), {"seq": seq})
    broken = client("administrator").get("/api/journal/verify").json
    assert (broken["ok"], broken["broken_seq"], broken["more"]) == (False, seq, 0)
    assert broken["findings"] == [{
        "text": f"Dòng {seq} của nhật ký bị sửa sau khi ghi.",
        "text_en": f"Row {seq} was changed after it was written.",
    }]


def test_an_administrator_of_a_lower_unit_does_not_read_the_whole_house(scene, client):
    caller = client("administrator", scene.unit("Xã A", scene.top))
    for path in ("/api/journal", "/api/journal/verify", "/api/sign-ins"):
        assert code(caller.get(path)) == "forbidden"
