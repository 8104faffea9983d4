"""Every site has its light and its own figures, however many screens watch beside it, in one report of bounded size."""

import json
from typing import Any

import pytest

from server.core import bus
from server.core.bus import Bus
from server.core.config import Settings
from server.core.writer import Tx
from server.relay import lookup
from server.relay.board import Seen, board
from server.relay.bodies import WatchedIn
from server.relay.daemon.supervisor import Supervisor, _Known
from server.relay.models import Conference, Site
from server.relay.reports import MOST_LABELS, ConferenceReport, ViewerReport, together
from tests.relay.control.conference import Relay

SITES = 240


def watching(label: str, **more: Any) -> dict[str, Any]:
    """A viewer as a fan-out process reports it."""
    figures = {"id": f"fanout-0.{label}", "label": label, "rung": "top", "round_trip_ms": 8.0, **more}
    return ViewerReport.model_validate(figures).model_dump(mode="json")


def report_of(settings: Settings, conference: int, *fanouts: list[dict[str, Any]]) -> ConferenceReport:
    """What a supervisor says when its fan-out processes have told it these viewers."""
    supervisor = Supervisor(settings, Bus(settings.folder("run")), fanouts=len(fanouts))
    supervisor.known[conference] = _Known(viewers={f"fanout-{n}": told for n, told in enumerate(fanouts)})
    try:
        return supervisor.report(conference)
    finally:
        supervisor._router.close()


def fill(relay: Relay, sites: int) -> list[int]:
    """A conference with that many sites, all found fit; their ids."""
    def many(tx: Tx) -> None:
        conference = lookup.conference_of(tx, relay.meeting)
        tx.add_all([
            Site(conference_id=conference.id, position=place, name=f"Xã Mẫu {place}", verdict="A")
            for place in range(10, 10 + sites - len(relay.sites))
        ])
        for site in lookup.sites_of(tx, conference.id):
            site.verdict, site.headcount = "A", 12

    relay.scene.run(many)
    return [site.id for site in relay.scene.rows(Site)]


def test_each_of_240_sites_has_its_light_and_figures_beside_a_thousand_seats(
    relay: Relay, settings: Settings
) -> None:
    sites = fill(relay, SITES)
    relay.live()
    number = relay.scene.rows(Conference)[0].id
    first = [watching(f"seat-{n}") for n in range(1000)] + [watching(f"site-{one}") for one in sites[:120]]
    second = [watching(f"site-{one}", round_trip_ms=16.0) for one in sites[120:]] + [watching("wall-3", rung="low")]
    second.append(watching(f"site-{sites[0]}", rung="low", loss_percent=2.5))  # a second screen in the first room
    report = report_of(settings, number, first, second)
    assert report.viewers == 1000 + SITES + 2
    seen = Seen()
    seen.take(ConferenceReport.model_validate_json(report.model_dump_json()))
    with relay.scene.services.database.read() as session:
        view = board(session, relay.meeting, seen)
    assert (view.viewers, view.seats, view.walls, view.sites_watching) == (1242, 1000, 1, SITES)
    assert view.sites.light == ["amber", *["green"] * (SITES - 1)]
    assert (view.sites.why[0], view.sites.rung[0], view.sites.loss[0]) == ("loss", "low", 25)
    assert view.sites.rtt == [8] * 120 + [16] * 120


def test_a_report_stays_below_what_the_bus_carries(settings: Settings) -> None:
    sites = [watching(f"site-{10**9 + n}", rung="audio", loss_percent=100.0, jitter_ms=99999.9,
                      round_trip_ms=99999.9) for n in range(MOST_LABELS)]
    seats = [watching(f"seat-{n}") for n in range(2000)]
    report = report_of(settings, 3, seats, sites)
    told = json.dumps({"kind": "relay.report", "report": report.model_dump(mode="json")})
    assert len(told) < bus.MOST_BYTES / 2
    assert sum(one.label.startswith("site-") for one in report.labels) == MOST_LABELS, "seats take no site's place"


@pytest.mark.parametrize(("told", "light"), [(0, "green"), (1, "amber"), (3, "red")])
def test_freezes_that_a_receiver_tells_of_are_those_of_its_site(relay: Relay, told: int, light: str) -> None:
    site = fill(relay, 3)[0]
    relay.live()
    number = relay.scene.rows(Conference)[0].id
    seen = Seen()
    viewers = [ViewerReport(id="fanout-0.aa", label=f"site-{site}", rung="top")]
    seen.take(ConferenceReport(id=number, viewers=1, labels=together(viewers)))
    seen.watch("fanout-0.aa", f"site-{site}", WatchedIn(freezes=told))
    seen.watch("fanout-0.bb", f"site-{site}", WatchedIn(freezes=0))
    with relay.scene.services.database.read() as session:
        view = board(session, relay.meeting, seen)
    assert (view.sites.light[0], view.sites.freezes[0]) == (light, told)
