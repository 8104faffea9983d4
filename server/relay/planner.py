"""From rows to the plan of what the relay ought to run, and sending it on every change."""

import threading
from collections.abc import Callable, Mapping

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.db import Database
from server.core.errors import Refused
from server.core.journal import JournalEntry
from server.devices.models import Device
from server.meetings import lookup as meetings
from server.meetings.models import ItemState
from server.relay import lookup
from server.relay.models import Conference, ConferenceState, RelayEdge, Site
from server.relay.plan import (
    ConferencePlan,
    EdgeKey,
    ProgramPlan,
    RecordingPlan,
    RelayPlan,
    Rung,
    SourcePlan,
    SrtLine,
)
from server.relay.readiness.turns import turns

log = structlog.get_logger(__name__)

MOST_SHUT = 500  # devices revoked while a conference runs; the newest
AGAIN = 3.0  # seconds after which a relay that was away is asked again


def plan(session: Session) -> RelayPlan:
    """What ought to run now. `revision` is the journal's newest number."""
    running = session.scalars(
        select(Conference).where(Conference.state.in_(lookup.RUNNING)).order_by(Conference.id)
    ).all()
    conferences = [
        _conference(session, one) for one in running if not meetings.meeting_of(session, one.meeting_id).secret
    ]
    return RelayPlan(
        revision=session.scalar(select(func.max(JournalEntry.seq))) or 0,
        conferences=(*conferences, *turns.wanted(clock.monotonic())),
        edges=tuple(_edges(session)) if conferences else (),
    )


def _conference(session: Session, conference: Conference) -> ConferencePlan:
    speaking = lookup.floor_of(session, conference)
    floor_key = f"site-{speaking.site_id}" if speaking else None
    sources = [
        SourcePlan.model_validate({
            "key": one.key, "kind": one.kind, "address": one.address, "listen": one.listen,
            "transport": one.transport, "sound": one.sound,
        })
        for one in lookup.sources_of(session, conference.id)
    ]
    if floor_key is not None:
        sources.append(SourcePlan(key=floor_key, kind="whip"))
    return ConferencePlan(
        id=conference.id, meeting_id=conference.meeting_id, meetings=_meetings(session, conference),
        state="live" if conference.state == ConferenceState.LIVE else "rehearsal", sources=tuple(sources),
        program=ProgramPlan(
            hold_ms=conference.hold_ms, stable_s=conference.stable_s, floor=floor_key, slate=tuple(slate(conference)),
        ),
        low=conference.low, recording=_recording(session, conference), caps=_caps(session, conference),
        muted=frozenset([floor_key] if floor_key else []), shut=_shut(session, conference),
    )


def _shut(session: Session, conference: Conference) -> frozenset[str]:
    """What devices are called that were revoked since the conference runs (site_routes.py, guest.py)."""
    began = conference.rehearsal_at or conference.live_at or conference.state_since
    gone = session.scalars(
        select(Device.id).where(Device.revoked_at >= began).order_by(Device.revoked_at.desc()).limit(MOST_SHUT)
    )
    return frozenset(f"device-{device_id}" for device_id in gone)


def _meetings(session: Session, conference: Conference) -> frozenset[int]:
    attached = (one.local_meeting_id for one in lookup.sites_of(session, conference.id))
    return frozenset([conference.meeting_id, *(one for one in attached if one is not None)])


def slate(conference: Conference) -> list[str]:
    """The words of the still that is shown when no source sends."""
    lines = [conference.name[:200], "Đang chờ tín hiệu từ điểm cầu trung tâm"]
    return [*lines, f"Kỹ thuật: {conference.phone}"] if conference.phone else lines


def _recording(session: Session, conference: Conference) -> RecordingPlan:
    on = conference.recording and not conference.recording_forbidden and conference.state == ConferenceState.LIVE
    current = [
        f"{number}. {item.title}" for number, item in meetings.numbered_items(session, conference.meeting_id)
        if item.state == ItemState.CURRENT
    ]
    return RecordingPlan(
        on=on, folder=f"recordings/{conference.id}", budget_mb=conference.budget_mb,
        mark=current[-1][:300] if current else "",
    )


def _caps(session: Session, conference: Conference) -> dict[str, Rung]:
    best = ((one, lookup.allowed(conference, one)) for one in lookup.sites_of(session, conference.id))
    return {f"site-{one.id}": rung for one, rung in best if rung != "top"}


def _edges(session: Session) -> list[EdgeKey]:
    """The edges of running conferences that are let in."""
    rows = session.execute(
        select(RelayEdge, Site, Conference).join(Device, Device.id == RelayEdge.device_id)
        .join(Site, Site.device_id == Device.id).join(Conference, Conference.id == Site.conference_id)
        .where(Device.revoked_at.is_(None), Conference.state.in_(lookup.RUNNING)).order_by(RelayEdge.device_id)
    )
    keys: dict[int, str] = {}
    srt: dict[int, list[SrtLine]] = {}
    for edge, site, conference in rows:
        if lookup.allowed(conference, site) != "none":
            keys[edge.device_id] = edge.public_key
            line = lookup.srt_line(conference, site)
            srt.setdefault(edge.device_id, []).extend([line] if line else [])
    return [EdgeKey(label=f"edge-{one}", public_key=key, srt=tuple(srt[one])) for one, key in keys.items()]


class Planner:
    """Sends the plan whenever a topic of the relay changed, and again until the relay has taken it."""

    def __init__(self, database: Database, apply: Callable[[RelayPlan], None]) -> None:
        self._database, self._apply = database, apply
        self._wake = threading.Event()
        self._sent: RelayPlan | None = None

    def changed(self, touched: Mapping[str, int]) -> None:
        """These topics changed (a listener of live). Cheap."""
        if any(name.endswith("/relay") for name in touched):
            self._wake.set()

    def afresh(self) -> None:
        """The relay started: it knows nothing."""
        self._sent = None
        self._wake.set()

    def start(self) -> None:
        """Begin, on a thread (a greenlet in the web process)."""
        turns.changed.append(self._wake.set)  # a site tests: its rehearsals have to run
        threading.Thread(target=self._loop, name="relay-plan", daemon=True).start()

    def _loop(self) -> None:
        self._wake.set()
        missing = True
        while True:
            self._wake.wait(AGAIN if missing else None)
            self._wake.clear()
            missing = not self.send()

    def send(self) -> bool:
        """Send the plan if it differs from the last one; whether the relay has what it needs."""
        try:
            with self._database.read() as session:
                wanted = plan(session)
            before = self._sent
            if before is not None and before.model_copy(update={"revision": wanted.revision}) == wanted:
                return True
            self._apply(wanted)
            self._sent = wanted
        except Refused as refused:
            if wanted.conferences:
                log.warning("relay_plan_not_taken", code=refused.code)
            return False
        except Exception as error:  # the database may be away for a moment
            log.error("relay_plan_failed", error=repr(error))
            return False
        return True
