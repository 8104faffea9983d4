"""What a viewer's reports are taken for."""

import pytest
from aiortc.rtp import RtcpReceiverInfo, RtcpRrPacket

from server.relay.daemon.fanout.feedback import LEAST_PACKETS, Feedback
from server.relay.daemon.fanout.ladder import Ladder
from server.relay.daemon.fanout.lane import Lane
from server.relay.daemon.fanout.viewer import Viewer
from server.relay.daemon.units import Track

SOUND = 77


def report(highest: int, lost: float = 0, ssrc: int = SOUND) -> RtcpReceiverInfo:
    return RtcpReceiverInfo(
        ssrc=ssrc, fraction_lost=int(lost * 256), packets_lost=0, highest_sequence=highest, jitter=0, lsr=0, dlsr=0
    )


def test_one_packet_of_a_small_report_is_not_a_share() -> None:
    heard = Feedback(90_000)
    said = [heard.note(report(highest, 0.2 if highest == 20 else 0), 0) for highest in range(0, LEAST_PACKETS + 5, 5)]
    assert said[:-1] == [None] * (len(said) - 1)
    assert said[-1] == pytest.approx(1.0, abs=0.05)  # one of a hundred, though it was a fifth of its report


def test_a_large_report_counts_at_once_and_numbers_that_begin_anew_count_for_nothing() -> None:
    heard = Feedback(90_000)
    heard.note(report(1000), 0)
    assert heard.note(report(1200, 0.5), 0) == 50
    assert heard.note(report(3, 0.9), 0) is None
    assert heard.note(report(203), 0) == 0


def test_a_viewer_that_was_left_with_sound_earns_its_picture_by_the_sound_s_reports() -> None:
    viewer = Viewer("fanout-0.aa", "wall-1", 0, Ladder(0, earned="audio", wait=0, changed_at=1))
    viewer.settle()
    viewer.sound.begin(Lane("audio", Track.AUDIO, SOUND, SOUND + 1, 0), 0)
    assert viewer.allowed == "audio"
    for turn in range(3):
        viewer.ladder.last_report = -10
        viewer.heard("audio", RtcpRrPacket(ssrc=1, reports=[report(turn * LEAST_PACKETS)]))
    assert viewer.allowed == "low"
