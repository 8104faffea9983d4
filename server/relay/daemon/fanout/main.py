"""The fan-out process: answers WHEP words of the supervisor, serves every conference of the plan."""

import asyncio
import gc
import json
import secrets
from typing import Any

import structlog

from server.core import clock
from server.core.errors import Refused
from server.relay.daemon.child import Child
from server.relay.daemon.fanout.hub import Hub
from server.relay.daemon.fanout.peer import know_profiles
from server.relay.daemon.guest import Guest
from server.relay.daemon.ports import keep_within
from server.relay.daemon.wire import Word
from server.relay.plan import RUNGS, ConferencePlan

log = structlog.get_logger(__name__)

REPORT_EVERY = 1.0


class Fanout:
    """All conferences of one process."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.hubs: dict[int, Hub] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        child.handlers |= {
            "whep.offer": self.offer, "whep.patch": self.patch, "whep.delete": self.delete,
            "configure": self.configure,
        }

    async def apply(self, config: dict[str, Any]) -> None:
        """Serve the conferences of a configuration, and no others."""
        plans = [ConferencePlan.model_validate(one) for one in config.get("conferences", [])]
        for number in set(self.hubs) - {plan.id for plan in plans}:
            self.hubs.pop(number)
            task = self._tasks.pop(number)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        for plan in plans:
            if plan.id in self.hubs:
                self.hubs[plan.id].apply(plan)
            else:
                hub = self.hubs[plan.id] = Hub(plan, self.child.folder, self._happened, self._wish)
                self._tasks[plan.id] = asyncio.create_task(hub.run())

    async def _happened(self, code: Any, conference: int, data: dict[str, str | float]) -> None:
        await self.child.event(code, conference, **data)

    async def _wish(self, stream: str) -> None:
        await self.child.line.tell("keyframe", stream=stream)

    async def configure(self, word: Word) -> None:
        """The supervisor's new configuration."""
        await self.apply(word["config"])

    async def offer(self, word: Word) -> Word:
        """`whep.offer` → the viewer's id and the answer."""
        hub = self.hubs.get(int(word["conference"]))
        if hub is None:
            raise Refused("relay_not_running")
        number = f"{self.child.name}.{secrets.token_hex(8)}"
        return {"id": number, "sdp": await hub.join(number, Guest.of(word), str(word["sdp"]))}

    async def patch(self, word: Word) -> None:
        """`whep.patch`: a choice of rung; candidates that trickle in are not needed (offer.py)."""
        hub = self._hub_of(word["viewer"])
        body = str(word.get("body", ""))
        if body.lstrip().startswith("{"):
            try:
                rung = json.loads(body).get("rung")
            except (ValueError, RecursionError):
                raise Refused("invalid_input") from None
            if rung not in RUNGS:
                raise Refused("invalid_input")
            hub.choose(str(word["viewer"]), str(word["owner"]), rung)

    async def delete(self, word: Word) -> None:
        """`whep.delete`: the viewer leaves."""
        await self._hub_of(word["viewer"]).leave(str(word["viewer"]), str(word["owner"]))

    def _hub_of(self, number: object) -> Hub:
        for hub in self.hubs.values():
            if number in hub.peers:
                return hub
        raise Refused("relay_viewer_unknown")

    async def report(self) -> None:
        """Say once a second who watches, and keep the low rung alive while it is needed."""
        watched = False
        while True:
            await asyncio.sleep(REPORT_EVERY)
            now = clock.monotonic()
            seen = {
                str(number): [peer.viewer.report(now).model_dump(mode="json") for peer in list(hub.peers.values())]
                for number, hub in self.hubs.items()
            }
            await self.child.line.tell("report", what="viewers", data=seen)
            if watched and not any(seen.values()):
                gc.collect()  # what connections leave in circles goes while nobody waits for pictures
            watched = any(seen.values())
            for number, hub in self.hubs.items():
                if hub.wants_low:
                    await self.child.line.tell(
                        "wanted", to=f"rung-{number}", stream=f"{number}/low", light=hub.wants_light(now)
                    )


async def run(child: Child) -> None:
    """The work of a fan-out child."""
    know_profiles()
    keep_within(asyncio.get_running_loop(), child.settings.relay_udp_ports)
    fanout = Fanout(child)
    await fanout.apply(child.config)
    gc.collect()
    gc.freeze()  # what was loaded stays: a sweep over it would hold pictures up for tens of milliseconds
    gc.set_threshold(20_000, 20, 50)
    await fanout.report()
