"""A site's line gets worse and better: when it is moved, and what the log says."""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from server.core import clock
from server.core.access import SYSTEM
from server.relay import commands as relay
from server.relay import sites, watch
from server.relay.bodies import ConferenceIn, EdgeReportIn, SiteIn
from server.relay.lines import by_label, lines_of
from server.relay.models import Conference, Incident, Organiser, Site
from server.relay.plan import RUNGS, Rung
from server.relay.readiness.streams import NUMBERS
from server.relay.reports import ConferenceReport, ViewerReport, together
from server.relay.watch import DOWN_AFTER, UP_AFTER, Held, SiteWatch, sample, step
from tests.scene import Scene


def viewer(**more: Any) -> ViewerReport:
    return ViewerReport(**{"id": "0.a", "label": "site-1", "rung": "top", **more})


def reported(conference: int, *viewers: ViewerReport) -> ConferenceReport:
    return ConferenceReport(id=conference, viewers=len(viewers), labels=together(viewers))


def run(held: Held, seen: str | None, seconds: int, start: int = 0) -> tuple[Held, list[tuple[int, watch.Move]]]:
    moves: list[tuple[int, watch.Move]] = []
    for second in range(seconds):
        held, move = step(held, seen, start + second)  # type: ignore[arg-type]  # (the literals of Sample)
        if move:
            moves.append((second + 1, move))
    return held, moves


def test_a_line_that_stays_bad_is_moved_down_rung_by_rung_and_never_to_nothing() -> None:
    held, moves = run(Held(), "bad", 100)
    assert (held.rung, moves) == ("audio", [(DOWN_AFTER, "down"), (2 * DOWN_AFTER, "down")])


def test_a_short_fault_moves_nobody() -> None:
    held = Held()
    for round_ in range(20):
        held, moves = run(held, "bad", DOWN_AFTER - 1, round_ * 100)
        assert moves == []
        held, moves = run(held, "good", DOWN_AFTER, round_ * 100 + 50)
    assert held.rung == "top"


def test_it_comes_back_after_a_minute_without_a_fault_and_one_fault_starts_the_minute_anew() -> None:
    low = Held(rung="low")
    held, moves = run(low, "good", UP_AFTER - 1)
    assert moves == []
    held, _ = run(held, "fair", 1)
    held, moves = run(held, "good", UP_AFTER)
    assert (held.rung, moves) == ("top", [(UP_AFTER, "up")])


def test_a_line_that_fails_again_soon_waits_twice_as_long_each_time() -> None:
    held, now, waits = Held(rung="low"), 0, []
    for _ in range(6):
        held, took = _until(held, "good", now)
        waits.append(took)
        held, again = _until(held, "bad", now + took)
        now += took + again
    assert waits == [60, 120, 240, 480, 960, 960]


def _until(held: Held, seen: str, start: int) -> tuple[Held, int]:
    for second in range(5000):
        held, move = step(held, seen, start + second)  # type: ignore[arg-type]  # (the literals of Sample)
        if move:
            return held, second + 1
    raise AssertionError("never moved")


def test_nobody_watching_is_no_news() -> None:
    held, moves = run(Held(rung="low"), None, 500)
    assert (held.rung, moves) == ("low", [])


@given(st.lists(st.sampled_from(["bad", "fair", "good", None]), max_size=300))
def test_moves_are_one_rung_at_a_time_and_never_closer_than_the_hysteresis(seen: list[Any]) -> None:
    held, last = Held(), -DOWN_AFTER
    for second, one in enumerate(seen):
        after, move = step(held, one, second)
        assert abs(RUNGS.index(after.rung) - RUNGS.index(held.rung)) == (1 if move else 0)
        if move:
            assert second - last >= (DOWN_AFTER if move == "down" else UP_AFTER)
            last = second
        held = after


def test_the_worst_screen_of_a_room_tells_how_its_line_is() -> None:
    def seen(*viewers: ViewerReport, held: Rung = "top") -> str | None:
        (label,) = together(viewers)
        return sample(label, held)

    assert sample(None, "top") is None
    assert seen(viewer(loss_percent=1.0, jitter_ms=40)) == "good"
    assert seen(viewer(), viewer(loss_percent=3)) == "fair"
    assert seen(viewer(loss_percent=5.1), viewer()) == "bad"
    assert seen(viewer(rung="low"), viewer()) == "bad", "the fan-out process has moved it down already"
    assert seen(viewer(rung="low"), held="low") == "good"


def edge_lines(set_to: str, *viewers: ViewerReport, rung: Rung = "top", late: float = 0) -> watch.SiteLines:
    """A site with an edge whose line is set to a way, and what is told of it."""
    site = Site(id=1, device_id=7, line=set_to)
    beat = EdgeReportIn(rung=rung, loss_percent=90, line_loss_percent=late)
    return lines_of(site, by_label(reported(3, *viewers)), beat)


def test_an_edge_is_judged_by_what_it_did_not_get_in_time_and_by_the_way_that_is_set() -> None:
    feed = viewer(label="edge-7", way="feed", rung="low")
    srt = viewer(label="edge-7", way="srt", rung="top", resent_percent=20)
    assert watch.sample_of(edge_lines("srt", feed, srt), "top") == "good", "lost packets came by a second sending"
    assert watch.sample_of(edge_lines("srt", feed, srt, late=6), "top") == "bad"
    assert watch.sample_of(edge_lines("srt", feed, rung="low"), "top") == "bad", "SRT brings nothing"
    assert watch.sample_of(edge_lines("srt", feed, rung="low"), "low") == "fair", "its second way proves nothing"
    assert watch.sample_of(edge_lines("feed", feed, rung="low"), "low") == "good"
    assert watch.sample_of(edge_lines("feed"), "top") is None, "nothing comes: the roll says who is not there"


