"""A site's figures and its verdict: the limits of the table one by one, and what holds of every test."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from server.relay.readiness.figures import Figures, Rehearsal
from server.relay.readiness.thresholds import Item, Thresholds, centre_needs_kbps, shipped
from server.relay.readiness.verdict import Letter, amount, in_words, judge
from tests.relay.readiness.good import ROOM, good, rung


def letter(figures: Figures, **more: Any) -> str:
    return judge(figures, **more).letter.value


def failed(figures: Figures) -> list[str]:
    return [one.key for one in judge(figures).reasons]


def test_a_site_without_a_fault_gets_the_top_rung_and_the_floor() -> None:
    verdict = judge(good())
    assert (verdict.letter, verdict.may_speak, verdict.reasons, verdict.to_fix) == (Letter.A, True, (), ())


@pytest.mark.parametrize("key", ["down", "up"])
@pytest.mark.parametrize(
    ("kbps", "expected"), [(3600, "A"), (3599, "B"), (700, "B"), (699, "C"), (100, "C"), (99, "D"), (None, "D")]
)
def test_bandwidth_both_ways_decides_the_rung(key: str, kbps: int | None, expected: str) -> None:
    assert letter(good(**{key: kbps})) == expected


@pytest.mark.parametrize(("kbps", "expected"), [(2400, "A"), (2399, "B")])
def test_a_conference_in_720_asks_less_of_the_line(kbps: int, expected: str) -> None:
    assert letter(good(down=kbps), top="720p") == expected


@pytest.mark.parametrize(
    ("worse", "expected"),
    [
        ({"loss": 100}, "A"), ({"loss": 101}, "B"), ({"jitter": 40}, "A"), ({"jitter": 41}, "B"),
        ({"round_trip": 150}, "A"), ({"round_trip": 151}, "B"), ({"decoded": 9500}, "A"), ({"decoded": 9499}, "B"),
        ({"freezes": 1}, "B"), ({"loss": None}, "B"),
    ],
)
def test_each_limit_of_the_top_rehearsal_stands_exactly_where_the_table_says(
    worse: dict[str, int | None], expected: str
) -> None:
    assert letter(good(top=rung(**worse))) == expected


def test_a_line_that_carries_no_pictures_may_carry_sound() -> None:
    bad = rung(loss=400, decoded=2000, freezes=5)
    assert letter(good(top=bad, low=bad)) == "C"
    assert letter(good(top=bad, low=bad, audio=rung(loss=501))) == "D"


def test_a_rung_that_was_not_rehearsed_is_not_given() -> None:
    assert letter(good(top=None)) == "B"
    assert letter(good(top=None, low=None, audio=None)) == "D"
    assert letter(Figures()) == "D"


def test_without_loudspeakers_a_site_is_refused_and_without_a_screen_it_hears() -> None:
    assert letter(good(speakers=False)) == "D"
    assert letter(good(speakers=None)) == "D"
    assert letter(good(screen=False)) == "C"
    assert failed(good(screen=False)) == ["screen"]


@pytest.mark.parametrize("key", ["microphone", "camera", "echo", "no_hdcp"])
def test_a_room_that_cannot_be_heard_or_seen_well_watches_without_the_floor(key: str) -> None:
    verdict = judge(good(**{key: False}))
    assert (verdict.letter, verdict.may_speak, [one.key for one in verdict.to_fix]) == (Letter.A, False, [key])


@pytest.mark.parametrize(
    ("key", "value"),
    [("second_path", False), ("failover_s", 31), ("ups_min", 29), ("technician", False), ("phone_tree", False),
     ("antivirus", False), ("clock_off_ms", 1001)],
)
def test_what_is_left_to_fix_does_not_keep_a_site_out(key: str, value: int | bool) -> None:
    verdict = judge(good(**{key: value}))
    assert (verdict.letter, verdict.may_speak) == (Letter.A, True)
    assert [one.key for one in verdict.to_fix] == [one.key for one in verdict.reasons] == [key]


def test_reasons_name_the_rung_above_the_one_it_got_and_say_what_to_do() -> None:
    verdict = judge(good(down=1500, top=rung(loss=900, freezes=3)))
    said = {one.key: in_words(one) for one in verdict.reasons}
    assert set(said) == {"down", "loss", "freezes"}
    assert said["down"].why.vi == "nhận được 1,5 Mb/s, cần 3,6 Mb/s"
    assert said["loss"].why.vi == "mất 9 % số gói, cho phép 1 %"
    assert said["freezes"].why.en == "the picture froze 3 times, 0 times are allowed"
    assert said["down"].name.vi == "Băng thông nhận (hình 1080)"
    for reason in said.values():
        assert reason.do.vi
        assert reason.do.en
        assert reason.source.vi
        assert reason.source.en


def test_every_item_has_words_in_both_languages_for_every_rung() -> None:
    for finding in judge(Figures()).findings:
        reason = in_words(finding)
        assert "chưa kiểm tra" in reason.why.vi
        assert reason.do.vi.endswith(".")
        assert reason.source.en
    for finding in judge(good(**{name: 0 for name in ROOM if name not in ("failover_s", "clock_off_ms")})).findings:
        assert "{" not in in_words(finding).why.vi


@pytest.mark.parametrize(
    ("number", "unit", "vi", "en"),
    [(3599, "kb/s", "3,59 Mb/s", "3.59 Mb/s"), (999, "kb/s", "999 kb/s", "999 kb/s"), (9999, "%", "99,99 %", "99.99 %"),
     (5, "%", "0,05 %", "0.05 %"), (1000, "ms", "1.000 ms", "1,000 ms")],
)
def test_figures_are_written_the_way_of_the_language(number: int, unit: Any, vi: str, en: str) -> None:
    assert (amount(number, unit), amount(number, unit, "en")) == (vi, en)


def test_a_figure_is_never_rounded_to_the_better_side_of_its_limit() -> None:
    assert amount(3599, "kb/s") != amount(3600, "kb/s")


def test_a_fan_out_point_needs_a_fifth_more_than_its_sites_together() -> None:
    assert centre_needs_kbps({"1080p": 1}) == 3600
    assert centre_needs_kbps({"1080p": 100, "low": 20}) == 372_000
    assert centre_needs_kbps({}) == 0


def test_a_table_whose_better_rung_asks_less_is_refused() -> None:
    item = shipped().item("down")
    wrong = item.model_dump() | {"limits": {**item.limits, "1080p": 500}}
    with pytest.raises(ValidationError, match="asks less"):
        Item.model_validate(wrong)


def test_a_table_that_names_no_source_is_refused() -> None:
    plain = shipped().model_dump()
    plain["items"][0]["sources"]["low"] = "somebody said so"
    with pytest.raises(ValidationError, match="source"):
        Thresholds.model_validate(plain)


REHEARSALS = st.none() | st.builds(
    Rehearsal, loss=st.none() | st.integers(0, 800), jitter=st.none() | st.integers(0, 120),
    round_trip=st.none() | st.integers(0, 900), decoded=st.none() | st.integers(9000, 10_000),
    freezes=st.none() | st.integers(0, 2),
)
YES = st.none() | st.booleans()
FIGURES = st.builds(
    Figures, down=st.none() | st.integers(0, 5000), up=st.none() | st.integers(0, 5000), top=REHEARSALS,
    low=REHEARSALS, audio=REHEARSALS, clock_off_ms=st.none() | st.integers(0, 2000), screen=YES, speakers=YES,
    microphone=YES, camera=YES, echo=YES, no_hdcp=YES, second_path=YES, failover_s=st.none() | st.integers(0, 60),
    ups_min=st.none() | st.integers(0, 60), technician=YES, phone_tree=YES, antivirus=YES,
)


def worsened(value: Any, better: str, draw: Any) -> Any:
    """A figure that is at most as good: a worse number, or none at all."""
    if value is None or draw(st.integers(0, 5)) == 0:
        return None
    if isinstance(value, bool):
        return value and draw(st.booleans())
    return max(0, value - draw(st.integers(0, 1000))) if better == "more" else value + draw(st.integers(0, 1000))


@given(st.data(), FIGURES, st.sampled_from(["1080p", "720p"]))
def test_no_figure_that_gets_worse_makes_a_verdict_better(data: Any, before: Figures, top: Any) -> None:
    """Letter, floor and the number of things to fix: none of them ever improves."""
    better = {item.key: item.better for item in shipped().items}
    after = before.model_copy(update={
        name: worsened(getattr(before, name), better[name], data.draw)
        for name in Figures.model_fields if name in better and data.draw(st.booleans())
    })
    for name in ("top", "low", "audio"):
        heard = getattr(after, name)
        if heard is not None:
            worse = {key: worsened(getattr(heard, key), better[key], data.draw)
                     for key in ("loss", "jitter", "round_trip", "decoded", "freezes")}
            after = after.model_copy(update={name: heard.model_copy(update=worse)})
    one, two = judge(before, top), judge(after, top)
    assert one.letter <= two.letter
    assert one.may_speak >= two.may_speak
    assert {found.key for found in one.to_fix} <= {found.key for found in two.to_fix}
    assert judge(before, top) == one, "the same figures get the same verdict"


@given(FIGURES)
def test_every_verdict_but_a_clean_one_has_a_reason(figures: Figures) -> None:
    verdict = judge(figures)
    assert (verdict.letter is Letter.A and verdict.may_speak and not verdict.to_fix) == (not verdict.reasons)


HEARD = {"echo_heard": True, "echo_ms": 45, "echo_raw_db": 22, "echo_loss_db": 52}


def test_a_measured_echo_takes_the_place_of_the_technicians_word() -> None:
    good_echo = judge(good(echo=None, **HEARD))
    assert (good_echo.letter, good_echo.may_speak, good_echo.to_fix) == (Letter.A, True, ())
    assert judge(good(echo=False, **HEARD)).may_speak, "what was measured counts"
    assert not judge(good(echo=None)).may_speak, "without a measure the question must be answered"


@pytest.mark.parametrize(
    ("changed", "key", "speaks"),
    [({"echo_heard": False, "echo_ms": None, "echo_loss_db": None}, "echo_heard", False),
     ({"echo_loss_db": 34}, "echo_loss_db", False), ({"echo_loss_db": None}, "echo_loss_db", False),
     ({"echo_ms": 301}, "echo_ms", True)],
)
def test_a_bad_echo_takes_the_floor_and_a_late_one_is_left_to_fix(
    changed: dict[str, int | bool | None], key: str, speaks: bool
) -> None:
    verdict = judge(good(**{**HEARD, **changed}))
    assert (verdict.letter, verdict.may_speak, [one.key for one in verdict.to_fix]) == (Letter.A, speaks, [key])
    assert in_words(verdict.to_fix[0]).do.vi


def test_an_echo_is_told_in_decibels() -> None:
    (found,) = judge(good(**{**HEARD, "echo_loss_db": 20})).to_fix
    assert in_words(found).why.vi == "tiếng vọng chỉ nhỏ đi 20 dB, cần 35 dB"
