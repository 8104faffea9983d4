"""JSON Schema of every topic and request, for the screens' generated types.

    python -m server.schemas > server/web/common/schemas.json

`x-topics` maps each topic to the view each audience gets. CI fails when the generated files differ.
"""

import json
import sys
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from server.core import live
from server.core.http import Api, Route
from server.core.pages import api as pages_api
from server.features import APIS


def all_routes() -> list[tuple[str, Route]]:
    """Every declared route with the tag of its feature."""
    apis: list[Api] = [*APIS, pages_api]
    return [(api.tag, route) for api in apis for route in api.routes]


def document() -> dict[str, Any]:
    """Definitions of every model that crosses the network, and the table of topics."""
    routes = [route for _, route in all_routes()]
    inputs = _models(route.body for route in routes) | _models(route.query for route in routes)
    outputs = _models(route.answer for route in routes)
    for kind in live.kinds.values():
        outputs |= set(kind.views.values())
    pairs = [(model, "serialization") for model in outputs] + [(model, "validation") for model in inputs - outputs]
    pairs.sort(key=lambda pair: pair[0].__name__)
    _, schema = models_json_schema(pairs, ref_template="#/$defs/{model}")  # type: ignore[arg-type]  # modes are literals
    topics = {
        name: {audience: view.__name__ for audience, view in sorted(kind.views.items())}
        for name, kind in sorted(live.kinds.items())
    }
    return {"$defs": schema.get("$defs", {}), "x-topics": topics}


def _models(found: Any) -> set[type[BaseModel]]:
    return {model for model in found if model is not None}


if __name__ == "__main__":
    json.dump(document(), sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
    sys.stdout.write("\n")
