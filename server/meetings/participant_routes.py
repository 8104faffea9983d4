"""HTTP of participants, their import, and invitations."""

from typing import Annotated, Any, Literal

from flask import Response, request
from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from server.core.access import Permission
from server.core.clock import epoch_ms
from server.core.errors import Refused
from server.core.http import Api, Call, respond
from server.core.journal import TopicVersion
from server.core.offload import offload
from server.core.text import clean, fold
from server.core.views import Input
from server.meetings import columns, importing, invitations, lookup, participants, sheet, template
from server.meetings.limits import MOST_BYTES, MOST_COLUMNS
from server.meetings.models import Participant, ParticipantRole
from server.meetings.participant_views import (
    ImportColumn,
    Imported,
    ImportPreview,
    ImportProblem,
    InvitationList,
    InvitationView,
    ParticipantList,
    ParticipantRow,
    PinsGiven,
)
from server.meetings.participants import NewPerson, Part
from server.meetings.uploads import Uploads
from server.meetings.views import Created
from server.people import once
from server.people.inputs import CardNumber, Name, OptionalLabel, Reason, RowId
from server.people.models import Person

api = Api("participants")

M = "/api/meetings/<int:meeting_id>/participants"
MANAGE = Permission.MEETING_MANAGE
MOST_PROBLEMS, MOST_AT_ONCE = 500, 2000
ROLES = list(ParticipantRole)


def _seat(value: str) -> str:
    label = columns.seat_label(value)
    if label is None:
        raise ValueError("not a seat such as B12")
    return label


Seat = Annotated[str, Field(max_length=20), AfterValidator(_seat)]
OptionalSeat = Annotated[Seat | None, BeforeValidator(lambda value: None if value == "" else value)]
OptionalReason = Annotated[Reason | None, BeforeValidator(lambda value: None if value == "" else value)]
OptionalCard = Annotated[CardNumber | None, BeforeValidator(lambda value: None if value == "" else value)]


class NewPersonIn(Input):
    """Somebody who is not yet in the register; without a unit he belongs to the meeting's."""

    name: Name
    title: OptionalLabel = ""
    unit_id: RowId | None = None
    card_number: OptionalCard = None


class ParticipantIn(Input):
    """A person of the register, or a new one. Who votes follows from the part unless said."""

    person_id: RowId | None = None
    person: NewPersonIn | None = None
    role: ParticipantRole = ParticipantRole.DELEGATE
    entitled: bool | None = None
    seat: OptionalSeat = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "ParticipantIn":
        if (self.person_id is None) == (self.person is None):
            raise ValueError("give either person_id or person")
        return self


class ParticipantPatch(Input):
    """Changed part, seat or excuse; null empties seat and excuse; what is left out stays."""

    role: ParticipantRole = ParticipantRole.DELEGATE
    entitled: bool = False
    seat: OptionalSeat = None
    excused_reason: OptionalReason = None


class ParticipantQuery(Input):
    """`search`: words of a name, without diacritics if one likes, or a seat."""

    search: str = Field(default="", max_length=60)


Field_ = Literal["name", "family_name", "given_name", "title", "unit", "card_number", "role", "entitled", "seat"]
Mapping = Annotated[list[Field_ | None], Field(max_length=MOST_COLUMNS)]


class CheckIn(Input):
    """A previewed list, and what its columns mean in order (left out: as recognised)."""

    token: str = Field(max_length=64)
    mapping: Mapping | None = None

    @model_validator(mode="after")
    def _each_once(self) -> "CheckIn":
        used = [one for one in self.mapping or [] if one is not None]
        if len(used) != len(set(used)):
            raise ValueError("a field can come from one column only")
        return self


class ImportIn(CheckIn):
    """`accept_good_only`: rows with problems stay out; otherwise one problem keeps everything out."""

    accept_good_only: bool = False


class InvitationsIn(Input):
    """Without ids: everybody who has no PIN. With ids: these anew; what they held before is revoked."""

    participant_ids: Annotated[list[RowId], Field(min_length=1, max_length=MOST_AT_ONCE)] | None = None


class PinIn(Input):
    """A PIN that was just made."""

    participant_id: RowId
    pin: Annotated[str, Field(pattern=r"^[0-9]{6}$")]


class LettersIn(Input):
    """Invitations to be printed. With PINs: those of these people. Without: everybody's, whose PINs nobody knows."""

    pins: list[PinIn] = Field(default_factory=list, max_length=MOST_AT_ONCE)


@api.get(M, Permission.MEETING_CONSOLE, "Danh sách người dự họp", query=ParticipantQuery, answer=ParticipantList)
def list_participants(call: Call[None], meeting_id: int) -> Response:
    """The whole list, or those who match `search`."""
    with call.read() as session:
        version = session.scalar(
            select(TopicVersion.version).where(TopicVersion.topic == lookup.topic(meeting_id, "participants"))
        )
        etag = f"{call.services.epoch()}-{version or 0}"
        if version and etag in request.if_none_match:
            response = Response(status=304)
        else:
            response = respond(ParticipantList(participants=_rows(session, meeting_id, fold(call.query.search))))
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _rows(session: Session, meeting_id: int, search: str) -> list[ParticipantRow]:
    inside = lookup.hooks.inside(session, meeting_id)
    found = session.scalars(
        select(Participant).where(Participant.meeting_id == meeting_id)
        .options(joinedload(Participant.person).joinedload(Person.unit))
    )
    wanted = [one for one in found if participants.matches(one, search)]
    wanted.sort(key=lambda one: (_part_order(one), one.person.folded_name.split()[-1:], one.person.folded_name))
    return [_row(one, inside.get(one.id)) for one in wanted]


