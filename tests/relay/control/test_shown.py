"""Names of sites on the board: short enough for the topic, and still told apart."""

from hypothesis import given
from hypothesis import strategies as st

from server.relay.shown import LONGEST_NAME, short


def test_a_long_name_keeps_what_tells_it_from_its_neighbours() -> None:
    names = [f"Điểm cầu Đảng ủy xã Mẫu Sơn Thượng {number}" for number in range(1, 12)]
    assert len({short(name) for name in names}) == len(names)
    assert short("Điểm cầu Xã Mẫu Một") == "Xã Mẫu Một"


@given(st.text(max_size=200))
def test_no_name_takes_more_room_than_it_has(name: str) -> None:
    assert len(short(name).encode()) <= LONGEST_NAME