def test_a_site_that_may_have_no_better_is_not_said_to_have_a_bad_line(scene: Scene) -> None:
    number, (one, two) = conference(scene)
    scene.run(lambda tx: sites.judge(tx.get_one(Site, one), "B", tx.now, may_speak=True))
    scene.run(lambda tx: sites.judge(tx.get_one(Site, two), "C", tx.now, may_speak=True))
    keeper = SiteWatch(scene.services)
    for _ in range(3 * DOWN_AFTER):
        keeper.heard(reported(number, viewer(label=f"site-{one}", rung="low"),
                              viewer(label=f"site-{two}", rung="audio")))
    assert (held(scene, one), held(scene, two), scene.rows(Incident)) == ("top", "top", [])
    for _ in range(DOWN_AFTER):
        keeper.heard(reported(number, viewer(label=f"site-{one}", rung="low", loss_percent=9)))
    assert held(scene, one) == "audio", "one rung below what it may have"
    for _ in range(UP_AFTER):
        keeper.heard(reported(number, viewer(label=f"site-{one}", rung="audio")))
    assert held(scene, one) == "top", "let go"
    assert scene.rows(Incident)[-1].text.endswith("chuyển lên hình mức thấp."), "to what it may have"


def conference(scene: Scene, starts_in: timedelta = timedelta(days=3)) -> tuple[int, list[int]]:
    meeting = scene.meeting()
    what = ConferenceIn(name="Hội nghị", organiser=Organiser.PROVINCE, starts_at=clock.now() + starts_in)
    number: int = scene.run(lambda tx: relay.create_conference(tx, SYSTEM, meeting, what))
    invited = [SiteIn(name=f"Điểm cầu {place}") for place in ("Một", "Hai")]
    return number, scene.run(lambda tx: sites.invite(tx, SYSTEM, meeting, invited))


def held(scene: Scene, site: int) -> str:
    return str(scene.row(Site, site).held)


def test_reports_move_a_site_down_and_up_with_a_line_in_the_log(scene: Scene) -> None:
    number, (one, two) = conference(scene)
    keeper = SiteWatch(scene.services)

    def heard(loss: float, rung: Rung, times: int) -> None:
        viewers = (viewer(label=f"site-{one}", loss_percent=loss, rung=rung), viewer(label=f"site-{two}"))
        for _ in range(times):
            keeper.heard(reported(number, *viewers))

    heard(8, "top", DOWN_AFTER)
    assert (held(scene, one), held(scene, two)) == ("low", "top")
    (said,) = scene.rows(Incident)
    assert (said.code, said.site_id, said.resolved_at) == ("site_held", one, None)
    assert said.text == "Đường truyền của Điểm cầu Một xấu đi: tạm chuyển xuống hình mức thấp."
    heard(0, "low", UP_AFTER)
    assert held(scene, one) == "top"
    assert [(row.code, row.resolved_at is not None) for row in scene.rows(Incident)] == [
        ("site_held", True), ("site_released", True),
    ]


def test_a_new_web_process_goes_on_where_the_old_one_was(scene: Scene) -> None:
    number, (one, _two) = conference(scene)
    scene.run(lambda tx: watch.hold_site(tx, number, one, "low", "down"))
    keeper = SiteWatch(scene.services)
    for _ in range(UP_AFTER):
        keeper.heard(reported(number, viewer(label=f"site-{one}", rung="low")))
    assert held(scene, one) == "top"


def test_a_test_on_a_bad_line_holds_nobody_down(scene: Scene) -> None:
    _number, (one, _two) = conference(scene)
    keeper = SiteWatch(scene.services)
    for _ in range(3 * DOWN_AFTER):
        keeper.heard(reported(NUMBERS["1080p"], viewer(label=f"site-{one}", loss_percent=30)))
    assert held(scene, one) == "top"
    assert keeper.known == {}


def test_a_site_that_was_removed_or_is_held_already_changes_nothing(scene: Scene) -> None:
    number, (one, _two) = conference(scene)
    scene.run(lambda tx: watch.hold_site(tx, number, one + 100, "low", "down"))
    scene.run(lambda tx: watch.hold_site(tx, number, one, "top", "up"))
    assert scene.rows(Incident) == []


def test_an_hour_before_the_start_the_log_names_who_has_not_tested_once_and_settles_it(scene: Scene) -> None:
    number, _sites = conference(scene, timedelta(minutes=50))
    keeper = SiteWatch(scene.services)
    keeper.look()
    keeper.look()
    (said,) = scene.rows(Incident)
    assert said.text == "Còn dưới 60 phút: 2 điểm cầu chưa kiểm tra lại: Điểm cầu Một; Điểm cầu Hai."
    assert (said.code, said.times, said.resolved_at) == ("readiness_t60", 1, None)

    def start(tx: Any) -> None:
        tx.get_one(Conference, number).starts_at = tx.now + timedelta(days=5)

    scene.run(start)
    keeper.look()
    assert scene.rows(Incident)[0].resolved_at is not None


def test_long_before_the_start_nobody_is_reminded(scene: Scene) -> None:
    conference(scene)
    SiteWatch(scene.services).look()
    assert scene.rows(Incident) == []