def _part_order(participant: Participant) -> int:
    order = ("chair", "secretary", "delegate", "alternate", "guest")
    return order.index(participant.role)


def _row(one: Participant, inside: lookup.Inside | None) -> ParticipantRow:
    return ParticipantRow(
        id=one.id, person_id=one.person_id, name=one.person.name, title=one.person.title, unit=one.person.unit.name,
        role=one.role, entitled=one.entitled, seat=one.seat, present=inside is not None,
        entered_ms=epoch_ms(inside.since) if inside else None, method=inside.method if inside else None,
        excused_reason=one.excused_reason, has_pin=one.pin_mac is not None,
    )


@api.post(M, MANAGE, "Thêm người dự họp", body=ParticipantIn, answer=Created)
def add_participant(call: Call[ParticipantIn], meeting_id: int) -> Created:
    """From the register, or somebody new."""
    body = call.body
    who = body.person_id if body.person is None else NewPerson(**body.person.model_dump())
    entitled = participants.default_entitled(body.role) if body.entitled is None else body.entitled
    part = Part(body.role, entitled, body.seat)
    return call.write(
        lambda tx: Created(id=participants.add_participant(tx, call.actor, meeting_id, who or 0, part))
    )


@api.patch(f"{M}/<int:participant_id>", MANAGE, "Sửa người dự họp", body=ParticipantPatch)
def change_participant(call: Call[ParticipantPatch], meeting_id: int, participant_id: int) -> None:
    """Part, vote, seat, excuse."""
    changes: dict[str, Any] = {name: getattr(call.body, name) for name in call.body.model_fields_set}
    call.write(lambda tx: participants.change_participant(tx, call.actor, meeting_id, participant_id, **changes))
    call.services.forget_sessions()  # a guest may do less than a delegate


@api.delete(f"{M}/<int:participant_id>", MANAGE, "Xóa người dự họp")
def remove_participant(call: Call[None], meeting_id: int, participant_id: int) -> None:
    """Only before the meeting, and only who has left no trace in it."""
    call.write(lambda tx: participants.remove_participant(tx, call.actor, meeting_id, participant_id))
    call.services.forget_sessions()


@api.post(f"{M}/preview", MANAGE, "Xem trước danh sách nhập", answer=ImportPreview, upload=True, idempotent=False)
def preview_import(call: Call[None], meeting_id: int) -> ImportPreview:
    """Read a file and check every row; nothing enters."""
    with call.read() as session:
        lookup.open_meeting(session, meeting_id)
    file = request.files.get("file")
    if file is None:
        raise Refused("sheet_missing")
    name = clean(file.filename or "")[-120:]
    with file.stream as stream:
        content = stream.read(MOST_BYTES + 1)
    table = columns.find_table(sheet.read(name, content).rows)
    token = _uploads(call).keep(meeting_id, call.actor.key, table)
    return _preview(call, meeting_id, table, table.fields, token)


@api.post(f"{M}/preview/check", MANAGE, "Kiểm tra lại với cách ghép cột khác", body=CheckIn, answer=ImportPreview,
          idempotent=False)
def check_import(call: Call[CheckIn], meeting_id: int) -> ImportPreview:
    """The same list under another reading of its columns; nothing enters."""
    table = _uploads(call).open(meeting_id, call.actor.key, call.body.token)
    return _preview(call, meeting_id, table, _fields(table, call.body.mapping), call.body.token)


def _uploads(call: Call[Any]) -> Uploads:
    return Uploads(call.services.settings.folder("run"), call.services.keys)


def _fields(table: columns.Table, mapping: list[Field_ | None] | None) -> list[str | None]:
    return table.fields if mapping is None else [*mapping[: len(table.headers)]]


def _preview(
    call: Call[Any], meeting_id: int, table: columns.Table, fields: list[str | None], token: str
) -> ImportPreview:
    with call.read() as session:
        checked = importing.check(session, meeting_id, table, fields)
    named = checked.problems[:MOST_PROBLEMS]
    return ImportPreview(
        columns=[
            ImportColumn(index=at, header=header, field=_at(fields, at), sample=_sample(table, at))
            for at, header in enumerate(table.headers)
        ],
        rows=len(table.rows), good=len(checked.good), problem_rows=checked.bad_rows, token=token,
        problems=[
            ImportProblem(row=at.row, column=at.column, message=at.message, message_en=at.message_en, value=at.value)
            for at in named
        ],
    )


def _at(fields: list[str | None], at: int) -> str | None:
    return fields[at] if at < len(fields) else None


