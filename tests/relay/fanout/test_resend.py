"""Packets sent again: never more than a share of what is sent anyway, or a narrow line would carry nothing else."""

from typing import Any

from server.relay.daemon.fanout.ladder import Ladder
from server.relay.daemon.fanout.viewer import RTX_LEAST, RTX_SHARE, Viewer
from tests.relay.fanout.test_numbers import feed, lane

SPACING = 0.05  # seconds between two words of a viewer that lost everything


class Counted:
    """A way out that counts the bytes of single packets."""

    def __init__(self) -> None:
        self.sent = 0

    def send_packet(self, plain: bytes) -> None:
        self.sent += len(plain)


def sent_again(kbps: float, seconds: float) -> tuple[int, int]:
    """Bytes sent again to a viewer that asks for all it was sent, and the largest picture's."""
    link: Any = Counted()
    viewer, pictures = Viewer("1", "wall-1", 0, Ladder(0), link=link), lane("low")
    pictures.kbps = kbps
    numbers = viewer.video
    numbers.kind, numbers.rtx_kind = 96, 97
    frame = feed(pictures, 0, key=True, size=20_000)
    numbers.begin(pictures, frame.first)
    numbers.place(frame, 1216)
    for turn in range(int(seconds / SPACING)):
        viewer._resend(numbers, list(range(numbers.next - len(frame.payloads), numbers.next)), turn * SPACING)
    return link.sent, frame.bytes


def test_a_viewer_that_loses_everything_is_sent_a_fifth_of_the_rate_again() -> None:
    sent, largest = sent_again(2000, 10)
    allowed = 2000 * 125 * RTX_SHARE * 10 + largest
    assert 0.9 * allowed < sent < 1.05 * allowed  # headers of RTP come to what is counted


def test_on_a_slow_lane_it_is_no_more_than_the_line_can_bear() -> None:
    sent, largest = sent_again(100, 10)
    assert sent < (RTX_LEAST * 10 + largest) * 1.05
    assert (sent - largest) * 8 / 10 < 0.5 * 100_000


def test_a_whole_picture_is_sent_again_at_once() -> None:
    sent, largest = sent_again(250, SPACING)
    assert sent >= largest
