"""Article by article: what the shipped rules say, and what the server refuses because of them, with the citation.

Sources: facts/meeting-rules.md §2 to §7 and the files in server/voting/rules; what is doubtful in them says so itself.
"""

from collections.abc import Callable
from typing import Any

import pytest

from server.voting.outcome import PollOutcome
from server.voting.records import ResultRecord
from server.voting.rules import RuleSet, passed, shipped
from server.voting.rules.catalogue import UnitRule
from tests.conftest import code
from tests.voting.conftest import Vote

CONGRESSES = ("election-delegate-congress", "election-members-congress")
ELECTION_LAW = ("Quy chế bầu cử trong Đảng", "190-QĐ/TW", "10/10/2024")
FOUR = {"absent-throughout", "transferred", "suspended", "prosecuted"}
HALF = (1, 2, True)
TWO_THIRDS = (2, 3)


def rule(name: str) -> RuleSet:
    return shipped()[name]


def test_these_rules_ship_and_no_other() -> None:
    assert set(shipped()) == {
        "open-vote", "resolution", "working-bodies", *CONGRESSES, "confidence-96", "written-consultation", "quick-poll",
    }


@pytest.mark.parametrize(
    ("name", "form", "base", "quorum", "names"),
    [
        ("open-vote", "open", "entitled", None, "either"),
        ("resolution", "open", "members", TWO_THIRDS, "named"),
        ("working-bodies", "open", "convened", TWO_THIRDS, "unnamed"),
        ("election-delegate-congress", "paper_secret", "convened", TWO_THIRDS, "unnamed"),
        ("election-members-congress", "paper_secret", "convened", TWO_THIRDS, "unnamed"),
        ("confidence-96", "paper_secret", "convened", TWO_THIRDS, "unnamed"),
        ("written-consultation", "open", "members", None, "named"),
        ("quick-poll", "open", "cast", None, "either"),
    ],
)
def test_form_base_quorum_and_names(
    name: str, form: str, base: str, quorum: tuple[int, int] | None, names: str
) -> None:
    one = rule(name)
    assert [str(found) for found in one.forms] == [form]
    assert (str(one.base), str(one.names)) == (base, names)
    assert (one.quorum and (one.quorum.numerator, one.quorum.denominator)) == quorum


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_rule_needs_more_than_half_and_no_tie_passes(name: str) -> None:
    one = rule(name)
    assert (one.threshold.numerator, one.threshold.denominator, one.threshold.strict) == HALF
    for each in range(50):
        assert not passed(each, 2 * each, *HALF)
    assert one.tie.vi
    assert one.tie.en


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_rule_says_where_it_stands_and_what_is_doubtful(name: str) -> None:
    one = rule(name)
    assert one.citation.text
    assert one.citation.number or one.citation.note or one.subject == "resolution"
    for setting in one.settings:
        assert setting.vi != setting.en
        assert hasattr(one, setting.field.split(".")[0]), "the remark stands beside a figure that there is"


# --- Quy chế bầu cử 190-QĐ/TW ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*CONGRESSES, "working-bodies"])
def test_190_is_cited_with_number_and_date(name: str) -> None:
    said = rule(name).citation
    assert (said.regulation, said.number, said.date) == ELECTION_LAW
    assert "Điều 3" in said.article


@pytest.mark.parametrize("name", CONGRESSES)
def test_190_article_3_elections_are_secret_and_on_paper(name: str) -> None:
    assert [str(one) for one in rule(name).forms] == ["paper_secret"]


def test_190_article_3_working_bodies_are_elected_openly() -> None:
    assert [str(one) for one in rule("working-bodies").forms] == ["open"]
    assert "election" not in {str(kind) for kind in rule("working-bodies").kinds}


def test_no_shipped_rule_knows_an_electronic_secret_ballot() -> None:
    assert not [name for name, one in shipped().items() if "electronic_secret" in one.forms]


@pytest.mark.parametrize("name", CONGRESSES)
def test_190_article_14_surplus_and_nominations_from_the_floor(name: str) -> None:
    election = rule(name).election
    assert election is not None
    assert (election.most_surplus_percent, election.floor_nominee_percent) == (30, 30)
    assert "Điều 14" in election.surplus_article
    assert "Điều 14" in election.floor_article


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("election-delegate-congress", FOUR),
        ("election-members-congress", FOUR | {"exempt"}),
        ("working-bodies", {"absent-throughout"}),
        ("confidence-96", {"absent-throughout"}),
        ("resolution", set()), ("open-vote", set()), ("written-consultation", set()), ("quick-poll", set()),
    ],
)
def test_190_article_30_the_list_of_exclusions_is_closed(name: str, codes: set[str]) -> None:
    found = rule(name).exclusions
    assert {one.code for one in found} == codes
    assert all(one.article and one.vi and one.en for one in found)


