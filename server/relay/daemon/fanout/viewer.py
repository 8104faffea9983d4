"""One viewer: what it gets of the lanes, and what it says of that.

`takes` decides for each frame of each lane; everything else follows from whether the frame is the one the viewer's
cursor stands at. Video that is not taken is taken up again at an IDR; sound never waits.
"""

from dataclasses import dataclass, field
from typing import Any

from aiortc.rtp import RTCP_PSFB_FIR, RTCP_PSFB_PLI, RTCP_RTPFB_NACK, RtcpPsfbPacket, RtcpRrPacket, RtcpRtpfbPacket

from server.core import clock
from server.relay.daemon.fanout.budget import Bucket
from server.relay.daemon.fanout.feedback import Feedback, ntp_of
from server.relay.daemon.fanout.ladder import Ladder
from server.relay.daemon.fanout.lane import Lane
from server.relay.daemon.fanout.link import Link, LinkLost
from server.relay.daemon.fanout.numbers import Layout, Numbers
from server.relay.daemon.fanout.packets import Frame, packet
from server.relay.plan import Rung
from server.relay.reports import ViewerReport

MOST_NACKED = 256          # numbers of one NACK packet that are looked at
RTX_SHARE = 0.2            # of the lane's rate may go into packets sent again
RTX_LEAST = 5_000          # bytes a second, on a slow lane; at once as much as its largest picture
RESEND_SPACING = 0.01      # seconds; at least, and at least four fifths of a round trip
BUDGET_FACTOR = 2.5        # of the lane's mean rate a viewer may take
BUDGET_LEAST = 250_000     # bytes a second
BLOCKED_IN_FRAME = 8       # calls the kernel refused within one frame: the way out is full
DROPS_TO_DEMOTE = 3        # within
DROPS_WITHIN = 10.0        # seconds
PLI_SPACING = 1.0


