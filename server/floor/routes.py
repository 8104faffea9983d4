"""HTTP of the floor, and what it tells meetings."""

from typing import Annotated

from pydantic import Field

import server.floor.refusals  # noqa: F401  (declares them)
from server.core.access import Permission
from server.core.http import Api, Call
from server.core.views import Input, View
from server.floor import commands, topics
from server.floor.commands import MOST_WAITING
from server.meetings import lookup

api = Api("floor")
REQUESTS = "/api/meetings/<int:meeting_id>/floor/requests"
REQUEST = f"{REQUESTS}/<int:request_id>"


class RequestIn(Input):
    """What somebody wants to speak about; may be left empty."""

    topic: Annotated[str, Field(max_length=200)] = ""


class OrderIn(Input):
    """Ids of all waiting requests in their new order."""

    order: Annotated[list[Annotated[int, Field(ge=1, le=2**53)]], Field(max_length=MOST_WAITING)]


class Requested(View):
    """The new request."""

    id: int


@api.post(REQUESTS, Permission.FLOOR_REQUEST, "Đăng ký phát biểu", body=RequestIn, answer=Requested)
def request_floor(call: Call[RequestIn], meeting_id: int) -> Requested:
    """One open request a participant."""
    return call.write(
        lambda tx: Requested(id=commands.request_floor(tx, call.actor, meeting_id, call.body.topic))
    )


@api.delete(f"{REQUESTS}/mine", Permission.FLOOR_REQUEST, "Rút đăng ký phát biểu")
def withdraw(call: Call[None], meeting_id: int) -> None:
    """One's own."""
    call.write(lambda tx: commands.withdraw(tx, call.actor, meeting_id))


@api.post(f"{REQUEST}/call", Permission.FLOOR_MANAGE, "Mời phát biểu")
def call_speaker(call: Call[None], meeting_id: int, request_id: int) -> None:
    """Makes the speaker current and finishes the one before."""
    call.write(lambda tx: commands.call(tx, call.actor, meeting_id, request_id))


@api.post(f"{REQUEST}/finish", Permission.FLOOR_MANAGE, "Kết thúc lượt phát biểu")
def finish(call: Call[None], meeting_id: int, request_id: int) -> None:
    """The speaker is done."""
    call.write(lambda tx: commands.finish(tx, call.actor, meeting_id, request_id))


@api.post(f"{REQUEST}/skip", Permission.FLOOR_MANAGE, "Bỏ qua đăng ký phát biểu")
def skip(call: Call[None], meeting_id: int, request_id: int) -> None:
    """Off the list without speaking."""
    call.write(lambda tx: commands.skip(tx, call.actor, meeting_id, request_id))


@api.put("/api/meetings/<int:meeting_id>/floor/order", Permission.FLOOR_MANAGE, "Sắp xếp lượt phát biểu", body=OrderIn)
def reorder(call: Call[OrderIn], meeting_id: int) -> None:
    """The whole order."""
    call.write(lambda tx: commands.reorder(tx, call.actor, meeting_id, call.body.order))


lookup.hooks.own_request = topics.own_request
lookup.closed_hooks.append(commands.end_all)
lookup.naming_topics.append("floor")
