"""The time line of a conference from its rows (milestones.py decides)."""

from sqlalchemy.orm import Session

from server.core import clock
from server.floor import commands as floor
from server.meetings import lookup as meetings
from server.meetings.models import ItemState
from server.relay import lookup
from server.relay.models import Admission, Conference, ConferenceState
from server.relay.readiness import milestones, reads
from server.relay.readiness.milestones import Facts, SiteFacts
from server.relay.readiness.views import MilestoneView, TimelineView


def facts_of(session: Session, conference: Conference) -> Facts:
    """What the rows say of a conference; a site that was refused by hand is not expected."""
    tested = {one.site_id: one.tested_at for one in reads.newest(session, conference)}
    items = meetings.numbered_items(session, conference.meeting_id)
    return Facts(
        starts_at=conference.starts_at, state=ConferenceState(conference.state), planned=conference.plan != "",
        sources=len(lookup.sources_of(session, conference.id)),
        sites=tuple(
            SiteFacts(one.id, tested.get(one.id), one.headcount_at)
            for one in lookup.sites_of(session, conference.id) if one.admission != Admission.REFUSED
        ),
        live_at=conference.live_at, ended_at=conference.ended_at, reported_at=conference.reported_at,
        asking=len(floor.waiting_requests(session, conference.meeting_id)),
        agenda_over=bool(items) and all(item.state == ItemState.DONE for _, item in items),
    )


def time_line(session: Session, conference: Conference) -> TimelineView:
    """Every step with its state now, and the one to see to."""
    steps = milestones.line(facts_of(session, conference), clock.now())
    following = milestones.next_of(steps)
    return TimelineView(
        next=following.key if following else "",
        steps=[
            MilestoneView(
                key=one.key, at_ms=clock.epoch_ms(one.at) if one.at else None, state=one.state,
                missing=list(one.missing), do=one.do,
            )
            for one in steps
        ],
    )
