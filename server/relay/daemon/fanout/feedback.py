"""What a viewer says of what it gets: RTCP reports (RFC 3550 §6.4), kept as the figures of reports.ViewerReport."""

from dataclasses import dataclass

from aiortc.rtp import RtcpReceiverInfo

NTP_1900 = 2_208_988_800  # seconds from 1900 to 1970
SLOWEST_TRIP = 10.0
SMOOTH = 0.7
LEAST_PACKETS = 100  # a share of fewer is chance: one packet of a low rung's report can be a fifth of it


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
    _highest: int | None = None
    _expected: int = 0
    _lost: float = 0

    def note(self, report: RtcpReceiverInfo, ntp_now: int) -> float | None:
        """Take a report in; returns the loss of the last LEAST_PACKETS or more, in percent, None before that."""
        self.jitter_ms = report.jitter * 1000 / self.rate
        if report.lsr:
            trip = (((ntp_now >> 16) - report.lsr - report.dlsr) & 0xFFFFFFFF) / 65536
            if trip < SLOWEST_TRIP:
                self.round_trip_ms = trip * 1000
        return self._loss(report)

    def _loss(self, report: RtcpReceiverInfo) -> float | None:
        before, self._highest = self._highest, report.highest_sequence
        expected = (report.highest_sequence - before) & 0xFFFFFFFF if before is not None else 0
        if expected > 0xFFFF:  # noqa: PLR2004  (not a step forward: the numbers began anew)
            return None
        self._expected += expected
        self._lost += expected * report.fraction_lost / 256
        if self._expected < LEAST_PACKETS:
            return None
        lost = self._lost * 100 / self._expected
        self._expected, self._lost = 0, 0
        self.loss_percent = lost if lost > self.loss_percent else SMOOTH * self.loss_percent + (1 - SMOOTH) * lost
        return lost
