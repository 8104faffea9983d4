"""A conference in a fan-out process: its lanes, its viewers, and the clock that keeps picture and sound together."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import structlog
from aiortc.rtp import RtcpSenderInfo

from server.core import clock
from server.core.errors import Refused
from server.relay.daemon.fanout import pace
from server.relay.daemon.fanout.feed import Feed
from server.relay.daemon.fanout.feedback import ntp_of
from server.relay.daemon.fanout.ladder import Ladder
from server.relay.daemon.fanout.lane import Lane
from server.relay.daemon.fanout.numbers import Layout
from server.relay.daemon.fanout.peer import CONNECT_WITHIN, Peer
from server.relay.daemon.fanout.viewer import Viewer
from server.relay.daemon.guest import Guest
from server.relay.daemon.streams import stream_name
from server.relay.daemon.units import Track, Unit
from server.relay.plan import ConferencePlan, Rung

log = structlog.get_logger(__name__)

MOST_VIEWERS = 400     # of one process
MOST_OF_LABEL = 200    # of them: a building's screens, or a hostile one's
MOST_OF_OWNER = 8      # of them: a page that was loaded again and again
SILENCE = 12.0         # seconds without a word by RTCP: the viewer is gone
TICK = 0.25
SOON = 4.0             # seconds in which a viewer is told each second how picture and sound lie in time
SELDOM = 3             # seconds between such words afterwards
CLOCK_DRIFT = 0.002    # how much of a later arrival the media clock follows

Happened = Callable[[str, int, dict[str, str | float]], Awaitable[None]]


class Hub:
    """`happened` is told of demotions and promotions; `wish` asks for an IDR of a stream."""

    def __init__(
        self, plan: ConferencePlan, folder: Path, happened: Happened, wish: Callable[[str], Awaitable[None]],
    ) -> None:
        self.plan = plan
        self.peers: dict[str, Peer] = {}
        self._happened = happened
        self._wish = wish
        self._cname = secrets.token_hex(8)
        video, sound = self._ssrcs = [(secrets.randbits(31) | 1, secrets.randbits(31) | 1) for _ in range(2)]
        base = secrets.randbits(32)
        self.top = Lane("top", Track.VIDEO, *video, base)
        self.low = Lane("low", Track.VIDEO, *video, base)
        self.sound = Lane("audio", Track.AUDIO, *sound, secrets.randbits(32))
        self.pacers = {lane.name: pace.Pacer(lane, self._viewers) for lane in (self.top, self.low)}
        self._streams = {stream_name(plan.id, "program"): self.top, stream_name(plan.id, "low"): self.low}
        self._feed = Feed(folder, tuple(self._streams), self._take)
        self._media_clock: float | None = None  # seconds of CLOCK_REALTIME at pts90 0
        self._tasks: set[asyncio.Task[None]] = set()

    def _viewers(self) -> list[Viewer]:
        return [peer.viewer for peer in self.peers.values()]

    async def run(self) -> None:
        """Serve until cancelled."""
        self._feed.open()
        try:
            await asyncio.gather(self._watch(), self._tell(), *(pacer.run() for pacer in self.pacers.values()))
        finally:
            self._feed.close()
            await asyncio.gather(*(peer.close() for peer in self.peers.values()), return_exceptions=True)

    def _take(self, stream: str, unit: Unit) -> None:
        lane = self._streams[stream]
        if unit.track is Track.VIDEO:
            frame = lane.take(unit, clock.monotonic())
            if frame is not None:
                self.pacers[lane.name].put(frame)
        elif lane is self.top:
            self._sound(unit)
        if lane is self.top:
            self._note_clock(unit)

    def _sound(self, unit: Unit) -> None:
        frame = self.sound.take(unit, clock.monotonic())
        if frame is None:
            return
        made: dict[Layout, bytes] = {}
        run = frame.runs[0]
        for peer in self.peers.values():
            viewer = peer.viewer
            layout = viewer.hears(self.sound, frame)
            if layout is not None:
                if layout not in made:
                    made[layout] = pace.lay_out(self.sound, frame, run, layout)
                pace.send_now(viewer, run, made[layout])

    def _note_clock(self, unit: Unit) -> None:
        begin = clock.realtime_ns() / 1e9 - unit.pts90 / 90_000
        if self._media_clock is None or not -1 < begin - self._media_clock < 1:
            self._media_clock = begin
        else:
            ahead = begin - self._media_clock
            self._media_clock += ahead if ahead < 0 else ahead * CLOCK_DRIFT

    async def join(self, number: str, guest: Guest, offer: str) -> str:
        """Let a viewer in: the SDP answer. Raises `relay_full`, `relay_none`, `relay_offer_wrong`."""
        self._room_for(guest)
        now = clock.monotonic()
        viewer = Viewer(
            number, guest.label, now, Ladder(now), guest.owner, guest.meeting,
            last_heard=now + CONNECT_WITHIN - SILENCE,
        )
        self._apply_to(viewer)
        ssrcs = {"video": self._ssrcs[0], "audio": self._ssrcs[1]}
        peer = Peer(viewer, guest, ssrcs, lambda: self._opened(viewer))
        self.peers[number] = peer
        try:
            return await peer.answer(offer)
        except BaseException:
            self.peers.pop(number, None)
            raise

    def _room_for(self, guest: Guest) -> None:
        """Raises `relay_full` when this process, this label or this guest has enough, `relay_none` out of the plan."""
        if not self._takes_part(guest):
            raise Refused("relay_none")
        mine = sum(one.owner == guest.owner for one in self._viewers())
        alike = sum(one.label == guest.label for one in self._viewers())
        if len(self.peers) >= MOST_VIEWERS or mine >= MOST_OF_OWNER or alike >= MOST_OF_LABEL:
            raise Refused("relay_full")

    def _takes_part(self, guest: Guest) -> bool:
        return (guest.meeting == 0 or guest.meeting in self.plan.meetings) and not guest.is_one_of(self.plan.shut)

    def _opened(self, viewer: Viewer) -> None:
        viewer.last_heard = viewer.last_wish = clock.monotonic()  # a PLI in its first second asks for what is under way
        if viewer.profiles and not viewer.catching_up and viewer.video.lane is None:
            self._start_pictures(viewer)

    def _start_pictures(self, viewer: Viewer) -> None:
        rung = viewer.allowed
        if rung in ("top", "low") and not viewer.catching_up:
            self._spawn(pace.catch_up(viewer, self.top if rung == "top" else self.low))

    async def leave(self, number: str, owner: str) -> None:
        """End a viewer's connection. Raises `relay_viewer_unknown`."""
        peer = self._peer(number, owner)
        del self.peers[number]
        with suppress(TimeoutError):
            await peer.close()

    def _peer(self, number: str, owner: str) -> Peer:
        """A connection, for whoever made it. Raises `relay_viewer_unknown` to all others."""
        peer = self.peers.get(number)
        if peer is None or peer.viewer.owner != owner:
            raise Refused("relay_viewer_unknown")
        return peer

    def choose(self, number: str, owner: str, rung: Rung) -> None:
        """The best rung a viewer wishes for itself. Raises `relay_viewer_unknown`."""
        viewer = self._peer(number, owner).viewer
        viewer.ladder.wish = rung
        viewer.settle()

    def apply(self, plan: ConferencePlan) -> None:
        """Another plan of the same conference; screens that take no more part are let go of at once."""
        self.plan = plan
        for number, peer in list(self.peers.items()):
            if self._takes_part(peer.guest):
                self._apply_to(peer.viewer)
            else:
                self._spawn(self._bury(self.peers.pop(number)))

    def _apply_to(self, viewer: Viewer) -> None:
        viewer.ladder.cap = self.plan.caps.get(viewer.label, "top")
        viewer.muted = viewer.label in self.plan.muted
        viewer.ladder.low_offered = self.plan.low
        viewer.settle()

    @property
    def wants_low(self) -> bool:
        """Whether somebody needs the low rung now."""
        return any(viewer.allowed == "low" for viewer in self._viewers())

    def wants_light(self, now: float) -> bool:
        """Whether somebody's line carries the low rung only when it is made lighter."""
        return any(viewer.ladder.light(now) for viewer in self._viewers())

    async def _watch(self) -> None:
        """Viewers that are gone, that ask for an IDR, that changed their rung."""
        rungs: dict[str, Rung] = {}
        while True:
            await asyncio.sleep(TICK)
            now = clock.monotonic()
            for number, peer in list(self.peers.items()):
                viewer = peer.viewer
                if viewer.lost or now - viewer.last_heard > SILENCE or peer.state in ("failed", "closed"):
                    self.peers.pop(number, None)
                    self._spawn(self._bury(peer))
                    continue
                if viewer.wants_picture:
                    viewer.wants_picture = False
                    await self._picture_for(viewer)
                await self._note_rung(viewer, rungs)
            rungs = {number: rung for number, rung in rungs.items() if number in self.peers}

    async def _bury(self, peer: Peer) -> None:
        with suppress(TimeoutError):
            await peer.close()

    async def _picture_for(self, viewer: Viewer) -> None:
        """A viewer lost its picture: what is cached, and an IDR from the source if it can make one."""
        if viewer.ready and viewer.video.lane is not None:
            self._start_pictures(viewer)
        key = "low" if viewer.allowed == "low" else "program"
        await self._wish(stream_name(self.plan.id, key))

    async def _note_rung(self, viewer: Viewer, rungs: dict[str, Rung]) -> None:
        rung, before = viewer.allowed, rungs.get(viewer.id)
        rungs[viewer.id] = rung
        if before is None or before == rung:
            return
        better = ("none", "audio", "low", "top").index(rung) > ("none", "audio", "low", "top").index(before)
        if better and viewer.video.lane is None and viewer.ready:
            self._start_pictures(viewer)
        data: dict[str, str | float] = {"label": viewer.label, "rung": rung, "before": before}
        await self._happened("viewer_promoted" if better else "viewer_demoted", self.plan.id, data)

    async def _tell(self) -> None:
        """A sender report of each stream to each viewer: soon, then now and then (RFC 3550 §6.4.1)."""
        turn = 0
        while True:
            await asyncio.sleep(1)
            turn += 1
            now = clock.monotonic()
            for index, peer in enumerate(list(self.peers.values())):
                settled = now - peer.viewer.since > SOON and (turn + index) % SELDOM
                if not peer.viewer.ready or self._media_clock is None or settled:
                    continue
                for kind, outlet in peer.outlets.items():
                    report = self._sender_info(peer.viewer, kind)
                    if report is not None:
                        with suppress(ConnectionError):
                            await outlet.tell(self._cname, report)
                await asyncio.sleep(0)

    def _sender_info(self, viewer: Viewer, kind: str) -> RtcpSenderInfo | None:
        numbers, lane = (viewer.video, self.top) if kind == "video" else (viewer.sound, self.sound)
        if not numbers.packets or self._media_clock is None:
            return None
        real_ns = clock.realtime_ns()
        pts90 = int((real_ns / 1e9 - self._media_clock) * 90_000)
        return RtcpSenderInfo(
            ntp_timestamp=ntp_of(real_ns), rtp_timestamp=lane.stamp_of(pts90),
            packet_count=numbers.packets & 0xFFFFFFFF, octet_count=numbers.octets & 0xFFFFFFFF,
        )

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
