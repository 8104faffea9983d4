"""The numbers one viewer sees on one RTP stream: without holes, whatever rung it is on and whatever was left out.

A lane counts its packets for all viewers. A viewer's sequence number is that count plus a shift of its own, which
changes only where it begins anew: at an IDR of another rung, or after pictures were dropped. Most viewers share one
shift, so most packets are laid out once for all.
"""

from collections import deque
from dataclasses import dataclass, field

from server.relay.daemon.fanout.lane import Kept, Lane
from server.relay.daemon.fanout.packets import Frame

HALF = 0x8000
STEP = 90            # 1 ms: between pictures whose time has gone by
RESENT_KEPT = 512
Layout = tuple[int, int, int, int]
"""(payload type, shift mod 65536, RTP timestamp, stride): what a laid-out run depends on."""


@dataclass(slots=True)
class Span:
    """From the viewer's count `begin` on, packets are those of `lane` with `shift` added."""

    begin: int
    lane: Lane
    shift: int


@dataclass
class Numbers:
    """One viewer's line of sequence numbers and timestamps. `kind` and `rtx_kind` are payload types; 0: none."""

    kind: int = 0
    rtx_kind: int = 0
    lane: Lane | None = None
    shift: int = 0
    cursor: int = -1      # the lane's count of the packet that would follow
    next: int = -1        # the viewer's own count of the packet that follows
    stamp: int = 0        # of the last frame
    started: bool = False
    spans: deque[Span] = field(default_factory=lambda: deque(maxlen=6))
    restamped: dict[int, int] = field(default_factory=dict)
    resent: dict[int, float] = field(default_factory=dict)
    rtx_next: int = 1
    packets: int = 0
    octets: int = 0

    def begin(self, lane: Lane, first: int) -> None:
        """Go on with the lane's packet of count `first`."""
        if not self.started:  # in the lower half: a wrap-round in the first packets would leave SRTP's two ends apart
            self.next = first % HALF
            self.started = True
        self.lane, self.shift, self.cursor = lane, self.next - first, first
        self.spans.append(Span(self.next, lane, self.shift))

    def stop(self) -> None:
        """Take nothing until `begin`."""
        self.lane = None
        self.cursor = -1

    def place(self, frame: Frame, stride: int) -> Layout:
        """Where this frame goes; the viewer counts it as sent. Timestamps never go back."""
        stamp = frame.stamp
        if self.packets and (stamp - self.stamp - 1) & 0xFFFFFFFF >= HALF << 16:
            stamp = (self.stamp + STEP) & 0xFFFFFFFF
            self._restamp(frame, stamp)
        self.stamp = stamp
        self.cursor = frame.after
        self.next = frame.after + self.shift
        self.packets += len(frame.payloads)
        self.octets += frame.bytes
        return (self.kind, self.shift & 0xFFFF, stamp, stride)

    def _restamp(self, frame: Frame, stamp: int) -> None:
        self.restamped[frame.stamp] = stamp
        while len(self.restamped) > 64:  # noqa: PLR2004  (those that can still be asked again, roughly)
            del self.restamped[next(iter(self.restamped))]

    def find(self, seq: int) -> tuple[int, Kept, int] | None:
        """The viewer's count, the packet and its timestamp here, of a number asked again; None when it is gone."""
        if self.next < 0:
            return None
        count = self.next - ((self.next - seq) & 0xFFFF)
        for span in reversed(self.spans):
            if count >= span.begin:
                kept = span.lane.find(count - span.shift)
                return (count, kept, self.restamped.get(kept.stamp, kept.stamp)) if kept else None
        return None

    def resend_now(self, count: int, now: float, spacing: float) -> bool:
        """Whether the packet was not sent again within the last `spacing` seconds; notes that it is now."""
        if now - self.resent.get(count, -spacing) < spacing:
            return False
        self.resent.pop(count, None)
        self.resent[count] = now
        if len(self.resent) > RESENT_KEPT:
            del self.resent[next(iter(self.resent))]
        return True
