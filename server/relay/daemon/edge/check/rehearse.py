"""Ten seconds of a rehearsal over WHEP at 1.3 times its rung, every picture decoded, as the conference will come.

aiortc receives, and decodes with PyAV in a thread of its own. No figure is rounded to the better side.
"""

import asyncio
import contextlib
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError

from server.core import clock
from server.relay.daemon.edge.check.line import Meter, NotMeasured, worst
from server.relay.edge_words import EdgeRehearsal
from server.relay.readiness.figures import Rehearsal
from server.relay.readiness.thresholds import REHEARSAL_SECONDS
from server.relay.readiness.witness import FPS, WHOLE

SETTLES_S = 2.0          # the first second decodes what was kept for newcomers, faster than it was taken
FIRST_PICTURE_S = 40.0   # the clip may have to be made first
AGAIN_S = 1.5
FREEZE_S = 0.15          # beyond the usual distance (webrtc-stats, freezeCount): max(3 δ, δ + 150 ms)
USUAL_OF = 30
CLOCK_RATES = {"video": 90_000, "audio": 48_000}


@dataclass
class Counter:
    """Pictures of one track as they are decoded."""

    frames: int = 0
    freezes: int = 0
    _last: float = 0.0
    _steps: deque[float] = field(default_factory=lambda: deque(maxlen=USUAL_OF))

    def take(self, now: float) -> None:
        """A picture is decoded."""
        self.frames += 1
        if self._last:
            step = now - self._last
            usual = sum(self._steps) / len(self._steps) if self._steps else 1 / FPS
            self.freezes += step > max(3 * usual, usual + FREEZE_S)
            self._steps.append(step)
        self._last = now


@dataclass
class Look:
    """What a receiver has counted so far."""

    at: float
    frames: int
    freezes: int
    received: int = 0
    lost: int = 0
    jitter_ms: float = 0.0
    bytes: int = 0


async def rehearse(meter: Meter, what: EdgeRehearsal) -> Rehearsal | None:
    """Watch, decode, count; None when nothing came. Raises NotMeasured."""
    pictures = what.rung != "audio"
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    counter, readers = Counter(), []

    @connection.on("track")
    def _track(track: Any) -> None:
        readers.append(asyncio.ensure_future(_read(track, counter)))

    session = ""
    try:
        for kind in (("video", "audio") if pictures else ("audio",)):
            connection.addTransceiver(kind, direction="recvonly")
        session = await _join(connection, meter, what)
        if not await _begun(connection, counter, pictures):
            return None
        await asyncio.sleep(SETTLES_S)
        return await _count(connection, counter, meter, pictures)
    finally:
        for reader in readers:
            reader.cancel()
        await connection.close()
        await asyncio.gather(*readers, return_exceptions=True)
        await _leave(meter, session, what)


async def _read(track: Any, counter: Counter) -> None:
    with contextlib.suppress(MediaStreamError):
        while True:
            await track.recv()
            if track.kind == "video":
                counter.take(clock.monotonic())


async def _join(connection: RTCPeerConnection, meter: Meter, what: EdgeRehearsal) -> str:
    """Offer until the rehearsal runs: it is started when the turn is given. Answers the session's address."""
    await connection.setLocalDescription(await connection.createOffer())
    headers = {"Authorization": f"Bearer {what.token}", "Content-Type": "application/sdp"}
    place, end = f"{meter.url}/whep/{what.conference}", clock.monotonic() + FIRST_PICTURE_S
    while True:
        sdp = connection.localDescription.sdp
        async with meter.session.post(place, data=sdp, headers=headers) as answer:
            said = await answer.text()
            if answer.status == 201:  # noqa: PLR2004
                await connection.setRemoteDescription(RTCSessionDescription(said, "answer"))
                return str(answer.url.join(answer.url.with_path(answer.headers["Location"])))
            if answer.status not in (404, 503) or clock.monotonic() > end:
                raise NotMeasured(f"whep: HTTP {answer.status}")
        await asyncio.sleep(AGAIN_S)


async def _leave(meter: Meter, session: str, what: EdgeRehearsal) -> None:
    if session:
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with meter.session.delete(session, headers={"Authorization": f"Bearer {what.token}"}):
                pass


async def _look(connection: RTCPeerConnection, counter: Counter) -> Look:
    found = Look(clock.monotonic(), counter.frames, counter.freezes)
    for receiver in connection.getReceivers():
        for one in (await receiver.getStats()).values():
            if one.type == "transport":  # the same one for both
                found.bytes = max(found.bytes, one.bytesReceived)
            elif one.type == "inbound-rtp":
                found.received += one.packetsReceived
                found.lost += max(0, one.packetsLost)
                found.jitter_ms = max(found.jitter_ms, one.jitter * 1000 / CLOCK_RATES[one.kind])
    return found


async def _begun(connection: RTCPeerConnection, counter: Counter, pictures: bool) -> bool:
    end = clock.monotonic() + FIRST_PICTURE_S
    while clock.monotonic() < end:
        if counter.frames if pictures else (await _look(connection, counter)).received:
            return True
        await asyncio.sleep(0.2)
    return False


async def _count(connection: RTCPeerConnection, counter: Counter, meter: Meter, pictures: bool) -> Rehearsal:
    looks, trips = [await _look(connection, counter)], []
    for _ in range(REHEARSAL_SECONDS):
        began = clock.monotonic()
        with contextlib.suppress(NotMeasured, aiohttp.ClientError, TimeoutError):
            trips.append(await meter.round_trip())
        await asyncio.sleep(max(0.0, began + 1 - clock.monotonic()))
        looks.append(await _look(connection, counter))
    return figures_of(looks, trips, pictures)


def figures_of(looks: list[Look], trips: list[int], pictures: bool) -> Rehearsal:
    """The figures of all looks together, in whole numbers (figures.Rehearsal)."""
    first, last = looks[0], looks[-1]
    received, lost = last.received - first.received, max(0, last.lost - first.lost)
    frames, heard = last.frames - first.frames, received + lost > 0
    due = FPS * (last.at - first.at)
    return Rehearsal(
        loss=-(-WHOLE * lost // (received + lost)) if heard else None,
        jitter=worst([-int(-one.jitter_ms // 1) for one in looks]) if heard else None,
        round_trip=worst(trips) if trips else None,
        decoded=min(WHOLE, int(WHOLE * frames / due)) if pictures else None,
        freezes=last.freezes - first.freezes if pictures else None, frames=frames,
        kbps=int((last.bytes - first.bytes) * 8 / 1000 / (last.at - first.at)),
    )
