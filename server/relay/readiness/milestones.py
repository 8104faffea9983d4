"""The time line of a conference, from its plan to its report, each step with its state now (pure).

    plan issued (8 days) · eve: lines tested and reported · T−60 test call · T−15 headcount · start ·
    microphones muted until called · end · report

What was done is known from rows; what is due from the clock (facts of practice, timeline.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from server.relay.models import ConferenceState
from server.relay.readiness import timeline

Step = Literal["plan", "eve", "t60", "heads", "start", "mics", "end", "report"]
Standing = Literal["done", "due", "late", "to_come"]
Do = Literal[
    "", "write_plan", "invite", "set_source", "call_untested", "ask_heads", "go_live", "call_next", "end",
    "make_report",
]

PLAN_BEFORE = timedelta(days=8)
HEADS_OPEN, HEADS_CALL = timedelta(minutes=30), timedelta(minutes=15)
START_OPENS = timedelta(minutes=5)
START_GRACE = timedelta(minutes=5)
REPORT_WITHIN = timedelta(days=1)


@dataclass(frozen=True)
class SiteFacts:
    """A site that is expected to take part: its newest test, and when its people were last counted."""

    id: int
    tested_at: datetime | None = None
    counted_at: datetime | None = None


@dataclass(frozen=True)
class Facts:
    """What the rows say of a conference. `asking`: sites and people who wait for the floor."""

    starts_at: datetime
    state: ConferenceState = ConferenceState.PLANNED
    planned: bool = False
    sources: int = 0
    sites: tuple[SiteFacts, ...] = ()
    live_at: datetime | None = None
    ended_at: datetime | None = None
    reported_at: datetime | None = None
    asking: int = 0
    agenda_over: bool = False


@dataclass(frozen=True)
class Milestone:
    """One step. `at`: when it was done, where that is known, else when it is due; `missing`: sites that lack it."""

    key: Step
    at: datetime | None
    state: Standing
    missing: tuple[int, ...] = ()
    do: Do = ""


def line(facts: Facts, now: datetime) -> tuple[Milestone, ...]:
    """All steps in their order."""
    return (
        _plan(facts, now), _eve(facts, now), _t60(facts, now), _heads(facts, now), _start(facts, now), _mics(facts),
        _end(facts), _report(facts, now),
    )


def next_of(steps: tuple[Milestone, ...]) -> Milestone | None:
    """The one step to see to: the latest that has begun and is not done. What is past may wait; what is on may not."""
    return next((one for one in reversed(steps) if one.state in ("due", "late") and one.do), None)


def _over(facts: Facts) -> bool:
    return facts.state == ConferenceState.ENDED


def _plan(facts: Facts, now: datetime) -> Milestone:
    at = facts.starts_at - PLAN_BEFORE
    if facts.planned and facts.sites:
        return Milestone("plan", at, "done")
    do: Do = "" if _over(facts) else "write_plan" if not facts.planned else "invite"
    return Milestone("plan", at, "late" if now > at else "due", do=do)


@dataclass(frozen=True)
class _Round:
    """Something every site does: it opens, is due and is late at moments; `since`: what is older does not count."""

    key: Step
    opens: datetime
    due: datetime
    late: datetime
    since: datetime
    do: Do

    def standing(self, facts: Facts, now: datetime, moments: Mapping[int, datetime | None]) -> Milestone:
        """Where it stands; `moments`: when each site did it last."""
        if not moments or now < self.opens:
            return Milestone(self.key, self.due, "to_come")
        missing = tuple(site for site, when in moments.items() if when is None or when < self.since)
        if not missing:
            return Milestone(self.key, self.due, "done")
        return Milestone(
            self.key, self.due, "late" if now > self.late else "due", missing, "" if _over(facts) else self.do
        )


def _eve(facts: Facts, now: datetime) -> Milestone:
    """Due in the afternoon, when lines are reported; late when the day is over."""
    begins = timeline.eve_begins(facts.starts_at)
    due = begins + timedelta(hours=timeline.EVE_CALLS_HOUR)
    asked = _Round("eve", begins, due, begins + timedelta(days=1), begins, "call_untested")
    return asked.standing(facts, now, {one.id: one.tested_at for one in facts.sites})


def _t60(facts: Facts, now: datetime) -> Milestone:
    due, opens = facts.starts_at - timeline.T60_CALLS, facts.starts_at - timeline.T60_OPENS
    asked = _Round("t60", opens, due, due, opens, "call_untested")
    return asked.standing(facts, now, {one.id: one.tested_at for one in facts.sites})


def _heads(facts: Facts, now: datetime) -> Milestone:
    due = facts.starts_at - HEADS_CALL
    asked = _Round(
        "heads", facts.starts_at - HEADS_OPEN, due, due, facts.starts_at - timeline.T60_OPENS, "ask_heads"
    )
    return asked.standing(facts, now, {one.id: one.counted_at for one in facts.sites})


def _start(facts: Facts, now: datetime) -> Milestone:
    if facts.live_at is not None:
        return Milestone("start", facts.live_at, "done")
    if now < facts.starts_at - START_OPENS:
        return Milestone("start", facts.starts_at, "to_come")
    late = now > facts.starts_at + START_GRACE
    return Milestone("start", facts.starts_at, "late" if late else "due",
                     do="go_live" if facts.sources else "set_source")


def _mics(facts: Facts) -> Milestone:
    """The server itself sees to it: no site sends without having been called. Whoever asks is due to be called."""
    if facts.live_at is None:
        return Milestone("mics", None, "to_come")
    waits = facts.state == ConferenceState.LIVE and facts.asking > 0
    return Milestone("mics", None, "due" if waits else "done", do="call_next" if waits else "")


def _end(facts: Facts) -> Milestone:
    if facts.state == ConferenceState.ENDED:
        return Milestone("end", facts.ended_at, "done")
    due = facts.state == ConferenceState.LIVE and facts.agenda_over
    return Milestone("end", None, "due" if due else "to_come", do="end" if due else "")


def _report(facts: Facts, now: datetime) -> Milestone:
    if facts.ended_at is None or facts.state != ConferenceState.ENDED or facts.live_at is None:
        return Milestone("report", None, "to_come")
    if facts.reported_at is not None and facts.reported_at >= facts.ended_at:
        return Milestone("report", facts.reported_at, "done")
    late = now > facts.ended_at + REPORT_WITHIN
    return Milestone("report", facts.ended_at + REPORT_WITHIN, "late" if late else "due", do="make_report")
