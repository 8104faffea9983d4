"""Counting days: months to their ends, working days over Tết, weekends and holidays, and what the Government adds."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.calendar import WorkingDays, add_months, local_day

COMPLAINT_DAYS = 15  # 190-QĐ/TW Điều 35
days = st.dates(min_value=date(2024, 1, 1), max_value=date(2035, 12, 31))


@pytest.mark.parametrize(("counted", "sealed_until"), [
    (date(2026, 11, 25), date(2027, 5, 25)),
    (date(2026, 8, 31), date(2027, 2, 28)),   # there is no 31 February
    (date(2027, 8, 29), date(2028, 2, 29)),   # a leap year
    (date(2027, 8, 31), date(2028, 2, 29)),
    (date(2026, 12, 31), date(2027, 6, 30)),
    (date(2026, 6, 30), date(2026, 12, 30)),  # not the 31st: the same day of the month, if there is one
    (date(2026, 7, 1), date(2027, 1, 1)),
])
def test_ballots_stay_sealed_for_six_months_to_the_day_or_the_months_last(counted: date, sealed_until: date) -> None:
    assert add_months(counted, 6) == sealed_until


@given(days, st.integers(0, 240))
def test_months_never_skip_a_month(day: date, months: int) -> None:
    after = add_months(day, months)
    assert (after.year * 12 + after.month) - (day.year * 12 + day.month) == months
    assert after.day <= day.day
    assert after.day == day.day or (after + timedelta(days=1)).day == 1


@pytest.mark.parametrize(("closed", "until", "why"), [
    (date(2026, 10, 5), date(2026, 10, 26), "three plain weeks"),
    (date(2026, 10, 9), date(2026, 10, 30), "from a Friday"),
    (date(2026, 10, 10), date(2026, 10, 30), "from a Saturday: the Monday is the first"),
    (date(2027, 1, 25), date(2027, 2, 22), "Tết Đinh Mùi, 4 to 10 February 2027, takes five working days"),
    (date(2027, 4, 26), date(2027, 5, 19), "30/4 on a Friday; 1/5 on a Saturday is made up on Monday 3/5"),
    (date(2026, 4, 20), date(2026, 5, 14), "Giỗ Tổ on a Sunday is made up on 27/4; 30/4 and 1/5 on weekdays"),
    (date(2026, 12, 28), date(2027, 1, 19), "New Year's Day"),
])
def test_complaints_are_heard_for_fifteen_working_days(closed: date, until: date, why: str) -> None:
    assert WorkingDays().after(closed, COMPLAINT_DAYS) == until, why


def test_tet_is_not_worked_and_the_saturday_that_makes_up_for_a_bridge_day_is() -> None:
    usual = WorkingDays()
    assert not any(usual.is_worked(date(2026, 2, day)) for day in range(14, 23))  # weekend, Tết Bính Ngọ, weekend
    assert usual.is_worked(date(2026, 2, 13))
    assert usual.is_worked(date(2026, 2, 23))
    assert not usual.is_worked(date(2026, 8, 31))  # Monday before 2 September, given off
    assert usual.is_worked(date(2026, 8, 22))      # for this Saturday


def test_what_the_government_decides_besides_is_data() -> None:
    storm, made_up = date(2026, 10, 14), date(2026, 10, 17)
    decided = WorkingDays(off=[storm], on=[made_up])
    assert not decided.is_worked(storm)
    assert decided.is_worked(made_up)
    assert WorkingDays(off=[storm]).after(date(2026, 10, 5), 15) == date(2026, 10, 27)
    assert decided.after(date(2026, 10, 5), 15) == date(2026, 10, 26)
    assert WorkingDays(off=[storm], on=[storm]).is_worked(storm)


@given(days, st.integers(1, 60))
def test_exactly_so_many_worked_days_lie_between_and_the_last_one_is_worked(day: date, count: int) -> None:
    usual = WorkingDays()
    until = usual.after(day, count)
    between = [day + timedelta(days=number) for number in range(1, (until - day).days + 1)]
    assert sum(usual.is_worked(one) for one in between) == count
    assert usual.is_worked(until)


@pytest.mark.parametrize("count", [0, -1, 1001])
def test_a_count_out_of_range_is_an_error(count: int) -> None:
    with pytest.raises(ValueError, match="working days"):
        WorkingDays().after(date(2026, 1, 1), count)


def test_the_day_is_the_one_in_vietnam() -> None:
    assert local_day(datetime(2026, 11, 24, 17, 0, tzinfo=UTC)) == date(2026, 11, 25)
    assert local_day(datetime(2026, 11, 24, 16, 59, tzinfo=UTC)) == date(2026, 11, 24)
