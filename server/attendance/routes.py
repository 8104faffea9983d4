"""HTTP of attendance: the door, the seat's own check-in, the secretary's override."""

from typing import Literal

from pydantic import Field, model_validator
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from server.attendance import commands, room_code
from server.attendance.presence import inside
from server.attendance.views import CheckInAnswer, DoorPerson, DoorSearch, RoomCode
from server.core import clock
from server.core.access import Permission
from server.core.errors import Refused
from server.core.http import Api, Call
from server.core.limits import limited_to
from server.core.text import fold
from server.core.views import Input, View
from server.core.writer import Tx
from server.meetings import lookup
from server.meetings.models import Participant
from server.meetings.participants import matches
from server.people.inputs import Reason, RowId
from server.people.models import Person
from server.people.once import answered

api = Api("attendance")

M = "/api/meetings/<int:meeting_id>"
MOST_FOUND = 20
CODE_TRIES = 10  # a minute and seat: five of a million codes are good at a time


class CheckInIn(Input):
    """A scanned code, or somebody found by name."""

    payload: str | None = Field(default=None, max_length=500)
    participant_id: RowId | None = None
    method: Literal["search"] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "CheckInIn":
        if (self.payload is None) == (self.participant_id is None):
            raise ValueError("give either payload or participant_id")
        return self


class CheckOutIn(Input):
    """Who goes out."""

    participant_id: RowId


class PresenceIn(Input):
    """What the secretary knows, and from where."""

    present: bool
    reason: Reason


class RoomCodeIn(Input):
    """The code on the wall."""

    code: str = Field(pattern=r"^[0-9]{6}$")


class SearchQuery(Input):
    """Words of a name, without diacritics if one likes, or a seat."""

    q: str = Field(min_length=1, max_length=60)


class ScanOutcome(View):
    """What is kept of a scan's answer: also its refusal, so that a repetition is refused alike."""

    answer: CheckInAnswer | None = None
    code: str = ""
    params: dict[str, str | int] = Field(default_factory=dict)


@api.post(f"{M}/check-ins", Permission.ATTENDANCE_CHECK_IN, "Điểm danh tại cửa", body=CheckInIn, answer=CheckInAnswer)
def check_in(call: Call[CheckInIn], meeting_id: int) -> CheckInAnswer:
    """Welcome, or again (already inside). Everything else is a refusal with its own code."""
    body, keys = call.body, call.services.keys

    def command(tx: Tx) -> ScanOutcome:
        if body.payload is None:
            return ScanOutcome(answer=commands.enter_by_name(tx, call.actor, meeting_id, body.participant_id or 0))
        outcome = commands.scan(tx, call.actor, meeting_id, body.payload, keys)
        if isinstance(outcome, Refused):
            return ScanOutcome(code=outcome.code, params=outcome.params)
        return ScanOutcome(answer=outcome)

    outcome = answered(ScanOutcome, call.write(command))
    if outcome.answer is None:
        raise Refused(outcome.code, None, **outcome.params)
    return outcome.answer


@api.post(f"{M}/check-outs", Permission.ATTENDANCE_CHECK_IN, "Ghi nhận ra về", body=CheckOutIn)
def check_out(call: Call[CheckOutIn], meeting_id: int) -> None:
    """Somebody leaves the room."""
    return call.write(lambda tx: commands.leave(tx, call.actor, meeting_id, call.body.participant_id))


@api.post(
    f"{M}/participants/<int:participant_id>/presence", Permission.MEETING_MANAGE, "Sửa điểm danh", body=PresenceIn
)
def override_presence(call: Call[PresenceIn], meeting_id: int, participant_id: int) -> None:
    """The secretary's word, with its reason, in the journal."""
    said = call.body
    return call.write(lambda tx: commands.override(
        tx, call.actor, meeting_id, participant_id, present=said.present, reason=said.reason
    ))


@api.get(
    f"{M}/door/search", Permission.ATTENDANCE_CHECK_IN, "Tìm người tại cửa", query=SearchQuery, answer=DoorSearch
)
def search_at_door(call: Call[None], meeting_id: int) -> DoorSearch:
    """At most twenty, by name."""
    wanted = fold(call.query.q)
    with call.read() as session:
        here = inside(session, meeting_id)
        found = session.scalars(
            select(Participant).where(Participant.meeting_id == meeting_id)
            .options(joinedload(Participant.person).joinedload(Person.unit))
        )
        people = sorted((one for one in found if matches(one, wanted)), key=lambda one: one.person.folded_name)
        return DoorSearch(people=[_found(one, here.get(one.id)) for one in people[:MOST_FOUND]])


def _found(one: Participant, here: lookup.Inside | None) -> DoorPerson:
    return DoorPerson(
        participant_id=one.id, name=one.person.name, title=one.person.title, unit=one.person.unit.name, seat=one.seat,
        role=one.role, entered_ms=clock.epoch_ms(here.since) if here else None,
    )


@api.get(f"{M}/room-code", Permission.MEETING_WATCH, "Mã điểm danh trên màn hình", answer=RoomCode)
def show_room_code(call: Call[None], meeting_id: int) -> RoomCode:
    """For the wall; it changes every minute."""
    now = clock.now()
    minute = room_code.minute_of(now)
    code = room_code.code_at(call.services.keys, meeting_id, minute)
    with call.read() as session:
        join = lookup.meeting_of(session, meeting_id).join_code
    return RoomCode(
        code=code, changes_ms=(minute + 1) * room_code.MINUTE_MS,
        url=f"{call.services.settings.address}/seat/?m={join}&c={code}",
    )


@api.post(f"{M}/me/check-in", Permission.MEETING_SIT, "Tự điểm danh tại ghế", body=RoomCodeIn, answer=CheckInAnswer)
def check_in_at_seat(call: Call[RoomCodeIn], meeting_id: int) -> CheckInAnswer:
    """With the code that the wall shows."""
    me = call.actor.participant_id
    if me is None:
        raise Refused("forbidden")
    limited_to("room-code", str(me), CODE_TRIES)
    if not room_code.is_good(call.services.keys, meeting_id, call.body.code, clock.now()):
        raise Refused("room_code_wrong")
    return call.write(lambda tx: commands.enter_from_seat(tx, call.actor, meeting_id, me))
