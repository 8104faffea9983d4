"""HTTP of rehearsals: signing in with a ticket, making the meeting, and the echo that measures the way."""

from flask import Response
from pydantic import BaseModel, Field

from server.core import clock
from server.core.access import Permission
from server.core.errors import Refused
from server.core.http import Api, Call, respond, surface
from server.core.views import Input
from server.core.writer import Tx
from server.people.routes import set_session_cookie
from server.rehearsal import commands, tickets

api = Api("rehearsal")


class TicketIn(Input):
    """A ticket made on the server's own machine."""

    ticket: str = Field(min_length=1, max_length=200)


class TicketUsed(BaseModel):
    """The unit in which this session may rehearse."""

    unit_id: int


class RehearsalIn(Input):
    """How the rehearsal is called."""

    title: str = Field(default="Diễn tập", min_length=1, max_length=300)


class RehearsalMade(BaseModel):
    """The meeting of the rehearsal, and the unit of its fictitious delegates."""

    meeting_id: int
    unit_id: int


class EchoIn(Input):
    """Anything; it is not kept."""

    text: str = Field(default="", max_length=500)


class Echo(BaseModel):
    """The server's time, epoch milliseconds."""

    now: int


@api.post(
    "/api/sign-in/ticket", Permission.PUBLIC, "Đăng nhập diễn tập bằng vé của máy chủ", body=TicketIn,
    answer=TicketUsed, idempotent=False,
)
def use_ticket(call: Call[TicketIn]) -> Response:
    """Exchange a ticket for a session of the rehearsal account. One use, within a minute, on the console's surface."""
    parts, address = call.services, call.actor.origin.split(" ")[-1]
    nonce = tickets.nonce_of(parts.keys, call.body.ticket, clock.epoch_ms())
    if nonce is None or surface() != "console":
        raise Refused("ticket_refused")
    token, unit_id = parts.writer.run(lambda tx: commands.use_ticket(tx, nonce, "console", address))
    response = respond(TicketUsed(unit_id=unit_id))
    set_session_cookie(response, call, token, hours=int(commands.SESSION_LASTS.total_seconds()) // 3600)
    return response


@api.post(
    "/api/units/<int:unit_id>/rehearsals", Permission.MEETING_CREATE, "Lập cuộc họp diễn tập", body=RehearsalIn,
    answer=RehearsalMade,
)
def make_rehearsal(call: Call[RehearsalIn], unit_id: int) -> RehearsalMade:
    """A meeting that is marked as a rehearsal on every screen, with fictitious delegates in a unit of their own."""

    def make(tx: Tx) -> RehearsalMade:
        meeting_id, rehearsal_unit = commands.make_rehearsal(tx, call.actor, unit_id, call.body.title)
        return RehearsalMade(meeting_id=meeting_id, unit_id=rehearsal_unit)

    return call.write(make)


@api.post(
    "/api/meetings/<int:meeting_id>/rehearsal/echo", Permission.MEETING_SIT, "Đo đường truyền từ ghế tới máy chủ",
    body=EchoIn, answer=Echo,
)
def echo(_call: Call[EchoIn], meeting_id: int) -> Echo:
    """Goes the way of a ballot and writes nothing: shows what the network and the server's ordinary work cost."""
    del meeting_id  # the permission was checked at it
    return Echo(now=clock.epoch_ms())
