"""HTTP of readiness."""

import re
from datetime import datetime
from typing import Literal

from flask import Response, request

import server.relay.readiness.refusals  # noqa: F401  (declares them)
from server.core import clock
from server.core.access import Permission
from server.core.http import Call
from server.core.offload import offload
from server.core.writer import Tx
from server.people import journal
from server.relay import lookup, passes
from server.relay.api import RelayApi
from server.relay.passes import Pass
from server.relay.readiness import audit, certificate, commands, listing, pdf, reads, witness
from server.relay.readiness.bodies import ReadinessIn
from server.relay.readiness.models import ReadinessTest
from server.relay.readiness.streams import METER, NUMBERS
from server.relay.readiness.thresholds import TestRung, Top
from server.relay.readiness.turns import turns
from server.relay.readiness.views import (
    CertificateFile,
    OwnReadiness,
    ReadinessView,
    RehearsalPass,
    TestList,
    TestView,
    TurnView,
)

api = RelayApi("readiness")
BASE = "/api/meetings/<int:meeting_id>/relay/readiness"
PDF = "application/pdf"
EITHER = (Permission.MEETING_CONSOLE, Permission.RELAY_ATTEND)


@api.post(f"{BASE}/turn", Permission.RELAY_ATTEND, "Lấy lượt kiểm tra", answer=TurnView, idempotent=False)
def take_turn(call: Call[None], meeting_id: int) -> TurnView:
    """A place in line; with it, once it is this site's turn, passes for the meter and the rehearsals."""
    with call.read() as session:
        conference, site = lookup.site_of_device(session, meeting_id, call.actor.device_id)
        top: Top = "720p" if conference.top == "720p" else "1080p"
    place, left = turns.ask(site.id, top, clock.monotonic())
    ends_ms = clock.epoch_ms() + int(left * 1000)
    if place:
        return TurnView(place=place, ends_ms=0, url="", meter="", rehearsals=[])

    def given(number: int) -> str:
        return passes.issue(call.services.keys, Pass(number, f"site-{site.id}", "watch", ends_ms // 1000 + 1))

    rungs: tuple[tuple[TestRung, TestRung], ...] = ((top, top), ("low", "low"), ("audio", "low"))
    return TurnView(
        place=0, ends_ms=ends_ms, url=_relay_url(call), meter=given(METER),
        rehearsals=[
            RehearsalPass(rung=rung, conference=NUMBERS[played], token=given(NUMBERS[played])) for rung, played in rungs
        ],
    )


def _relay_url(call: Call[None]) -> str:
    """The relay listens on a port of its own, on the host this page came from."""
    host = re.sub(r":[0-9]+$", "", request.host)
    return f"{request.scheme}://{host}:{call.services.settings.relay_port}"


@api.delete(f"{BASE}/turn", Permission.RELAY_ATTEND, "Trả lượt kiểm tra", idempotent=False)
def leave_turn(call: Call[None], meeting_id: int) -> None:
    """The test is over or given up."""
    with call.read() as session:
        _conference, site = lookup.site_of_device(session, meeting_id, call.actor.device_id)
    turns.leave(site.id)


@api.post(BASE, Permission.RELAY_ATTEND, "Ghi kết quả kiểm tra điểm cầu", body=ReadinessIn, answer=TestView)
def record_test(call: Call[ReadinessIn], meeting_id: int) -> TestView:
    """Figures in, held against the relay's own counts; verdict and certificate out. Admission follows at once."""
    keys = call.services.keys
    with call.read() as session:
        conference, site = lookup.site_of_device(session, meeting_id, call.actor.device_id)
        top: Top = "720p" if conference.top == "720p" else "1080p"
        site_id = site.id
    seen = witness.asked(call.services.settings.folder("run"), site_id)
    what = call.body.model_copy(update={"figures": witness.held(call.body.figures, seen, top)})

    def command(tx: Tx) -> TestView:
        by: Literal["page", "edge"] = "edge" if call.actor.surface == "edge" else "page"
        return reads.view(commands.record_test(tx, call.actor, keys, meeting_id, what, by=by))

    return call.write(command)


@api.get(BASE, Permission.MEETING_CONSOLE, "Tình hình kiểm tra các điểm cầu", answer=ReadinessView)
def readiness(call: Call[None], meeting_id: int) -> ReadinessView:
    """All sites, who is missing, and what the centre's line must carry."""
    with call.read() as session:
        return reads.readiness(session, lookup.conference_of(session, meeting_id))


@api.get(f"{BASE}/sites.pdf", Permission.MEETING_CONSOLE, "Danh sách điểm cầu và kết quả kiểm tra (PDF)", media=PDF)
def sites_pdf(call: Call[None], meeting_id: int) -> Response:
    """The paper to file."""
    with call.read() as session:
        found = reads.listing(session, lookup.conference_of(session, meeting_id))
    paper = offload(lambda: listing.sites_pdf(found))  # hundreds of sites take a second
    name = f"diem-cau-{meeting_id}.pdf"
    return Response(paper, mimetype=PDF, headers={"Content-Disposition": f'inline; filename="{name}"'})


@api.get(f"{BASE}/mine", Permission.RELAY_ATTEND, "Điểm cầu này và các lần kiểm tra", answer=OwnReadiness)
def own_readiness(call: Call[None], meeting_id: int) -> OwnReadiness:
    """What the site's page lives on; tests the newest first."""
    with call.read() as session:
        conference, site = lookup.site_of_device(session, meeting_id, call.actor.device_id)
        return OwnReadiness(
            site_id=site.id, site=site.name, conference=conference.name, state=conference.state,
            starts_ms=clock.epoch_ms(conference.starts_at), phone=conference.phone, technician=site.technician,
            technician_phone=site.technician_phone, allowed=lookup.allowed(conference, site),
            tests=reads.tests_of(session, conference, site.id),
        )


@api.get(f"{BASE}/sites/<int:site_id>", Permission.MEETING_CONSOLE, "Các lần kiểm tra của điểm cầu", answer=TestList)
def site_tests(call: Call[None], meeting_id: int, site_id: int) -> TestList:
    """The newest first."""
    with call.read() as session:
        conference = lookup.conference_of(session, meeting_id)
        return TestList(tests=reads.tests_of(session, conference, lookup.site_of(session, conference, site_id).id))


def _test(call: Call[None], meeting_id: int, test_id: int) -> ReadinessTest:
    """A test that whoever calls may see: the console all of its conference, a site its own."""
    with call.read() as session:
        if call.actor.may(Permission.MEETING_CONSOLE, call.place):
            return reads.test_of(session, lookup.conference_of(session, meeting_id), test_id, None)
        conference, site = lookup.site_of_device(session, meeting_id, call.actor.device_id)
        return reads.test_of(session, conference, test_id, site.id)


@api.get(f"{BASE}/<int:test_id>/certificate", EITHER, "Phiếu kiểm tra đã ký (JSON)", answer=CertificateFile)
def certificate_json(call: Call[None], meeting_id: int, test_id: int) -> CertificateFile:
    """To be checked elsewhere with the server's public key."""
    return CertificateFile.model_validate(certificate.as_file(_test(call, meeting_id, test_id)))


@api.get(f"{BASE}/<int:test_id>/certificate.pdf", EITHER, "Phiếu kiểm tra (PDF)", media=PDF)
def certificate_pdf(call: Call[None], meeting_id: int, test_id: int) -> Response:
    """The paper to file."""
    test = _test(call, meeting_id, test_id)
    paper = pdf.certificate_pdf(test, certificate.is_valid(test, call.services.keys))
    day = datetime.fromtimestamp(clock.epoch_ms(test.tested_at) / 1000, clock.LOCAL).strftime("%Y%m%d-%H%M")
    name = f"kiem-tra-diem-cau-{test.site_id}-{day}.pdf"
    return Response(paper, mimetype=PDF, headers={"Content-Disposition": f'inline; filename="{name}"'})


journal.vouched_checks.append(audit.found)
