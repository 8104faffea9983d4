"""WHEP and WHIP over HTTP, in the supervisor's process (draft-ietf-wish-whep, RFC 9725).

    POST   /whep/<conference>        Bearer pass "watch", application/sdp → 201, Location, ETag, the answer
    PATCH  /whep/<conference>/<id>   trickled candidates (nothing to do, offer.py) or {"rung": "low"} → 204
    DELETE /whep/<conference>/<id>   → 200
    POST   /whip/<conference>        the same with a pass "speak": for a room ("site-12") or an encoder ("primary")
    GET    /healthz

The pass is the lock: any page may ask (CORS *), nobody gets in without one. Refusals are problem+json (RFC 9457).
"""

import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from aiohttp import web

from server.core import clock
from server.core.errors import Refused
from server.core.keys import Keys
from server.relay import passes
from server.relay.daemon.fanout.budget import Bucket
from server.relay.daemon.meter import Meter
from server.relay.daemon.wire import Word

if TYPE_CHECKING:
    from server.relay.daemon.supervisor import Supervisor

LARGEST_BODY = 64 * 1024
OFFERS_AT_ONCE = 12        # of one label
OFFERS_A_SECOND = 0.5      # of one label, in the long run
LABELS_KEPT = 2000
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Location, ETag, Accept-Patch, Link",
    "Cache-Control": "no-store",
}
PREFLIGHT = {
    **CORS, "Access-Control-Allow-Methods": "OPTIONS, POST, PATCH, DELETE", "Access-Control-Max-Age": "600",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match", "Accept-Post": "application/sdp",
}
PATCHES = "application/trickle-ice-sdpfrag, application/json"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Door:
    """Who comes in over HTTP."""

    def __init__(self, supervisor: "Supervisor", keys: Keys) -> None:
        self._supervisor = supervisor
        self._keys = keys
        self._offers: OrderedDict[str, Bucket] = OrderedDict()

    def application(self) -> web.Application:
        """The whole application, with the meter of site tests."""
        app = web.Application(client_max_size=LARGEST_BODY, middlewares=[_refusals])
        for way in ("whep", "whip"):
            app.router.add_post(f"/{way}/{{conference:[0-9]{{1,10}}}}", self._offer)
            app.router.add_patch(f"/{way}/{{conference:[0-9]{{1,10}}}}/{{viewer}}", self._patch)
            app.router.add_delete(f"/{way}/{{conference:[0-9]{{1,10}}}}/{{viewer}}", self._delete)
            app.router.add_options(f"/{way}/{{rest:.+}}", _preflight)
        app.router.add_get("/healthz", self._health)
        app.add_routes(Meter(self._keys, self._supervisor.witness).routes())
        return app

    def _pass_of(self, request: web.Request, *, expired: bool = False) -> passes.Pass:
        """The pass of a request for the conference it asks of. Raises `relay_pass_wrong`, `relay_pass_expired`."""
        kind, _, text = request.headers.get("Authorization", "").partition(" ")
        now = 0.0 if expired else clock.epoch_ms() / 1000
        given = passes.read(self._keys, text.strip() if kind.lower() == "bearer" else "", now)
        may = "speak" if request.path.startswith("/whip/") else "watch"
        if given.conference != int(request.match_info["conference"]) or given.may != may:
            raise Refused("relay_pass_wrong")
        return given

    async def _offer(self, request: web.Request) -> web.Response:
        given = self._pass_of(request)
        self._count(given.label)
        if request.content_type != "application/sdp":
            raise Refused("relay_offer_wrong")
        word: Word = {"conference": given.conference, "label": given.label, "sdp": await request.text()}
        way = request.path.split("/")[1]
        kind = f"{way}.offer" if way == "whep" else "whip.offer"
        answer = await self._supervisor.signalling.answer({"kind": kind, "key": given.label, **word})
        return web.Response(status=201, text=answer["sdp"], content_type="application/sdp", headers={
            **CORS, "Location": f"/{way}/{given.conference}/{answer['id']}", "ETag": f'"{answer["id"][-8:]}"',
            "Accept-Patch": PATCHES,
        })

    def _count(self, label: str) -> None:
        """Raises `too_many_requests` for a label that offers again and again."""
        now = clock.monotonic()
        bucket = self._offers.pop(label, None) or Bucket.full(OFFERS_A_SECOND, OFFERS_AT_ONCE, now)
        self._offers[label] = bucket
        if len(self._offers) > LABELS_KEPT:
            self._offers.popitem(last=False)
        if not bucket.take(1, now):
            raise Refused("too_many_requests")

    async def _patch(self, request: web.Request) -> web.Response:
        await self._tell(request, "patch", await request.text())
        return web.Response(status=204, headers=CORS)

    async def _delete(self, request: web.Request) -> web.Response:
        await self._tell(request, "delete", "")
        return web.Response(status=200, headers=CORS)

    async def _tell(self, request: web.Request, what: str, body: str) -> None:
        self._pass_of(request, expired=True)  # whoever was let in may also leave later
        kind = f"{request.path.split('/')[1]}.{what}"
        await self._supervisor.signalling.answer({"kind": kind, "viewer": request.match_info["viewer"], "body": body})

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "conferences": len(self._supervisor.known)})


@web.middleware
async def _refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Refused as refused:
        return problem(refused)
    except web.HTTPRequestEntityTooLarge:
        return problem(Refused("too_large"))
    except web.HTTPMethodNotAllowed as error:
        return problem(Refused("method_not_allowed"), {"Allow": ", ".join(sorted(error.allowed_methods))})
    except web.HTTPNotFound:
        return problem(Refused("not_found"))
    except (UnicodeDecodeError, LookupError):  # a body that is no text, or in a charset nobody knows
        return problem(Refused("relay_offer_wrong"))


def problem(refused: Refused, more: dict[str, str] | None = None) -> web.Response:
    """A refusal as problem+json."""
    headers = {**CORS, **(more or {})}
    if refused.refusal.retry_after is not None:
        headers["Retry-After"] = str(refused.refusal.retry_after)
    return web.Response(
        status=refused.refusal.status, text=json.dumps(refused.problem(), ensure_ascii=False), headers=headers,
        content_type="application/problem+json",
    )


async def _preflight(_request: web.Request) -> web.Response:
    return web.Response(status=204, headers=PREFLIGHT)


async def open_door(supervisor: "Supervisor") -> web.AppRunner:
    """Listen where the settings say; the caller ends it with `cleanup`."""
    settings = supervisor.settings
    runner = web.AppRunner(Door(supervisor, Keys(settings.folder("keys"))).application(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, settings.relay_host or settings.host, settings.relay_port).start()
    return runner
