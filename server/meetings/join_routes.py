"""HTTP of signing in at a seat. Public on purpose: the PIN is the secret, its lock-out the guard."""

from typing import Literal

from flask import Response
from pydantic import Field, model_validator
from sqlalchemy import select

from server.core.access import Permission
from server.core.errors import Refused
from server.core.http import Api, Call, cookie_name, respond
from server.core.limits import limited
from server.core.views import Input
from server.meetings import join
from server.meetings.models import Participant
from server.meetings.participant_views import Joined, JoinMeeting, JoinPerson
from server.people.inputs import RowId
from server.people.models import Person, Unit

api = Api("join")

LONGEST_CODE = 20


class JoinIn(Input):
    """A name chosen from the list, or an invitation, and the PIN. `surface` teller: at a counting station."""

    participant_id: RowId | None = None
    invitation: str | None = Field(default=None, max_length=100)
    pin: str = Field(pattern=r"^[0-9]{4,8}$")
    surface: Literal["seat", "teller"] = "seat"

    @model_validator(mode="after")
    def _one_of_both(self) -> "JoinIn":
        if (self.participant_id is None) == (self.invitation is None):
            raise ValueError("give either participant_id or invitation")
        return self


@api.get("/api/join/<code>", Permission.PUBLIC, "Cuộc họp theo mã tham gia", answer=JoinMeeting)
@limited
def join_meeting(call: Call[None], code: str) -> JoinMeeting:
    """Names to choose from, for a meeting that is convened or sits."""
    with call.read() as session:
        meeting = join.meeting_by_code(session, code[:LONGEST_CODE])
        unit = session.get_one(Unit, meeting.unit_id)
        people = session.execute(
            select(Participant.id, Person.name, Unit.name, Participant.seat)
            .join(Person, Participant.person_id == Person.id).join(Unit, Person.unit_id == Unit.id)
            .where(Participant.meeting_id == meeting.id).order_by(Person.folded_name, Participant.id)
        )
        return JoinMeeting(
            meeting_id=meeting.id, title=meeting.title, unit=unit.name,
            participants=[JoinPerson(id=one, name=name, unit=of, seat=seat) for one, name, of, seat in people],
        )


@api.post(
    "/api/join/<code>/sign-in", Permission.PUBLIC, "Đăng nhập tại ghế", body=JoinIn, answer=Joined, idempotent=False
)
@limited
def sign_in_at_seat(call: Call[JoinIn], code: str) -> Response:
    """The session comes as the surface's cookie; a counting station takes appointed tellers only."""
    parts, body = call.services, call.body
    attempt = join.Attempt(
        code[:LONGEST_CODE], body.participant_id, body.invitation, body.pin, call.actor.origin.split(" ")[-1],
        body.surface,
    )
    outcome = parts.writer.run(lambda tx: join.finish(tx, attempt, parts.keys, parts.settings))
    if isinstance(outcome, Refused):
        raise outcome
    token, participant = outcome
    response = respond(Joined(meeting_id=participant.meeting_id, participant_id=participant.id))
    response.set_cookie(
        cookie_name(body.surface), token, max_age=parts.settings.session_hours * 3600, httponly=True, samesite="Lax",
        secure=parts.settings.secure_cookies, path="/",
    )
    return response
