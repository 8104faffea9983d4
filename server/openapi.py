"""The OpenAPI 3.1 description of the HTTP API, made from the table of routes; read it at /api/docs."""

import json
import re
from typing import Any

from flask import Response, current_app, send_from_directory
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from server.core import errors
from server.core.access import Permission
from server.core.http import Api, Call, Route

api = Api("docs")

_ARGUMENT = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
_TYPES = {"int": {"type": "integer", "minimum": 0}, "": {"type": "string"}}


def describe(routes: list[tuple[str, Route]], address: str) -> dict[str, Any]:
    """The whole document for these routes."""
    used = {model for _, route in routes for model in (route.body, route.query, route.answer) if model is not None}
    ordered = sorted(used, key=lambda model: model.__name__)
    _, schema = models_json_schema(
        [(model, "validation") for model in ordered], ref_template="#/components/schemas/{model}"
    )
    paths: dict[str, dict[str, Any]] = {}
    for tag, route in routes:
        path = _ARGUMENT.sub(r"{\2}", route.rule)
        if path.startswith(("/api/", "/healthz")):
            paths.setdefault(path, {})[route.method.lower()] = _operation(tag, route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Nghị Sự", "version": "1",
            "description": "Thao tác ghi cần tiêu đề Idempotency-Key và X-Nghisu-Surface. Từ chối theo RFC 9457.\n\n"
                           "Every write needs an Idempotency-Key; X-Nghisu-Surface says which session cookie counts.",
        },
        "servers": [{"url": address}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": {**schema.get("$defs", {}), "Problem": _problem()},
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "nghisu_console"}},
        },
        "x-refusals": [
            {"code": one.code, "status": one.status, "vi": one.vi, "en": one.en}
            for one in sorted(errors.catalogue.values(), key=lambda one: one.code)
        ],
    }


def _operation(tag: str, route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "tags": [tag], "summary": route.summary, "operationId": f"{tag}_{route.handler.__name__}",
        "description": f"{(route.handler.__doc__ or '').strip()}\n\nPermission: {_any_of(route)}",
        "parameters": _parameters(route), "responses": _responses(route),
        "security": [] if route.permission is Permission.PUBLIC else [{"session": []}],
    }
    if route.upload:
        form = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"},
                                                 "title": {"type": "string"}}, "required": ["file"]}
        operation["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": form}}}
    elif route.body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": _ref(route.body)}}}
    return operation


def _any_of(route: Route) -> str:
    return " or ".join(f"`{permission}`" for permission in route.permissions)


def _parameters(route: Route) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": _TYPES.get(kind, _TYPES[""])}
        for kind, name in _ARGUMENT.findall(route.rule)
    ]
    if route.query is not None:
        required = set(route.query.model_json_schema().get("required", []))
        for name, schema in route.query.model_json_schema().get("properties", {}).items():
            found.append({"name": name, "in": "query", "required": name in required, "schema": schema})
    if route.writes and route.idempotent:
        found.append({
            "name": "Idempotency-Key", "in": "header", "required": True,
            "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$"},
        })
    return found


def _responses(route: Route) -> dict[str, Any]:
    refusal = {"description": "Từ chối / refusal", "content": {"application/problem+json": {"schema": {
        "$ref": "#/components/schemas/Problem"}}}}
    if route.answer is not None:
        good = {"200": {"description": "OK", "content": {route.media: {"schema": _ref(route.answer)}}}}
    elif route.media != "application/json":
        good = {"200": {"description": "OK", "content": {route.media: {}}}}
    else:
        good = {"204": {"description": "OK"}}
    return {**good, "4XX": refusal, "5XX": refusal}


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}


def _problem() -> dict[str, Any]:
    text = {"type": "string"}
    fields = ["type", "title", "code", "detail", "detail_en", "next", "next_en", "request_id"]
    return {
        "type": "object", "description": "RFC 9457 problem details; detail and next are Vietnamese",
        "properties": {**dict.fromkeys(fields, text), "status": {"type": "integer"}, "params": {"type": "object"},
                       "errors": {"type": "array", "items": {"type": "object"}}},
        "required": ["status", *fields],
    }


@api.get("/api/openapi.json", Permission.PUBLIC, "Mô tả API (OpenAPI 3.1)")
def openapi(call: Call[None]) -> Response:
    """The machine-readable description."""
    address = call.services.settings.address
    made: dict[str, str] = current_app.extensions.setdefault("nghisu.openapi", {})
    if address not in made:  # the routes stand still; making it takes a third of a second, and anybody may ask
        described = describe(current_app.extensions["nghisu.routes"], address)
        made[address] = json.dumps(described, ensure_ascii=False)
    return Response(made[address], mimetype="application/json")


@api.get("/api/docs", Permission.PUBLIC, "Trang tài liệu API", media="text/html")
def docs(call: Call[None]) -> Response:
    """The description for people, served without any foreign address."""
    return send_from_directory(call.services.settings.web_dist / "server/web/docs", "index.html")
