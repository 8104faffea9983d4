"""When sites are to be tested: eve and T−60, in local time."""

from datetime import datetime, timedelta

import pytest

from server.core.clock import LOCAL
from server.relay.readiness.timeline import LastTest, calls, missing, phase_of

START = datetime(2026, 11, 24, 8, 0, tzinfo=LOCAL)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("now", "phase", "call"),
    [
        (at(20, 9), "early", ""), (at(22, 23, 59), "early", ""), (at(23, 0), "eve", ""), (at(23, 13, 59), "eve", ""),
        (at(23, 14), "eve", "eve"), (at(24, 5, 59), "eve", "eve"), (at(24, 6), "t60", ""), (at(24, 7), "t60", "t60"),
        (at(24, 7, 59), "t60", "t60"), (at(24, 8), "during", ""),
    ],
)
def test_the_time_line_of_a_conference_that_begins_at_eight(now: datetime, phase: str, call: str) -> None:
    assert (phase_of(START, now), calls(START, now)) == (phase, call)


def test_who_tested_on_the_eve_is_missing_again_an_hour_before_the_start() -> None:
    tested = [LastTest(1, at(23, 15)), LastTest(2, at(24, 6, 30)), LastTest(3, at(22, 15))]
    assert missing([1, 2, 3, 4], tested, START, at(20, 9)) == set()
    assert missing([1, 2, 3, 4], tested, START, at(23, 16)) == {3, 4}
    assert missing([1, 2, 3, 4], tested, START, at(24, 7)) == {1, 3, 4}
    assert missing([1, 2, 3, 4], tested, START, START + timedelta(hours=1)) == {3, 4}
