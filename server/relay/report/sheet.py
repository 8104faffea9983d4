"""What the report says, gathered from the rows."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.meetings import lookup as meetings
from server.people.models import Unit
from server.relay import lookup
from server.relay.models import Admission, Conference, ConferenceState, Incident, Organiser, Site, Spell
from server.relay.plan import Rung

MOST_INCIDENTS = 5_000


@dataclass(frozen=True, slots=True)
class SpellLine:
    """A time a site was connected."""

    from_at: datetime
    until: datetime
    live: bool
    best: Rung
    worst: Rung
    gaps: int
    ended: bool


@dataclass(frozen=True, slots=True)
class SiteLine:
    """One site. `connected`: within the live conference; `incidents`: how many lines of the log are about it."""

    name: str
    unit: str
    verdict: str
    verdict_at: datetime | None
    admission: Admission
    admission_reason: str
    people: int
    counted_at: datetime | None
    spells: tuple[SpellLine, ...]
    incidents: int

    @property
    def live(self) -> tuple[SpellLine, ...]:
        """Only those of the conference itself."""
        return tuple(one for one in self.spells if one.live)

    @property
    def connected(self) -> timedelta:
        """How long it was connected in the conference."""
        return sum((one.until - one.from_at for one in self.live), timedelta())

    @property
    def breaks(self) -> int:
        """How often it was cut off in the conference."""
        return max(0, len(self.live) - 1) + sum(one.gaps for one in self.live)


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One line of the log."""

    at: datetime
    last_at: datetime
    times: int
    site: str
    text: str
    by: str
    resolved_at: datetime | None
    resolved_by: str
    resolution: str


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """Everything, as it stood at `made_at`. `final`: the conference has ended."""

    unit: str
    meeting: str
    conference: str
    organiser: Organiser
    phone: str
    starts_at: datetime
    rehearsal_at: datetime | None
    live_at: datetime | None
    ended_at: datetime | None
    made_at: datetime
    final: bool
    sites: tuple[SiteLine, ...]
    incidents: tuple[IncidentLine, ...]

    @property
    def people(self) -> int:
        """In all rooms."""
        return sum(one.people for one in self.sites)

    @property
    def took_part(self) -> int:
        """Sites that were connected in the conference."""
        return sum(bool(one.live) for one in self.sites)

    @property
    def never(self) -> tuple[SiteLine, ...]:
        """Sites that were not."""
        return tuple(one for one in self.sites if not one.live)

    @property
    def unsettled(self) -> int:
        """Incidents that are still open."""
        return sum(one.resolved_at is None for one in self.incidents)


def sheet_of(session: Session, conference: Conference, now: datetime) -> ReportSheet:
    """The report of a conference."""
    meeting = meetings.meeting_of(session, conference.meeting_id)
    sites = lookup.sites_of(session, conference.id)
    rows = session.scalars(
        select(Incident).where(Incident.conference_id == conference.id).order_by(Incident.at, Incident.id)
        .limit(MOST_INCIDENTS)
    ).all()
    return ReportSheet(
        unit=session.get_one(Unit, meeting.unit_id).name, meeting=meeting.title, conference=conference.name,
        organiser=Organiser(conference.organiser), phone=conference.phone, starts_at=conference.starts_at,
        rehearsal_at=conference.rehearsal_at, live_at=conference.live_at, ended_at=conference.ended_at, made_at=now,
        final=conference.state == ConferenceState.ENDED, sites=_sites(session, conference, sites, rows),
        incidents=_incidents(sites, rows),
    )


def _sites(
    session: Session, conference: Conference, sites: Sequence[Site], rows: Sequence[Incident]
) -> tuple[SiteLine, ...]:
    spells: dict[int, list[SpellLine]] = defaultdict(list)
    for one in session.scalars(
        select(Spell).where(Spell.conference_id == conference.id).order_by(Spell.from_at, Spell.id)
    ):
        spells[one.site_id].append(SpellLine(
            one.from_at, one.seen_at, one.live, lookup.worse(one.best), lookup.worse(one.worst), one.gaps, one.ended
        ))
    units = {unit.id: unit.name for unit in session.scalars(
        select(Unit).where(Unit.id.in_([one.unit_id for one in sites if one.unit_id is not None]))
    )}
    about = Counter(one.site_id for one in rows)
    return tuple(
        SiteLine(
            name=one.name, unit=units.get(one.unit_id or 0, ""), verdict=one.verdict or "", verdict_at=one.verdict_at,
            admission=Admission(one.admission), admission_reason=one.admission_reason, people=one.headcount,
            counted_at=one.headcount_at, spells=tuple(spells[one.id]), incidents=about[one.id],
        )
        for one in sites
    )


def _incidents(sites: Sequence[Site], rows: Sequence[Incident]) -> tuple[IncidentLine, ...]:
    names = {one.id: one.name for one in sites}
    return tuple(
        IncidentLine(
            at=one.at, last_at=one.last_at, times=one.times, site=names.get(one.site_id or 0, ""), text=one.text,
            by=one.by, resolved_at=one.resolved_at, resolved_by=one.resolved_by, resolution=one.resolution,
        )
        for one in rows
    )
