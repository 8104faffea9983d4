"""What a screen or a player is told when it takes or sends pictures and sound."""

from server.core.views import View


class IceServerView(View):
    """A TURN server of the house, as the browser wants it."""

    urls: str
    username: str
    credential: str


class SessionAnswer(View):
    """An SDP answer, the name of the session for PATCH and DELETE, and the house's TURN servers to use with it."""

    id: str
    sdp: str
    ice_servers: list[IceServerView]


class RelayPass(View):
    """A pass for the relay's own HTTP (standard WHEP and WHIP clients) and where that is; valid for twelve hours."""

    url: str
    token: str
    expires_ms: int
