"""What the line carries, against the meter of the centre's relay: bytes both ways and round trips, over HTTP."""

import os
from dataclasses import dataclass, field

import aiohttp

from server.core import clock

DOWN_MS = 3_000
SETTLES_S = 0.5          # a connection begins slowly; what comes first says little of the line
FIRST_BYTES = 128 * 1024
MOST_BYTES = 24 * 1024 * 1024
WISH_S = 1.5             # so long a body ought to take
UP_ROUNDS = 5
SMALL_ASKS = 11


class NotMeasured(Exception):
    """The meter refused, or the line broke."""


@dataclass(frozen=True)
class Meter:
    """The meter of a turn."""

    session: aiohttp.ClientSession
    url: str
    token: str = field(repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """The pass."""
        return {"Authorization": f"Bearer {self.token}"}

    async def down(self) -> int:
        """Towards this room, kb/s, without the slow beginning. Raises NotMeasured."""
        counted, since, last = 0, 0.0, 0.0
        began = clock.monotonic()
        async with self.session.get(f"{self.url}/meter/down?ms={DOWN_MS}", headers=self.headers) as answer:
            _check(answer)
            async for piece in answer.content.iter_any():
                last = clock.monotonic()
                if since:
                    counted += len(piece)
                elif last - began >= SETTLES_S:
                    since = last
        return _kbps(counted, last - since) if since and last > since else 0

    async def up(self) -> int:
        """From this room, kb/s, measured where it arrives; bodies grow until one takes long enough."""
        size, found = FIRST_BYTES, 0
        for _ in range(UP_ROUNDS):
            began = clock.monotonic()
            async with self.session.post(f"{self.url}/meter/up", data=os.urandom(size), headers=self.headers) as answer:
                _check(answer)
                said = await answer.json()
            spent = clock.monotonic() - began
            found = _kbps(int(said["bytes"]), max(float(said["ms"]) / 1000, spent))  # buffers would flatter the line
            if spent >= WISH_S / 2 or size >= MOST_BYTES:
                break
            size = max(FIRST_BYTES, min(MOST_BYTES, size * 8, int(size * WISH_S / spent)))
        return found

    async def round_trip(self) -> int:
        """One small question and its answer, ms rounded up."""
        began = clock.monotonic()
        async with self.session.get(f"{self.url}/meter/down?ms=0", headers=self.headers) as answer:
            _check(answer)
            await answer.read()
        return -int(-(clock.monotonic() - began) * 1000 // 1)

    async def round_trips(self) -> int:
        """The worst but one in ten of several."""
        return worst([await self.round_trip() for _ in range(SMALL_ASKS)])


def worst(values: list[int]) -> int:
    """The worst but one in ten: a single hiccup does not stand for all."""
    return sorted(values)[min(len(values) - 1, len(values) * 9 // 10)]


def _kbps(size: int, seconds: float) -> int:
    return int(size * 8 / 1000 / max(seconds, 0.001))


def _check(answer: aiohttp.ClientResponse) -> None:
    if answer.status >= 400:  # noqa: PLR2004
        raise NotMeasured(f"HTTP {answer.status}")
