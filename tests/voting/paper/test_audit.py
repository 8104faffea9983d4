"""`nghisu verify`: whoever changes an entry, a settlement or the result afterwards is named."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from server.voting.paper.audit import check
from server.voting.paper.models import Difference, Entry, PaperVote
from server.voting.records import ResultRecord
from tests.voting.paper.conftest import Paper, ok


def findings(paper: Paper) -> list[str]:
    with paper.scene.services.database.read() as session:
        return [one.view().text_en for one in check(session, paper.scene.services.keys)]


@pytest.fixture
def counted(paper: Paper) -> Paper:
    """Three stations, one planted difference that was settled twice, an entry replaced, one removed; closed."""
    paper.begin(12)
    paper.enter(1, ["sssss", "kkkks", "kkkks"])
    ok(paper.desk(1).put(paper.station(1, "/ballots/1"), {"marks": "kkkks"}))
    ok(paper.desk(1).delete(paper.station(1, "/ballots/3")))
    paper.counted(["kkkks"] * 3, ["kkkks", "kkkss", "kkkks"], ["kkkks"] * 3)
    only = paper.differences()["differences"][0]["id"]
    ok(paper.settle(only, marks="s"))
    ok(paper.settle(only, marks="k"))
    ok(paper.close(3))
    return paper


def test_an_untouched_count_passes(counted: Paper) -> None:
    assert findings(counted) == []


def test_a_count_under_way_passes_too(paper: Paper) -> None:
    paper.begin(12)
    paper.enter(1, ["kkkks"] * 2)
    assert findings(paper) == []


def test_a_station_that_started_again_passes(paper: Paper) -> None:
    paper.begin(12)
    paper.counted(["kkkks"], ["kkkss"], ["kkkks"])
    ok(paper.settle(paper.differences()["differences"][0]["id"], marks="k"))
    ok(paper.secretary.post(paper.station(2, "/reopen"), {"reason": "Nhập nhầm tập phiếu"}))
    assert findings(paper) == []
    paper.enter(2, ["kkkks"])
    ok(paper.commit(2, 1))
    ok(paper.step("compare"))
    ok(paper.close(1))
    assert findings(paper) == []


RESULT = "the result does not follow from the ballots"


@pytest.mark.parametrize(("change", "expected"), [
    (update(Entry).where(Entry.station == 1, Entry.number == 1).values(marks="ksksk"),
     ["ballot 1 of station 1 was changed after it was entered", RESULT]),
    (update(Entry).where(Entry.station == 2, Entry.number == 3).values(entered_ms=1),
     ["ballot 3 of station 2 was changed after it was entered"]),
    (update(Entry).where(Entry.station == 3, Entry.number == 2).values(invalid="other"),
     ["ballot 2 of station 3 was changed after it was entered"]),
    (delete(Entry).where(Entry.number == 3),
     [*(f"ballot 3 of station {one} was removed after it was entered" for one in (1, 2, 3)), RESULT]),
    (insert(Entry).values(paper_vote_id=1, station=1, number=4, marks="kkkks", entered_by=1, entered_ms=1, serial=1),
     ["ballot 4 of station 1 was added without being entered", RESULT]),
    (update(Difference).values(settled="s"), ["ballot 2 was not settled as the journal says", RESULT]),
    (update(Difference).values(settled=None), ["ballot 2 was not settled as the journal says"]),
    (delete(Difference), ["ballot 2 was not settled as the journal says"]),
    (update(ResultRecord).values(text=ResultRecord.text + " "), ["the result was changed after it was sealed"]),
    (delete(ResultRecord), ["the result was removed", "the result is not named by its vote"]),
    (update(PaperVote).values(record_hash=""), ["the result is not named by its vote"]),
])
def test_tampering_is_named(counted: Paper, change: Any, expected: list[str]) -> None:
    def command(tx: Any) -> None:
        tx.execute(change)

    counted.scene.run(command)
    assert findings(counted) == [f"Paper vote “Ban Chấp hành Đảng bộ khóa mới”: {one}." for one in expected]


def test_one_digit_changed_anywhere_in_the_record_is_caught(counted: Paper) -> None:
    record = counted.scene.rows(ResultRecord)[0]
    digits = [place for place, letter in enumerate(record.text) if letter.isdigit()]
    for place in digits[:: max(1, len(digits) // 25)]:
        changed = record.text[:place] + str((int(record.text[place]) + 1) % 10) + record.text[place + 1 :]
        counted.scene.run(lambda tx, text=changed: tx.execute(update(ResultRecord).values(text=text)))
        assert any("was changed after it was sealed" in one for one in findings(counted)), place
    counted.scene.run(lambda tx: tx.execute(update(ResultRecord).values(text=record.text)))
    assert findings(counted) == []


def test_the_audit_page_says_it_in_vietnamese(counted: Paper, client: Callable[..., Any]) -> None:
    administrator = client("administrator")
    assert administrator.get("/api/journal/verify").json["findings"] == []
    change = update(Entry).where(Entry.station == 2, Entry.number == 2).values(marks="sssss")
    counted.scene.run(lambda tx: tx.execute(change))
    told = administrator.get("/api/journal/verify").json
    assert told["ok"] is False
    wanted = "Bỏ phiếu giấy “Ban Chấp hành Đảng bộ khóa mới”: phiếu 2 của bàn 2 bị sửa sau khi đã nhập."
    assert [one["text"] for one in told["findings"]] == [wanted]


@pytest.mark.parametrize("state", ["compared", "published", "annulled"])
def test_a_state_that_no_command_brought_about_is_found(counted: Paper, state: str) -> None:
    counted.scene.run(lambda tx: tx.execute(update(PaperVote).values(state=state)))
    assert [line.split(": ")[1] for line in findings(counted)] == [
        "the result is not in the state that the journal names."
    ]


def test_an_annulled_count_does_not_come_back_unseen(counted: Paper) -> None:
    ok(counted.step("publish"))
    assert findings(counted) == []
    ok(counted.step("annul", {"reason": "Phát phiếu chưa đóng dấu"}))
    assert findings(counted) == []
    counted.scene.run(lambda tx: tx.execute(update(PaperVote).values(state="published", annulled_reason="")))
    assert len(findings(counted)) == 1
