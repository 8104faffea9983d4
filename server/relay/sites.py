"""The writes of sites: inviting, attaching devices and local meetings, admission, headcount."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from server.core.access import Actor, Grant, Permission, require
from server.core.errors import Refused
from server.core.writer import Tx
from server.devices import commands as devices
from server.devices.models import Device
from server.floor import commands as floor
from server.meetings import lookup as meetings
from server.meetings.access import place_of_meeting
from server.people.models import Unit
from server.people.roles import DEVICE_PERMISSIONS
from server.relay import lookup
from server.relay.bodies import MOST_SITES, SiteIn
from server.relay.models import Admission, Conference, ConferenceState, Site
from server.relay.plan import Rung

KINDS = ("site", "edge")


def invite(tx: Tx, actor: Actor, meeting_id: int, invited: Sequence[SiteIn]) -> list[int]:
    """Add sites at the end of the board; returns their ids. Raises Refused `relay_sites_full`, `unit_not_found`, or
    `relay_unit_twice` (a unit is a site once).
    """
    conference = lookup.open_conference(tx, meeting_id)
    known = lookup.sites_of(tx, conference.id)
    if len(known) + len(invited) > MOST_SITES:
        raise Refused("relay_sites_full", most=MOST_SITES)
    units = {site.unit_id for site in known if site.unit_id is not None}
    last = max((site.position for site in known), default=0)
    made = []
    for place, one in enumerate(invited, last + 1):
        made.append(_new_site(tx, conference, units, place, one))
    tx.add_all(made)
    tx.flush()
    ids = [site.id for site in made]
    tx.record("relay.sites_invited", actor, meeting_id, sites=ids, names=[site.name for site in made])
    lookup.touch(tx, conference)
    return ids


def _new_site(tx: Tx, conference: Conference, units: set[int], place: int, one: SiteIn) -> Site:
    name = one.name
    if one.unit_id is not None:
        unit = tx.get(Unit, one.unit_id)
        if unit is None:
            raise Refused("unit_not_found")
        if unit.id in units:
            raise Refused("relay_unit_twice", name=unit.name)
        units.add(unit.id)
        name = name or unit.name
    return Site(
        conference_id=conference.id, position=place, unit_id=one.unit_id, name=name, address=one.address,
        contact=one.contact, contact_phone=one.contact_phone, technician=one.technician,
        technician_phone=one.technician_phone, admission=Admission.VERDICT, cap="top", held="top", headcount=0,
        may_speak=True, admission_reason="", line="feed", line_turn=0,
    )


def change_site(tx: Tx, actor: Actor, meeting_id: int, site_id: int, **changes: object) -> None:
    """Change particulars, or attach a device or a local meeting (0 detaches it).

    Raises Refused `device_not_found`, `relay_device_kind`, `relay_device_taken`, and what `_attach` raises.
    """
    conference = lookup.open_conference(tx, meeting_id)
    site = lookup.site_of(tx, conference, site_id)
    before = set(lookup.topics_of(tx, conference, "relay")) | set(lookup.topics_of(tx, conference, "relay-shared"))
    if "device_id" in changes:
        changes["device_id"] = _device(tx, conference, site, int(str(changes["device_id"])))
    if "local_meeting_id" in changes:
        changes["local_meeting_id"] = _attach(tx, actor, site, int(str(changes["local_meeting_id"])))
    for name, value in changes.items():
        setattr(site, name, value)
    tx.flush()
    tx.record("relay.site_changed", actor, meeting_id, site=site.id, **changes)
    tx.touch(*before)
    lookup.touch(tx, conference)


def _device(tx: Tx, conference: Conference, site: Site, device_id: int) -> int | None:
    if device_id == 0:
        return None
    device = tx.get(Device, device_id)
    home = meetings.meeting_of(tx, conference.meeting_id).unit_id
    if device is None or device.revoked_at is not None or device.unit_id != home:
        raise Refused("device_not_found")
    if device.kind not in KINDS:
        raise Refused("relay_device_kind")
    others = [one for one in lookup.sites_of(tx, conference.id) if one.device_id == device_id and one.id != site.id]
    if others:
        raise Refused("relay_device_taken", name=others[0].name)
    return device_id


def _attach(tx: Tx, actor: Actor, site: Site, local_id: int) -> int | None:
    """Raises Refused `meeting_not_found`, `meeting_closed`, `forbidden` (whoever attaches a meeting manages it),
    `relay_secret`, `relay_attach_host` (it has a conference of its own) or `relay_attached`.
    """
    if local_id == 0:
        return None
    meeting = meetings.open_meeting(tx, local_id)
    require(actor, (Permission.MEETING_MANAGE, Permission.RELAY_MANAGE), place_of_meeting(tx, local_id))
    if meeting.secret:
        raise Refused("relay_secret")
    if lookup.find_conference(tx, local_id) is not None:
        raise Refused("relay_attach_host")
    taken = lookup.attached_site(tx, local_id)
    if taken is not None and taken.id != site.id:
        raise Refused("relay_attached")
    return local_id


def remove_site(tx: Tx, actor: Actor, meeting_id: int, site_id: int) -> None:
    """Take a site off the board; its device ends with it unless another conference uses it.

    Raises Refused `relay_site_live` while the conference is live.
    """
    conference = lookup.open_conference(tx, meeting_id)
    site = lookup.site_of(tx, conference, site_id)
    if conference.state == ConferenceState.LIVE:
        raise Refused("relay_site_live")
    floor.end_site(tx, meeting_id, site.id)
    lookup.touch(tx, conference)
    part_with_device(tx, site)
    tx.execute(delete(Site).where(Site.id == site.id))
    tx.record("relay.site_removed", actor, meeting_id, site=site.id, name=site.name)


def admit(
    tx: Tx, actor: Actor, meeting_id: int, site_id: int, admission: Admission, *, reason: str, cap: Rung
) -> None:
    """Say who decides and what a site may have at most. By hand it needs a reason: Refused `relay_reason_missing`."""
    conference = lookup.open_conference(tx, meeting_id)
    site = lookup.site_of(tx, conference, site_id)
    if admission != Admission.VERDICT and not reason:
        raise Refused("relay_reason_missing")
    site.admission, site.admission_reason, site.cap = admission, reason, cap
    if lookup.allowed(conference, site) == "none":
        floor.end_site(tx, meeting_id, site.id)
    tx.record("relay.site_admitted", actor, meeting_id, site=site.id, admission=admission, reason=reason, cap=cap)
    lookup.touch(tx, conference)


def set_line(tx: Tx, actor: Actor, meeting_id: int, site_id: int, line: Literal["feed", "srt"]) -> None:
    """Say how the site's edge takes the conference. Raises Refused `relay_line_no_edge` where no edge serves it."""
    conference = lookup.open_conference(tx, meeting_id)
    site = lookup.site_of(tx, conference, site_id)
    device = tx.get(Device, site.device_id) if site.device_id is not None else None
    if line == "srt" and (device is None or device.kind != "edge"):
        raise Refused("relay_line_no_edge")
    site.line, site.line_turn = line, site.line_turn + (line == "srt")
    tx.record("relay.site_line", actor, meeting_id, site=site.id, line=line)
    lookup.touch(tx, conference)


