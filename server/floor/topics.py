"""What screens see of the floor."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from server.core import clock
from server.core.live import meeting_topic
from server.floor.commands import MOST_WAITING, open_request_of
from server.floor.models import RequestState, SpeakingRequest
from server.floor.views import FloorRequest, FloorView
from server.meetings.models import Participant
from server.meetings.views import OwnRequest
from server.people.models import Person


@meeting_topic("floor", seat=FloorView, wall=FloorView, console=FloorView)
def floor(session: Session, meeting_id: int, _audience: str) -> FloorView:
    """Topic `floor`."""
    person = joinedload(SpeakingRequest.participant).joinedload(Participant.person).joinedload(Person.unit)
    rows = session.scalars(
        select(SpeakingRequest).options(person)
        .where(
            SpeakingRequest.meeting_id == meeting_id,
            SpeakingRequest.state.in_((RequestState.WAITING, RequestState.SPEAKING)),
        )
        .order_by(SpeakingRequest.position, SpeakingRequest.id).limit(MOST_WAITING + 1)
    ).all()
    views = [_view(row) for row in rows]
    return FloorView(
        speaking=next((view for view in views if view.state == RequestState.SPEAKING), None),
        waiting=[view for view in views if view.state == RequestState.WAITING],
    )


def _view(request: SpeakingRequest) -> FloorRequest:
    participant = request.participant
    return FloorRequest(
        id=request.id, participant_id=request.participant_id, site_id=request.site_id,
        name=participant.person.name if participant else request.site_name,
        unit=participant.person.unit.name if participant else "", seat=participant.seat if participant else None,
        topic=request.topic, state=request.state,
        requested_ms=clock.epoch_ms(request.requested_at),
        started_ms=clock.epoch_ms(request.started_at) if request.started_at else None,
    )


def own_request(session: Session, meeting_id: int, participant_id: int) -> OwnRequest | None:
    """One's own open request, and one's place among those waiting."""
    own = open_request_of(session, participant_id)
    if own is None or own.meeting_id != meeting_id:
        return None
    if own.state == RequestState.SPEAKING:
        return OwnRequest(id=own.id, state=own.state, place=None)
    before = session.scalars(
        select(SpeakingRequest.id)
        .where(
            SpeakingRequest.meeting_id == meeting_id, SpeakingRequest.state == RequestState.WAITING,
            (SpeakingRequest.position < own.position)
            | ((SpeakingRequest.position == own.position) & (SpeakingRequest.id < own.id)),
        )
    ).all()
    return OwnRequest(id=own.id, state=own.state, place=len(before) + 1)
