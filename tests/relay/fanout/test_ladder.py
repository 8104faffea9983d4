"""The ladder: down at once, up slowly, never above what is allowed."""

from server.relay.daemon.fanout.ladder import CLEAN_SECONDS, Ladder


def clean(ladder: Ladder, begin: int, seconds: float) -> None:
    for step in range(int(seconds) + 1):
        ladder.report(0, begin + step)


def on_low() -> Ladder:
    """A ladder whose viewer came down to the low rung at 0."""
    ladder = Ladder(0)
    ladder.demote(0)
    return ladder


def test_two_bad_reports_in_a_row_take_a_viewer_one_rung_down() -> None:
    ladder = Ladder(0)
    ladder.report(8, 1)
    assert ladder.rung == "top"
    ladder.report(8, 2)
    assert ladder.rung == "low"
    ladder.report(8, 3)
    ladder.report(8, 4)
    assert ladder.rung == "low"
    for at in (5, 8, 9):  # the first makes the pictures lighter
        ladder.report(20, at)
    assert ladder.rung == "audio"


def test_reports_of_what_was_sent_before_a_step_down_take_no_second_one() -> None:
    ladder = Ladder(0)
    for at in (1, 2, 3, 4):
        ladder.report(60, at)
    assert ladder.rung == "low"
    for at in (6, 9, 10):
        ladder.report(60, at)
    assert ladder.rung == "audio"


def test_a_line_too_narrow_for_the_low_rung_gets_lighter_pictures_before_it_gets_none() -> None:
    ladder = on_low()
    ladder.report(20, 4)
    assert ladder.light(4.1)
    for at in (5, 6, 6.9):  # what was sent before
        ladder.report(20, at)
    assert ladder.rung == "low"
    clean(ladder, 8, 55)
    assert ladder.rung == "low"  # thirty seconds of lighter ones, thirty of whole ones
    assert not ladder.light(40)
    clean(ladder, 64, 1)
    assert ladder.rung == "top"


def test_lighter_pictures_that_are_lost_too_leave_the_sound() -> None:
    ladder = on_low()
    for at in (4, 7.1, 8.1):
        ladder.report(20, at)
    assert ladder.rung == "audio"
    assert not ladder.light(9)


def test_pictures_made_whole_too_early_stay_light_longer_the_next_time() -> None:
    ladder = on_low()
    ladder.report(20, 4)
    clean(ladder, 8, 27)
    ladder.report(20, 36)
    assert ladder.light(36 + 2 * CLEAN_SECONDS - 1)


def test_the_top_rung_is_never_made_lighter() -> None:
    ladder = Ladder(0)
    ladder.report(20, 1)
    assert not ladder.light(1.5)


def test_a_good_report_between_bad_ones_keeps_the_rung() -> None:
    ladder = Ladder(0)
    for at, loss in enumerate((8, 0, 8, 0, 8)):
        ladder.report(loss, at)
    assert ladder.rung == "top"


def test_reports_of_one_moment_count_once() -> None:
    ladder = Ladder(0)
    ladder.report(8, 1)
    ladder.report(8, 1.1)
    assert ladder.rung == "top"


def test_up_again_only_after_thirty_clean_seconds() -> None:
    ladder = Ladder(0)
    ladder.demote(0)
    clean(ladder, 1, CLEAN_SECONDS - 1)
    assert ladder.rung == "low"
    clean(ladder, 31, 2)
    assert ladder.rung == "top"


def test_a_promotion_that_did_not_hold_is_tried_later_and_later() -> None:
    ladder = Ladder(0)
    ladder.demote(0)
    clean(ladder, 1, CLEAN_SECONDS + 1)
    assert ladder.rung == "top"
    ladder.demote(40)
    clean(ladder, 41, CLEAN_SECONDS + 1)
    assert ladder.rung == "low"
    clean(ladder, 73, CLEAN_SECONDS)
    assert ladder.rung == "top"


def test_the_plan_s_cap_and_the_viewer_s_wish_bound_what_was_earned() -> None:
    ladder = Ladder(0, cap="low", wish="top")
    assert ladder.rung == "low"
    ladder.wish = "audio"
    assert ladder.rung == "audio"
    ladder.cap = "none"
    assert ladder.rung == "none"


def test_without_a_low_rung_loss_leaves_the_sound() -> None:
    ladder = Ladder(0, low_offered=False)
    ladder.demote(1)
    assert ladder.rung == "audio"
    clean(ladder, 2, CLEAN_SECONDS + 1)
    assert ladder.rung == "top"
