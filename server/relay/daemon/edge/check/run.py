"""The course of a test: a turn at the centre, the line, three rehearsals, the clock, the room; and it is sent."""

import asyncio
import platform
from collections.abc import Awaitable, Callable
from typing import Any, Literal, cast

import aiohttp
import structlog

from server.relay.daemon.edge.centre import Centre
from server.relay.daemon.edge.check.line import Meter, NotMeasured
from server.relay.daemon.edge.check.rehearse import rehearse
from server.relay.daemon.edge.check.room import Room
from server.relay.edge_words import EdgeTurn, EdgeVerdict
from server.relay.readiness.figures import Figures, Rehearsal

log = structlog.get_logger(__name__)

Step = Literal["", "turn", "down", "up", "top", "low", "audio", "clock", "send"]
Tell = Callable[[Step], None]
ASK_S = 4.0
PATIENCE = aiohttp.ClientTimeout(total=30, connect=5)
ENOUGH = 9_500  # hundredths of a percent decoded: less without any loss is tried once more


async def run(talk: Centre, meeting: int, room: Room, tell: Tell) -> EdgeVerdict:
    """A whole test of this edge's site; the verdict is the centre's. Raises CentreAway or NotEnrolled."""
    tell("turn")
    turn = await _turn(talk, meeting)
    try:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session:
            figures = await _measure(Meter(session, turn.url, turn.meter), turn, tell)
    finally:
        await talk.leave_turn(meeting)
    tell("clock")
    figures["clock_off_ms"] = abs(await talk.clock_off_ms())
    said = room.model_dump(exclude={"technician_name", "technician_phone"})
    tell("send")
    whole = Figures.model_validate({**said, **figures})
    return await talk.send_test(meeting, {
        "figures": whole.model_dump(mode="json"), "technician": room.technician_name,
        "technician_phone": room.technician_phone, "machine": f"nghisu edge, {platform.node()}"[:200],
    })


async def _turn(talk: Centre, meeting: int) -> EdgeTurn:
    while True:
        turn = await talk.turn(meeting)
        if turn.place == 0:
            return turn
        await asyncio.sleep(ASK_S)


async def _measure(meter: Meter, turn: EdgeTurn, tell: Tell) -> dict[str, Any]:
    """What fails is not measured (None), and the test goes on."""
    found: dict[str, Any] = {}
    tell("down")
    found["down"] = await _tried(meter.down)
    tell("up")
    found["up"] = await _tried(meter.up)
    steps: tuple[Step, ...] = ("top", "low", "audio")
    for step, what in zip(steps, turn.rehearsals, strict=False):
        tell(step)
        once = await _tried(lambda what=what: rehearse(meter, what))  # type: ignore[misc]
        if _disturbed(cast("Rehearsal | None", once)):
            once = await _tried(lambda what=what: rehearse(meter, what))  # type: ignore[misc]
        found[step] = once
    return found


def _disturbed(found: Rehearsal | None) -> bool:
    """Pictures are missing and yet nothing was lost on the way: the centre may have been busy."""
    return found is not None and found.loss == 0 and found.decoded is not None and found.decoded < ENOUGH


async def _tried(measure: Callable[[], Awaitable[Any]]) -> Any:
    try:
        return await measure()
    except (NotMeasured, aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning("edge_test_not_measured", why=str(error)[:200] or type(error).__name__)
        return None
