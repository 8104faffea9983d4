"""What screens see of readiness."""

from typing import Literal

from server.core.views import View
from server.relay.plan import Rung
from server.relay.readiness.milestones import Do, Standing, Step
from server.relay.readiness.thresholds import TestRung, Words
from server.relay.readiness.timeline import Phase
from server.relay.readiness.verdict import Letter, Reason


class RehearsalPass(View):
    """A rehearsal this page may watch, at `<url>/whep/<conference>` of the relay."""

    rung: TestRung
    conference: int
    token: str


class TurnView(View):
    """A turn to test. `place`: 0 when it is this site's turn, else how many are before it, itself included.

    `url`: the relay's own HTTP, where `meter` opens /meter/down and /meter/up.
    """

    place: int
    ends_ms: int
    url: str
    meter: str
    rehearsals: list[RehearsalPass]


class TestView(View):
    """A test and what came of it, in words."""

    id: int
    site_id: int
    tested_ms: int
    phase: Phase
    letter: Letter
    may_speak: bool
    sentence: Words
    reasons: list[Reason]


class TestList(View):
    """Tests, the newest first."""

    tests: list[TestView]


class OwnReadiness(View):
    """What a site's page shows of itself and its tests. `allowed`: the best rung it may have now."""

    site_id: int
    site: str
    conference: str
    state: str
    starts_ms: int
    phone: str
    technician: str
    technician_phone: str
    allowed: Rung
    tests: list[TestView]


class SiteTested(View):
    """A site and its newest test; `missing`: it lacks the test of the present phase.

    `turn`: its place in the line of those who test now: 0 it tests, 1 it is the next, None it is not there.
    """

    site_id: int
    name: str
    test_id: int | None
    tested_ms: int | None
    phase: Phase | None
    letter: Letter | None
    missing: bool
    turn: int | None


class ReadinessView(View):
    """The readiness of all sites. `phase`: the test that is on now; `calls`: the reminder that is due, or "".

    `centre_kbps`: what the centre's line must carry for the sites as their tests stand (1.2 times their sum).
    """

    phase: Phase
    calls: str
    centre_kbps: int
    sites: list[SiteTested]


class MilestoneView(View):
    """A step of the time line. `at_ms`: when it was done or is due; `missing`: ids of the sites that lack it."""

    key: Step
    at_ms: int | None
    state: Standing
    missing: list[int]
    do: Do


class TimelineView(View):
    """The time line of a conference; `next`: the step to see to now, or ""."""

    next: Step | Literal[""]
    steps: list[MilestoneView]


class CertificateFile(View):
    """A certificate to be checked elsewhere: `certificate` is the text that was signed (UTF-8), the rest is hex."""

    certificate: str
    sha256: str
    signature: str
    public_key: str
