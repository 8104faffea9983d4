"""Topics of meetings: header, agenda, and what is about one participant only."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from server.core.clock import epoch_ms
from server.core.errors import Refused
from server.core.live import meeting_topic, personal_topic
from server.meetings import lookup
from server.meetings.models import AgendaItem, Meeting, MeetingState, Notice, Participant
from server.meetings.pauses import pauses, within
from server.meetings.views import (
    AgendaDocument,
    AgendaItemView,
    AgendaView,
    ConsoleAgendaItem,
    ConsoleAgendaView,
    HeaderView,
    MeView,
    NoticeView,
    Standing,
)
from server.people.models import Person, Unit

MAY_VOTE = Standing(may_vote=True, code=None, reason=None, reason_en=None)


@meeting_topic(
    "header", seat=HeaderView, wall=HeaderView, console=HeaderView, door=HeaderView, teller=HeaderView, site=HeaderView
)
def header(session: Session, meeting_id: int, _audience: str) -> HeaderView:
    """Which meeting this is, and how far it is."""
    meeting = lookup.meeting_of(session, meeting_id)
    unit = session.get_one(Unit, meeting.unit_id)
    notice = session.scalar(
        select(Notice).where(Notice.meeting_id == meeting_id, Notice.withdrawn_at.is_(None))
        .order_by(Notice.id.desc()).limit(1)
    )
    return HeaderView(
        id=meeting.id, title=meeting.title, kind=meeting.kind, unit=unit.name, room=meeting.room,
        starts_ms=epoch_ms(meeting.starts_at), state=meeting.state, state_since_ms=epoch_ms(meeting.state_since),
        rehearsal=meeting.rehearsal,
        notice=NoticeView(id=notice.id, text=notice.text, sent_ms=epoch_ms(notice.sent_at)) if notice else None,
    )


@meeting_topic("agenda", seat=AgendaView, wall=AgendaView, console=ConsoleAgendaView)
def agenda(session: Session, meeting_id: int, audience: str) -> AgendaView | ConsoleAgendaView:
    """The agenda in order; internal notes and planned times for the console only."""
    numbered = lookup.numbered_items(session, meeting_id)
    documents = lookup.hooks.agenda_documents(session, meeting_id)
    rests = pauses(session, meeting_id) if any(item.started_at for _, item in numbered) else []
    if audience != "console":
        return AgendaView(items=[
            AgendaItemView(**_common(number, item, documents.get(item.id, []), rests)) for number, item in numbered
        ])
    planned = planned_starts(lookup.meeting_of(session, meeting_id), [item for _, item in numbered])
    return ConsoleAgendaView(items=[
        ConsoleAgendaItem(
            **_common(number, item, documents.get(item.id, []), rests), internal_note=item.internal_note,
            ended_ms=_ms(item.ended_at), planned_start_ms=epoch_ms(planned[item.id]),
        )
        for number, item in numbered
    ])


def _common(
    number: str, item: AgendaItem, documents: list[AgendaDocument], rests: list[tuple[int, int]]
) -> dict[str, object]:
    started = _ms(item.started_at)
    return {
        "id": item.id, "parent_id": item.parent_id, "number": number, "title": item.title,
        "rapporteur": item.rapporteur, "minutes": item.minutes, "state": item.state, "documents": documents,
        "started_ms": started, "paused_ms": 0 if started is None else within(rests, started, _ms(item.ended_at)),
    }


def planned_starts(meeting: Meeting, items: list[AgendaItem]) -> dict[int, datetime]:
    """When each item would start if every one kept its minutes.

    An item with sub-items lasts as long as they do together, or its own minutes if those are more.
    """
    starts: dict[int, datetime] = {}
    at = meeting.starts_at
    for item in (one for one in items if one.parent_id is None):
        starts[item.id] = inner = at
        for child in (one for one in items if one.parent_id == item.id):
            starts[child.id] = inner
            inner += timedelta(minutes=child.minutes)
        at = max(inner, at + timedelta(minutes=item.minutes))
    return starts


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else epoch_ms(moment)


@personal_topic("me", MeView)
def me(session: Session, meeting_id: int, participant_id: int) -> MeView:
    """What is about this participant only."""
    options = [joinedload(Participant.person).joinedload(Person.unit)]
    participant = session.get(Participant, participant_id, options=options)
    if participant is None or participant.meeting_id != meeting_id:
        raise Refused("participant_not_found")
    hooks = lookup.hooks
    inside = hooks.inside_one(session, participant_id)
    standing = hooks.standing or basic_standing
    return MeView(
        participant_id=participant.id, name=participant.person.name, title=participant.person.title,
        unit=participant.person.unit.name, role=participant.role, seat=participant.seat,
        entitled=participant.entitled, present=inside is not None,
        present_since_ms=epoch_ms(inside.since) if inside else None,
        standing=standing(session, participant, inside is not None),
        ballot=hooks.own_ballot(session, meeting_id, participant_id),
        request=hooks.own_request(session, meeting_id, participant_id),
    )


def basic_standing(session: Session, participant: Participant, present: bool) -> Standing:
    """Why somebody could not vote whatever the poll: not entitled, not in the room, the meeting not in session."""
    if not participant.entitled:
        return _cannot("not_entitled", "Đồng chí dự họp nhưng không thuộc diện biểu quyết.", "You have no vote here.")
    if not present:
        return _cannot(
            "not_present", "Đồng chí chưa điểm danh nên chưa biểu quyết được.", "You have not checked in yet."
        )
    if lookup.meeting_of(session, participant.meeting_id).state != MeetingState.IN_SESSION:
        return _cannot("meeting_not_in_session", "Cuộc họp hiện không trong phiên.", "The meeting is not in session.")
    return MAY_VOTE


def _cannot(code: str, reason: str, reason_en: str) -> Standing:
    return Standing(may_vote=False, code=code, reason=reason, reason_en=reason_en)
