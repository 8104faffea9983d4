"""The close: one signed record, from which everything is shown and printed; once, whoever tries twice."""

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from server.calendar.models import CalendarEntry
from server.core.journal import JournalEntry
from server.meetings.models import Meeting
from server.voting.paper.models import PaperVote
from server.voting.paper.papers import minutes_of
from server.voting.paper.record import PaperRecord
from server.voting.records import ResultRecord
from tests.conftest import code
from tests.voting.paper.conftest import Paper, ok

PILE = ["kkkks"] * 8 + ["kkksk"] * 2 + ["!other_names"]


def test_of_two_secretaries_who_close_at_once_one_does_and_the_other_is_told_who(paper: Paper, client: Any) -> None:
    """Both press at the same moment: one record, one row in the journal."""
    paper.begin(12)
    paper.counted(PILE)
    hands = [paper.secretary, client("chair")]
    answers: list[Any] = []
    start = threading.Barrier(2)

    def press(hand: Any) -> None:
        start.wait()
        answers.append(hand.post(f"{paper.at}/close", {"returned": 11}))

    threads = [threading.Thread(target=press, args=(hand,)) for hand in hands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(code(one) for one in answers) == ["", "paper_closed"]
    late = next(one for one in answers if code(one) == "paper_closed")
    assert paper.scene.row(PaperVote, paper.vote).closed_by in late.json["detail"]
    assert len(paper.scene.rows(ResultRecord)) == 1
    with paper.scene.services.database.read() as session:
        assert session.query(JournalEntry).filter_by(action="paper.closed").count() == 1


def test_the_record_holds_everything_and_its_hash_stands_in_the_journal(paper: Paper) -> None:
    paper.begin(12)
    paper.result(PILE)
    record = paper.scene.rows(ResultRecord)[0]
    body = PaperRecord.model_validate(record.body)
    assert (body.figures.issued, body.figures.returned, body.figures.not_returned) == (12, 11, 1)
    assert (body.figures.valid, body.figures.invalid_by["other_names"]) == (10, 1)
    assert (body.convened, body.present, body.base.whole, body.base.count, body.needed) == (12, 12, 12, 12, 7)
    assert (body.elected, body.tied, body.seats_left) == ([1, 2, 3, 4], [], 0)
    assert [one.head for one in body.tellers] == [True, False, False]
    assert [(one.number, one.returned) for one in body.stations] == [(1, 11), (2, 11), (3, 11)]
    assert body.rule.citation.endswith("190-QĐ/TW, 10/10/2024, Điều 3, Điều 30")
    assert paper.scene.services.keys.verify(record.text.encode(), record.signature)
    with paper.scene.services.database.read() as session:
        row = session.query(JournalEntry).filter_by(action="paper.closed").one()
    assert row.data["record"] == record.sha256 == paper.get()["result"]["record_hash"]


def test_later_changes_of_rows_do_not_change_what_is_shown(paper: Paper) -> None:
    """The announced figures must be those that are read minutes later: views come from the record."""
    paper.begin(12)
    before = paper.result(PILE)
    ok(paper.step("publish"))
    seat = paper.topic("seat")
    from server.voting.paper.models import Candidate, Entry  # noqa: PLC0415

    def tamper(tx: Any) -> None:
        tx.query(Entry).update({"marks": "sssss"})
        tx.query(Candidate).update({"name": "Tên Khác"})

    paper.scene.run(tamper)
    assert paper.get()["result"] == before
    assert paper.topic("seat") == seat


def test_the_minutes_say_what_the_record_says(paper: Paper) -> None:
    paper.begin(12)
    leaving = paper.get()["candidates"][4]
    ok(paper.secretary.post(f"{paper.at}/candidates/{leaving['id']}/withdraw", {"reason": "Xin rút"}))
    ok(paper.secretary.put(f"{paper.at}/exclusions", {"exclusions": []}))
    paper.result(["kkkks"] * 8 + ["kkskk"] * 2 + ["!other_names"])
    record = paper.scene.rows(ResultRecord)[0]
    sheet = minutes_of(PaperRecord.model_validate(record.body), record.sha256)
    assert (sheet.issued, sheet.returned, sheet.valid, sheet.convened) == (12, 11, 10, 12)
    assert {one.reason: one.count for one in sheet.invalid}["ghi thêm tên, ký tên hoặc đánh dấu riêng"] == 1
    assert [(one.votes, one.outcome) for one in sheet.results] == [
        (10, "elected"), (10, "elected"), (8, "elected"), (10, "elected"), (0, "withdrawn"),
    ]
    assert [(one.line.name, one.reason) for one in sheet.withdrawn] == [(leaving["name"], "Xin rút")]
    assert sheet.chair.authority == "CHỦ TRÌ HỘI NGHỊ"
    congress = {**record.body, "meeting": {**record.body["meeting"], "kind": "congress"}}
    assert minutes_of(PaperRecord.model_validate(congress), "").chair.authority == "T/M ĐOÀN CHỦ TỊCH"
    assert sheet.elected == (1, 2, 4, 3)
    assert (sheet.rule.threshold, sheet.rule.needed) == ("quá một phần hai (1/2)", 7)
    assert [one.duty for one in sheet.tellers] == ["Trưởng ban", "Ủy viên", "Ủy viên"]
    assert sheet.record == record.sha256


def test_minutes_logs_and_ballots_are_printed(paper: Paper) -> None:
    paper.begin(12)
    paper.enter(1, PILE)
    own = paper.desk(1).get(paper.station(1, "/log.pdf"))
    assert (own.status_code, own.data[:5]) == (200, b"%PDF-")
    for number in (1, 2, 3):
        paper.enter(number, PILE)
        ok(paper.commit(number, len(PILE)))
    ok(paper.step("compare"))
    ok(paper.close(len(PILE)))
    for path, begins in (
        ("/ballots.pdf", b"%PDF-"), ("/ballots.pdf?size=a5&copies=3", b"%PDF-"), ("/minutes.pdf", b"%PDF-"),
        ("/minutes.docx", b"PK"), ("/stations/2/log.pdf", b"%PDF-"),
    ):
        answer = paper.secretary.get(f"{paper.at}{path}")
        assert answer.status_code == 200, path
        assert answer.data.startswith(begins), path
    assert paper.desk(3).get(paper.station(1, "/log.pdf")).status_code == 200
    assert code(paper.secretary.get(f"{paper.at}/ballots.pdf?size=a3")) == "invalid_input"
    assert code(paper.secretary.get(f"{paper.at}/ballots.pdf?copies=5001")) == "invalid_input"


@time_machine.travel(datetime(2026, 11, 25, 3, 0, tzinfo=UTC), tick=True)
def test_190_dieu_33_35_sealing_ends_after_six_months_and_complaints_after_fifteen_working_days(
    scene: Any, client: Any
) -> None:
    paper = Paper(scene, client("secretary"))
    paper.begin(12)
    result = paper.result(PILE)
    assert (result["sealed_until"], result["complaints_until"]) == ("2027-05-25", "2026-12-16")
    kept = {one.kind: (one.day.isoformat(), one.note) for one in scene.rows(CalendarEntry)}
    assert kept == {
        "ballots_sealed": ("2027-05-25", "190-QĐ/TW, Điều 33, Điều 35"),
        "complaints": ("2026-12-16", "190-QĐ/TW, Điều 33, Điều 35"),
    }


def test_what_is_announced_as_returned_must_be_what_was_counted(paper: Paper) -> None:
    paper.begin(12)
    paper.counted(PILE)
    answer = paper.close(12)
    assert (code(answer), answer.json["params"]) == ("paper_returned_differs", {"said": 12, "counted": 11})


def test_more_can_not_come_back_than_was_handed_out(paper: Paper) -> None:
    paper.begin(12)
    for number in (1, 2, 3):
        paper.enter(number, PILE)
    ok(paper.step("issue", {"issued": 10}))
    for number in (1, 2, 3):
        ok(paper.commit(number, 11))
    ok(paper.step("compare"))
    assert code(paper.close(11)) == "paper_more_than_issued"


def test_an_annulled_vote_is_kept_with_its_reason_and_can_be_voted_again(paper: Paper) -> None:
    paper.begin(12)
    paper.result(PILE)
    annulled = ok(paper.step("annul", {"reason": "Phát phiếu chưa đóng dấu"}))
    assert (annulled["state"], annulled["annulled_reason"]) == ("annulled", "Phát phiếu chưa đóng dấu")
    assert annulled["result"]["elected"] == [1, 2, 3, 4]
    for step in ("publish", "print", "second-round"):
        assert code(paper.step(step)) in ("paper_annulled", "paper_not_closed")
    assert code(paper.step("annul", {"reason": "Lần nữa"})) == "paper_annulled"
    assert paper.topic("wall")["vote"] is None
    paper.begin(12)
    assert [one["state"] for one in paper.topic("console")["votes"]] == ["annulled", "counting"]


def test_a_draft_is_not_annulled(paper: Paper) -> None:
    paper.draft()
    assert code(paper.step("annul", {"reason": "x"})) == "paper_draft_not_annulled"


def test_the_meeting_does_not_close_over_a_count_under_way(paper: Paper) -> None:
    paper.begin(12)
    steps = ok(paper.secretary.get(f"/api/meetings/{paper.meeting}/steps"))["steps"]
    missing = [note["code"] for step in steps for note in step["missing"] if step["to"] == "closed"]
    assert "paper_vote_open" in missing


@pytest.mark.parametrize("step", ["print", "issue", "compare", "close", "publish", "annul", "second-round"])
def test_nothing_is_done_in_a_closed_meeting(paper: Paper, step: str) -> None:
    paper.draft()
    paper.scene.run(lambda tx: setattr(tx.get_one(Meeting, paper.meeting), "state", "closed"))
    body = {"issue": {"issued": 1}, "close": {"returned": 0}, "annul": {"reason": "x"}}.get(step)
    assert code(paper.step(step, body)) == "meeting_closed"


def test_ballots_are_handed_out_in_session_only(paper: Paper) -> None:
    paper.printed()
    paper.scene.run(lambda tx: setattr(tx.get_one(Meeting, paper.meeting), "state", "paused"))
    assert code(paper.step("issue", {"issued": 12})) == "meeting_not_in_session"


def test_counting_goes_on_while_the_meeting_pauses(paper: Paper) -> None:
    paper.begin(12)
    paper.scene.run(lambda tx: setattr(tx.get_one(Meeting, paper.meeting), "state", "paused"))
    assert paper.result(PILE)["elected"] == [1, 2, 3, 4]


def test_an_empty_box_is_a_result_too(paper: Paper) -> None:
    paper.begin(12)
    result = paper.result([])
    assert (result["figures"]["not_returned"], result["elected"], result["seats_left"]) == (12, [], 4)
