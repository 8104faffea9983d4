"""What a viewer says of what it gets: RTCP reports (RFC 3550 §6.4), kept as the figures of reports.ViewerReport."""

from dataclasses import dataclass

from aiortc.rtp import RtcpReceiverInfo

NTP_1900 = 2_208_988_800  # seconds from 1900 to 1970
SLOWEST_TRIP = 10.0
SMOOTH = 0.7


def ntp_of(realtime_ns: int) -> int:
    """The 64-bit NTP timestamp (RFC 3550 §4) of CLOCK_REALTIME."""
    seconds, rest = divmod(realtime_ns, 1_000_000_000)
    return ((seconds + NTP_1900) << 32) | (rest << 32) // 1_000_000_000


@dataclass
class Feedback:
    """Figures of one of the viewer's streams. `rate` is its RTP clock in Hz."""

    rate: int
    loss_percent: float = 0
    jitter_ms: float = 0
    round_trip_ms: float = 0

    def note(self, report: RtcpReceiverInfo, ntp_now: int) -> float:
        """Take a report in; returns the loss since the report before, in percent."""
        lost = report.fraction_lost * 100 / 256
        self.loss_percent = lost if lost > self.loss_percent else SMOOTH * self.loss_percent + (1 - SMOOTH) * lost
        self.jitter_ms = report.jitter * 1000 / self.rate
        if report.lsr:
            trip = (((ntp_now >> 16) - report.lsr - report.dlsr) & 0xFFFFFFFF) / 65536
            if trip < SLOWEST_TRIP:
                self.round_trip_ms = trip * 1000
        return lost
