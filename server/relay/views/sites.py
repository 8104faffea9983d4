"""A site: in full for the console, and as its own page shows it."""

from typing import Literal

from pydantic import Field

from server.core.views import View
from server.relay.models import Admission, ConferenceState, Organiser
from server.relay.plan import Rung
from server.relay.views.sharing import SharedView


class SiteView(View):
    """A site in full, for the console. `allowed`: the best rung it may have now, whatever decided it.

    `device_code_ms`: until when the one-time code of a device that is not enrolled can be used. `device_online`: its
    page is open, or its edge answers; told of one site alone (GET …/sites/<id>).
    """

    id: int
    unit_id: int | None
    name: str
    address: str
    contact: str
    contact_phone: str
    technician: str
    technician_phone: str
    device_id: int | None
    device_kind: str
    device_enrolled: bool
    device_code_ms: int | None
    device_online: bool
    local_meeting_id: int | None
    local_meeting: str
    admission: Admission
    admission_reason: str
    verdict: str
    verdict_ms: int | None
    may_speak: bool
    cap: Rung
    held: Rung
    allowed: Rung
    line: Literal["feed", "srt"] = Field(description="how its edge takes the conference")
    headcount: int
    headcount_ms: int | None


class SitesAdded(View):
    """The new sites, in the order they were given."""

    ids: list[int]


class SiteDeviceAdded(View):
    """The new device of a site: its one-time code (valid a day) and the address to open on it."""

    id: int
    code: str
    url: str


class OwnSite(View):
    """What a site's page shows about itself.

    `allowed`: the best rung it may have now; `request`: none, waiting, or speaking (it has the floor).
    """

    site_id: int
    conference_id: int
    meeting_id: int
    name: str
    conference: str
    organiser: Organiser
    starts_ms: int
    state: ConferenceState
    phone: str
    contact: str
    contact_phone: str
    technician: str
    technician_phone: str
    admission: Admission
    admission_reason: str
    verdict: str
    verdict_ms: int | None
    may_speak: bool
    allowed: Rung
    held: Rung
    top: str
    headcount: int
    headcount_ms: int | None
    request: Literal["none", "waiting", "speaking"]
    request_place: int | None
    shared: SharedView
