"""The sources of a conference: as set up, as probed, what may be chosen, and what an encoder is told."""

from typing import Literal

from server.core.views import View
from server.relay.reports import Probe


class RelaySourceView(View):
    """A source as it is set up. `address` is without passwords and keys."""

    key: Literal["primary", "backup"]
    kind: str
    address: str
    listen: bool
    transport: str
    sound: str


class ProbeView(View):
    """What a source sends, and what would have to be made anew for browsers. `in_use`: as it is being relayed now."""

    probe: Probe | None
    transcoding: list[Literal["video", "audio"]]
    cost_percent: float
    why: str
    in_use: bool = False


class FileChoice(View):
    """A file of the relay's folder, for drills."""

    name: str
    megabytes: float


class NamedChoice(View):
    """A device by its address and its maker's name."""

    value: str
    name: str


class SourceChoices(View):
    """What a source may be chosen from on the server."""

    files: list[FileChoice]
    devices: list[NamedChoice]
    sounds: list[NamedChoice]


class SourceEntry(View):
    """What an encoder that calls the server is told: an address, and a stream key, a passphrase or a pass (Bearer)."""

    kind: str
    url: str
    key: str
    token: str
    expires_ms: int | None
