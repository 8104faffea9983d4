"""The writes of the floor. What the wall shows stays the console's decision."""

from collections.abc import Sequence

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from server.core.access import Actor
from server.core.errors import Refused
from server.core.text import clean
from server.core.writer import Tx
from server.floor.models import RequestState, SpeakingRequest
from server.meetings import lookup
from server.meetings.models import MeetingState

MOST_WAITING = 200
OPEN_STATES = (RequestState.WAITING, RequestState.SPEAKING)
_OPEN_REQUEST = select(SpeakingRequest).where(
    SpeakingRequest.participant_id == bindparam("participant_id"),
    SpeakingRequest.state.in_(OPEN_STATES),
)


def waiting_requests(session: Session, meeting_id: int) -> Sequence[SpeakingRequest]:
    """Those who wait, in order."""
    return session.scalars(
        select(SpeakingRequest)
        .where(SpeakingRequest.meeting_id == meeting_id, SpeakingRequest.state == RequestState.WAITING)
        .order_by(SpeakingRequest.position, SpeakingRequest.id)
    ).all()


def speaker_of(session: Session, meeting_id: int) -> SpeakingRequest | None:
    """Who speaks now."""
    return session.scalar(
        select(SpeakingRequest)
        .where(SpeakingRequest.meeting_id == meeting_id, SpeakingRequest.state == RequestState.SPEAKING)
    )


def open_request_of(session: Session, participant_id: int) -> SpeakingRequest | None:
    """A participant's waiting or speaking request."""
    return session.scalar(_OPEN_REQUEST, {"participant_id": participant_id})


def request_floor(tx: Tx, actor: Actor, meeting_id: int, topic: str) -> int:
    """Ask to speak. Returns the request's id.

    Raises Refused `forbidden` (no participant), `floor_not_open`, `request_already_open` or `floor_full`.
    """
    meeting = lookup.open_meeting(tx, meeting_id)
    if actor.participant_id is None:
        raise Refused("forbidden")
    if meeting.state == MeetingState.DRAFT:
        raise Refused("floor_not_open")
    lookup.participant_of(tx, meeting_id, actor.participant_id)
    if open_request_of(tx, actor.participant_id) is not None:
        raise Refused("request_already_open")
    made = _queue(tx, meeting_id, topic, participant_id=actor.participant_id)
    tx.record("floor.requested", actor, meeting_id, request=made.id, topic=made.topic)
    return made.id


def _queue(tx: Tx, meeting_id: int, topic: str, **who: object) -> SpeakingRequest:
    """Put somebody at the end of those who wait. Raises Refused `floor_full`."""
    if len(waiting_requests(tx, meeting_id)) >= MOST_WAITING:
        raise Refused("floor_full", most=MOST_WAITING)
    last = tx.scalar(select(func.max(SpeakingRequest.position)).where(SpeakingRequest.meeting_id == meeting_id))
    made = SpeakingRequest(
        meeting_id=meeting_id, topic=clean(topic), requested_at=tx.now, position=(last or 0) + 1,
        state=RequestState.WAITING, **who,
    )
    tx.add(made)
    tx.flush()
    _touch(tx, meeting_id, [made])
    return made

def request_of_site(session: Session, site_id: int) -> SpeakingRequest | None:
    """The waiting or speaking request of a site of the relay."""
    return session.scalar(
        select(SpeakingRequest).where(SpeakingRequest.site_id == site_id, SpeakingRequest.state.in_(OPEN_STATES))
    )


def queue_site(tx: Tx, meeting_id: int, site_id: int, name: str, topic: str) -> SpeakingRequest:
    """A site asks to speak, in the same queue as everybody; whoever calls this records it.

    Raises Refused `request_already_open` or `floor_full`.
    """
    if request_of_site(tx, site_id) is not None:
        raise Refused("request_already_open")
    return _queue(tx, meeting_id, topic, site_id=site_id, site_name=name)


def give_site(tx: Tx, meeting_id: int, site_id: int, name: str) -> SpeakingRequest:
    """A site has the floor, whether it asked or not; who spoke before has finished. Whoever calls this records it."""
    request = request_of_site(tx, site_id) or _queue(tx, meeting_id, "", site_id=site_id, site_name=name)
    if request.state == RequestState.WAITING:
        _give(tx, request)
    return request


def end_site(tx: Tx, meeting_id: int, site_id: int) -> SpeakingRequest | None:
    """A site speaks and waits no more; None when it did neither. Whoever calls this records it."""
    request = request_of_site(tx, site_id)
    if request is None:
        return None
    moved = _waiting_and(tx, request)
    _end(tx, request, RequestState.DONE if request.state == RequestState.SPEAKING else RequestState.WITHDRAWN)
    _touch(tx, meeting_id, moved)
    return request


