"""When a recording warns, stops and begins again: whatever budget and disk are."""

from hypothesis import given
from hypothesis import strategies as st

from server.relay.daemon.recorder.room import Room

MB = st.floats(0, 100_000)
ROOMS = st.builds(Room, used=MB, budget=st.floats(100, 100_000), free=MB, least_free=st.floats(1, 10_000))


@given(ROOMS)
def test_it_warns_before_it_stops_and_does_not_begin_where_it_would_stop_at_once(room: Room) -> None:
    if room.full:
        assert room.trouble
        assert not room.again
    if room.again:
        more = room.budget * 0.049
        assert not Room(room.used + more, room.budget, room.free - room.least_free * 0.4, room.least_free).full


def test_figures() -> None:
    assert Room(used=99, budget=100, free=9_000, least_free=500).trouble == "budget"
    assert Room(used=100, budget=100, free=9_000, least_free=500).full == "budget"
    assert Room(used=10, budget=100, free=499, least_free=500).full == "disk"
    assert Room(used=10, budget=100, free=1_999, least_free=500).trouble == "disk"
    assert [Room(10, 100, free, 500).again for free in (501, 749, 750)] == [False, False, True]
    assert [Room(used, 100, 9_000, 500).again for used in (99, 95, 94.9)] == [False, False, True]
    assert Room(used=10, budget=100, free=2_000, least_free=500).trouble == ""
