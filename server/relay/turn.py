"""TURN servers of the house: credentials for a limited time (draft-uberti-behave-turn-rest; coturn: use-auth-secret).

Only what the settings name is ever given out: nobody here asks a public STUN or TURN server for anything.
"""

import base64
import hashlib
import hmac
from typing import NamedTuple

from server.core.config import Settings

LASTS_S = 12 * 3600


class IceServer(NamedTuple):
    """One entry of `iceServers` (WebRTC §4.2.3)."""

    url: str
    username: str
    credential: str

    @property
    def link(self) -> str:
        """As a Link header of WHIP and WHEP (RFC 9725 §4.6)."""
        return (
            f'<{self.url}>; rel="ice-server"; username="{self.username}"; credential="{self.credential}"; '
            'credential-type="password"'
        )


def servers(settings: Settings, label: str, now_s: float) -> tuple[IceServer, ...]:
    """The house's TURN servers for one viewer; none unless they are set."""
    if not settings.relay_turn:
        return ()
    username = f"{int(now_s) + LASTS_S}:{label}"
    mac = hmac.new(settings.relay_turn_secret.encode(), username.encode(), hashlib.sha1).digest()
    credential = base64.b64encode(mac).decode()
    return tuple(IceServer(url, username, credential) for url in settings.turn_urls)
