"""A paper vote from the draft to the published result, through HTTP, with all its figures."""

from tests.voting.paper.conftest import Paper, ok


def test_an_election_from_the_draft_to_the_published_result(paper: Paper) -> None:
    paper.begin(12)
    pile = ["kkkks"] * 5 + ["kkksk"] * 3 + ["kskss", "kkkkk", "sssss", "!other_names"]
    assert paper.counted(pile) == {"ballots": 12, "differences": 0}
    closed = ok(paper.close(12))
    result = closed["result"]
    assert closed["state"] == "closed"
    assert (result["figures"]["valid"], result["figures"]["invalid"]) == (9, 3)
    assert {one["category"]: one["count"] for one in result["figures"]["invalid_by"]} == {
        "not_issued": 0, "too_many": 1, "nobody": 1, "other_names": 1, "other": 0,
    }
    assert [line["votes"] for line in result["lines"]] == [9, 8, 9, 5, 3]
    assert (result["base_count"], result["needed"]) == (12, 7)
    assert (result["elected"], result["tied"], result["seats_left"]) == ([1, 3, 2], [], 1)
    assert [line["outcome"] for line in result["lines"]] == ["elected"] * 3 + ["not_elected"] * 2
    assert paper.topic("wall")["vote"]["result"] is None
    ok(paper.step("publish"))
    shown = paper.topic("seat")["vote"]
    assert (shown["state"], shown["result"]["elected"]) == ("published", [1, 3, 2])
    assert [line["votes"] for line in shown["result"]["lines"]] == [9, 8, 9, 5, 3]
