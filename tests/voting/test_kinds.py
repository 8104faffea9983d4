"""What each kind of ballot takes, refuses and comes to; through the same HTTP as a seat."""

from typing import Any

import pytest

from server.voting.models import Ballot
from tests.conftest import code
from tests.voting.conftest import Vote

NAMES = ["Nguyễn Văn Mẫu", "Trần Thị Thí Dụ", "Lê Văn Ví Dụ"]


def send(vote: Vote, person: int, **said: Any) -> Any:
    return vote.seats[person].post(f"{vote.path}/{vote.poll}/ballot", said)


def tally(vote: Vote) -> dict[str, Any]:
    answer = vote.step("close")
    assert answer.status_code == 200, answer.json
    return dict(answer.json["tally"])


def test_another_opinion_is_written_and_stands_in_the_record(vote: Vote) -> None:
    vote.begin(kind="opinion", named=True)
    assert code(send(vote, vote.people[0], choice="other", opinion=" \u200b ")) == "opinion_missing"
    assert send(vote, vote.people[0], choice="other", opinion="Đề nghị bổ sung\nchỉ tiêu").json["choice"] == "other"
    send(vote, vote.people[1], choice="for", opinion="thừa")
    counted = tally(vote)
    assert (counted["votes_for"], counted["other"], counted["passed"]) == (1, 1, False)
    record = vote.secretary.get(f"{vote.path}/{vote.poll}/record").json
    assert record["valid"] is True
    assert '"opinion":"Đề nghị bổ sung\\nchỉ tiêu"' in record["text"]
    assert "thừa" not in record["text"]


def test_an_unnamed_result_holds_no_name_and_no_order(vote: Vote) -> None:
    vote.begin(kind="opinion", named=False)
    send(vote, vote.people[0], choice="other", opinion="Ý sau")
    send(vote, vote.people[1], choice="other", opinion="Ý trước")
    tally(vote)
    text = vote.secretary.get(f"{vote.path}/{vote.poll}/record").json["text"]
    assert '"voters":[]' in text
    assert '"opinions":["Ý sau","Ý trước"]' in text
    assert "Nguyễn Thị" not in text


def test_up_to_k_of_n_are_chosen_and_ranked(vote: Vote) -> None:
    vote.begin(kind="choice", options=NAMES, choose_most=2)
    send(vote, vote.people[0], options=[1, 3])
    send(vote, vote.people[1], options=[3, 1])
    send(vote, vote.people[2], options=[3])
    send(vote, vote.people[3], options=[])
    assert [row.choice for row in vote.scene.rows(Ballot, poll_id=vote.poll)] == ["1,3", "1,3", "3", "none"]
    counted = tally(vote)
    assert (counted["cast"], counted["needed"], counted["passed"]) == (4, 3, None)
    assert [(line["label"], line["votes"], line["chosen"], line["tied"]) for line in counted["lines"]] == [
        (NAMES[0], 2, False, False), (NAMES[1], 0, False, False), (NAMES[2], 3, True, False),
    ]


def test_a_tie_for_the_last_place_chooses_neither(vote: Vote) -> None:
    vote.begin(kind="choice", options=NAMES, choose_most=1, base="cast")
    for person, option in zip(vote.people[:4], (1, 1, 2, 2), strict=True):
        send(vote, person, options=[option])
    assert [line["chosen"] for line in tally(vote)["lines"]] == [False, False, False]


def test_three_levels_for_each_name(vote: Vote) -> None:
    vote.begin(rule="quick-poll", kind="confidence", options=NAMES[:2])
    send(vote, vote.people[0], levels=["high", "low"])
    send(vote, vote.people[1], levels=["high", "plain"])
    counted = tally(vote)
    assert [(line["high"], line["plain"], line["low"]) for line in counted["lines"]] == [(2, 0, 0), (0, 1, 1)]


@pytest.mark.parametrize(
    ("draft", "ballot", "expected"),
    [
        ({}, {"choice": "other", "opinion": "x"}, "ballot_not_fit"),
        ({}, {"options": [1]}, "ballot_not_fit"),
        ({}, {"levels": ["high"]}, "ballot_not_fit"),
        ({}, {}, "ballot_not_fit"),
        ({"kind": "opinion"}, {"choice": "not_voting"}, "ballot_not_fit"),
        ({"kind": "choice", "options": NAMES}, {"choice": "for"}, "ballot_not_fit"),
        ({"kind": "choice", "options": NAMES}, {"options": [4]}, "ballot_not_fit"),
        ({"kind": "choice", "options": NAMES}, {"options": [1, 1]}, "ballot_not_fit"),
        ({"kind": "choice", "options": NAMES}, {"options": [1, 2]}, "ballot_too_many"),
        ({"rule": "quick-poll", "kind": "confidence", "options": NAMES}, {"levels": ["high"]}, "ballot_not_fit"),
        ({"rule": "quick-poll", "kind": "confidence", "options": NAMES}, {"levels": ["best"] * 3}, "invalid_input"),
    ],
)
def test_a_ballot_of_another_kind_is_refused_and_nothing_is_stored(
    vote: Vote, draft: dict[str, Any], ballot: dict[str, Any], expected: str
) -> None:
    vote.begin(**draft)
    assert code(send(vote, vote.people[0], **ballot)) == expected
    assert vote.scene.rows(Ballot, poll_id=vote.poll) == []
    assert findings_of(vote) == []


def findings_of(vote: Vote) -> list[str]:
    from server.voting.audit import check_ballots  # noqa: PLC0415

    with vote.scene.services.database.read() as session:
        return [str(one) for one in check_ballots(session, vote.scene.services.keys)]


@pytest.mark.parametrize(
    "said", [{"options": ["một"]}, {"options": ["A", " A "]}, {"options": ["A", "\u200b"]}, {"options": []}]
)
def test_options_that_cannot_be_chosen_from_are_refused(vote: Vote, said: dict[str, Any]) -> None:
    answer = vote.secretary.post(vote.path, {"title": "Chọn", "kind": "choice", **said})
    assert code(answer) == "options_not_fit"


def test_every_kind_stays_within_sixteen_kilobytes_on_a_seat(vote: Vote) -> None:
    from server.core.live import TopicName, topic_frame  # noqa: PLC0415

    too_long = [f"Đồng chí {number:02d}, với chức vụ viết dài cho đủ một dòng của phiếu" for number in range(60)]
    refused = vote.secretary.post(vote.path, {"title": "Chọn", "kind": "choice", "options": too_long})
    assert code(refused) == "options_too_long"
    options = [f"Đồng chí {number:02d}: Nguyễn Thị Hồng Phương" for number in range(60)]
    assert sum(len(option.encode()) for option in options) > 2_800
    sentence = "Thông qua Nghị quyết về chuyển đổi số của Đảng bộ giai đoạn 2026–2030 với các chỉ tiêu kèm theo; "
    motion = (sentence * 11)[:1000]
    vote.begin(title=motion[:300], motion=motion, kind="choice", options=options, choose_most=55)
    send(vote, vote.people[0], options=list(range(1, 56)))
    vote.step("close")
    vote.step("publish")
    for audience in ("seat", "wall", "console"):
        parsed = TopicName.parse(f"meeting/{vote.meeting}/vote")
        with vote.scene.services.database.read() as session:
            frame = topic_frame("t", 1, parsed.kind.build(session, vote.meeting, audience))
        assert len(frame) < 16_384, audience
