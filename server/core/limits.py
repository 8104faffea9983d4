"""How often one address may try to sign in.

A hall of five hundred seats sits behind one address, so the limit is wide; the lock-out of the single account or
participant is the real guard.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits import RateLimitItemPerMinute

from server.core.errors import Refused
from server.core.services import services

HandlerT = TypeVar("HandlerT", bound=Callable[..., Any])

LIMITER = "nghisu.limiter"


def attach(app: Flask) -> None:
    """Give the app its own counters (in memory: a restart forgives)."""
    app.extensions[LIMITER] = Limiter(_address, app=app, storage_uri="memory://")


def limited(handler: HandlerT) -> HandlerT:
    """Refuse with `too_many_requests` when this handler is called too often from one address."""

    @wraps(handler)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        limited_to(handler.__name__, _address(), services().settings.sign_in_per_minute)
        return handler(*args, **kwargs)

    return cast("HandlerT", wrapper)


def limited_to(what: str, who: str, per_minute: int) -> None:
    """Count one try of `who` at `what`. Raises Refused `too_many_requests` beyond `per_minute`."""
    limiter: Limiter = current_app.extensions[LIMITER]
    if not limiter.limiter.hit(RateLimitItemPerMinute(per_minute), what, who):
        raise Refused("too_many_requests")


def _address() -> str:
    return request.remote_addr or ""
