"""The relay's routes are shut in the isolated profile, every one of them (DESIGN §6)."""

from collections.abc import Callable
from typing import Any

from server.core.access import Needed
from server.core.errors import Refused
from server.core.http import Api
from server.core.services import Services

R = "/api/meetings/<int:meeting_id>/relay"


def networked(parts: Services) -> None:
    """Raise Refused `relay_isolated` in the isolated profile."""
    if parts.settings.profile == "isolated":
        raise Refused("relay_isolated")


class RelayApi(Api):
    """Declares routes that are refused in words in the isolated profile, before anything else of theirs."""

    def route(self, method: str, rule: str, permission: Needed, summary: str, **more: Any) -> Callable[[Any], Any]:
        """As Api.route."""
        return super().route(method, rule, permission, summary, shut=networked, **more)
