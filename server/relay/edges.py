"""Edges as the centre sees them: what each is to do, and its key."""

from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core.access import Actor
from server.core.clock import epoch_ms, now
from server.core.config import Settings
from server.core.errors import Refused
from server.core.journal import JournalEntry
from server.core.keys import Keys
from server.core.writer import Tx
from server.devices.models import Device
from server.relay import curve, lookup
from server.relay.models import Conference, ConferenceState, RelayEdge, Site
from server.relay.planner import slate
from server.relay.readiness import reads, timeline
from server.relay.views.edges import EdgeSite, EdgeView


def relay_host(settings: Settings) -> str:
    """The host of this machine as others reach it."""
    return urlsplit(settings.address).hostname or settings.host


def relay_address(settings: Settings, host: str = "") -> str:
    """The base URL of the relay's own HTTP; `host`: how the caller came here, when the settings do not say."""
    host = host or relay_host(settings)
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.relay_port}"


def view(session: Session, device: Device, settings: Settings, keys: Keys) -> EdgeView:
    """What an edge is to do."""
    rows = session.execute(
        select(Conference, Site).join(Site, Site.conference_id == Conference.id)
        .where(Site.device_id == device.id, Conference.state != ConferenceState.ENDED).order_by(Conference.starts_at)
        .limit(16)
    ).all()
    return EdgeView(
        device_id=device.id, name=device.name, label=f"edge-{device.id}",
        revision=session.scalar(select(func.max(JournalEntry.seq))) or 0, feed_host="",
        feed_port=settings.relay_feed_port, feed_key=curve.pair(keys).public.decode(),
        srt_port=settings.relay_srt_port,
        now_ms=epoch_ms(now()), key_known=session.get(RelayEdge, device.id) is not None,
        conferences=[_site(session, conference, site) for conference, site in rows],
    )


def _site(session: Session, conference: Conference, site: Site) -> EdgeSite:
    allowed, line = lookup.allowed(conference, site), lookup.srt_line(conference, site)
    return EdgeSite(
        site_id=site.id, conference_id=conference.id, meeting_id=conference.meeting_id, name=site.name,
        conference=conference.name, state=conference.state, starts_ms=epoch_ms(conference.starts_at),
        phone=conference.phone, watch=conference.state in lookup.RUNNING and allowed != "none", allowed=allowed,
        held=lookup.worse(site.held), low=conference.low,
        muted=lookup.return_muted(session, conference, site),
        test_due=_test_due(session, conference, site), line="srt" if line else "feed",
        srt_turn=line.turn if line else "",
        recording=conference.recording and not conference.recording_forbidden, slate=slate(conference),
    )


def _test_due(session: Session, conference: Conference, site: Site) -> bool:
    """Whether the last hour before the start has come and nobody has tested this site again."""
    at = now()
    if conference.state == ConferenceState.LIVE or timeline.calls(conference.starts_at, at) != "t60":
        return False
    return reads.is_missing(session, conference, site.id, at)


def give_key(tx: Tx, actor: Actor, device: Device, public_key: str) -> None:
    """Keep an edge's CURVE public key. Raises Refused `invalid_input` when it is none."""
    try:
        curve.in_hex(public_key)
    except ValueError:
        raise Refused("invalid_input") from None
    known = tx.get(RelayEdge, device.id)
    if known is None:
        known = RelayEdge(device_id=device.id)
        tx.add(known)
    known.public_key, known.given_at = public_key, tx.now
    tx.record("relay.edge_key", actor, None, device=device.id)
    for conference in tx.scalars(
        select(Conference).join(Site, Site.conference_id == Conference.id).where(Site.device_id == device.id)
    ).all():
        lookup.touch(tx, conference)
