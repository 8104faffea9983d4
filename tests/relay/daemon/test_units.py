"""Access units on the wire: what is sent comes back the same, and nothing else comes back at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.relay.daemon.streams import Gaps
from server.relay.daemon.units import HEADER_BYTES, BadUnit, Flag, Track, Unit


def unit(seq: int, *, key: bool = False, epoch: int = 1, track: Track = Track.VIDEO) -> Unit:
    return Unit(track, Flag.KEY if key else Flag.NONE, epoch, seq, seq * 3600, 0, b"x")


UNITS = st.builds(
    Unit, st.sampled_from(Track), st.integers(0, 3).map(Flag), st.integers(0, 2**32 - 1), st.integers(0, 2**63),
    st.integers(0, 2**63), st.integers(0, 2**63), st.binary(max_size=2000), st.integers(0, 4096), st.integers(0, 4096),
)


@given(UNITS)
def test_a_unit_comes_back_as_it_was_sent(sent: Unit) -> None:
    frames = sent.frames("3/program")
    assert frames[0] == b"3/program|"
    assert Unit.parse(frames) == sent


@given(st.lists(st.binary(max_size=60), max_size=4))
def test_a_message_that_is_no_unit_is_refused_in_one_way(frames: list[bytes]) -> None:
    try:
        parsed = Unit.parse(frames)
    except BadUnit:
        return
    assert len(frames[1]) == HEADER_BYTES
    assert parsed.payload == frames[2]


@pytest.mark.parametrize("place", [0, 1])
def test_another_version_or_track_is_refused(place: int) -> None:
    frames = unit(0).frames("1/low")
    header = bytearray(frames[1])
    header[place] = 99
    with pytest.raises(BadUnit):
        Unit.parse([frames[0], bytes(header), frames[2]])


def test_pictures_before_the_first_idr_are_not_taken() -> None:
    gaps = Gaps()
    assert [gaps.take(unit(seq, key=seq == 3)) for seq in range(5)] == [False, False, False, True, True]


def test_after_a_hole_pictures_wait_for_the_next_idr_and_sound_does_not() -> None:
    gaps = Gaps()
    assert gaps.take(unit(0, key=True))
    assert not gaps.take(unit(2))
    assert gaps.take(unit(7, track=Track.AUDIO))
    assert gaps.take(unit(9, track=Track.AUDIO))
    assert not gaps.take(unit(3))
    assert gaps.take(unit(4, key=True))
    assert gaps.holes == 1


def test_a_unit_that_comes_twice_or_from_an_older_publisher_is_dropped() -> None:
    gaps = Gaps()
    assert gaps.take(unit(0, key=True, epoch=2))
    assert not gaps.take(unit(0, key=True, epoch=2))
    assert not gaps.take(unit(9, key=True, epoch=1))


def test_a_new_publisher_begins_with_its_first_idr() -> None:
    gaps = Gaps()
    assert gaps.take(unit(40, key=True, epoch=1))
    assert not gaps.take(unit(0, epoch=2))
    assert gaps.take(unit(1, key=True, epoch=2))
