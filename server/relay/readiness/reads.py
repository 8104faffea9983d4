"""The reads of readiness: tests in words, and how far all sites are."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.errors import Refused
from server.meetings import lookup as meetings
from server.people.models import Unit
from server.relay import lookup
from server.relay.models import Admission, Conference, Site
from server.relay.readiness import timeline
from server.relay.readiness.certificate import Certificate
from server.relay.readiness.listing import Listing, Row
from server.relay.readiness.models import ReadinessTest
from server.relay.readiness.thresholds import TestRung, centre_needs_kbps
from server.relay.readiness.timeline import LastTest, Phase
from server.relay.readiness.turns import turns
from server.relay.readiness.verdict import Letter
from server.relay.readiness.views import ReadinessView, SiteTested, TestView

MOST_TESTS = 20


def view(test: ReadinessTest) -> TestView:
    """One test as screens show it."""
    body = Certificate.model_validate_json(test.text)
    return TestView(
        id=test.id, site_id=test.site_id, tested_ms=body.about.tested_ms, phase=body.about.phase, letter=body.letter,
        may_speak=body.may_speak, sentence=body.sentence, reasons=list(body.reasons),
    )


def tests_of(session: Session, conference: Conference, site_id: int) -> list[TestView]:
    """The newest tests of a site."""
    rows = session.scalars(
        select(ReadinessTest)
        .where(ReadinessTest.conference_id == conference.id, ReadinessTest.site_id == site_id)
        .order_by(ReadinessTest.id.desc()).limit(MOST_TESTS)
    )
    return [view(row) for row in rows]


def test_of(session: Session, conference: Conference, test_id: int, site_id: int | None) -> ReadinessTest:
    """A test of this conference; `site_id`: only of that site. Raises Refused `readiness_not_found`."""
    test = session.get(ReadinessTest, test_id)
    if test is None or test.conference_id != conference.id or site_id not in (None, test.site_id):
        raise Refused("readiness_not_found")
    return test


def newest(session: Session, conference: Conference) -> Sequence[ReadinessTest]:
    """The newest test of each site."""
    last = (
        select(func.max(ReadinessTest.id)).where(ReadinessTest.conference_id == conference.id)
        .group_by(ReadinessTest.site_id)
    )
    return session.scalars(select(ReadinessTest).where(ReadinessTest.id.in_(last))).all()


def is_missing(session: Session, conference: Conference, site_id: int, now: datetime) -> bool:
    """Whether this one site lacks the test of the present phase; edges ask every two seconds."""
    at = session.scalar(
        select(ReadinessTest.tested_at)
        .where(ReadinessTest.conference_id == conference.id, ReadinessTest.site_id == site_id)
        .order_by(ReadinessTest.id.desc()).limit(1)
    )
    tested = [LastTest(site_id, at)] if at is not None else []
    return bool(timeline.missing([site_id], tested, conference.starts_at, now))


def missing_sites(session: Session, conference: Conference, now: datetime) -> set[int]:
    """The sites that lack the test of the present phase."""
    tested = [LastTest(one.site_id, one.tested_at) for one in newest(session, conference)]
    return timeline.missing(
        [site.id for site in lookup.sites_of(session, conference.id)], tested, conference.starts_at, now
    )


def readiness(session: Session, conference: Conference) -> ReadinessView:
    """How far all sites are."""
    now = clock.now()
    tests = {one.site_id: one for one in newest(session, conference)}
    missing = missing_sites(session, conference, now)
    line = turns.line(clock.monotonic())
    found = []
    for site in lookup.sites_of(session, conference.id):
        test = tests.get(site.id)
        found.append(SiteTested(
            site_id=site.id, name=site.name, missing=site.id in missing,
            test_id=test.id if test else None, tested_ms=clock.epoch_ms(test.tested_at) if test else None,
            phase=test.phase if test else None, letter=Letter(test.letter) if test else None,
            turn=line.get(site.id),
        ))
    return ReadinessView(
        phase=timeline.phase_of(conference.starts_at, now), calls=timeline.calls(conference.starts_at, now),
        centre_kbps=_centre_kbps(conference, found), sites=found,
    )


def listing(session: Session, conference: Conference) -> Listing:
    """All sites with their newest verdicts, for the file."""
    tests = {one.site_id: one for one in newest(session, conference)}
    meeting = meetings.meeting_of(session, conference.meeting_id)
    return Listing(
        unit=session.get_one(Unit, meeting.unit_id).name, conference=conference.name,
        starts_ms=clock.epoch_ms(conference.starts_at), at_ms=clock.epoch_ms(),
        rows=[_row(conference, one, tests.get(one.id)) for one in lookup.sites_of(session, conference.id)],
    )


def _row(conference: Conference, site: Site, test: ReadinessTest | None) -> Row:
    return Row(
        name=site.name, address=site.address, contact=(site.contact, site.contact_phone),
        technician=(site.technician, site.technician_phone),
        tested_ms=clock.epoch_ms(test.tested_at) if test else None, phase=cast("Phase", test.phase) if test else None,
        letter=Letter(test.letter) if test else None, may_speak=site.may_speak, admission=Admission(site.admission),
        admission_reason=site.admission_reason, allowed=lookup.allowed(conference, site), people=site.headcount,
    )


def _centre_kbps(conference: Conference, sites: Sequence[SiteTested]) -> int:
    top: TestRung = "720p" if conference.top == "720p" else "1080p"
    rung_of: dict[Letter | None, TestRung] = {Letter.A: top, Letter.B: "low", Letter.C: "audio", None: top}
    counts: dict[TestRung, int] = {}
    for site in sites:
        if site.letter in rung_of:  # whoever is not tested yet may turn out to be fit
            rung = rung_of[site.letter]
            counts[rung] = counts.get(rung, 0) + 1
    return centre_needs_kbps(counts)