@pytest.mark.parametrize("name", CONGRESSES)
def test_190_article_30_the_base_is_those_convened_less_exclusions(name: str) -> None:
    one = rule(name)
    assert str(one.base) == "convened"
    assert "Điều 30" in one.citation.article
    assert one.adjustable == (), "no single election changes it"
    assert one.election is not None
    assert "Điều 30" in one.election.uncounted_article


@pytest.mark.parametrize("name", [*CONGRESSES, "confidence-96"])
def test_190_articles_33_and_35_ballots_are_sealed_and_complaints_have_their_time(name: str) -> None:
    custody = rule(name).custody
    assert custody is not None
    assert (custody.sealed_months, custody.complaint_working_days) == (6, 15)
    assert "Điều 33" in custody.article
    assert "Điều 35" in custody.article


@pytest.mark.parametrize("name", CONGRESSES)
def test_a_tie_at_the_last_seat_has_a_next_step(name: str) -> None:
    assert rule(name).tie.code == "vote-again"


# --- Quy định 96-QĐ/TW -----------------------------------------------------------------------------------------------


def test_96_is_cited_and_asks_for_three_levels_on_paper() -> None:
    one = rule("confidence-96")
    assert (one.citation.number, one.citation.date) == ("96-QĐ/TW", "02/02/2023")
    assert [str(kind) for kind in one.kinds] == ["confidence"]


@pytest.mark.parametrize(
    ("base", "low", "reached"),
    [
        (10, 5, []), (10, 6, ["low-more-than-half"]), (10, 7, ["low-more-than-half", "low-two-thirds"]),
        (9, 4, []), (9, 5, ["low-more-than-half"]), (9, 6, ["low-more-than-half", "low-two-thirds"]),  # 2/3 of 9 is 6
        (60, 30, []), (60, 31, ["low-more-than-half"]), (60, 40, ["low-more-than-half", "low-two-thirds"]),
    ],
)
def test_96_the_two_thresholds_of_low_confidence(base: int, low: int, reached: list[str]) -> None:
    assert [one.code for one in rule("confidence-96").notices if one.reached(low, base)] == reached


@pytest.mark.parametrize(("convened", "enough"), [(9, 6), (10, 7), (60, 40), (3, 2), (1, 1)])
def test_96_two_thirds_of_those_convened_must_be_there(convened: int, enough: int) -> None:
    quorum = rule("confidence-96").quorum
    assert quorum is not None
    assert quorum.needed(convened) == enough


# --- Điều lệ Đảng: resolutions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("members", "enough"), [(10, 6), (11, 6), (60, 31), (5, 3)])
def test_a_resolution_needs_more_than_half_of_all_members(members: int, enough: int) -> None:
    assert rule("resolution").threshold.needed(members) == enough
    assert rule("resolution").reserved_opinions


def test_five_of_ten_members_do_not_carry_a_resolution(vote: Vote) -> None:
    vote.scene.enter(vote.meeting, vote.people[4])
    vote.begin(rule="resolution", members=10)
    for person in vote.people[:5]:
        assert vote.cast(person, "for").status_code == 200
    tally = vote.step("close").json["tally"]
    assert (tally["votes_for"], tally["base_count"], tally["needed"], tally["passed"]) == (5, 10, 6, False)


def test_six_of_nine_are_two_thirds(vote: Vote) -> None:
    vote.meeting = vote.scene.meeting(delegates=9, present=9)
    vote.people = list(vote.scene.people)
    vote.seats = {person: vote.scene.seat(person) for person in vote.people}
    vote.begin(base="entitled", numerator=2, denominator=3, strict=False)
    for person in vote.people[:6]:
        vote.cast(person, "for")
    tally = vote.step("close").json["tally"]
    assert (tally["needed"], tally["passed"]) == (6, True)


def test_who_did_not_agree_with_a_resolution_may_reserve_his_opinion_and_nobody_else(vote: Vote) -> None:
    vote.begin(rule="resolution")
    vote.cast(vote.people[0], "for")
    vote.cast(vote.people[1], "against")
    path = f"{vote.path}/{vote.poll}/reserved-opinions"
    assert code(vote.seats[vote.people[0]].post(path, {"text": "Tôi bảo lưu."})) == "reserve_agreed"
    assert vote.seats[vote.people[1]].post(path, {"text": "Tôi bảo lưu."}).status_code == 200


