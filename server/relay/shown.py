"""From rows to what screens see of the relay."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core.clock import epoch_ms
from server.core.errors import Refused
from server.devices.models import Device
from server.floor import commands as floor
from server.floor.models import RequestState, SpeakingRequest
from server.meetings import lookup as meetings
from server.meetings.models import Meeting
from server.people.models import Unit
from server.relay import addresses, lookup, sharing
from server.relay.models import Conference, ConferenceState, Incident, RelaySource, Site
from server.relay.views.conference import (
    AttachedView,
    ConferenceView,
    FloorSite,
    RelayConsoleView,
    RelayDetail,
    RelayScreenView,
    SiteName,
)
from server.relay.views.records import IncidentView
from server.relay.views.sites import OwnSite, SiteView
from server.relay.views.sources import RelaySourceView

SITE_WORD = "Điểm cầu "
LONGEST_NAME = 40  # bytes of a site's name on the board: the topic stays small at 240 sites
NEWEST, MOST_INCIDENTS = 6, 500


def short(name: str, most: int = LONGEST_NAME) -> str:
    """A site's name of at most so many bytes: without "Điểm cầu", and the middle goes before what tells it apart."""
    text = name.removeprefix(SITE_WORD) or name
    if len(text.encode()) <= most:
        return text
    room = most - len("…".encode())
    head = text.encode()[: room // 3].decode(errors="ignore").rstrip()
    tail = text.encode()[-(room - room // 3):].decode(errors="ignore").lstrip()
    return f"{head}…{tail}"


def console(session: Session, meeting_id: int) -> RelayConsoleView:
    """Topic `relay` for the console."""
    meeting = meetings.meeting_of(session, meeting_id)
    conference = lookup.find_conference(session, meeting_id)
    return RelayConsoleView(
        conference=conference_view(session, conference) if conference else None,
        attached=None if conference else _attached(session, meeting_id),
        why_not="relay_secret" if meeting.secret else "",
    )


def _attached(session: Session, meeting_id: int) -> AttachedView | None:
    site = lookup.attached_site(session, meeting_id)
    if site is None:
        return None
    conference = session.get_one(Conference, site.conference_id)
    host = session.get_one(Unit, meetings.meeting_of(session, conference.meeting_id).unit_id)
    return AttachedView(site_id=site.id, conference=conference.name, host=host.name, state=conference.state)


def conference_view(session: Session, conference: Conference) -> ConferenceView:
    """A conference as the console's topic has it."""
    speaking = lookup.floor_of(session, conference)
    waiting = session.scalar(
        select(func.count()).select_from(SpeakingRequest).where(
            SpeakingRequest.meeting_id == conference.meeting_id, SpeakingRequest.state == RequestState.WAITING,
            SpeakingRequest.site_id.is_not(None),
        )
    )
    open_ones = session.scalar(
        select(func.count()).select_from(Incident)
        .where(Incident.conference_id == conference.id, Incident.resolved_at.is_(None))
    )
    return ConferenceView(
        id=conference.id, name=conference.name, organiser=conference.organiser,
        starts_ms=epoch_ms(conference.starts_at), phone=conference.phone, state=conference.state,
        state_since_ms=epoch_ms(conference.state_since), top=conference.top, hold_ms=conference.hold_ms,
        stable_s=conference.stable_s, low=conference.low,
        recording=conference.recording, recording_forbidden=conference.recording_forbidden,
        share_agenda=conference.share_agenda, share_documents=conference.share_documents,
        sources=[_source(one) for one in lookup.sources_of(session, conference.id)],
        floor=_floor(speaking) if speaking else None, requests=waiting or 0,
        sites=[SiteName(id=one.id, name=short(one.name)) for one in lookup.sites_of(session, conference.id)],
        incidents_open=open_ones or 0,
        incidents=[
            incident_view(one) for one in lookup.incidents_of(session, conference.id, most=NEWEST, only_open=True)
        ],
    )


def _source(source: RelaySource) -> RelaySourceView:
    return RelaySourceView(
        key="primary" if source.key == "primary" else "backup", kind=source.kind,
        address=addresses.shown(source.address, listen=source.listen), listen=source.listen,
        transport=source.transport, sound=source.sound,
    )


def _floor(speaking: SpeakingRequest) -> FloorSite:
    return FloorSite(
        site_id=speaking.site_id or 0, name=speaking.site_name,
        since_ms=epoch_ms(speaking.started_at or speaking.requested_at),
    )


def incident_view(incident: Incident) -> IncidentView:
    """An incident with its words."""
    return IncidentView(
        id=incident.id, site_id=incident.site_id, code=incident.code, subject=incident.subject, text=incident.text,
        text_en=incident.text_en, by=incident.by, at_ms=epoch_ms(incident.at), last_ms=epoch_ms(incident.last_at),
        times=incident.times, resolved_ms=epoch_ms(incident.resolved_at) if incident.resolved_at else None,
        resolved_by=incident.resolved_by, resolution=incident.resolution,
    )


def screen(session: Session, meeting_id: int, audience: str) -> RelayScreenView:
    """Topic `relay` for wall, seat and site."""
    found = lookup.shown_in(session, meeting_id)
    if found is None or meetings.meeting_of(session, meeting_id).secret:
        return RelayScreenView(
            state="none", name="", organiser=None, starts_ms=0, phone="", watch=False, sound=False, muted=False,
            site_id=None, floor_site_id=None, floor_name="", floor_since_ms=None,
        )
    conference, site = found.conference, found.site
    speaking = lookup.floor_of(session, conference)
    admitted = site is None or lookup.allowed(conference, site) != "none"
    return RelayScreenView(
        state=ConferenceState(conference.state).value, name=conference.name, organiser=conference.organiser,
        starts_ms=epoch_ms(conference.starts_at), phone=conference.phone,
        watch=conference.state in lookup.RUNNING and admitted, sound=audience != "seat",
        muted=site is not None and lookup.return_muted(session, conference, site),
        site_id=site.id if site else None, floor_site_id=speaking.site_id if speaking else None,
        floor_name=speaking.site_name if speaking else "",
        floor_since_ms=_floor(speaking).since_ms if speaking else None,
    )


def detail(session: Session, meeting_id: int) -> RelayDetail:
    """Everything, for the console's pages."""
    small = console(session, meeting_id)
    conference = lookup.find_conference(session, meeting_id)
    sites = lookup.sites_of(session, conference.id) if conference else ()
    return RelayDetail(
        conference=small.conference, attached=small.attached, why_not=small.why_not,
        plan=conference.plan if conference else "", budget_mb=conference.budget_mb if conference else 0,
        rehearsal_ms=epoch_ms(conference.rehearsal_at) if conference and conference.rehearsal_at else None,
        live_ms=epoch_ms(conference.live_at) if conference and conference.live_at else None,
        ended_ms=epoch_ms(conference.ended_at) if conference and conference.ended_at else None,
        sites=[site_view(session, conference, one) for one in sites] if conference else [],
        incidents=[
            incident_view(one) for one in lookup.incidents_of(session, conference.id, most=MOST_INCIDENTS)
        ] if conference else [],
        papers=sharing.offered(session, conference) if conference else [],
    )


def site_view(session: Session, conference: Conference, site: Site) -> SiteView:
    """A site in full."""
    device = session.get(Device, site.device_id) if site.device_id is not None else None
    local = session.get(Meeting, site.local_meeting_id) if site.local_meeting_id is not None else None
    return SiteView(
        id=site.id, unit_id=site.unit_id, name=site.name, address=site.address, contact=site.contact,
        contact_phone=site.contact_phone, technician=site.technician, technician_phone=site.technician_phone,
        device_id=site.device_id, device_kind=device.kind if device else "",
        device_enrolled=device is not None and device.enrolled_at is not None and device.revoked_at is None,
        device_code_ms=epoch_ms(device.code_expires_at) if device and device.code_expires_at else None,
        device_online=False,
        local_meeting_id=site.local_meeting_id, local_meeting=local.title if local else "", admission=site.admission,
        admission_reason=site.admission_reason, verdict=site.verdict or "",
        verdict_ms=epoch_ms(site.verdict_at) if site.verdict_at else None, may_speak=site.may_speak,
        cap=lookup.worse(site.cap), held=lookup.worse(site.held), allowed=lookup.allowed(conference, site),
        line="srt" if site.line == "srt" else "feed",
        headcount=site.headcount, headcount_ms=epoch_ms(site.headcount_at) if site.headcount_at else None,
    )


def own_site(session: Session, meeting_id: int, device_id: int | None) -> OwnSite:
    """What a site's page shows of itself. Raises Refused `relay_site_not_found`."""
    conference, site = lookup.site_of_device(session, meeting_id, device_id)
    request = floor.request_of_site(session, site.id)
    full = site_view(session, conference, site)
    place = None
    if request is not None and request.state == RequestState.WAITING:
        place = [one.id for one in floor.waiting_requests(session, meeting_id)].index(request.id) + 1
    return OwnSite(
        site_id=site.id, conference_id=conference.id, meeting_id=meeting_id, name=site.name, conference=conference.name,
        organiser=conference.organiser, starts_ms=epoch_ms(conference.starts_at), state=conference.state,
        phone=conference.phone, contact=site.contact, contact_phone=site.contact_phone, technician=site.technician,
        technician_phone=site.technician_phone, admission=site.admission, admission_reason=site.admission_reason,
        verdict=full.verdict, verdict_ms=full.verdict_ms, may_speak=site.may_speak, allowed=full.allowed,
        held=full.held, top=conference.top, headcount=site.headcount, headcount_ms=full.headcount_ms,
        request="none" if request is None else "speaking" if place is None else "waiting", request_place=place,
        shared=sharing.seen_by(session, lookup.Shown(conference, site)),
    )


def relayable(session: Session, meeting_id: int, _poll_id: int | None) -> None:
    """The wall may show the relay (a scene check). Raises Refused `relay_secret`, `relay_none`, `relay_not_running`."""
    if meetings.meeting_of(session, meeting_id).secret:
        raise Refused("relay_secret")
    found = lookup.shown_in(session, meeting_id)
    if found is None:
        raise Refused("relay_none")
    if found.conference.state not in lookup.RUNNING:
        raise Refused("relay_not_running")
