"""The time line of a conference: what is done, due or late, who is missing, and the one thing to do."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.clock import LOCAL
from server.relay.models import ConferenceState
from server.relay.readiness.milestones import Facts, Milestone, SiteFacts, line, next_of

START = datetime(2026, 11, 24, 8, 0, tzinfo=LOCAL)
KEYS = ["plan", "eve", "t60", "heads", "start", "mics", "end", "report"]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LOCAL)


def ready(*sites: SiteFacts) -> Facts:
    return Facts(starts_at=START, planned=True, sources=1, sites=sites)


def states(facts: Facts, now: datetime) -> dict[str, str]:
    return {one.key: one.state for one in line(facts, now)}


def following(facts: Facts, now: datetime) -> Milestone:
    found = next_of(line(facts, now))
    assert found is not None
    return found


def test_a_conference_that_was_just_made_needs_its_plan_then_its_sites() -> None:
    facts = Facts(starts_at=START)
    assert states(facts, at(10, 9)) == {**dict.fromkeys(KEYS, "to_come"), "plan": "due"}
    assert following(facts, at(10, 9)).do == "write_plan"
    assert following(replace(facts, planned=True), at(10, 9)).do == "invite"
    assert states(facts, at(16, 9))["plan"] == "late"  # eight days before is the 16th, 8 o'clock
    assert next_of(line(ready(SiteFacts(1)), at(10, 9))) is None


def test_a_site_that_has_not_tested_on_the_eve_is_named_and_late_at_midnight() -> None:
    facts = ready(SiteFacts(1, tested_at=at(23, 15)), SiteFacts(2, tested_at=at(20, 9)))
    eve = following(facts, at(23, 16))
    assert (eve.key, eve.state, eve.missing, eve.do) == ("eve", "due", (2,), "call_untested")
    assert states(facts, at(24, 0, 1))["eve"] == "late"
    assert states(ready(SiteFacts(1, tested_at=at(24, 6, 30))), at(24, 6, 40))["eve"] == "done"


def test_an_hour_before_the_start_everybody_tests_again_and_counts_heads() -> None:
    facts = ready(SiteFacts(1, tested_at=at(24, 6, 30)), SiteFacts(2, tested_at=at(23, 15)))
    assert following(facts, at(24, 6, 30)).missing == (2,)
    assert states(facts, at(24, 7, 1))["t60"] == "late"
    heads = following(facts, at(24, 7, 31))
    assert (heads.key, heads.state, heads.missing) == ("heads", "due", (1, 2))
    counted = ready(SiteFacts(1, counted_at=at(24, 7, 20)), SiteFacts(2, counted_at=at(23, 15)))
    assert next(one for one in line(counted, at(24, 7, 50)) if one.key == "heads").missing == (2,)
    assert states(counted, at(24, 7, 50))["heads"] == "late"


def test_the_start_is_due_late_and_then_done_at_the_moment_it_happened() -> None:
    facts = ready(SiteFacts(1))
    assert following(facts, at(24, 7, 56)).do == "go_live"
    assert following(replace(facts, sources=0), at(24, 7, 56)).do == "set_source"
    assert states(facts, at(24, 8, 6))["start"] == "late"
    live = replace(facts, state=ConferenceState.LIVE, live_at=at(24, 8, 7))
    assert (states(live, at(24, 8, 8))["start"], line(live, at(24, 8, 8))[4].at) == ("done", at(24, 8, 7))


def test_microphones_are_muted_until_somebody_who_asks_is_called() -> None:
    live = replace(ready(SiteFacts(1)), state=ConferenceState.LIVE, live_at=START)
    assert states(live, at(24, 9))["mics"] == "done"
    assert following(replace(live, asking=2), at(24, 9)).do == "call_next"
    assert following(replace(live, agenda_over=True), at(24, 11)).do == "end"


def test_after_the_end_the_report_is_due_for_a_day_and_a_second_end_asks_for_another() -> None:
    over = replace(ready(SiteFacts(1)), state=ConferenceState.ENDED, live_at=START, ended_at=at(24, 11))
    assert following(over, at(24, 12)).do == "make_report"
    assert states(over, at(25, 12))["report"] == "late"
    assert [one.do for one in line(over, at(24, 12)) if one.key != "report"] == [""] * 7
    assert states(replace(over, reported_at=at(24, 12)), at(26, 12))["report"] == "done"
    assert states(replace(over, reported_at=at(24, 10)), at(24, 12))["report"] == "due"


def test_a_rehearsal_that_was_never_live_needs_no_report() -> None:
    over = replace(ready(SiteFacts(1)), state=ConferenceState.ENDED, ended_at=at(24, 11))
    assert states(over, at(25, 12))["report"] == "to_come"


@given(
    minutes=st.integers(-20_000, 5_000), later=st.integers(0, 5_000), sites=st.integers(0, 4),
    state=st.sampled_from(list(ConferenceState)),
)
def test_with_the_same_rows_a_step_never_gets_younger(
    minutes: int, later: int, sites: int, state: ConferenceState
) -> None:
    facts = replace(ready(*(SiteFacts(number) for number in range(sites))), state=state)
    order = {"to_come": 0, "due": 1, "late": 2, "done": 3}
    now = START + timedelta(minutes=minutes)
    before, after = line(facts, now), line(facts, now + timedelta(minutes=later))
    assert [one.key for one in before] == KEYS
    assert all(order[a.state] <= order[b.state] for a, b in zip(before, after, strict=True))
    assert all(one.missing == () for one in before if one.state in ("done", "to_come"))


@pytest.mark.parametrize("name", KEYS)
def test_each_step_has_one_thing_to_do_at_most(name: str) -> None:
    facts = replace(ready(SiteFacts(1)), asking=1)
    found = next(one for one in line(facts, START + timedelta(minutes=10)) if one.key == name)
    assert (found.do != "") == (found.state in ("due", "late"))