# --- what the server refuses, in words -------------------------------------------------------------------------------


def _draft(vote: Vote, **said: Any) -> Any:
    return vote.secretary.post(vote.path, {"title": "Bầu Ban Thường vụ", **said})


def cites(answer: Any, expected: str, citation: str) -> None:
    """It is this refusal, and both sentences name the regulation."""
    assert code(answer) == expected, answer.json
    assert citation in answer.json["detail"]
    assert citation in answer.json["detail_en"]
    assert answer.json["detail"] != answer.json["detail_en"]
    assert answer.json["next"]
    assert answer.json["next_en"]


@pytest.mark.parametrize(
    ("name", "kind", "citation"),
    [(name, "choice", "190-QĐ/TW, 10/10/2024, Điều 3, Điều 30") for name in CONGRESSES]
    + [("confidence-96", "confidence", "96-QĐ/TW, 02/02/2023, Điều 11")],
)
def test_a_personnel_vote_is_not_held_openly(vote: Vote, name: str, kind: str, citation: str) -> None:
    answer = _draft(vote, rule=name, kind=kind, options=["Nguyễn Văn Thử", "Trần Thị Thử"])
    cites(answer, "form_forbidden", citation)
    assert answer.status_code == 409


def test_a_draft_does_not_become_a_personnel_vote(vote: Vote) -> None:
    vote.draft()
    answer = vote.secretary.patch(
        f"{vote.path}/{vote.poll}", {"rule": CONGRESSES[0], "kind": "choice", "options": ["A", "B"]}
    )
    cites(answer, "form_forbidden", "190-QĐ/TW")
    assert vote.topic("console")["polls"][0]["rule"]["code"] == "open-vote"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("resolution", "choice"), ("working-bodies", "opinion"), ("written-consultation", "motion"),
     ("open-vote", "confidence")],
)
def test_a_kind_of_ballot_the_rule_does_not_know_is_refused(vote: Vote, name: str, kind: str) -> None:
    cites(_draft(vote, rule=name, kind=kind, options=["A", "B"]), "kind_forbidden", rule(name).citation.text)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("resolution", {"base": "present"}), ("resolution", {"numerator": 2, "denominator": 3, "strict": False}),
        ("resolution", {"named": False}), ("resolution", {"changeable": True}),
        ("working-bodies", {"base": "cast"}), ("working-bodies", {"named": True}),
        ("written-consultation", {"kind": "opinion", "base": "cast"}),
    ],
)
def test_a_figure_that_the_rule_fixes_is_not_changed_for_one_vote(vote: Vote, name: str, said: dict[str, Any]) -> None:
    cites(_draft(vote, rule=name, **said), "figure_fixed", rule(name).citation.text)


def test_without_two_thirds_of_those_convened_no_resolution_is_voted(vote: Vote) -> None:
    vote.scene.leave(vote.people[0])
    vote.draft(rule="resolution")
    answer = vote.step("open")
    cites(answer, "no_quorum", "Điều lệ Đảng")
    assert (answer.json["params"]["present"], answer.json["params"]["needed"]) == (3, 4)
    assert "3/5" in answer.json["detail"]
    [seen] = vote.topic("console")["polls"][0]["obstacles"]
    assert seen["code"] == "no_quorum", "the console says it before anybody tries"
    vote.scene.enter(vote.meeting, vote.people[0])
    assert vote.step("open").status_code == 200


def test_a_guest_makes_no_quorum(vote: Vote) -> None:
    vote.scene.leave(vote.people[0])
    vote.scene.enter(vote.meeting, vote.people[5])
    vote.draft(rule="resolution")
    assert code(vote.step("open")) == "no_quorum"


def test_a_quick_poll_asks_for_no_quorum(vote: Vote) -> None:
    for person in vote.people[1:4]:
        vote.scene.leave(person)
    vote.begin(rule="quick-poll")


def test_nobody_is_left_out_for_a_reason_that_is_not_on_the_list(vote: Vote) -> None:
    said = [{"participant_id": vote.people[4], "code": "transferred"}]  # on the list of elections, not on this one
    cites(_draft(vote, rule="working-bodies", exclusions=said), "exclusion_unknown", "190-QĐ/TW")
    cites(_draft(vote, rule="resolution", exclusions=said), "exclusion_unknown", "Điều lệ Đảng")
    said[0]["code"] = "absent-throughout"
    assert _draft(vote, rule="working-bodies", exclusions=said).status_code == 200


