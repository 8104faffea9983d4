"""HTTP: every route declares its permission, its input and its answer; the rest is done here, in one order.

actor → permission → Idempotency-Key and origin → body → handler → JSON. A refusal at any step is problem+json.
Nothing is registered with Flask but through `Api.route`, so the table `routes` is complete: OpenAPI and the test that
walks every route × role are made from it.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

import structlog
from flask import Flask, Response, g, request
from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import Session

from server.core import clock, idempotency, metrics
from server.core.access import Actor, Needed, Permission, Place, require
from server.core.errors import FieldError, Refused
from server.core.services import Services, services
from server.core.writer import Tx

log = structlog.get_logger(__name__)

SURFACES = ("console", "seat", "wall", "door", "teller", "site", "edge")  # edge: a machine, no page
WRITES = ("POST", "PUT", "PATCH", "DELETE")
LARGEST_ID = 2**31 - 1  # no id is larger; databases refuse to look for it
JSON_LIMIT = 256 * 1024  # bytes; an agenda of a congress is 40 kB
NUL = "\0"  # no text has it, and PostgreSQL answers it with an error: it is dropped
NUL_IN_JSON = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")  # not the letters u0000 after a backslash that is meant

BodyT = TypeVar("BodyT")
AnswerT = TypeVar("AnswerT")


class Nothing(BaseModel):
    """An empty body or answer."""


@dataclass(frozen=True)
class Route:
    """One row of the table of routes."""

    method: str
    rule: str
    permission: Needed
    handler: Callable[..., Any]
    summary: str
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    answer: type[BaseModel] | None = None
    upload: bool = False
    idempotent: bool = True
    media: str = "application/json"
    shut: Callable[[Services], None] | None = None
    """Asked after the permission and before anything is read: raises Refused where the whole feature is not offered."""

    @property
    def permissions(self) -> tuple[Permission, ...]:
        """The permissions any one of which opens this route."""
        return self.permission if isinstance(self.permission, tuple) else (self.permission,)

    @property
    def writes(self) -> bool:
        """Whether it changes something."""
        return self.method in WRITES


@dataclass
class Call(Generic[BodyT]):
    """What a handler gets: who calls, the checked body, and the two ways to the rows."""

    services: Services
    actor: Actor
    body: BodyT
    query: Any
    place: Place | None
    key: str
    fingerprint: str

    def write(self, command: Callable[[Tx], AnswerT]) -> AnswerT:
        """Carry out a command once for this Idempotency-Key; a repetition gets the stored answer.

        The answer (a pydantic model or None) of a repetition comes back as the JSON that was answered first.
        """

        def once(tx: Tx) -> Any:
            stored = idempotency.find(tx, self.actor.key, self.key, self.fingerprint)
            if stored is not None:
                return Stored(stored.answer)
            answer = command(tx)
            idempotency.keep(tx, self.actor.key, self.key, self.fingerprint, _jsonable(answer))
            return answer

        return cast("AnswerT", self.services.writer.run(once))

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for reading."""
        with self.services.database.read() as session:
            yield session


@dataclass(frozen=True)
class Stored:
    """The answer a request got the first time."""

    answer: Any


def _jsonable(answer: object) -> Any:
    return answer.model_dump(mode="json") if isinstance(answer, BaseModel) else None


@dataclass
class Api:
    """The routes of one feature."""

    tag: str
    routes: list[Route] = field(default_factory=list)

    def route(self, method: str, rule: str, permission: Needed, summary: str, **more: Any) -> Callable[[Any], Any]:
        """Declare a route. `rule` starts with /api/ (or is a page); see Route for the rest."""

        def declare(handler: Callable[..., Any]) -> Callable[..., Any]:
            self.routes.append(Route(method, rule, permission, handler, summary, **more))
            return handler

        return declare

    def get(self, rule: str, permission: Needed, summary: str, **more: Any) -> Callable[[Any], Any]:
        """Declare a read."""
        return self.route("GET", rule, permission, summary, **more)

    def post(self, rule: str, permission: Needed, summary: str, **more: Any) -> Callable[[Any], Any]:
        """Declare a write."""
        return self.route("POST", rule, permission, summary, **more)

    def put(self, rule: str, permission: Needed, summary: str, **more: Any) -> Callable[[Any], Any]:
        """Declare a replacement."""
        return self.route("PUT", rule, permission, summary, **more)

    def patch(self, rule: str, permission: Needed, summary: str, **more: Any) -> Callable[[Any], Any]:
        """Declare a partial change."""
        return self.route("PATCH", rule, permission, summary, **more)

    def delete(self, rule: str, permission: Needed, summary: str, **more: Any) -> Callable[[Any], Any]:
        """Declare a removal."""
        return self.route("DELETE", rule, permission, summary, **more)


