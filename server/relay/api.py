"""The relay's routes are shut in the isolated profile, every one of them (DESIGN §6)."""

import functools
from collections.abc import Callable
from typing import Any

from server.core.access import Needed
from server.core.errors import Refused
from server.core.http import Api, Call

R = "/api/meetings/<int:meeting_id>/relay"


class RelayApi(Api):
    """Declares routes that raise Refused `relay_isolated` before anything else of theirs."""

    def route(self, method: str, rule: str, permission: Needed, summary: str, **more: Any) -> Callable[[Any], Any]:
        """As Api.route."""
        declare = super().route(method, rule, permission, summary, **more)

        def shut(handler: Callable[..., Any]) -> Callable[..., Any]:
            @functools.wraps(handler)
            def guarded(call: Call[Any], **path: Any) -> Any:
                if call.services.settings.profile == "isolated":
                    raise Refused("relay_isolated")
                return handler(call, **path)

            declare(guarded)
            return handler

        return shut
