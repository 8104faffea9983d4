"""Who may do what: permissions, actors and the one check everything goes through. The default is refusal.

A permission is granted at a place: a unit (and all units below it) or one meeting. Which role carries which permissions
is decided in `people/roles.py`; here is only the mechanism.
"""

from dataclasses import dataclass
from enum import StrEnum

from server.core.errors import Refused


class Permission(StrEnum):
    """Everything a route or a socket topic can ask for."""

    PUBLIC = "public"                      # no sign-in needed; every use is deliberate
    SIGNED_IN = "signed-in"                # any signed-in actor, about himself
    PEOPLE_READ = "people.read"
    PEOPLE_MANAGE = "people.manage"
    ACCOUNTS_MANAGE = "accounts.manage"
    JOURNAL_READ = "journal.read"
    DEVICES_MANAGE = "devices.manage"
    SYSTEM_MANAGE = "system.manage"
    MEETING_CREATE = "meeting.create"
    MEETING_MANAGE = "meeting.manage"      # agenda, participants, life cycle, what screens show
    MEETING_CONSOLE = "meeting.console"    # see the console's view
    MEETING_SIT = "meeting.sit"            # a participant's own view
    MEETING_WATCH = "meeting.watch"        # what the wall shows
    ATTENDANCE_CHECK_IN = "attendance.check-in"
    VOTE_MANAGE = "vote.manage"
    VOTE_CAST = "vote.cast"
    BALLOTS_COUNT = "ballots.count"        # paper ballots, at a teller's station
    FLOOR_REQUEST = "floor.request"
    FLOOR_MANAGE = "floor.manage"
    RELAY_MANAGE = "relay.manage"          # conferences, their sources and sites
    RELAY_RECORDINGS = "relay.recordings"  # download and delete what was recorded
    RELAY_ATTEND = "relay.attend"          # a site's own page, or its edge


Needed = Permission | tuple[Permission, ...]  # several: any one of them is enough


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happens: a unit's path ("/1/4/"), and the meeting if there is one."""

    unit_path: str
    meeting_id: int | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """Permissions held at a unit and below it, or in one meeting only."""

    permissions: frozenset[Permission]
    unit_path: str | None = None
    meeting_id: int | None = None

    def covers(self, place: Place) -> bool:
        """Whether `place` lies where this grant holds."""
        if self.meeting_id is not None:
            return place.meeting_id == self.meeting_id
        return self.unit_path is not None and place.unit_path.startswith(self.unit_path)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a signed-in account, a participant at a seat, a device, or the system itself."""

    key: str                        # "account:3", "participant:17", "device:2", "system", "anonymous"
    name: str
    origin: str                     # surface and address, for the journal
    grants: tuple[Grant, ...] = ()
    account_id: int | None = None
    person_id: int | None = None
    participant_id: int | None = None
    device_id: int | None = None
    session_id: int | None = None
    surface: str = "console"
    must_change_password: bool = False

    @property
    def signed_in(self) -> bool:
        """Whether this is somebody rather than nobody."""
        return self.key != "anonymous"

    def may(self, permission: Needed, place: Place | None = None) -> bool:
        """Whether the actor holds `permission`, or any of several, at `place` (at any place, when none is given)."""
        if isinstance(permission, tuple):
            return any(self.may(one, place) for one in permission)
        if permission is Permission.PUBLIC:
            return True
        if not self.signed_in:
            return False
        if permission is Permission.SIGNED_IN:
            return True
        if self.must_change_password:
            return False
        return any(permission in grant.permissions and (place is None or grant.covers(place)) for grant in self.grants)


SYSTEM = Actor(
    key="system", name="Hệ thống", origin="server", grants=(Grant(frozenset(Permission), unit_path="/"),)
)
ANONYMOUS = Actor(key="anonymous", name="", origin="")


def require(actor: Actor, permission: Needed, place: Place | None = None) -> None:
    """Raise Refused unless the actor may: `sign_in_required`, `password_change_required` or `forbidden`."""
    if actor.may(permission, place):
        return
    if not actor.signed_in:
        raise Refused("sign_in_required")
    if actor.must_change_password:
        raise Refused("password_change_required")
    raise Refused("forbidden")