def withdraw(tx: Tx, actor: Actor, meeting_id: int) -> None:
    """Take back one's own request. Raises Refused `request_not_found`."""
    lookup.open_meeting(tx, meeting_id)
    own = open_request_of(tx, actor.participant_id or 0)
    if own is None or own.meeting_id != meeting_id:
        raise Refused("request_not_found")
    moved = _waiting_and(tx, own)
    _end(tx, own, RequestState.WITHDRAWN)
    tx.record("floor.withdrawn", actor, meeting_id, request=own.id)
    _touch(tx, meeting_id, moved)


def call(tx: Tx, actor: Actor, meeting_id: int, request_id: int) -> None:
    """Give the floor to somebody who waits; who spoke before has finished.

    Raises Refused `meeting_not_in_session`, `request_not_found` or `request_not_waiting`.
    """
    lookup.meeting_in_session(tx, meeting_id)
    request = _request(tx, meeting_id, request_id, RequestState.WAITING)
    before = _give(tx, request)
    tx.record(
        "floor.called", actor, meeting_id, request=request.id, finished=before.id if before else None, **_who(request)
    )


def _give(tx: Tx, request: SpeakingRequest) -> SpeakingRequest | None:
    """The floor goes to a request that waits; returns whose it was, which has finished."""
    moved = _waiting_and(tx, request)
    before = speaker_of(tx, request.meeting_id)
    if before is not None:
        _end(tx, before, RequestState.DONE)
        moved.append(before)
        tx.flush()  # there is one speaker at a time in the table too
    request.state, request.started_at = RequestState.SPEAKING, tx.now
    _touch(tx, request.meeting_id, moved)
    return before


def _who(request: SpeakingRequest) -> dict[str, int | None]:
    """Whose request it is, for the journal."""
    return {"site": request.site_id} if request.participant_id is None else {"participant": request.participant_id}


def finish(tx: Tx, actor: Actor, meeting_id: int, request_id: int) -> None:
    """The speaker has finished. Raises Refused `request_not_found` or `request_not_speaking`."""
    lookup.open_meeting(tx, meeting_id)
    request = _request(tx, meeting_id, request_id, RequestState.SPEAKING)
    _end(tx, request, RequestState.DONE)
    tx.record("floor.finished", actor, meeting_id, request=request.id, **_who(request))
    _touch(tx, meeting_id, [request])


def skip(tx: Tx, actor: Actor, meeting_id: int, request_id: int) -> None:
    """Take a waiting request off the list; its owner may ask again. Raises Refused `request_not_waiting`."""
    lookup.open_meeting(tx, meeting_id)
    request = _request(tx, meeting_id, request_id, RequestState.WAITING)
    moved = _waiting_and(tx, request)
    _end(tx, request, RequestState.SKIPPED)
    tx.record("floor.skipped", actor, meeting_id, request=request.id, **_who(request))
    _touch(tx, meeting_id, moved)


def reorder(tx: Tx, actor: Actor, meeting_id: int, order: list[int]) -> None:
    """Set the whole order of those waiting. Raises Refused `floor_order_stale` unless it names each exactly once."""
    lookup.open_meeting(tx, meeting_id)
    waiting = {request.id: request for request in waiting_requests(tx, meeting_id)}
    if sorted(order) != sorted(waiting):
        raise Refused("floor_order_stale")
    for place, request_id in enumerate(order, 1):
        waiting[request_id].position = place
    tx.record("floor.ordered", actor, meeting_id, order=order)
    _touch(tx, meeting_id, list(waiting.values()))


def end_all(session: Session, meeting_id: int) -> None:
    """The meeting closes: nobody waits or speaks any more."""
    if not isinstance(session, Tx):
        raise TypeError("requests end in a command")
    open_ones = list(waiting_requests(session, meeting_id))
    speaker = speaker_of(session, meeting_id)
    for request in open_ones:
        _end(session, request, RequestState.SKIPPED)
    if speaker is not None:
        _end(session, speaker, RequestState.DONE)
        open_ones.append(speaker)
    if open_ones:
        _touch(session, meeting_id, open_ones)


def _request(tx: Tx, meeting_id: int, request_id: int, state: RequestState) -> SpeakingRequest:
    request = tx.get(SpeakingRequest, request_id)
    if request is None or request.meeting_id != meeting_id:
        raise Refused("request_not_found")
    if request.state != state:
        raise Refused("request_not_waiting" if state is RequestState.WAITING else "request_not_speaking")
    return request


def _waiting_and(tx: Tx, request: SpeakingRequest) -> list[SpeakingRequest]:
    """A request that leaves the list and those behind it, whose places change."""
    behind = [
        other for other in waiting_requests(tx, request.meeting_id)
        if (other.position, other.id) > (request.position, request.id)
    ]
    return [request, *behind]


def _end(tx: Tx, request: SpeakingRequest, state: RequestState) -> None:
    request.state, request.ended_at = state, tx.now


def _touch(tx: Tx, meeting_id: int, requests: Sequence[SpeakingRequest]) -> None:
    tx.touch(lookup.topic(meeting_id, "floor"))
    people = (request.participant_id for request in requests if request.participant_id is not None)
    tx.touch(*(lookup.topic(meeting_id, "me", participant_id) for participant_id in people))
