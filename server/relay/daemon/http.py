"""WHEP and WHIP over HTTP, in the supervisor's process (draft-ietf-wish-whep, RFC 9725).

    POST   /whep/<conference>        Bearer pass "watch", application/sdp → 201, Location, ETag, the answer
    PATCH  /whep/<conference>/<id>   trickled candidates (nothing to do, offer.py; If-Match) or {"rung": "low"} → 204
    DELETE /whep/<conference>/<id>   → 200
    POST   /whip/<conference>        the same with a pass "speak": for a room ("site-12") or an encoder ("primary")
    GET    /healthz

The pass is the lock: any page may ask (CORS *), nobody gets in without one. Refusals are problem+json (RFC 9457).
"""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from aiohttp import web
from multidict import CIMultiDict

from server.core import clock
from server.core.errors import Refused
from server.core.keys import Keys
from server.relay import passes, turn
from server.relay.daemon.listening import listen
from server.relay.daemon.meter import Meter
from server.relay.daemon.wire import Word

if TYPE_CHECKING:
    from server.relay.daemon.supervisor import Supervisor

LARGEST_BODY = 64 * 1024
BODY_S = 10.0  # within which an offer has to come
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Location, ETag, Accept-Patch, Link, Retry-After, WWW-Authenticate",
    "Cache-Control": "no-store",
}
PREFLIGHT = {
    **CORS, "Access-Control-Allow-Methods": "OPTIONS, POST, PATCH, DELETE", "Access-Control-Max-Age": "600",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match", "Accept-Post": "application/sdp",
    "Accept-Patch": "application/trickle-ice-sdpfrag, application/json",
}
FRAGMENT = "application/trickle-ice-sdpfrag"
PATCHES = f"{FRAGMENT}, application/json"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Door:
    """Who comes in over HTTP."""

    def __init__(self, supervisor: "Supervisor", keys: Keys) -> None:
        self._supervisor = supervisor
        self._keys = keys

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
        if request.content_type != "application/sdp":
            raise Refused("relay_type_wrong", None, type="application/sdp")
        word: Word = {
            "conference": given.conference, "label": given.label, "owner": owner_of(request), "meeting": given.meeting,
            "holder": given.holder, "sdp": await _body(request),
        }
        way = request.path.split("/")[1]
        kind = f"{way}.offer" if way == "whep" else "whip.offer"
        if not word["sdp"].strip():
            raise Refused("relay_offer_missing")
        answer = await self._supervisor.signalling.answer({"kind": kind, "key": given.label, **word})
        headers = CIMultiDict({
            **CORS, "Location": f"/{way}/{given.conference}/{answer['id']}", "ETag": tag_of(answer["id"]),
            "Accept-Patch": PATCHES,
        })
        for one in turn.servers(self._supervisor.settings, given.label, clock.epoch_ms() / 1000):
            headers.add("Link", one.link)
        return web.Response(status=201, text=answer["sdp"], content_type="application/sdp", headers=headers)

    async def _patch(self, request: web.Request) -> web.Response:
        self._pass_of(request, expired=True)
        if request.content_type == FRAGMENT:
            _match(request)
        elif request.content_type != "application/json" or request.path.startswith("/whip/"):
            raise Refused("relay_type_wrong", None, type=FRAGMENT)
        elif not (await _body(request)).lstrip().startswith("{"):
            raise Refused("invalid_input")
        await self._tell(request, "patch", await _body(request))
        return web.Response(status=204, headers=CORS)

    async def _delete(self, request: web.Request) -> web.Response:
        await self._tell(request, "delete", "")
        return web.Response(status=200, headers=CORS)

    async def _tell(self, request: web.Request, what: str, body: str) -> None:
        self._pass_of(request, expired=True)  # whoever was let in may also leave later
        kind = f"{request.path.split('/')[1]}.{what}"
        said = {"viewer": request.match_info["viewer"], "owner": owner_of(request), "body": body}
        await self._supervisor.signalling.answer({"kind": kind, **said})

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "conferences": len(self._supervisor.known)})


def tag_of(session: str) -> str:
    """The entity-tag of a session's ICE: it never changes, because ICE is not restarted here."""
    return f'"{session[-8:]}"'


def _match(request: web.Request) -> None:
    """What RFC 9725 §4.3 asks of trickled candidates. Raises Refused.

    `relay_match_wrong` (412), or `relay_no_restart` (422: "*" asks for a restart of ICE). Nothing said is right too:
    there is only one tag a session can have, and some players do not keep it.
    """
    said = request.headers.get("If-Match", tag_of(request.match_info["viewer"]))
    if said.strip() == "*":
        raise Refused("relay_no_restart")
    if tag_of(request.match_info["viewer"]) not in [one.strip() for one in said.split(",")]:
        raise Refused("relay_match_wrong")


async def _body(request: web.Request) -> str:
    """The whole body, soon. Raises `relay_too_slow`."""
    try:
        async with asyncio.timeout(BODY_S):
            return await request.text()
    except TimeoutError:
        raise Refused("relay_too_slow") from None


def owner_of(request: web.Request) -> str:
    """Whose a connection is: the pass it was asked for with. Only a hash of it goes further."""
    return f"pass-{hashlib.sha256(request.headers.get('Authorization', '').encode()).hexdigest()[:32]}"


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
    if refused.refusal.status == 401:  # noqa: PLR2004
        headers["WWW-Authenticate"] = "Bearer"  # RFC 6750 §3
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
    application = Door(supervisor, Keys(settings.folder("keys"))).application()
    return await listen(application, settings.relay_host or settings.host, settings.relay_port)
