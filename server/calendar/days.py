"""Counting days: months, and working days in Vietnam.

Weekends are Saturday and Sunday. Holidays, Tết included, and the usual swaps of working days are those of the library
`holidays`; what the Government decides besides is data (table `calendar_day`).
"""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import cache

from holidays import HolidayBase, country_holidays

from server.core import clock

MOST_DAYS = 1000  # working days in one step: four years
FURTHEST = date(2200, 12, 31)


def local_day(moment: datetime) -> date:
    """The day in Vietnam of an aware moment."""
    return moment.astimezone(clock.LOCAL).date()


def add_months(day: date, months: int) -> date:
    """The same day so many months on; where there is none, the month's last (Bộ luật Dân sự Điều 148)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class WorkingDays:
    """Which days are worked. `off` and `on` override weekends and holidays, one day each; `on` is the last word."""

    def __init__(self, *, off: Collection[date] = (), on: Collection[date] = ()) -> None:
        self.off, self.on = frozenset(off), frozenset(on)

    def is_worked(self, day: date) -> bool:
        """Whether offices work on this day."""
        if day in self.on:
            return True
        return day not in self.off and _vietnam().is_working_day(day)

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (1 to 1000); `day` itself is never counted (Bộ luật Dân sự Điều 147).

        Raises ValueError for another count, or beyond the year 2200.
        """
        if not 1 <= count <= MOST_DAYS:
            raise ValueError(f"between 1 and {MOST_DAYS} working days, not {count}")
        while count:
            if day >= FURTHEST:
                raise ValueError("too far in the future")
            day += timedelta(days=1)
            count -= self.is_worked(day)
        return day


@cache
def _vietnam() -> HolidayBase:
    return country_holidays("VN")
