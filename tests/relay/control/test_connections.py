"""When sites were connected: told by reports, kept in rows, bounded, and a lost one is in the log."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core import clock
from server.core.writer import Tx
from server.relay import connections
from server.relay.board import seen
from server.relay.bodies import EdgeReportIn
from server.relay.connections import MOST_SPELLS
from server.relay.models import Conference, Incident, Site, Spell
from server.relay.reports import ConferenceReport, LabelReport
from server.relay.roll import GAP_S, NOTE_EVERY_S, Change, Roll, Rungs
from server.relay.watch import SiteWatch
from tests.relay.control.conference import Relay

TOP, LOW = Rungs("top", "top"), Rungs("low", "low")


def test_a_short_break_is_no_end_and_a_long_one_ends_when_the_site_was_last_seen() -> None:
    roll = Roll()
    assert roll.take({4: "top"}, 0.0).begun == {4: TOP}
    for second in range(1, 10):
        assert roll.take({4: "low"} if second == 5 else {}, float(second)) == Change()
    for second in range(10, 25):
        roll.take({}, float(second))
    assert roll.take({}, 25.5).ended == {4: (20.5, Rungs("top", "low"))}
    assert roll.take({4: "low"}, 26.0).begun == {4: LOW}


def test_after_a_silence_of_the_relay_nobody_is_said_to_have_gone() -> None:
    roll = Roll()
    roll.take({4: "top"}, 0.0)
    after = roll.take({}, 600.0)
    assert after == Change()


@given(st.lists(st.sets(st.integers(1, 3)), max_size=120))
def test_beginnings_and_ends_alternate_for_each_site(seconds: list[set[int]]) -> None:
    roll, there = Roll(), set[int]()
    for second, watching in enumerate(seconds):
        change = roll.take(dict.fromkeys(watching, "top"), float(second))
        assert not set(change.begun) & there
        assert set(change.ended) <= there
        there = (there | set(change.begun)) - set(change.ended)
        assert watching <= there
        assert set(change.kept) <= there


def noted(relay: Relay, change: Change, later: timedelta = timedelta(0)) -> None:
    number = relay.scene.rows(Conference)[0].id

    def command(tx: Tx) -> None:
        tx.now += later
        connections.note(tx, number, change)

    relay.scene.run(command)


def spells(relay: Relay) -> list[tuple[bool, bool, str, str, int]]:
    return [(one.live, one.ended, one.best, one.worst, one.gaps) for one in relay.scene.rows(Spell)]


def test_going_live_ends_the_rehearsals_spell_and_begins_another_at_that_moment(relay: Relay) -> None:
    relay.source()
    site = relay.sites[0]
    noted(relay, Change(begun={site: TOP}))
    assert spells(relay) == [], "nothing runs yet"
    relay.step("rehearsal")
    noted(relay, Change(begun={site: LOW}))
    noted(relay, Change(kept={site: Rungs("top", "low")}))
    relay.step("live")
    assert spells(relay) == [(False, True, "top", "low", 0), (True, False, "low", "low", 0)]
    first, second = relay.scene.rows(Spell)
    assert first.seen_at == second.from_at
    relay.step("ended")
    assert [one.ended for one in relay.scene.rows(Spell)] == [True, True]


def test_a_live_site_that_is_lost_is_in_the_log_until_it_is_back_and_counted_when_it_goes_again(relay: Relay) -> None:
    relay.live()
    site = relay.sites[0]
    relay.admit(site)
    noted(relay, Change(begun={site: TOP}))
    noted(relay, Change(ended={site: (20.0, TOP)}), timedelta(minutes=5))
    (incident,) = relay.scene.rows(Incident)
    assert (incident.code, incident.site_id, incident.text) == ("site_lost", site, "Xã Mẫu Một mất kết nối.")
    (spell,) = relay.scene.rows(Spell)
    assert spell.seen_at - spell.from_at == pytest.approx(timedelta(minutes=4, seconds=40), abs=timedelta(seconds=5))
    assert relay.topic()["conference"]["incidents_open"] == 1
    noted(relay, Change(begun={site: TOP}), timedelta(minutes=6))
    assert relay.topic()["conference"]["incidents_open"] == 0
    noted(relay, Change(ended={site: (20.0, TOP)}), timedelta(minutes=9))
    (incident,) = relay.scene.rows(Incident)
    assert (incident.times, incident.resolved_at) == (2, None)


def test_a_site_that_the_centre_cut_off_is_not_lost(relay: Relay) -> None:
    relay.live()
    site = relay.sites[0]
    noted(relay, Change(begun={site: TOP}))
    relay.put(f"/sites/{site}/admission", {"admission": "refused", "reason": "gây ồn"})
    noted(relay, Change(ended={site: (20.0, TOP)}))
    assert relay.scene.rows(Incident) == []


def test_a_line_that_comes_and_goes_all_day_fills_no_table(relay: Relay) -> None:
    relay.live()
    site = relay.sites[0]
    for number in range(MOST_SPELLS + 15):
        noted(relay, Change(begun={site: TOP}), timedelta(minutes=2 * number))
        noted(relay, Change(ended={site: (GAP_S, LOW)}), timedelta(minutes=2 * number + 1))
    kept = relay.scene.rows(Spell)
    assert len(kept) == MOST_SPELLS
    assert (kept[-1].gaps, kept[-1].worst) == (15, "low")
    assert kept[-1].seen_at == max(one.seen_at for one in kept)


def test_a_spell_that_a_dead_server_left_open_ends_when_it_was_last_noted(relay: Relay) -> None:
    relay.live()
    site = relay.sites[0]
    noted(relay, Change(begun={site: TOP}))
    noted(relay, Change(begun={site: TOP}), timedelta(seconds=NOTE_EVERY_S))
    assert len(relay.scene.rows(Spell)) == 1, "a restart within a minute is no break"
    noted(relay, Change(begun={site: TOP}), timedelta(minutes=10))
    first, second = relay.scene.rows(Spell)
    assert (first.ended, second.ended) == (True, False)
    assert first.seen_at - first.from_at < timedelta(minutes=2)


def test_the_watch_takes_viewers_and_edges_into_the_roll(relay: Relay, monkeypatch: Any) -> None:
    relay.live()
    first, second, _third = relay.sites
    device = relay.post(f"/sites/{second}/device", {"kind": "edge"}).json["id"]
    seen.beat(device, EdgeReportIn(rung="low"))
    monkeypatch.setattr(clock, "monotonic", iter(range(1000, 9000)).__next__)
    monkeypatch.setitem(seen.edges, device, (1_000_000.0, EdgeReportIn(rung="low")))
    number = relay.scene.rows(Conference)[0].id
    line = LabelReport(label=f"site-{first}", rung="top")
    watch = SiteWatch(relay.scene.services)
    watch.heard(ConferenceReport(id=number, labels=(line,)))
    assert {(one.site_id, one.best) for one in relay.scene.rows(Spell)} == {(first, "top"), (second, "low")}
    for _ in range(40):
        watch.heard(ConferenceReport(id=number))
    assert {one.site_id: one.ended for one in relay.scene.rows(Spell)} == {first: True, second: False}


def test_a_site_that_is_removed_takes_its_spells_with_it(relay: Relay) -> None:
    relay.source()
    relay.step("rehearsal")
    noted(relay, Change(begun=dict.fromkeys(relay.sites, TOP)))
    assert relay.secretary.delete(f"{relay.path}/sites/{relay.sites[0]}").status_code == 204
    assert len(relay.scene.rows(Spell)) == 2
    assert len(relay.scene.rows(Site)) == 2
