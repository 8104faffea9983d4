"""Numbers: a viewer's sequence numbers have no holes, whatever is left out or changed, and lead back to packets."""

import random

from hypothesis import given
from hypothesis import strategies as st

from server.relay.daemon.fanout.lane import KEPT_PACKETS, Lane
from server.relay.daemon.fanout.numbers import HALF, Numbers
from server.relay.daemon.fanout.pace import next_frame
from server.relay.daemon.fanout.packets import Frame
from server.relay.daemon.units import Flag, Track, Unit


def lane(name: str = "top", begin: int = 0) -> Lane:
    return Lane(name, Track.VIDEO, 1, 2, 0, next_count=begin)


def feed(to: Lane, seq: int, *, key: bool = False, size: int = 100, pts90: int | None = None) -> Frame:
    nal = (b"\x65" if key else b"\x41") + b"\x7f" * size
    unit = Unit(Track.VIDEO, Flag.KEY if key else Flag.NONE, 1, seq, 3600 * seq if pts90 is None else pts90, 0,
                b"\0\0\0\1" + nal)
    frame = to.take(unit, seq / 25)
    assert frame is not None
    return frame


def numbered(numbers: Numbers, frame: Frame) -> list[int]:
    _, shift, _, _ = numbers.place(frame, 1216)
    return [(frame.first + shift + index) & 0xFFFF for index in range(len(frame.payloads))]


def test_numbers_go_on_without_a_hole_over_dropped_pictures_and_another_rung() -> None:
    top, low, mine = lane(), lane("low", 5000), Numbers()
    mine.begin(top, 0)
    seen = numbered(mine, feed(top, 0, key=True, size=4000))
    seen += numbered(mine, feed(top, 1))
    feed(top, 2)  # dropped
    again = feed(top, 3, key=True)
    mine.begin(top, again.first)
    seen += numbered(mine, again)
    other = feed(low, 0, key=True, size=2500, pts90=4 * 3600)
    mine.begin(low, other.first)
    seen += numbered(mine, other)
    assert seen == list(range(seen[0], seen[0] + len(seen)))


@given(st.integers(0, 1 << 40))
def test_the_first_number_lies_in_the_lower_half_wherever_the_lane_is(begin: int) -> None:
    mine = Numbers()
    mine.begin(lane(begin=begin), begin)
    assert 0 <= mine.next < HALF


def test_a_number_asked_again_leads_to_its_packet_also_across_a_change_of_rung() -> None:
    top, low, mine = lane(begin=70_000), lane("low"), Numbers()
    mine.begin(top, 70_000)
    before = feed(top, 0, key=True, size=3000)
    first = numbered(mine, before)
    after = feed(low, 0, key=True, pts90=3600)
    mine.begin(low, after.first)
    second = numbered(mine, after)
    for number, payload in zip(first + second, before.payloads + after.payloads, strict=True):
        found = mine.find(number)
        assert found is not None
        assert found[1].payload == payload
    assert mine.find((second[-1] + 1) & 0xFFFF) is None


def test_a_packet_that_is_no_longer_kept_is_not_found() -> None:
    top, mine = lane(), Numbers()
    mine.begin(top, 0)
    old = numbered(mine, feed(top, 0, key=True))
    for seq in range(1, KEPT_PACKETS + 2):
        numbered(mine, feed(top, seq))
    assert mine.find(old[0]) is None


def test_timestamps_never_go_back_when_a_rung_lags_behind() -> None:
    top, low, mine = lane(), lane("low"), Numbers()
    mine.begin(top, 0)
    stamps = [mine.place(feed(top, seq, key=not seq), 1216)[2] for seq in range(3)]
    mine.begin(low, 0)
    stamps += [mine.place(feed(low, seq, key=not seq, pts90=3600 * (seq + 1)), 1216)[2] for seq in range(4)]
    assert stamps == sorted(set(stamps))
    assert stamps[-1] == 4 * 3600


def test_hostile_numbers_find_nothing_or_a_packet_of_ours() -> None:
    top, mine = lane(), Numbers()
    assert mine.find(5) is None
    mine.begin(top, 0)
    numbered(mine, feed(top, 0, key=True))
    for _ in range(2000):
        found = mine.find(random.randrange(1 << 16))
        assert found is None or found[1].count < top.next_count


def test_a_joiner_is_given_the_pictures_since_the_last_idr_in_order() -> None:
    top = lane()
    frames = [feed(top, seq, key=seq % 4 == 0) for seq in range(7)]
    assert [one.first for one in top.gop] == [one.first for one in frames[4:]]
    assert next_frame(top, 0) is top.gop[0]
    assert next_frame(top, frames[5].first) is frames[5]
    assert next_frame(top, frames[6].after) is None


def test_after_a_hole_nothing_is_sent_up_to_the_next_idr() -> None:
    top = lane()
    feed(top, 0, key=True)
    late = Unit(Track.VIDEO, Flag.NONE, 1, 2, 7200, 0, b"\0\0\0\1\x41\x01")
    assert top.take(late, 0.1) is None
    assert feed(top, 3, key=True).first == 1
