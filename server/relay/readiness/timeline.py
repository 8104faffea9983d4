"""When a site is to be tested: on the eve, and again an hour before the start (facts of practice; pure).

The eve is the local day before the start. T−60 is open from two hours before the start, so that whoever is early need
not test twice; the reminder comes at 60 minutes.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from server.core import clock

Phase = Literal["early", "eve", "t60", "during"]
T60_OPENS = timedelta(minutes=120)
T60_CALLS = timedelta(minutes=60)
EVE_CALLS_HOUR = 14  # o'clock on the eve: lines are reported in the afternoon


def phase_of(starts_at: datetime, now: datetime) -> Phase:
    """Which test of the time line a test at `now` is. Before the eve: early; after the start: during."""
    if now >= starts_at:
        return "during"
    if now >= starts_at - T60_OPENS:
        return "t60"
    days = (starts_at.astimezone(clock.LOCAL).date() - now.astimezone(clock.LOCAL).date()).days
    return "eve" if days <= 1 else "early"


@dataclass(frozen=True)
class LastTest:
    """The newest test of a site."""

    site_id: int
    at: datetime


def missing(sites: Collection[int], tested: Collection[LastTest], starts_at: datetime, now: datetime) -> set[int]:
    """The sites without a test of the phase that is on; nobody is missing before the eve.

    A test at T−60 stands for that of the eve too. After the start those are named that were never tested since the eve.
    """
    phase = phase_of(starts_at, now)
    if phase == "early":
        return set()
    since = starts_at - T60_OPENS if phase == "t60" else eve_begins(starts_at)
    return set(sites) - {one.site_id for one in tested if one.at >= since}


def calls(starts_at: datetime, now: datetime) -> Literal["", "eve", "t60"]:
    """Which reminder is due now: from 14 o'clock on the eve, and in the last hour before the start."""
    phase = phase_of(starts_at, now)
    if phase == "t60" and now >= starts_at - T60_CALLS:
        return "t60"
    local = now.astimezone(clock.LOCAL)
    if phase == "eve" and (local.date() == starts_at.astimezone(clock.LOCAL).date() or local.hour >= EVE_CALLS_HOUR):
        return "eve"
    return ""


def eve_begins(starts_at: datetime) -> datetime:
    """Midnight, local, at which the day before the start begins."""
    local = starts_at.astimezone(clock.LOCAL)
    return (local - timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
