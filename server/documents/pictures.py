"""Serving the picture of a page: the same bytes for ever, kept by whoever was allowed to load them.

Another feature that shows pages (the relay, in rooms that are attached) uses `page_picture` after checks of its own.
"""

from typing import Literal

from flask import Response, request, send_file
from pydantic import BaseModel

from server.core.errors import Refused
from server.core.services import Services
from server.documents import work
from server.documents.library import Readable
from server.documents.pages import PageSet

YEAR = 365 * 24 * 3600
REDRAW_ASKED = 5.0  # seconds in which several screens that miss a page ask the worker once


class PageQuery(BaseModel):
    """`seat` fits 1280 pixels; `wall` is for walls, and for seats that zoom in."""

    size: Literal["seat", "wall"] = "seat"


def page_picture(parts: Services, version: Readable, page: int, size: str) -> Response:
    """The page as WebP; 304 to whoever has it. Raises Refused `page_not_found`, or `page_not_ready` (it is drawn)."""
    if not 1 <= page <= version.pages:
        raise Refused("page_not_found", page=page, pages=version.pages)
    etag = f"{version.sha256}-{page}-{size}"
    if request.if_none_match.contains(etag):
        return _kept(Response(status=304), etag)
    path = PageSet(parts.settings.folder("pages"), version.sha256).path(size, page)
    try:
        return _kept(send_file(path, "image/webp", etag=False), etag)
    except FileNotFoundError:
        parts.jobs.add_once(work.REDRAW, version.id, within=REDRAW_ASKED)
        raise Refused("page_not_ready", page=page) from None


def _kept(response: Response, etag: str) -> Response:
    response.set_etag(etag)
    response.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    return response