def register(app: Flask, apis: list[Api]) -> None:
    """Give the routes of all features to Flask and keep the table for OpenAPI and tests."""
    table: list[tuple[str, Route]] = []
    for api in apis:
        for route in api.routes:
            table.append((api.tag, route))
            name = f"{api.tag}.{route.handler.__name__}.{route.method}"
            app.add_url_rule(route.rule, name, _view(route), methods=[route.method])
    app.extensions["nghisu.routes"] = table
    app.before_request(_begin)
    app.after_request(_end)
    app.register_error_handler(Exception, _on_error)


def _view(route: Route) -> Callable[..., Response]:
    def view(**path: Any) -> Response:
        if route.upload:
            request.max_content_length = services().settings.upload_mb * 1024 * 1024 + JSON_LIMIT
        call = _call(route, path)
        return respond(route.handler(call, **path))

    return view


def _call(route: Route, path: dict[str, Any]) -> Call[Any]:
    parts = services()
    actor = current_actor()
    if any(value > LARGEST_ID if isinstance(value, int) else NUL in value for value in path.values()):
        raise Refused("not_found")
    # The cheap question comes first, so that nobody learns by trying which meetings exist.
    require(actor, route.permission)
    place = _place(parts, path) if route.permission is not Permission.PUBLIC else None
    require(actor, route.permission, place)
    if route.shut is not None:
        route.shut(parts)
    key = ""
    if route.writes:
        _same_origin()
        key = idempotency.checked_key(request.headers.get("Idempotency-Key")) if route.idempotent else ""
    raw = b"" if route.upload or not route.writes else request.get_data(cache=False)
    fingerprint = hashlib.sha256(f"{request.method} {request.full_path} ".encode() + raw).hexdigest()
    body = _body(route.body, raw) if route.body else None
    query = _query(route.query) if route.query else None
    return Call(parts, actor, body, query, place, key, fingerprint)


def _place(parts: Services, path: dict[str, Any]) -> Place | None:
    if "meeting_id" not in path and "unit_id" not in path:
        return None
    with parts.database.read() as session:
        if "meeting_id" in path:
            return parts.place_of_meeting(session, path["meeting_id"])
        return parts.place_of_unit(session, path["unit_id"])


def surface() -> str:
    """Which surface sent this request (it decides which session cookie counts)."""
    said = request.headers.get("X-Nghisu-Surface") or request.args.get("surface") or "console"
    return said if said in SURFACES else "console"


def current_actor() -> Actor:
    """Who sent this request."""
    if "actor" not in g:
        name = surface()
        token = request.cookies.get(cookie_name(name), "")
        g.actor = services().actor_of(token, name, request.remote_addr or "")
    return cast("Actor", g.actor)


def cookie_name(surface_name: str) -> str:
    """One session a surface, so that console, door, seat and wall can be open in one browser."""
    return f"nghisu_{surface_name}"


def _same_origin() -> None:
    # Cookies are SameSite=Lax and writes need a header of ours, which a foreign page cannot set without a preflight
    # that we never answer. This is the second lock: browsers say where a request comes from.
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Refused("cross_site")
    origin = request.headers.get("Origin")
    if origin is not None and origin.split("://")[-1] != request.host:
        raise Refused("cross_site")


