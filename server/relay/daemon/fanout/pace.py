"""When packets leave. Each frame goes to one viewer after the other, run by run; a large frame is spread over half its
time, so that no viewer gets it all at once and no viewer waits for another's. Between slices the loop is free: sound
and RTCP go at once.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable

import structlog

from server.core import clock
from server.relay.daemon.fanout.lane import Lane
from server.relay.daemon.fanout.link import Link, LinkLost
from server.relay.daemon.fanout.numbers import Layout
from server.relay.daemon.fanout.packets import Frame, Run
from server.relay.daemon.fanout.viewer import Viewer

log = structlog.get_logger(__name__)

SLICE = 0.0015           # seconds of work before others may go
SPREAD_FROM = 24         # packets of a frame
SPREAD_SHARE = 0.5       # of the time between two frames
LONGEST_SPREAD = 0.02
MOST_WAITING = 30        # frames; more: we are too slow, what waits is left out up to the next IDR
CATCH_UP_SPEED = 3.0     # times real time
LEAST_CATCH_UP = 20e6 / 8  # bytes a second of a joiner's first pictures
PAST_PACE = 40e6 / 8     # bytes a second, to each viewer, of pictures whose moment is over: no IDR leaves faster


def layout_groups(takers: Iterable[tuple[Viewer, Layout]]) -> dict[Layout, list[Viewer]]:
    """Viewers whose packets are alike but for the seal."""
    groups: dict[Layout, list[Viewer]] = {}
    for viewer, layout in takers:
        groups.setdefault(layout, []).append(viewer)
    return groups


def lay_out(lane: Lane, frame: Frame, run: Run, layout: Layout) -> bytes:
    """A run's packets under a layout."""
    kind, shift, stamp, stride = layout
    return run.laid_out(kind, lane.ssrc, frame.first + run.first + shift, stamp, stride)


def send_now(viewer: Viewer, run: Run, laid_out: bytes) -> None:
    """One run to one viewer; a viewer that cannot be reached is marked."""
    link: Link | None = viewer.link
    if link is None or viewer.lost:
        return
    try:
        link.send_run(run, laid_out)
    except LinkLost:
        viewer.lost = True


class Pacer:
    """Sends the frames of one lane of pictures to all viewers that take them."""

    def __init__(self, lane: Lane, viewers: Callable[[], Iterable[Viewer]]) -> None:
        self.lane = lane
        self._viewers = viewers
        self._waiting: deque[Frame] = deque()
        self._came = asyncio.Event()
        self._interval = 0.04
        self._last_pts = 0

    def put(self, frame: Frame) -> None:
        """A frame of the lane, in order."""
        if not frame.past and sum(not one.past for one in self._waiting) >= MOST_WAITING:
            self._waiting.clear()  # who missed a frame waits for the next IDR (Viewer.takes)
            log.warning("relay_fanout_behind", lane=self.lane.name)
        self._waiting.append(frame)
        self._came.set()

    async def run(self) -> None:
        """Send for ever."""
        while True:
            while self._waiting:
                await self._send(self._waiting.popleft())
            self._came.clear()
            await self._came.wait()

    async def _send(self, frame: Frame) -> None:
        between = (frame.pts90 - self._last_pts) / 90_000
        self._last_pts = frame.pts90
        if 0.005 < between < 0.2:  # noqa: PLR2004  (5 to 200 pictures a second: anything else is a jump)
            self._interval += 0.1 * (between - self._interval)
        taken = ((viewer, viewer.takes(self.lane, frame)) for viewer in self._viewers())
        groups = layout_groups((viewer, layout) for viewer, layout in taken if layout is not None)
        if not groups:
            return
        began = slice_began = clock.monotonic()
        packets, sent = len(frame.payloads), 0
        large = packets >= SPREAD_FROM and not self._waiting  # who is behind has no time to spread
        spread = min(LONGEST_SPREAD, self._interval * SPREAD_SHARE) if large else 0.0
        if frame.past:
            spread = frame.bytes / PAST_PACE
        for run in frame.runs:
            for layout, viewers in groups.items():
                laid_out = lay_out(self.lane, frame, run, layout)
                for viewer in viewers:
                    send_now(viewer, run, laid_out)
                    if clock.monotonic() - slice_began > SLICE:
                        await asyncio.sleep(0)
                        slice_began = clock.monotonic()
            sent += len(run.payloads)
            ahead = began + spread * sent / packets - clock.monotonic()
            if spread and ahead > 0.001 and (sent < packets or frame.past):  # noqa: PLR2004  (a timer is no finer)
                await asyncio.sleep(ahead)
                slice_began = clock.monotonic()


async def catch_up(viewer: Viewer, lane: Lane) -> None:
    """Give a viewer the pictures since the last IDR, faster than they were made, until it is where the others are."""
    viewer.catching_up = True
    numbers = viewer.video
    try:
        first = next(iter(lane.gop), None)
        if first is None or not viewer.profiles:
            return
        numbers.begin(lane, first.first)
        numbers.kind, numbers.rtx_kind = viewer.profiles.get(first.profile) or viewer.profiles[0]
        began, origin = clock.monotonic(), first.pts90
        pace = max(LEAST_CATCH_UP, lane.kbps * 125 * 5)
        while viewer.ready:
            frame = next_frame(lane, numbers.cursor)
            if frame is None:
                return
            if frame.first != numbers.cursor:  # a new IDR came meanwhile: go on from there
                numbers.begin(lane, frame.first)
                began, origin = clock.monotonic(), frame.pts90
            await asyncio.sleep(max(0.0, began + (frame.pts90 - origin) / 90_000 / CATCH_UP_SPEED - clock.monotonic()))
            if numbers.cursor == frame.first:
                await _send_paced(viewer, lane, frame, pace)
    finally:
        viewer.catching_up = False


def next_frame(lane: Lane, cursor: int) -> Frame | None:
    """The cached frame a viewer at `cursor` is to get; the newest IDR when the one it was at is no longer kept."""
    gop = lane.gop
    if not gop or cursor >= gop[-1].after:
        return None
    if cursor <= gop[0].first:
        return gop[0]
    low, high = 0, len(gop) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if gop[middle].first < cursor else (low, middle)
    return gop[low]


async def _send_paced(viewer: Viewer, lane: Lane, frame: Frame, pace: float) -> None:
    assert viewer.link is not None  # noqa: S101  (for mypy: catch_up asked)
    layout = viewer.video.place(frame, viewer.link.stride)
    for run in frame.runs:
        send_now(viewer, run, lay_out(lane, frame, run, layout))
        if frame.past or not run.last_in_frame:
            await asyncio.sleep(sum(map(len, run.payloads)) / pace)
