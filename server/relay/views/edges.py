"""What an edge is told to do."""

from typing import Literal

from pydantic import Field

from server.core.views import View
from server.relay.models import ConferenceState
from server.relay.plan import Rung


class EdgeSite(View):
    """A conference an edge serves. `watch`: it runs now and the site is admitted.

    `held`: at which rung the centre holds it because of its line ("top": it does not); `low`: whether the centre makes
    a low rung. `line`: over which way it takes it; `srt_turn` makes the passphrase, which is not sent
    (daemon/srt/secret.py).
    """

    site_id: int
    conference_id: int
    meeting_id: int
    name: str
    conference: str
    state: ConferenceState
    starts_ms: int
    phone: str
    watch: bool
    allowed: Rung
    held: Rung
    low: bool
    muted: bool
    line: Literal["feed", "srt"]
    srt_turn: str
    recording: bool
    test_due: bool = Field(description="an hour before the start it has no test of the phase yet: it tests by itself")
    slate: list[str]


class EdgeView(View):
    """What an edge is to do. `revision` grows with every change of a conference; `feed_key` is Z85 (RFC 32)."""

    device_id: int
    name: str
    label: str
    revision: int
    feed_host: str
    feed_port: int
    feed_key: str
    srt_port: int
    now_ms: int
    key_known: bool
    conferences: list[EdgeSite]
