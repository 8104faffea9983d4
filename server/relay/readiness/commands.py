"""The write of readiness: a test becomes a verdict, a certificate, and the site's admission, in one step."""

from typing import Literal, cast

from server.core import clock
from server.core.access import Actor
from server.core.keys import Keys
from server.core.writer import Tx
from server.meetings import lookup as meetings
from server.people.models import Unit
from server.relay import lookup, sites
from server.relay.models import Conference, Organiser, Site
from server.relay.readiness import certificate, timeline
from server.relay.readiness.audit import ACTION
from server.relay.readiness.bodies import ReadinessIn
from server.relay.readiness.models import ReadinessTest
from server.relay.readiness.thresholds import Top
from server.relay.readiness.verdict import judge


def record_test(
    tx: Tx, actor: Actor, keys: Keys, meeting_id: int, what: ReadinessIn, *, by: Literal["page", "edge"]
) -> ReadinessTest:
    """Note a test of the site whose device acts. Raises Refused `relay_site_not_found` or `relay_ended`."""
    lookup.open_conference(tx, meeting_id)
    conference, site = lookup.site_of_device(tx, meeting_id, actor.device_id)
    verdict = judge(what.figures, cast("Top", conference.top))
    if what.technician:
        site.technician, site.technician_phone = what.technician, what.technician_phone
    about = _about(tx, conference, site, what.machine, by)
    text = certificate.canonical(certificate.of(about, what.figures, verdict))
    test = ReadinessTest(
        meeting_id=meeting_id, conference_id=conference.id, site_id=site.id, tested_at=tx.now, phase=about.phase,
        letter=verdict.letter.value, **certificate.signed(text, keys),
    )
    tx.add(test)
    sites.judge(site, verdict.letter.value, tx.now, may_speak=verdict.may_speak)
    tx.flush()
    tx.record(
        ACTION, actor, meeting_id, test=test.id, site=site.id, letter=verdict.letter.value,
        may_speak=verdict.may_speak, record=test.sha256,
    )
    lookup.touch(tx, conference)
    return test


def _about(
    tx: Tx, conference: Conference, site: Site, machine: str, by: Literal["page", "edge"]
) -> certificate.About:
    meeting = meetings.meeting_of(tx, conference.meeting_id)
    return certificate.About(
        unit=tx.get_one(Unit, meeting.unit_id).name, meeting_id=meeting.id, meeting=meeting.title,
        conference_id=conference.id, conference=conference.name, organiser=Organiser(conference.organiser).value,
        starts_ms=clock.epoch_ms(conference.starts_at), site_id=site.id, site=site.name,
        tested_ms=clock.epoch_ms(tx.now), phase=timeline.phase_of(conference.starts_at, tx.now),
        technician=site.technician, technician_phone=site.technician_phone, machine=machine, by=by,
    )
