"""The process of the program: reads the sources of one conference and publishes `<conference>/program`."""

import asyncio
import contextlib
from typing import Any

import structlog

from server.core import clock
from server.core.errors import Refused
from server.relay.daemon.child import Child
from server.relay.daemon.children import ingest_name
from server.relay.daemon.program import slate
from server.relay.daemon.program.machine import Action, AskKey, FloorLine, FloorState, Rules, Switch, rules_of
from server.relay.daemon.program.mixer import Mixer
from server.relay.daemon.streams import Publisher, Subscriber, stream_name
from server.relay.daemon.wire import Word
from server.relay.plan import ProgramPlan
from server.relay.reports import EventCode, ProgramReport

log = structlog.get_logger(__name__)

TICK_S = 0.02
REPORT_S = 1.0
FLOOR_EVENTS: dict[FloorState, EventCode] = {
    "waiting": "floor_waiting", "on": "floor_on", "lost": "floor_lost", "over": "floor_over",
}


class Program:
    """One conference's program at work."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.conference = int(child.config["conference"])
        self.reader = Subscriber(child.folder)
        self.publisher = Publisher(child.folder, stream_name(self.conference, "program"))
        self.plan = ProgramPlan()
        self.followed: set[str] = set()
        self.mixer = Mixer(self._read(child.config), self.publisher.send, clock.monotonic(), clock.realtime_ns)
        self._made: tuple[tuple[str, ...], tuple[int, int]] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Work until cancelled."""
        self.child.handlers["configure"] = self._configure
        self.child.handlers["keyframe"] = self._keyframe
        try:
            await asyncio.gather(self._hear(), self._tick(), self._report(), self._keep_slate())
        finally:
            self.reader.close()
            self.publisher.close()

    def _read(self, config: dict[str, Any]) -> Rules:
        """Take a configuration: follow its sources, know its words."""
        self.plan = ProgramPlan.model_validate(config["program"])
        keys = [str(key) for key in config["sources"]]
        for key in keys:
            self.reader.follow(stream_name(self.conference, key))
        for key in self.followed - set(keys):
            self.reader.leave(stream_name(self.conference, key))
        self.followed = set(keys)
        return rules_of(self.plan, keys)

    async def _configure(self, word: Word) -> None:
        rules = self._read(word["config"])
        self._carry_out(self.mixer.configure(rules, clock.monotonic()))

    async def _keyframe(self, _word: Word) -> None:
        """Somebody joined, or lost something: an IDR of what is shown now."""
        now, machine = clock.monotonic(), self.mixer.machine
        if not self.mixer.renew(now) and machine.chosen is not None:
            self._carry_out(machine.ask(machine.chosen, now))

    async def _hear(self) -> None:
        while True:
            stream, unit = await self.reader.next()
            key = stream.partition("/")[2]
            if key in self.followed:
                self._carry_out(self.mixer.take(key, unit, clock.monotonic()))

    async def _tick(self) -> None:
        while True:
            self._carry_out(self.mixer.tick(clock.monotonic()))
            await asyncio.sleep(TICK_S)

    def _carry_out(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, AskKey):
                self._spawn(self._ask_key(action.key))
            elif isinstance(action, FloorLine):
                self._spawn(self.child.event(FLOOR_EVENTS[action.state], source=action.key))
            else:
                self._spawn(self._tell(action))

    async def _ask_key(self, key: str) -> None:
        stream = stream_name(self.conference, key)
        with contextlib.suppress(Refused):  # a source that makes no IDR when asked makes one by itself
            await self.child.line.ask(ingest_name(self.conference, key), "keyframe", stream=stream)

    async def _tell(self, switch: Switch) -> None:
        gap_ms, away_ms = round(switch.gap_s * 1000), round(switch.away_s * 1000)
        log.info("relay_switched", conference=self.conference, to=switch.to, was=switch.was, why=switch.why,
                 interruption_ms=gap_ms, away_ms=away_ms)
        await self.child.event("switched", to=switch.to, was=switch.was, why=switch.why, interruption_ms=gap_ms,
                               away_ms=away_ms)

    async def _report(self) -> None:
        while True:
            machine = self.mixer.machine
            since = clock.monotonic() - self.mixer.showing_since
            said = ProgramReport(
                showing=machine.showing, since_ms=clock.epoch_ms() - round(since * 1000), switches=machine.switches,
                last_interruption_ms=round(machine.last_gap_s * 1000), floor=machine.floor_state,
            )
            await self.child.report("program", said.model_dump())
            await asyncio.sleep(REPORT_S)

    async def _keep_slate(self) -> None:
        """Have the slate ready before it is needed: for the plan's words, in the size of what is shown."""
        while True:
            size = self.mixer.size if all(self.mixer.size) else slate.DEFAULT_SIZE
            if self._made != (self.plan.slate, size):
                self._made = (self.plan.slate, size)
                self.mixer.use_slate(await asyncio.to_thread(slate.make, self.plan.slate, size))
            await asyncio.sleep(REPORT_S / 4)

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def run(child: Child) -> None:
    """Publish the program for ever."""
    await Program(child).run()
