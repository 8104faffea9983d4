"""The meter: how much a site's line carries, both ways, over HTTP to the relay itself.

    GET  /meter/down?ms=3000     bytes that do not compress, for so long      Authorization: Bearer <pass>
    POST /meter/up               takes a body, answers {"bytes", "ms"}

It runs in the relay's process, never in the web process: a measurement may fill a line, not the console's requests. A
pass of the meter (conference METER, "watch") opens it; each label may move so much in so long, and so many measure at
once. Whoever is over is told when to come again.
"""

import asyncio
import contextlib
import json
import os
from collections import Counter, deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

import server.relay.readiness.refusals  # noqa: F401  (declares what the meter refuses)
from server.core import clock
from server.core.errors import Refused
from server.core.keys import Keys
from server.relay import passes
from server.relay.daemon.witness import Witness
from server.relay.readiness.streams import METER

CHUNK = os.urandom(64 * 1024)
LONGEST_MS = 5_000
LARGEST_UP = 32 * 1024 * 1024     # bytes of one body
LARGEST_DOWN = 128 * 1024 * 1024  # bytes of one answer: a line that takes them sooner is fast enough to know
WINDOW_S = 300.0
MOST_BYTES = 1024 * 1024 * 1024  # of one label in WINDOW_S, both ways together
AT_ONCE, AT_ONCE_OF_LABEL = 8, 3  # requests; a test has at most two at a time, and may be begun anew
LEAST_COUNTED = 64 * 1024       # bytes a request counts for: many small ones are work too
CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}
_MAY_ASK = {
    "Access-Control-Allow-Headers": "authorization, content-type", "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Max-Age": "600",
}

Answering = Callable[[web.Request, str], Coroutine[Any, Any, web.StreamResponse]]


@dataclass
class Meter:
    """The meter of one relay. `routes()` goes into its aiohttp application."""

    keys: Keys
    witness: Witness = field(default_factory=Witness)
    busy: Counter[str] = field(default_factory=Counter)  # requests under way, by label
    moved: dict[str, deque[tuple[float, int]]] = field(default_factory=dict)

    def routes(self) -> list[web.RouteDef]:
        """What is served."""
        return [
            web.get("/meter/down", self._guarded(self._down)), web.post("/meter/up", self._guarded(self._up)),
            web.options("/meter/{way}", _preflight),
        ]

    def _guarded(self, answer: Answering) -> Callable[[web.Request], Coroutine[Any, Any, web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                label = self._let_in(request)
            except Refused as refused:
                return problem(refused)
            self.busy[label] += 1
            try:
                return await answer(request, label)
            finally:
                self.busy[label] -= 1
                self.busy += Counter()  # forgets who has none left

        return handle

    def _let_in(self, request: web.Request) -> str:
        """The label of the pass. Raises Refused `relay_pass_wrong`, `relay_pass_expired` or `relay_meter_busy`."""
        kind, _, text = request.headers.get("Authorization", "").partition(" ")
        given = passes.read(self.keys, text.strip() if kind.lower() == "bearer" else "", clock.epoch_ms() / 1000)
        if given.conference != METER:
            raise Refused("relay_pass_wrong")
        crowded = self.busy.total() >= AT_ONCE or self.busy[given.label] >= AT_ONCE_OF_LABEL
        if crowded or self._spent(given.label) >= MOST_BYTES:
            raise Refused("relay_meter_busy")
        return given.label

    def _spent(self, label: str) -> int:
        begin = clock.monotonic() - WINDOW_S
        for name in list(self.moved):  # also those that never come again
            kept = self.moved[name]
            while kept and kept[0][0] < begin:
                kept.popleft()
            if not kept:
                del self.moved[name]
        return sum(size for _at, size in self.moved.get(label, ()))

    def _count(self, label: str, size: int) -> None:
        self.moved.setdefault(label, deque()).append((clock.monotonic(), max(size, LEAST_COUNTED)))

    async def _down(self, request: web.Request, label: str) -> web.StreamResponse:
        asked = request.query.get("ms", "")
        lasts = min(int(asked), LONGEST_MS) if asked.isdecimal() and len(asked) < 6 else LONGEST_MS  # noqa: PLR2004
        left = min(LARGEST_DOWN, MOST_BYTES - self._spent(label))
        response = web.StreamResponse(headers={
            **CORS, "Content-Type": "application/octet-stream", "Cache-Control": "no-store",
        })
        await response.prepare(request)
        began, sent = clock.monotonic(), 0
        end = began + lasts / 1000
        with contextlib.suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout(2 * LONGEST_MS / 1000):  # a reader that stopped must not hold its place
                while clock.monotonic() < end and sent < left:
                    await response.write(CHUNK)
                    sent += len(CHUNK)
                await response.write_eof()
        self._count(label, sent)
        if sent:
            self.witness.down(label, sent, (clock.monotonic() - began) * 1000)
        return response

    async def _up(self, request: web.Request, label: str) -> web.StreamResponse:
        if (request.content_length or 0) > LARGEST_UP:
            return problem(Refused("too_large"))
        began: float | None = None
        size = 0
        try:
            async with asyncio.timeout(4 * LONGEST_MS / 1000):
                async for piece in request.content.iter_any():
                    if began is None:
                        began = clock.monotonic()
                    size += len(piece)
                    if size > LARGEST_UP:  # it did not say how long it is
                        return problem(Refused("too_large"))
        except TimeoutError:
            return problem(Refused("relay_meter_busy"))
        finally:
            self._count(label, size)
        spent = (clock.monotonic() - began) * 1000 if began is not None else 0
        if size:
            self.witness.up(label, size, spent)
        return web.json_response({"bytes": size, "ms": round(spent, 1)}, headers={**CORS, "Cache-Control": "no-store"})


async def _preflight(_request: web.Request) -> web.Response:
    return web.Response(status=204, headers={**CORS, **_MAY_ASK})


def problem(refused: Refused) -> web.Response:
    """A refusal as problem+json (RFC 9457), readable from a page of the web server."""
    headers = dict(CORS)
    if refused.refusal.retry_after is not None:
        headers["Retry-After"] = str(refused.refusal.retry_after)
    return web.Response(
        status=refused.refusal.status, text=json.dumps(refused.problem(), ensure_ascii=False), headers=headers,
        content_type="application/problem+json",
    )