def test_an_exclusion_lowers_the_base_and_takes_the_ballot(vote: Vote) -> None:
    vote.draft(rule="working-bodies", exclusions=[{"participant_id": vote.people[4], "code": "absent-throughout"}])
    assert vote.step("open").status_code == 200
    vote.scene.enter(vote.meeting, vote.people[4])
    shown = vote.topic("wall")["poll"]["rule"]
    assert (shown["base_from"], shown["base_count"], shown["needed"]) == (5, 4, 3)
    assert [(one["code"], one["count"]) for one in shown["exclusions"]] == [("absent-throughout", 1)]
    assert code(vote.cast(vote.people[4], "for")) == "excluded_from_base"


# --- a unit's own rules ----------------------------------------------------------------------------------------------

OWN: dict[str, Any] = {
    "code": "bau-cu-rieng", "name": {"vi": "Bầu cử theo quy chế riêng", "en": "Election by our own rules"},
    "citation": {"regulation": "Quy chế bầu cử của đơn vị thử", "number": "07-QC/TU", "date": "02/09/2026",
                 "article": "Điều 5"},
    "subject": "election", "forms": ["open"], "kinds": ["choice"], "base": "convened",
    "threshold": {"numerator": 1, "denominator": 2, "strict": True}, "names": "unnamed",
    "tie": {"vi": "Bầu lại.", "en": "Vote again.", "code": "vote-again"},
}


def add(vote: Vote, unit: int | None = None, caller: Any = None, **changed: Any) -> Any:
    path = f"/api/units/{unit or vote.scene.top}/voting-rules"
    return (caller or vote.secretary).post(path, OWN | changed)


def test_a_unit_whose_own_regulation_allows_it_lifts_the_form(vote: Vote) -> None:
    options = {"kind": "choice", "options": ["Nguyễn Văn Thử", "Trần Thị Thử"]}
    cites(_draft(vote, rule=CONGRESSES[0], **options), "form_forbidden", "190-QĐ/TW")
    assert add(vote).status_code == 200
    vote.begin(rule="bau-cu-rieng", **options)
    words = vote.topic("wall")["poll"]["rule"]["words"]
    assert words["citation"] == "Quy chế bầu cử của đơn vị thử, 07-QC/TU, 02/09/2026, Điều 5"
    vote.step("close")
    [record] = vote.scene.rows(ResultRecord)
    assert "07-QC/TU" in record.text


def test_a_rule_without_its_citation_is_refused(vote: Vote) -> None:
    answer = add(vote, citation={"regulation": "Theo thông lệ"})
    assert (answer.status_code, code(answer)) == (422, "rule_without_citation")
    assert answer.json["detail"] != answer.json["detail_en"]
    assert code(add(vote, citation={"regulation": ""})) == "invalid_input"
    assert vote.scene.rows(UnitRule) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"threshold": {"numerator": 1, "denominator": 2, "strict": False}},   # a tie would pass
        {"threshold": {"numerator": 1, "denominator": 3, "strict": True}},
        {"base": "present", "late_arrivals": True},                           # who comes later is not in the base
        {"forms": []}, {"adjustable": ["names"]}, {"quorom": {"numerator": 2, "denominator": 3}},
        {"exclusions": [{"code": "a", "vi": "a", "en": "a"}] * 2},
    ],
)
def test_a_rule_that_is_not_sound_is_refused(vote: Vote, changed: dict[str, Any]) -> None:
    assert code(add(vote, **changed)) == "invalid_input"


def test_a_units_rule_never_takes_the_place_of_one_that_ships(vote: Vote) -> None:
    assert code(add(vote, code="election-delegate-congress")) == "rule_exists"
    assert add(vote).status_code == 200
    assert code(add(vote)) == "rule_exists"


def test_a_nearer_units_rule_comes_before_a_farther_ones(vote: Vote, client: Callable[..., Any]) -> None:
    below = vote.scene.unit("Đảng ủy bên dưới", vote.scene.top)
    beside = vote.scene.unit("Đảng ủy bên cạnh", vote.scene.top)
    assert add(vote, citation=OWN["citation"] | {"article": "Điều của cấp trên"}).status_code == 200
    near = client("secretary", below)
    assert add(vote, below, near, citation=OWN["citation"] | {"article": "Điều của mình"}).status_code == 200

    def cited(unit: int) -> list[str]:
        meeting = vote.scene.meeting(unit=unit)
        found = vote.secretary.get(f"/api/meetings/{meeting}/voting-rules").json["rules"]
        return [one["citation"].split(", ")[-1] for one in found if one["code"] == "bau-cu-rieng"]

    assert cited(below) == ["Điều của mình"]
    assert cited(vote.scene.top) == cited(beside) == ["Điều của cấp trên"]


