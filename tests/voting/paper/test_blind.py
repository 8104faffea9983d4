"""Three independent counts: before the comparison nothing that anybody can read tells what another station entered."""

import json
from typing import Any

import pytest

from server.core.journal import JournalEntry
from server.core.live import TopicName, topic_frame
from tests.conftest import code
from tests.voting.paper.conftest import Paper, ok

SECRET = "ksksk"  # station 2's marks; no other station enters them
REASON = "other_names"


@pytest.fixture
def running(paper: Paper) -> Paper:
    """Station 1 has two ordinary ballots; station 2 has three and is committed; station 3 has none."""
    paper.begin(12)
    paper.enter(1, ["kkkks", "kkkks"])
    paper.enter(2, [SECRET, SECRET, f"!{REASON}"])
    ok(paper.commit(2, 3))
    return paper


def tells(text: str) -> bool:
    return SECRET in text or f'"{REASON}"' in text


def test_no_topic_of_any_audience_tells_marks_and_only_the_consoles_tells_how_far_a_station_is(running: Paper) -> None:
    for audience in ("console", "teller", "wall", "seat"):
        parsed = TopicName.parse(f"meeting/{running.meeting}/paper")
        with running.scene.services.database.read() as session:
            frame = topic_frame(parsed.text, 1, parsed.kind.build(session, running.meeting, audience))
        assert not tells(frame.decode(errors="replace"))
    entered = {
        audience: [one["entered"] for one in running.topic(audience)["votes"][0]["stations"]]
        for audience in ("console", "teller")
    }
    assert entered == {"console": [2, 3, 0], "teller": [None, None, None]}


def test_a_teller_reads_nothing_of_another_station(running: Paper) -> None:
    desk = running.desk(1)
    paths = ["", "/stations/1", "/stations/2", "/stations/3", "/differences", "/stations/2/log.pdf", "/minutes.pdf"]
    answers = [desk.get(f"{running.at}{path}") for path in paths]
    assert [code(one) for one in answers] == [
        "", "", "paper_station_not_yours", "paper_station_not_yours", "paper_not_compared", "paper_station_not_yours",
        "paper_not_closed",
    ]
    assert not any(tells(one.get_data(as_text=True)) for one in answers)
    assert [one["entered"] for one in answers[0].json["stations"]] == [None, None, None]
    assert answers[0].json["returned"] is None
    listed = ok(desk.get(running.path))["votes"][0]
    assert [one["entered"] for one in listed["stations"]] == [None, None, None]


def test_no_refusal_tells_what_another_station_has(running: Paper) -> None:
    desk = running.desk(1)
    tries: list[Any] = [
        desk.post(running.station(2, "/take")), desk.post(running.station(2, "/commit"), {"returned": 3}),
        desk.put(running.station(2, "/ballots/1"), {"marks": "kkkks"}), desk.delete(running.station(2, "/ballots/3")),
        running.commit(1, 3), desk.post(f"{running.at}/compare"),
        desk.post(f"{running.at}/differences/reopen", {"ballot": 1, "line": 1, "reason": "x"}),
        desk.post(f"{running.at}/differences/1/settle", {"marks": "k", "note": "x"}),
    ]
    assert [code(one) for one in tries] == [
        "paper_station_committed", "paper_station_not_yours", "paper_station_not_yours", "paper_station_not_yours",
        "paper_station_incomplete", "paper_stations_open", "paper_not_compared", "paper_not_compared",
    ]
    assert not any(tells(one.get_data(as_text=True)) for one in tries)


def test_no_row_of_the_journal_and_no_audit_page_tells_marks(running: Paper, client: Any) -> None:
    with running.scene.services.database.read() as session:
        rows = session.query(JournalEntry).filter(JournalEntry.action.startswith("paper.")).all()
    about = [row for row in rows if row.action in ("paper.entered", "paper.station_committed")]
    assert len(about) == 3
    assert not any(tells(json.dumps(row.data)) for row in rows)
    committed = next(row for row in rows if row.action == "paper.station_committed")
    assert sorted(committed.data) == ["sealed", "station", "vote"]
    administrator = client("administrator")
    page = administrator.get("/api/journal", query_string={"action": "paper."})
    verified = administrator.get("/api/journal/verify")
    assert not tells(page.get_data(as_text=True))
    assert verified.json["ok"] is True
    assert not tells(verified.get_data(as_text=True))


def test_equal_ballots_have_commitments_that_do_not_show_it(running: Paper) -> None:
    """Nobody may learn from the journal that two stations, or two ballots, read the same."""
    running.enter(3, [SECRET, SECRET])
    with running.scene.services.database.read() as session:
        rows = session.query(JournalEntry).filter_by(action="paper.entered").all()
    sealed = [mac for row in rows for mac in row.data["ballots"].values()]
    assert len(sealed) == len(set(sealed)) == 7


def test_the_console_sees_how_far_a_station_is_and_never_what_it_entered(running: Paper) -> None:
    shown = running.secretary.get(running.at)
    assert [one["entered"] for one in shown.json["stations"]] == [2, 3, 0]
    assert not tells(shown.get_data(as_text=True))
    assert code(running.secretary.get(running.station(2))) == "forbidden"
    assert code(running.secretary.get(running.station(2, "/log.pdf"))) == "paper_not_teller"
    assert code(running.secretary.get(f"{running.at}/differences")) == "paper_not_compared"


def test_a_teller_who_left_one_station_cannot_sit_down_at_another(running: Paper) -> None:
    """He knows what he entered at the first: the second would no longer be independent."""
    ok(running.secretary.post(running.station(1, "/release"), {"reason": "Máy hỏng"}))
    ok(running.secretary.post(running.station(3, "/release"), {"reason": "Máy hỏng"}))
    answer = running.take(3, running.desk(1))
    assert (code(answer), answer.json["params"]["station"]) == ("paper_station_other", 1)
    ok(running.take(1, running.desk(1)))


def test_the_room_sees_that_a_vote_is_under_way_and_no_more(running: Paper) -> None:
    for audience in ("wall", "seat"):
        shown = running.topic(audience)["vote"]
        assert (shown["state"], shown["issued"], shown["returned"], shown["result"]) == ("counting", 12, None, None)
        assert "stations" not in shown


def test_an_annulled_count_is_still_not_shown(running: Paper) -> None:
    ok(running.step("annul", {"reason": "Phát nhầm phiếu"}))
    assert code(running.desk(1).get(f"{running.at}/differences")) == "paper_not_compared"
    assert code(running.desk(1).get(running.station(2))) == "paper_station_not_yours"