@dataclass
class Viewer:
    """One viewer. `profiles` are the payload types it takes H.264 of a profile_idc under; 0 is any."""

    id: str
    label: str
    since: float
    ladder: Ladder
    owner: str = ""
    meeting: int = 0
    muted: bool = False
    allowed: Rung = "top"  # by the ladder, as last settled
    link: Link | None = None
    profiles: dict[int, tuple[int, int]] = field(default_factory=dict)
    video: Numbers = field(default_factory=Numbers)
    sound: Numbers = field(default_factory=Numbers)
    catching_up: bool = False
    wants_picture: bool = False  # asked for an IDR (PLI, FIR)
    last_heard: float = 0
    last_wish: float = -PLI_SPACING
    drops: int = 0
    frames: int = 0
    lost: bool = False
    _dropped_at: list[float] = field(default_factory=list)
    _blocked: int = 0
    _on_video: Feedback = field(default_factory=lambda: Feedback(90_000))
    _on_sound: Feedback = field(default_factory=lambda: Feedback(48_000))
    _budget: Bucket | None = None
    _rtx_budget: Bucket | None = None
    _rate: tuple[float, int, float] = (0, 0, 0)  # (time, bytes then, kbps)

    @property
    def ready(self) -> bool:
        """Whether packets can go out."""
        return self.link is not None and not self.lost

    def settle(self) -> None:
        """Take over what the ladder allows now."""
        self.allowed = self.ladder.rung

    @property
    def rung(self) -> Rung:
        """What it gets now."""
        if self.video.lane is not None:
            return "low" if self.video.lane.name == "low" else "top"
        return "audio" if self.allowed != "none" else "none"

    def takes(self, lane: Lane, frame: Frame) -> Layout | None:
        """Where the frame goes for this viewer, or None when it does not take it."""
        numbers = self.video
        if self.link is None or self.lost or self.catching_up or not self.profiles:
            return None
        wanted = self.allowed
        if wanted in ("audio", "none"):
            numbers.stop()
            return None
        if frame.key and lane.name == wanted:
            if numbers.lane is not lane or numbers.cursor != frame.first:
                numbers.begin(lane, frame.first)
            numbers.kind, numbers.rtx_kind = self._kinds(frame.profile)
            self.wants_picture = False
        elif numbers.lane is not lane or numbers.cursor != frame.first:
            return None
        if not self._affords(lane, frame):
            return None
        self.frames += 1
        return numbers.place(frame, self.link.stride)

    def _kinds(self, profile: int) -> tuple[int, int]:
        return self.profiles.get(profile) or self.profiles[0]

    def _affords(self, lane: Lane, frame: Frame) -> bool:
        """Whether the viewer's budget holds the frame; pictures it does not hold are left out up to the next IDR."""
        assert self.link is not None  # noqa: S101  (for mypy: takes asked)
        rate = max(BUDGET_LEAST, lane.kbps * 125 * BUDGET_FACTOR)
        depth = rate + 3 * lane.largest_frame
        if self._budget is None:
            self._budget = Bucket.full(rate, depth, frame.arrived)
        self._budget.resize(rate, depth)
        full = self.link.blocked - self._blocked > BLOCKED_IN_FRAME
        self._blocked = self.link.blocked
        if self._budget.take(frame.bytes, frame.arrived) and not (full and not frame.key):
            return True
        self._drop(frame)
        return False

    def _drop(self, frame: Frame) -> None:
        self.video.cursor = -1
        self.drops += 1
        if frame.past:
            return  # it waits for the next IDR, as all did before; that says nothing of its line
        now = frame.arrived
        self._dropped_at = [at for at in self._dropped_at if now - at < DROPS_WITHIN] + [now]
        if len(self._dropped_at) >= DROPS_TO_DEMOTE:
            self._dropped_at.clear()
            self.ladder.demote(now)
            self.settle()

    def hears(self, lane: Lane, frame: Frame) -> Layout | None:
        """Where a packet of sound goes for this viewer, or None when it gets none."""
        if self.link is None or self.lost or not self.sound.kind or self.muted or self.allowed == "none":
            return None
        if self.sound.lane is not lane or self.sound.cursor != frame.first:
            self.sound.begin(lane, frame.first)
        return self.sound.place(frame, self.link.stride)

    def heard(self, kind: str, told: Any) -> None:
        """An RTCP packet came that speaks of the stream of `kind` ("video", "audio")."""
        now = clock.monotonic()
        self.last_heard = now
        numbers = self.video if kind == "video" else self.sound
        if isinstance(told, RtcpRrPacket) or hasattr(told, "reports"):
            for report in told.reports:
                self._note(kind, report, now)
        elif isinstance(told, RtcpRtpfbPacket) and told.fmt == RTCP_RTPFB_NACK:
            self._resend(numbers, told.lost[:MOST_NACKED], now)
        elif (
            isinstance(told, RtcpPsfbPacket) and told.fmt in (RTCP_PSFB_PLI, RTCP_PSFB_FIR)
            and now - self.last_wish >= PLI_SPACING
        ):
            self.last_wish, self.wants_picture = now, True

    def _note(self, kind: str, report: Any, now: float) -> None:
        ntp_now = ntp_of(clock.realtime_ns())
        lane = self.video.lane if kind == "video" else self.sound.lane
        if lane is None or report.ssrc != lane.ssrc:
            return
        loss = (self._on_video if kind == "video" else self._on_sound).note(report, ntp_now)
        if loss is not None and (kind == "video" or self.video.lane is None):  # without pictures the sound earns them
            self.ladder.report(loss, now)
            self.settle()

    def _resend(self, numbers: Numbers, lost: list[int], now: float) -> None:
        lane = numbers.lane
        if lane is None or self.link is None:
            return
        rate, depth = max(RTX_LEAST, lane.kbps * 125 * RTX_SHARE), max(RTX_LEAST, lane.largest_frame)
        if self._rtx_budget is None:
            self._rtx_budget = Bucket.full(rate, depth, now)
        self._rtx_budget.resize(rate, depth)
        spacing = max(RESEND_SPACING, self._on_video.round_trip_ms * 0.0008)
        for seq in lost:
            found = numbers.find(seq)
            if found is None or not numbers.resend_now(found[0], now, spacing):
                continue
            if not self._rtx_budget.take(len(found[1].payload), now):
                return
            self._send_again(numbers, lane, *found)

    def _send_again(self, numbers: Numbers, lane: Lane, count: int, kept: Any, stamp: int) -> None:
        assert self.link is not None  # noqa: S101  (for mypy: _resend asked)
        if numbers.rtx_kind:  # RFC 4588: a stream of its own, the first number before the payload
            payload = (count & 0xFFFF).to_bytes(2, "big") + kept.payload
            plain = packet(numbers.rtx_kind, numbers.rtx_next, stamp, lane.rtx_ssrc, payload, marker=kept.marker)
            numbers.rtx_next += 1
        else:
            plain = packet(numbers.kind, count, stamp, lane.ssrc, kept.payload, marker=kept.marker)
        try:
            self.link.send_packet(plain)
        except LinkLost:
            self.lost = True

    def report(self, now: float) -> ViewerReport:
        """How it fares."""
        at, sent, kbps = self._rate
        total = self.link.sent_bytes if self.link else 0
        if now - at >= 0.9:  # noqa: PLR2004  (once a second; two askers in one second see the same)
            kbps = (total - sent) * 8 / 1000 / (now - at) if at else 0
            self._rate = (now, total, kbps)
        main = self._on_video if self.video.lane is not None else self._on_sound
        return ViewerReport(
            id=self.id, label=self.label, rung=self.rung, loss_percent=round(main.loss_percent, 1),
            jitter_ms=round(main.jitter_ms, 1), round_trip_ms=round(main.round_trip_ms, 1), kbps=int(kbps),
            since_ms=int((now - self.since) * 1000), drops=self.drops, frames=self.frames,
        )
