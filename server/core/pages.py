"""The surfaces' pages, their assets, /healthz and /metrics."""

import mimetypes
from pathlib import Path

from flask import Response, redirect, request, send_from_directory
from prometheus_client import generate_latest
from pydantic import BaseModel
from werkzeug.security import safe_join

from server.core import db
from server.core.access import Permission
from server.core.errors import Refused
from server.core.http import CSP, Api, Call
from server.core.metrics import registry

api = Api("pages")

SURFACE_PAGES = {
    "console": "server/web/console", "door": "server/web/door", "sign-in": "server/web/sign-in", "seat": "kiosk/web",
    "wall": "display/web", "teller": "server/web/teller", "site": "server/web/site",
}
YEAR = 365 * 24 * 3600


class Health(BaseModel):
    """Whether the server can work."""

    ok: bool
    build: str
    profile: str


@api.get("/healthz", Permission.PUBLIC, "Tình trạng máy chủ", answer=Health)
def healthz(call: Call[None]) -> Health:
    """200 when the database answers."""
    if not db.ping(call.services.database):
        raise Refused("busy")
    return Health(ok=True, build=call.services.build, profile=call.services.settings.profile)


@api.get("/metrics", Permission.PUBLIC, "Số đo Prometheus", media="text/plain")
def metrics(_call: Call[None]) -> Response:
    """Figures without names; keep the address closed to outsiders at the proxy."""
    return Response(generate_latest(registry), mimetype="text/plain; version=0.0.4")


@api.get("/", Permission.PUBLIC, "Trang đầu", media="text/html")
def start(_call: Call[None]) -> Response:
    """To the sign-in page."""
    return _redirect("/sign-in/")


@api.get(
    "/<any(console,door,'sign-in',seat,site,teller,wall):name>/", Permission.PUBLIC, "Trang màn hình", media="text/html"
)
def page(call: Call[None], name: str) -> Response:
    """One surface's page. Never cached, so that a new build is seen at the next load."""
    folder = call.services.settings.web_dist / SURFACE_PAGES[name]
    if not (folder / "index.html").exists():
        raise Refused("page_not_built")
    response = send_from_directory(folder, "index.html")
    response.headers["Cache-Control"] = "no-cache"
    if name == "site":  # its test measures against the relay's own port, on the host this page came from
        relay = f"{request.scheme}://{request.host.rsplit(':', 1)[0]}:{call.services.settings.relay_port}"
        response.headers["Content-Security-Policy"] = CSP.replace("connect-src 'self'", f"connect-src 'self' {relay}")
    return response


@api.get("/assets/<path:name>", Permission.PUBLIC, "Tệp giao diện", media="application/octet-stream")
def asset(call: Call[None], name: str) -> Response:
    """A hashed file of the front end; kept for a year. A precompressed neighbour (.gz) is sent when there is one."""
    folder = (call.services.settings.web_dist / "assets").resolve()
    found = safe_join(str(folder), name)
    if found is None or not Path(found).is_file():
        raise Refused("not_found")
    packed = Path(found + ".gz").is_file() and "gzip" in request.headers.get("Accept-Encoding", "")
    response = send_from_directory(folder, f"{name}.gz" if packed else name, mimetype=_media_type(name))
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def _media_type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _redirect(address: str) -> Response:
    response = redirect(address)
    assert isinstance(response, Response)  # noqa: S101  (werkzeug's type is wider than what it returns)
    return response