def _sample(table: columns.Table, at: int) -> str:
    return next((text for _, row in table.rows if (text := columns.cell(row, at))), "")[:80]


@api.post(f"{M}/import", MANAGE, "Nhập danh sách", body=ImportIn, answer=Imported)
def run_import(call: Call[ImportIn], meeting_id: int) -> Imported:
    """All good rows enter, or none."""
    body = call.body
    table = _uploads(call).open(meeting_id, call.actor.key, body.token)
    fields = _fields(table, body.mapping)
    return call.write(lambda tx: Imported(
        entered=importing.enter(tx, call.actor, meeting_id, table, fields, good_only=body.accept_good_only)
    ))


@api.get(f"{M}/template.xlsx", MANAGE, "Mẫu danh sách để điền",
         media="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
def import_template(_call: Call[None], meeting_id: int) -> Response:
    """An empty list with the columns that are recognised."""
    del meeting_id  # it is the same for every meeting
    response = Response(
        template.workbook(), mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="danh-sach-du-hop.xlsx"'
    return response


@api.post(
    "/api/meetings/<int:meeting_id>/invitations", MANAGE, "Cấp giấy mời và mã PIN", body=InvitationsIn,
    answer=InvitationList,
)
def make_invitations(call: Call[InvitationsIn], meeting_id: int) -> InvitationList:
    """PINs are in this answer only; the same request sent again gets the same ones."""
    keys, wanted = call.services.keys, call.body.participant_ids
    with call.read() as session:
        ids = wanted or _without_pin(session, meeting_id)
    pins = {one: once.digits(once.secret_bytes(call, "pin", one), invitations.PIN_DIGITS) for one in ids}
    macs = {one: invitations.pin_mac(keys, one, pin) for one, pin in pins.items()}
    given = once.answered(PinsGiven, call.write(lambda tx: PinsGiven(
        participant_ids=invitations.give_pins(tx, call.actor, meeting_id, macs, anew=wanted is not None)
    ))).participant_ids
    call.services.forget_sessions()
    with call.read() as session:
        found = session.scalars(
            select(Participant).where(Participant.meeting_id == meeting_id)
            .options(joinedload(Participant.person).joinedload(Person.unit))
        )
        chosen = [one for one in found if one.id in set(given)]
    chosen.sort(key=lambda one: one.person.folded_name)
    return InvitationList(invitations=[
        InvitationView(
            participant_id=one.id, name=one.person.name, title=one.person.title, unit=one.person.unit.name,
            seat=one.seat, pin=once.digits(once.secret_bytes(call, "pin", one.id), invitations.PIN_DIGITS),
            payload=invitations.of(keys, one),
        )
        for one in chosen
    ])


def _without_pin(session: Session, meeting_id: int) -> list[int]:
    rows = select(Participant.id).where(Participant.meeting_id == meeting_id, Participant.pin_mac.is_(None))
    return list(session.scalars(rows))


@api.post(
    "/api/meetings/<int:meeting_id>/invitations.pdf", MANAGE, "Giấy mời để in", body=LettersIn, idempotent=False,
    media="application/pdf",
)
def print_invitations(call: Call[LettersIn], meeting_id: int) -> Response:
    """A4, four to a sheet, by name. A PIN that is not the person's present one is refused (`pin_outdated`)."""
    from server.meetings import letters  # noqa: PLC0415  (it loads reportlab)

    keys, pins = call.services.keys, {one.participant_id: one.pin for one in call.body.pins}
    with call.read() as session:
        meeting = lookup.meeting_of(session, meeting_id)
        found = _by_name(session, meeting_id, pins)
        for one in found:
            invitations.require_pin(keys, one, pins.get(one.id))
        made = [
            letters.Letter(
                name=one.person.name, title=one.person.title, unit=one.person.unit.name, seat=one.seat or "",
                payload=invitations.of(keys, one), pin=pins.get(one.id, ""),
            )
            for one in found
        ]
        occasion = letters.Occasion(meeting.unit.name, meeting.title, meeting.room, meeting.starts_at)
    response = Response(offload(lambda: letters.letters_pdf(occasion, made)), mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="giay-moi.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _by_name(session: Session, meeting_id: int, chosen: dict[int, str]) -> list[Participant]:
    """The chosen participants, or all when none is; sorted as names are."""
    wanted = select(Participant).where(Participant.meeting_id == meeting_id)
    if chosen:
        wanted = wanted.where(Participant.id.in_(chosen))
    found = session.scalars(wanted.options(joinedload(Participant.person).joinedload(Person.unit))).all()
    if len(found) < len(chosen):
        raise Refused("participant_not_found")
    return sorted(found, key=lambda one: (one.person.folded_name, one.id))


@api.get(f"{M}/<int:participant_id>/invitation.svg", MANAGE, "Mã QR của giấy mời", media="image/svg+xml")
def invitation_qr(call: Call[None], meeting_id: int, participant_id: int) -> Response:
    """The newest invitation's QR."""
    with call.read() as session:
        text = invitations.of(call.services.keys, lookup.participant_of(session, meeting_id, participant_id))
    return Response(invitations.svg(text), mimetype="image/svg+xml")
