"""HTTP of meetings: list, particulars, agenda, life cycle, notices."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, model_validator
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from server.core.access import Actor, Permission, Place
from server.core.clock import epoch_ms
from server.core.http import Api, Call
from server.core.views import Input
from server.meetings import agenda, commands, lifecycle, lookup, naming
from server.meetings.commands import Particulars
from server.meetings.models import AgendaItem, Meeting, MeetingKind, MeetingState, Participant
from server.meetings.views import Created, MeetingDetails, MeetingList, MeetingRow, StepNote, StepsView, StepView
from server.people.commands import renamed_hooks
from server.people.inputs import Heading, OptionalLabel, Prose, RowId, Sentence
from server.people.models import Unit

api = Api("meetings")

M = "/api/meetings/<int:meeting_id>"
SEES = (Permission.MEETING_CONSOLE, Permission.MEETING_WATCH, Permission.ATTENDANCE_CHECK_IN)
MOST_LISTED = 200

Fraction = Annotated[int, Field(ge=1, le=100)]
Minutes = Annotated[int, Field(ge=0, le=1440)]


class MeetingIn(Input):
    """A new meeting. `starts_at` is ISO 8601 with its zone; the quorum is a fraction of those convened."""

    title: Heading
    kind: MeetingKind = MeetingKind.MEETING
    room: OptionalLabel = ""
    starts_at: AwareDatetime
    quorum_numerator: Fraction = 2
    quorum_denominator: Fraction = 3
    rehearsal: bool = False
    secret: bool = False

    @model_validator(mode="after")
    def _at_most_everybody(self) -> "MeetingIn":
        _check(self.quorum_numerator, self.quorum_denominator, self.starts_at)
        return self


class MeetingPatch(Input):
    """Changed particulars; what is left out stays."""

    title: Heading | None = None
    kind: MeetingKind | None = None
    room: OptionalLabel | None = None
    starts_at: AwareDatetime | None = None
    quorum_numerator: Fraction | None = None
    quorum_denominator: Fraction | None = None
    secret: bool | None = None

    @model_validator(mode="after")
    def _at_most_everybody(self) -> "MeetingPatch":
        if (self.quorum_numerator is None) != (self.quorum_denominator is None):
            raise ValueError("a quorum needs both its numbers")
        _check(self.quorum_numerator or 1, self.quorum_denominator or 1, self.starts_at)
        return self


def _check(numerator: int, denominator: int, starts_at: datetime | None) -> None:
    if numerator > denominator:
        raise ValueError("a quorum cannot be more than everybody")
    if starts_at is not None and not 2000 <= starts_at.year <= 2200:  # noqa: PLR2004  (what calendars on screens can show)
        raise ValueError("starts_at is outside of 2000–2200")


class ItemIn(Input):
    """A new agenda item, below `parent_id` if that is given."""

    title: Sentence
    rapporteur: OptionalLabel = ""
    minutes: Minutes = 0
    parent_id: RowId | None = None
    internal_note: Prose = ""


class ItemPatch(Input):
    """Changed texts of an agenda item; what is left out stays."""

    title: Sentence | None = None
    rapporteur: OptionalLabel | None = None
    minutes: Minutes | None = None
    internal_note: Prose | None = None


class OrderPlace(Input):
    """Where one item stands."""

    id: RowId
    parent_id: RowId | None = None


class OrderIn(Input):
    """The whole order of the agenda."""

    order: Annotated[list[OrderPlace], Field(max_length=agenda.MOST_ITEMS)]


class StepIn(Input):
    """The next state, confirmed."""

    to: MeetingState
    confirm: bool = False
    confirm_without_quorum: bool = False


class NoticeIn(Input):
    """A notice to all screens."""

    text: Sentence


def changes(body: Input) -> dict[str, Any]:
    """The fields that were sent with a value."""
    return {name: getattr(body, name) for name in body.model_fields_set if getattr(body, name) is not None}


def visible_meetings(session: Session, actor: Actor, most: int = MOST_LISTED) -> list[MeetingRow]:
    """Meetings the actor may see on some surface, newest start first."""
    where = [
        Meeting.id == grant.meeting_id if grant.meeting_id is not None else Unit.path.startswith(grant.unit_path or "?")
        for grant in actor.grants if not actor.must_change_password and not grant.permissions.isdisjoint(SEES)
    ]
    if not where:
        return []
    rows = session.execute(
        select(Meeting, Unit.name, Unit.path).join(Unit, Meeting.unit_id == Unit.id).where(or_(*where))
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc()).limit(most)
    )
    return [_row(actor, meeting, unit, path) for meeting, unit, path in rows]


def _row(actor: Actor, meeting: Meeting, unit: str, path: str) -> MeetingRow:
    return MeetingRow(
        id=meeting.id, title=meeting.title, kind=meeting.kind, unit=unit, room=meeting.room,
        starts_ms=epoch_ms(meeting.starts_at), state=meeting.state,
        can_manage=actor.may(Permission.MEETING_MANAGE, Place(path, meeting.id)),
    )


@api.get("/api/me/meetings", Permission.SIGNED_IN, "Các cuộc họp của tôi", answer=MeetingList)
def my_meetings(call: Call[None]) -> MeetingList:
    """Meetings that I may see, newest start first."""
    with call.read() as session:
        return MeetingList(meetings=visible_meetings(session, call.actor))


@api.post(
    "/api/units/<int:unit_id>/meetings", Permission.MEETING_CREATE, "Tạo cuộc họp", body=MeetingIn, answer=Created
)
def create_meeting(call: Call[MeetingIn], unit_id: int) -> Created:
    """A new meeting in draft."""
    what = Particulars(**call.body.model_dump())
    return call.write(lambda tx: Created(id=commands.create_meeting(tx, call.actor, unit_id, what)))


@api.get(M, Permission.MEETING_CONSOLE, "Thông tin cuộc họp", answer=MeetingDetails)
def meeting_details(call: Call[None], meeting_id: int) -> MeetingDetails:
    """Everything the editor shows besides agenda and participants."""
    with call.read() as session:
        meeting = lookup.meeting_of(session, meeting_id)
        unit = session.get_one(Unit, meeting.unit_id)
        count = select(func.count())
        return MeetingDetails(
            **_row(call.actor, meeting, unit.name, unit.path).model_dump(), unit_id=unit.id,
            rehearsal=meeting.rehearsal, secret=meeting.secret, join_code=meeting.join_code,
            join_url=f"{call.services.settings.address}/seat/?m={meeting.join_code}",
            quorum_numerator=meeting.quorum_numerator, quorum_denominator=meeting.quorum_denominator,
            participants=session.scalar(count.where(Participant.meeting_id == meeting_id)) or 0,
            items=session.scalar(count.where(AgendaItem.meeting_id == meeting_id)) or 0,
        )


@api.patch(M, Permission.MEETING_MANAGE, "Sửa thông tin cuộc họp", body=MeetingPatch)
def change_meeting(call: Call[MeetingPatch], meeting_id: int) -> None:
    """Before the meeting has begun; the mark of secrecy also afterwards."""
    return call.write(lambda tx: commands.change_meeting(tx, call.actor, meeting_id, **changes(call.body)))


@api.post(f"{M}/agenda", Permission.MEETING_MANAGE, "Thêm mục chương trình", body=ItemIn, answer=Created)
def add_item(call: Call[ItemIn], meeting_id: int) -> Created:
    """At the end of its level."""
    texts = call.body.model_dump(exclude={"parent_id"})
    parent = call.body.parent_id
    return call.write(lambda tx: Created(id=agenda.add_item(tx, call.actor, meeting_id, parent, **texts)))


@api.put(f"{M}/agenda/order", Permission.MEETING_MANAGE, "Sắp xếp chương trình", body=OrderIn)
def order_items(call: Call[OrderIn], meeting_id: int) -> None:
    """The whole order at once."""
    order = [agenda.Place(place.id, place.parent_id) for place in call.body.order]
    return call.write(lambda tx: agenda.order_items(tx, call.actor, meeting_id, order))


@api.patch(f"{M}/agenda/<int:item_id>", Permission.MEETING_MANAGE, "Sửa mục chương trình", body=ItemPatch)
def change_item(call: Call[ItemPatch], meeting_id: int, item_id: int) -> None:
    """Texts and minutes."""
    return call.write(lambda tx: agenda.change_item(tx, call.actor, meeting_id, item_id, **changes(call.body)))


@api.delete(f"{M}/agenda/<int:item_id>", Permission.MEETING_MANAGE, "Xóa mục chương trình")
def remove_item(call: Call[None], meeting_id: int, item_id: int) -> None:
    """With its sub-items, if none has begun."""
    return call.write(lambda tx: agenda.remove_item(tx, call.actor, meeting_id, item_id))


@api.post(f"{M}/agenda/<int:item_id>/start", Permission.MEETING_MANAGE, "Bắt đầu mục chương trình")
def start_item(call: Call[None], meeting_id: int, item_id: int) -> None:
    """The item that was current is finished."""
    return call.write(lambda tx: agenda.start_item(tx, call.actor, meeting_id, item_id))


@api.post(f"{M}/agenda/<int:item_id>/finish", Permission.MEETING_MANAGE, "Kết thúc mục chương trình")
def finish_item(call: Call[None], meeting_id: int, item_id: int) -> None:
    """Nothing is current afterwards."""
    return call.write(lambda tx: agenda.finish_item(tx, call.actor, meeting_id, item_id))


@api.get(f"{M}/steps", Permission.MEETING_CONSOLE, "Các bước tiếp theo của cuộc họp", answer=StepsView)
def meeting_steps(call: Call[None], meeting_id: int) -> StepsView:
    """What each step lacks and brings."""
    with call.read() as session:
        found = lifecycle.steps(session, lookup.meeting_of(session, meeting_id))
    return StepsView(steps=[
        StepView(
            to=step.to, allowed=not step.missing, missing=_notes(step.missing), warnings=_notes(step.warnings),
            consequence=step.consequence, consequence_en=step.consequence_en,
        )
        for step in found
    ])


def _notes(notes: list[lookup.Missing]) -> list[StepNote]:
    return [StepNote(code=note.code, text=note.text, text_en=note.text_en) for note in notes]


@api.post(f"{M}/state", Permission.MEETING_MANAGE, "Chuyển trạng thái cuộc họp", body=StepIn)
def take_step(call: Call[StepIn], meeting_id: int) -> None:
    """One confirmed step of the life cycle."""
    body = call.body
    return call.write(lambda tx: lifecycle.take_step(
        tx, call.actor, meeting_id, body.to, confirmed=body.confirm, without_quorum=body.confirm_without_quorum
    ))


@api.post(f"{M}/notices", Permission.MEETING_MANAGE, "Gửi thông báo tới mọi màn hình", body=NoticeIn, answer=Created)
def send_notice(call: Call[NoticeIn], meeting_id: int) -> Created:
    """It stays until withdrawn."""
    return call.write(lambda tx: Created(id=commands.send_notice(tx, call.actor, meeting_id, call.body.text)))


@api.delete(f"{M}/notices/<int:notice_id>", Permission.MEETING_MANAGE, "Gỡ thông báo")
def withdraw_notice(call: Call[None], meeting_id: int, notice_id: int) -> None:
    """Off all screens."""
    return call.write(lambda tx: commands.withdraw_notice(tx, call.actor, meeting_id, notice_id))


renamed_hooks.append(naming.renamed)