def judge(site: Site, verdict: str, at: datetime, *, may_speak: bool) -> None:
    """Note a readiness test's verdict (A to D), in the transaction of whoever records and touches."""
    site.verdict, site.verdict_at, site.may_speak = verdict, at, may_speak


def hold(site: Site, rung: Rung) -> None:
    """Hold a site at this rung at most ("top" lets it go), in the transaction of whoever records and touches."""
    site.held = rung


def count_heads(tx: Tx, actor: Actor, meeting_id: int, site_id: int, people: int) -> None:
    """Note how many people are in the room."""
    conference = lookup.open_conference(tx, meeting_id)
    site = lookup.site_of(tx, conference, site_id)
    site.headcount, site.headcount_at = people, tx.now
    tx.record("relay.heads_counted", actor, meeting_id, site=site.id, people=people)
    lookup.touch(tx, conference)


def add_device(tx: Tx, actor: Actor, meeting_id: int, site_id: int, *, kind: str, mac: str) -> Device:
    """Make a device for a site, which the code of `mac` enrols; it replaces the device the site had."""
    conference = lookup.open_conference(tx, meeting_id)
    site = lookup.site_of(tx, conference, site_id)
    unit_id = meetings.meeting_of(tx, meeting_id).unit_id
    part_with_device(tx, site)
    device = devices.add_device(
        tx, actor, unit_id, kind=kind, name=site.name[:120], meeting_id=None, mac=mac
    )
    site.device_id = device.id
    lookup.touch(tx, conference)
    return device


def remove_device(tx: Tx, actor: Actor, meeting_id: int, site_id: int) -> None:
    """The site's page or edge may do nothing here any more, and nothing at all unless another conference uses it.

    Raises Refused `device_not_found` when the site has none.
    """
    conference = lookup.open_conference(tx, meeting_id)
    site = lookup.site_of(tx, conference, site_id)
    if site.device_id is None:
        raise Refused("device_not_found")
    tx.record("relay.site_device_removed", actor, meeting_id, site=site.id, device=site.device_id)
    part_with_device(tx, site)
    lookup.touch(tx, conference)


def part_with_device(tx: Tx, site: Site) -> None:
    """A device that no other site has is revoked: a code that was sent to the wrong place opens nothing."""
    device = tx.get(Device, site.device_id) if site.device_id is not None else None
    site.device_id = None
    if device is None or device.revoked_at is not None:
        return
    tx.flush()
    if tx.scalar(select(Site.id).where(Site.device_id == device.id).limit(1)) is None:
        devices.end(tx, device)


def grants_of_device(session: Session, device: Device) -> tuple[Grant, ...]:
    """A site's page and an edge may do something only in the meetings whose conference invites them."""
    meeting_ids = session.scalars(
        select(Conference.meeting_id).join(Site, Site.conference_id == Conference.id)
        .where(Site.device_id == device.id)
    )
    return tuple(Grant(DEVICE_PERMISSIONS[device.kind], meeting_id=meeting_id) for meeting_id in meeting_ids)


def meetings_of_device(session: Session, device: Device) -> list[int]:
    """The meetings whose conference invites this device and has not ended, the next first."""
    return list(session.scalars(
        select(Conference.meeting_id).join(Site, Site.conference_id == Conference.id)
        .where(Site.device_id == device.id, Conference.state != ConferenceState.ENDED)
        .order_by(Conference.starts_at)
    ))


def people_of(session: Session, conference_id: int) -> int:
    """How many people are at the sites together."""
    return session.scalar(select(func.sum(Site.headcount)).where(Site.conference_id == conference_id)) or 0


def device_ended(tx: Tx, _device: Device) -> None:
    """A device was revoked: whatever it still receives of a running conference ends with it (planner.py, `shut`)."""
    for conference in tx.scalars(select(Conference).where(Conference.state.in_(lookup.RUNNING))):
        lookup.touch(tx, conference)
