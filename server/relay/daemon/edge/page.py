"""What an edge serves to its building: a page for walls and seats, and its state. Pictures come over WHEP (http.py).

Only addresses of a local network are let in: that is the pass of the building. What may be done here
is a test of the room, and saying what a machine cannot know of it.
"""

import asyncio
import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aiohttp import web
from pydantic import ValidationError

from server.core import clock
from server.core.config import ConfigError
from server.relay import passes
from server.relay.daemon.edge.check.room import Kept, Room
from server.relay.daemon.edge.check.tester import room_of, room_path
from server.relay.daemon.edge.orders import figures_of, label_of
from server.relay.daemon.listening import listen
from server.relay.edge_words import EdgeConference

if TYPE_CHECKING:
    from server.relay.daemon.edge.main import Edge

HERE = Path(__file__).parent
PASS_S = 3600
SILENT_MS = 10_000  # the centre has not answered for so long: the page says so
HEADERS = {
    "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src *; "
    "img-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}
OF_THE_NETWORK = (".local", ".lan", ".internal", ".home.arpa")
WRONG_NAME = (
    "Mở trang bằng địa chỉ IP của máy biên, hoặc đặt NGHISU_PUBLIC_URL. / "
    "Open this page by the edge's IP address, or set NGHISU_PUBLIC_URL."
)
BUSY = "Đang kiểm tra, hoặc chưa có hội nghị nào. / A test is under way, or there is no conference."
WRONG = "Không hiểu yêu cầu này. / This request is not understood."
FILES = {
    "": "wall.html", "wall.js": "wall.js", "wall.css": "wall.css",
    "test": "test.html", "test.js": "test.js", "test.css": "test.css",
}


def local(address: str | None) -> bool:
    """Whether a caller is in the building: private, loopback or link-local (RFC 1918, 4193, 3927)."""
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or found
    return bool(mapped.is_private or mapped.is_loopback or mapped.is_link_local)


class Page:
    """The routes."""

    def __init__(self, edge: "Edge") -> None:
        self.edge = edge

    def application(self) -> web.Application:
        """For aiohttp."""
        ours = urlsplit(self.edge.settings.public_url).hostname
        made = web.Application(client_max_size=4096, middlewares=[_guard(ours)])
        made.add_routes([web.get("/state", self._state), web.get("/healthz", self._health)])
        made.add_routes([web.post("/test", self._test), web.post("/room", self._room)])
        made.add_routes([web.get(f"/{name}", _file(HERE / file)) for name, file in FILES.items()])
        return made

    async def _state(self, _request: web.Request) -> web.Response:
        return web.json_response(self.state())

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response({"status": "ok", "running": sorted(self.edge.supervisor.running)})

    async def _test(self, request: web.Request) -> web.Response:
        _from_page(request)
        if not self.edge.tester.begin():
            raise web.HTTPConflict(text=BUSY)
        return web.json_response({"begun": True}, status=202)

    async def _room(self, request: web.Request) -> web.Response:
        """What somebody in the room knows of it."""
        _from_page(request)
        try:
            said = Room.model_validate_json(await request.read())
        except ValidationError:
            raise web.HTTPBadRequest(text=WRONG) from None
        kept = Kept(room=said, said_ms=clock.epoch_ms())
        await asyncio.to_thread(kept.save, room_path(self.edge.settings))
        return web.json_response({"said_ms": kept.said_ms})

    def _tests(self) -> dict[str, Any]:
        tester, settings = self.edge.tester, self.edge.settings
        return {
            "step": tester.step, "running": tester.running, **tester.last.model_dump(mode="json"),
            "room": room_of(settings).model_dump(mode="json"), "said_ms": Kept.load(room_path(settings)).said_ms,
        }

    def state(self) -> dict[str, Any]:
        """What the page shows: each conference with its pass, and how long the centre has been silent."""
        edge = self.edge
        silent = clock.epoch_ms() - edge.heard_ms
        return {
            "now_ms": clock.epoch_ms(), "centre_away": silent > SILENT_MS,
            "centre_heard_ms": edge.heard_ms, "enrolled": edge.orders is not None,
            "name": edge.orders.name if edge.orders else "", "whep_port": edge.settings.relay_port,
            "test": self._tests(),
            "conferences": [self._conference(one) for one in edge.orders.conferences] if edge.orders else [],
        }

    def _conference(self, one: EdgeConference) -> dict[str, Any]:
        report = self.edge.ear.reports.get(one.conference_id, {})
        figures = figures_of(report, one.allowed)
        allowed = one.watch and one.allowed != "none"
        given = passes.Pass(one.conference_id, label_of(one), "watch", clock.epoch_ms() // 1000 + PASS_S)
        return {
            "id": one.conference_id, "name": one.conference, "site": one.name, "state": one.state,
            "starts_ms": one.starts_ms, "phone": one.phone, "watch": allowed, "muted": one.muted,
            "showing": figures.showing, "rung": figures.rung, "held": one.held,
            "allowed": one.allowed, "recording": figures.recording,
            "warning": figures.warning, "pass": passes.issue(self.edge.keys, given) if allowed else "",
        }


def _from_page(request: web.Request) -> None:
    """Only this page's own script may change something: another site's form cannot send this header (CORS)."""
    if request.headers.get("X-Nghisu-Surface") != "edge-page" or request.content_type != "application/json":
        raise web.HTTPForbidden(text=WRONG)


def named_here(host: str, ours: str | None) -> bool:
    """Whether a request's Host is an address, a name without dots, one of this network, or the one in the settings.

    A page of the Internet whose name is made to point at this machine (DNS rebinding) comes with its own name: its
    scripts would read the pass of this building in the browser of somebody inside.
    """
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return False
    if name == ours or (name and "." not in name and ":" not in name) or name.endswith(OF_THE_NETWORK):
        return True
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


def _guard(ours: str | None) -> Any:
    @web.middleware
    async def guarded(request: web.Request, handler: Any) -> web.StreamResponse:
        if not local(request.remote):
            raise web.HTTPForbidden(text="Chỉ phục vụ mạng nội bộ của tòa nhà. / Served inside the building only.")
        if not named_here(request.host, ours):
            raise web.HTTPMisdirectedRequest(text=WRONG_NAME)
        answer: web.StreamResponse = await handler(request)
        answer.headers.update(HEADERS)
        return answer

    return guarded


def _file(path: Path) -> Any:
    kind = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}[path.suffix]
    body = path.read_bytes()

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=body, content_type=kind, charset="utf-8")

    return answer


async def serve(edge: "Edge") -> None:
    """Listen until cancelled, on the settings' host and port. Raises ConfigError when the port is taken."""
    settings = edge.settings
    try:
        runner = await listen(Page(edge).application(), settings.host, settings.port)
    except OSError as error:
        raise ConfigError(f"setting port: {settings.host}:{settings.port}: {error.strerror}") from None
    try:
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