def test_a_units_rule_is_not_another_units(vote: Vote, client: Callable[..., Any]) -> None:
    below = vote.scene.unit("Đảng ủy bên dưới", vote.scene.top)
    assert add(vote, below, client("secretary", below)).status_code == 200
    answer = _draft(vote, rule="bau-cu-rieng", kind="choice", options=["A", "B"])
    assert (answer.status_code, code(answer)) == (404, "rule_unknown")
    assert code(add(vote, vote.scene.top, client("secretary", below))) == "forbidden"


def test_no_new_vote_follows_a_retired_rule(vote: Vote) -> None:
    options = {"rule": "bau-cu-rieng", "kind": "choice", "options": ["A", "B"]}
    add(vote)
    vote.draft(**options)
    path = f"/api/units/{vote.scene.top}/voting-rules/bau-cu-rieng"
    assert vote.secretary.delete(path).status_code == 204
    assert code(vote.secretary.delete(path)) == "rule_unknown"
    assert code(_draft(vote, **options)) == "rule_unknown"
    assert code(vote.step("open")) == "rule_unknown", "a draft that was written before does not open either"
    assert code(add(vote)) == "rule_exists", "its code never means another rule"


def test_a_rule_that_changes_after_the_opening_leaves_the_vote_as_it_was(vote: Vote) -> None:
    add(vote, exclusions=[{"code": "x", "vi": "Lý do thử", "en": "A reason"}])
    vote.begin(rule="bau-cu-rieng", kind="choice", options=["A", "B"], exclusions=[
        {"participant_id": vote.people[4], "code": "x"}
    ])

    def change(tx: Any) -> None:
        row = tx.query(UnitRule).one()
        row.body = row.body | {"base": "cast", "citation": {"regulation": "Quy chế khác", "number": "99"}}
        row.retired_at = tx.now

    vote.scene.run(change)
    vote.seats[vote.people[0]].post(f"{vote.path}/{vote.poll}/ballot", {"options": [1]})
    vote.step("close")
    [record] = vote.scene.rows(ResultRecord)
    body = PollOutcome.model_validate_json(record.text)
    assert (body.rule.citation.number, body.base.of, body.base.count, body.needed) == ("07-QC/TU", "convened", 4, 3)
    assert [one.text for one in body.base.exclusions] == ["Lý do thử"]
    vote.scene.run(lambda tx: tx.query(UnitRule).delete())
    assert [one.text for one in vote.scene.rows(ResultRecord)] == [record.text]
    assert vote.topic("console")["polls"][0]["rule"]["base_count"] == 4


def test_a_rule_changed_before_the_opening_is_the_one_that_counts(vote: Vote) -> None:
    add(vote)
    vote.draft(rule="bau-cu-rieng", kind="choice", options=["A", "B"])

    def forbid(tx: Any) -> None:
        row = tx.query(UnitRule).one()
        row.body = row.body | {"forms": ["paper_secret"]}

    vote.scene.run(forbid)
    cites(vote.step("open"), "form_forbidden", "07-QC/TU")


def test_a_draft_does_not_open_under_a_nearer_rule_with_the_figures_of_the_farther(
    vote: Vote, client: Callable[..., Any]
) -> None:
    below = vote.scene.unit("Đảng ủy bên dưới", vote.scene.top)
    add(vote)
    vote.meeting = vote.scene.meeting(delegates=5, present=5, unit=below)
    vote.secretary = client("secretary", below)
    options = {"kind": "choice", "options": ["A", "B"]}
    vote.draft(rule="bau-cu-rieng", **options)
    near = {"citation": OWN["citation"] | {"number": "12-QC/ĐU"}, "base": "entitled"}
    assert add(vote, below, **near).status_code == 200
    cites(vote.step("open"), "figure_fixed", "12-QC/ĐU")
    saved = vote.secretary.patch(f"{vote.path}/{vote.poll}", {"rule": "bau-cu-rieng"})
    assert (saved.status_code, saved.json["rule"]["base"]) == (200, "entitled")
    assert vote.step("open").json["rule"]["words"]["citation"].split(", ")[1] == "12-QC/ĐU"
