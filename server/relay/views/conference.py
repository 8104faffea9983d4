"""The conference itself: what is set up, for its console and for the screens it is shown on."""

from typing import Literal

from pydantic import Field

from server.core.views import View
from server.relay.models import ConferenceState, Organiser
from server.relay.views.records import IncidentView
from server.relay.views.sharing import PaperOffered
from server.relay.views.sites import SiteView
from server.relay.views.sources import RelaySourceView


class SiteName(View):
    """A site on the board; a long name is shortened."""

    id: int
    name: str


class FloorSite(View):
    """The site that has the floor."""

    site_id: int
    name: str
    since_ms: int


class ConferenceView(View):
    """A conference on the console."""

    id: int
    name: str
    organiser: Organiser
    starts_ms: int
    phone: str
    state: ConferenceState
    state_since_ms: int
    top: str
    hold_ms: int
    stable_s: int
    low: bool
    recording: bool
    recording_forbidden: str
    share_agenda: bool
    share_documents: bool
    sources: list[RelaySourceView]
    floor: FloorSite | None
    requests: int = Field(description="sites that wait for the floor; they stand in topic floor")
    sites: list[SiteName]
    incidents_open: int
    incidents: list[IncidentView] = Field(description="the newest open ones, at most 6; all over HTTP")


class AttachedView(View):
    """This meeting is a site of another meeting's conference."""

    site_id: int
    conference: str
    host: str
    state: ConferenceState


class RelayConsoleView(View):
    """Topic `relay` for the console: what is set up. What happens now is in topic `relay-board`.

    `why_not`: code of the refusal when this meeting can have no relay (relay_secret), else "".
    """

    conference: ConferenceView | None
    attached: AttachedView | None
    why_not: str


class RelayScreenView(View):
    """Topic `relay` for wall, seat and site: whether there is a picture to show.

    `state` is "none" without a conference. `watch`: the picture may be asked for now (a site also needs admission).
    `sound`: this kind of screen lets sound out. `muted`: this room has the floor and gets no sound back.
    """

    state: Literal["none", "planned", "rehearsal", "live", "ended"]
    name: str
    organiser: Organiser | None
    starts_ms: int
    phone: str
    watch: bool
    sound: bool
    muted: bool
    site_id: int | None = Field(description="the site this room is, when its meeting is attached")
    floor_site_id: int | None
    floor_name: str
    floor_since_ms: int | None


class RelayDetail(View):
    """Everything about a meeting's conference; `conference` is None when it has none."""

    conference: ConferenceView | None
    attached: AttachedView | None
    why_not: str
    plan: str
    budget_mb: int
    rehearsal_ms: int | None
    live_ms: int | None
    ended_ms: int | None
    sites: list[SiteView]
    incidents: list[IncidentView]
    papers: list[PaperOffered]