def _body(model: type[BaseModel], raw: bytes) -> BaseModel:
    if len(raw) > JSON_LIMIT:
        raise Refused("too_large")
    try:
        return model.model_validate_json(NUL_IN_JSON.sub(rb"\1", raw) or b"{}")
    except ValidationError as error:
        if any(item["type"] == "json_invalid" for item in error.errors()):
            raise Refused("not_json") from None
        raise Refused("invalid_input", field_errors(error)) from None


def _query(model: type[BaseModel]) -> BaseModel:
    given = {name: value.replace(NUL, "") for name, value in request.args.items() if name != "surface"}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise Refused("invalid_input", field_errors(error)) from None


def field_errors(error: ValidationError) -> list[FieldError]:
    """What pydantic found, in both languages (the Vietnamese sentence is by kind of error)."""
    return [
        {"path": ".".join(str(part) for part in item["loc"]), "message": _vietnamese(item["type"], item.get("ctx", {})),
         "message_en": item["msg"]}
        for item in error.errors(include_url=False, include_input=False)[:50]
    ]


_VIETNAMESE = {
    "missing": "Cần điền mục này.",
    "extra_forbidden": "Không có mục này.",
    "string_too_short": "Ngắn quá: ít nhất {min_length} ký tự.",
    "string_too_long": "Dài quá: nhiều nhất {max_length} ký tự.",
    "string_pattern_mismatch": "Chưa đúng dạng quy định.",
    "int_parsing": "Cần một số nguyên.",
    "int_type": "Cần một số nguyên.",
    "greater_than_equal": "Nhỏ nhất là {ge}.",
    "less_than_equal": "Lớn nhất là {le}.",
    "enum": "Chọn một trong: {expected}.",
    "literal_error": "Chọn một trong: {expected}.",
    "datetime_parsing": "Chưa đúng dạng ngày giờ.",
    "datetime_from_date_parsing": "Chưa đúng dạng ngày giờ.",
    "timezone_aware": "Ngày giờ cần kèm múi giờ.",
}


def _vietnamese(kind: str, context: dict[str, Any]) -> str:
    return _VIETNAMESE.get(kind, "Giá trị chưa hợp lệ.").format_map({**context})


def respond(answer: object) -> Response:
    """A handler's answer as a response: a model or a stored answer is JSON, None is 204, a Response is itself."""
    if isinstance(answer, Response):
        return answer
    if isinstance(answer, Stored):
        answer = answer.answer
    if answer is None:
        return Response(status=204)
    text = answer.model_dump_json() if isinstance(answer, BaseModel) else json.dumps(answer, ensure_ascii=False)
    return Response(text, mimetype="application/json")


def _begin() -> None:
    g.started = clock.monotonic()
    g.request_id = secrets.token_hex(6)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id", "")
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers.setdefault("Content-Security-Policy", CSP)
    route = request.url_rule.rule if request.url_rule else "unknown"
    metrics.requests.labels(request.method, route, response.status_code).observe(clock.monotonic() - g.started)
    return response


CSP = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; media-src 'self' blob:; "
    "connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


def _on_error(error: Exception) -> Response:
    refused = _as_refused(error)
    metrics.refusals.labels(refused.code).inc()
    body = refused.problem() | {"request_id": g.get("request_id", "")}
    if refused.refusal.status >= 500:  # noqa: PLR2004  (server's own fault)
        log.error("request_failed", method=request.method, path=request.path, code=refused.code, exc_info=error)
    else:
        log.info("request_refused", method=request.method, path=request.path, code=refused.code)
    response = Response(
        json.dumps(body, ensure_ascii=False), status=refused.refusal.status, mimetype="application/problem+json"
    )
    if refused.refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refused.refusal.retry_after)
    return response


_BY_STATUS = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 429: "too_many_requests"}


def _as_refused(error: Exception) -> Refused:
    if isinstance(error, Refused):
        return error
    status = getattr(error, "code", None)
    if isinstance(status, int):  # werkzeug's own refusals
        return Refused(_BY_STATUS.get(status, "invalid_input" if status < 500 else "internal"))  # noqa: PLR2004
    return Refused("internal")
