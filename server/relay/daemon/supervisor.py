"""The relay's supervisor: takes the plan, keeps its children, passes words on, and tells the web process what is.

`nghisu relay` runs it; `nghisu serve` starts it beside web and worker (never in the isolated profile).
"""

import asyncio
import contextlib
import json
import os
import signal
from dataclasses import dataclass, field
from typing import Any

import structlog
import zmq
import zmq.asyncio
from pydantic import TypeAdapter, ValidationError

from server.core import clock
from server.core.bus import Bus
from server.core.config import Settings
from server.core.errors import Refused
from server.relay.daemon import http, wire
from server.relay.daemon.children import Need, Running, needs, publisher_of
from server.relay.daemon.ingest.ask import ask as ask_probe
from server.relay.daemon.signalling import KINDS, Signalling
from server.relay.daemon.wire import Word
from server.relay.daemon.witness import Witness
from server.relay.plan import RelayPlan
from server.relay.reports import ConferenceReport, Event, ViewerReport, together

log = structlog.get_logger(__name__)

REPORT_EVERY = 1.0
VIEWERS = TypeAdapter(list[ViewerReport])


@dataclass
class _Known:
    """What the children of one conference said last."""

    sources: dict[str, Any] = field(default_factory=dict)
    program: Any = None
    recording: Any = None
    viewers: dict[str, list[Any]] = field(default_factory=dict)  # by fan-out process
    speaking: set[str] = field(default_factory=set)  # rooms whose packets come: their return is muted


class Supervisor:
    """One relay on one machine."""

    def __init__(self, settings: Settings, bus: Bus, fanouts: int | None = None) -> None:
        self.settings = settings
        self.bus = bus
        self.fanouts = fanouts or settings.relay_fanouts or max(1, (os.cpu_count() or 2) - 1)
        self.folder = wire.sockets_folder(settings.folder("run"))
        self.plan = RelayPlan()
        self.running: dict[str, Running] = {}
        self.known: dict[int, _Known] = {}
        self._router: zmq.asyncio.Socket = zmq.asyncio.Context.instance().socket(zmq.ROUTER)
        self._waiting: dict[int, asyncio.Future[Word]] = {}
        self._next = 0
        self._change = asyncio.Lock()
        self.signalling = Signalling(self)
        self.witness = Witness()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, ready: asyncio.Event | None = None) -> None:
        """Work until cancelled."""
        with contextlib.suppress(FileNotFoundError):
            (self.folder / "words").unlink()
        self._router.setsockopt(zmq.LINGER, 200)
        self._router.setsockopt(zmq.MAXMSGSIZE, wire.MOST_BYTES)
        self._router.bind(wire.address(self.folder))
        self.bus.tell("relay.hello", pid=os.getpid())  # the web process answers with the plan
        if ready is not None:
            ready.set()
        try:
            await asyncio.gather(self._hear(), self._tell())
        finally:
            await self.stop()

    async def stop(self) -> None:
        """End all children."""
        await asyncio.gather(*(child.stop() for child in self.running.values()))
        self.running.clear()
        self._router.close()

    async def apply(self, plan: RelayPlan) -> None:
        """Make what runs equal to the plan; what did not change is not touched."""
        async with self._change:
            if plan.revision < self.plan.revision:
                return  # an older word that came late
            self.known = {one.id: self.known.get(one.id, _Known()) for one in plan.conferences}
            self.plan = plan
            wanted = needs(
                self._muting(plan), self.fanouts, self.settings.relay_feed_port, self.settings.relay_srt_port
            )
            for need in wanted.values():  # first what takes a change at once: a floor that was taken is gone at once
                if need.live:
                    await self._meet(need)
            gone = [name for name in self.running if name not in wanted]
            await asyncio.gather(*(self._end(name) for name in gone))
            for need in wanted.values():
                await self._meet(need)

    def _muting(self, plan: RelayPlan) -> RelayPlan:
        """The plan, with the return of a room that speaks through this relay muted only while something comes."""
        silent = {
            one.id: {source.key for source in one.sources} - self.known[one.id].speaking for one in plan.conferences
        }
        return plan.model_copy(update={"conferences": tuple(
            one.model_copy(update={"muted": one.muted - silent[one.id]}) for one in plan.conferences
        )})

    def _met(self, name: str) -> None:
        """A child has said hello: words reach it."""
        if name in self.running:
            self.running[name].ready.set()

    async def _hear_event(self, event: Event) -> None:
        """Pass an event on, and see to what it means here."""
        self._happened(event)
        if event.code.startswith("floor_"):
            await self._floor(event)

    async def _floor(self, event: Event) -> None:
        """Mute the return of a room that begins to send, and no longer than it does."""
        known, room = self.known.get(event.conference), str(event.data.get("source", ""))
        if known is None:
            return
        if event.code == "floor_on":
            known.speaking.add(room)
        else:
            known.speaking.discard(room)
        await self.apply(self.plan)

    async def _meet(self, need: Need) -> None:
        child = self.running.get(need.name)
        if child is not None and child.need.config == need.config:
            return
        if child is not None and child.need.becomes(need):
            child.need = need  # also for the day it has to start again
            await self._send(need.name, {"kind": "configure", "config": need.config})
            return
        if child is not None:
            await self._end(need.name)
        self.running[need.name] = started = Running(need)
        started.task = asyncio.create_task(started.keep())
        self._spawn(self._mourn(started))

    async def _end(self, name: str) -> None:
        await self.running.pop(name).stop()

    async def _mourn(self, child: Running) -> None:
        """Tell of each death of a child."""
        while self.running.get(child.need.name) is child:
            await child.died.wait()
            child.died.clear()
            for known in self.known.values():
                known.viewers.pop(child.need.name, None)
            number = int(child.need.config.get("conference", 0)) or next(iter(self.known), 0)
            if number and self.running.get(child.need.name) is child:
                data: dict[str, str | int | float] = {"process": child.need.name}
                self._happened(Event(conference=number, code="process_died", at_ms=clock.epoch_ms(), data=data))

    def _happened(self, event: Event) -> None:
        self.bus.tell("relay.event", event=event.model_dump(mode="json"))

    async def ask(self, to: str, kind: str, **data: Any) -> Word:
        """Ask a child. Raises Refused, `relay_away` when it does not answer."""
        self._next += 1
        number = -self._next  # ours are negative, so that they never meet a number a peer chose
        self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            await self._send(to, {"id": number, "kind": kind, "from": "", **data})
            return wire.answer_of(await asyncio.wait_for(self._waiting[number], wire.PATIENCE))
        except TimeoutError:
            raise Refused("relay_away") from None
        finally:
            del self._waiting[number]

    async def _hear(self) -> None:
        while True:
            sender, raw = (await self._router.recv_multipart())[:2]
            try:
                word = json.loads(raw)
                name = sender.decode("latin-1")  # ZeroMQ itself names peers that have no name: any bytes
                if "re" in word:
                    await self._pass_answer(name, word)
                elif word.get("to"):
                    await self._send(str(word["to"]), {**word, "from": name})
                else:
                    self._spawn(self._answer(name, word))
            except Exception as error:  # one bad word must not end the conversation
                log.error("relay_word_failed", error=repr(error))

    async def _pass_answer(self, name: str, word: Word) -> None:
        if word.get("to"):
            await self._send(str(word["to"]), {**word, "from": name})
        elif (future := self._waiting.get(word["re"])) is not None and not future.done():
            future.set_result(word)

    async def _answer(self, name: str, word: Word) -> None:
        answer = await wire.reply_to(self._handle, name, {"id": 0, **word})
        if "id" in word:
            await self._send(name, answer)

    async def _handle(self, name: str, word: Word) -> Word | None:
        kind = word["kind"]
        if kind == "apply":
            try:
                await self.apply(RelayPlan.model_validate(word["plan"]))
            except ValidationError as error:
                log.error("relay_plan_refused", error=str(error)[:500])
                raise Refused("invalid_input") from None
        elif kind == "report":
            self._note(name, word)
        elif kind == "event":
            await self._hear_event(Event.model_validate(word["event"]))
        elif kind == "status":
            return {"revision": self.plan.revision, "children": self._children()}
        elif kind == "keyframe":  # somebody needs an IDR of a stream
            await self._send(publisher_of(str(word.get("stream", ""))[:80]), {"kind": kind, "stream": word["stream"]})
        elif kind == "witness":
            return {"seen": self.witness.of(str(word.get("label", ""))).model_dump(mode="json")}
        elif kind == "probe":
            return (await ask_probe(word.get("source"), self.settings.folder("relay"))).model_dump(mode="json")
        elif kind in KINDS:
            return await self.signalling.answer(word)
        elif kind == "hello":
            self._met(name)
        else:
            raise Refused("not_found")
        return None

    def _note(self, name: str, word: Word) -> None:
        what, data = word["what"], word["data"]
        if what == "viewers":  # a fan-out process serves all conferences
            self.signalling.counted(name)
            for number, viewers in data.items():
                self.witness.viewers(int(number), viewers)
                if int(number) in self.known:
                    self.known[int(number)].viewers[name] = viewers
            return
        known = self.known.get(int(word.get("conference", 0)))
        if known is None:
            return
        if what == "source":
            known.sources[data["key"]] = data
        elif what == "program":
            known.program = data
        elif what == "recording":
            known.recording = data

    def _children(self) -> list[Word]:
        return [
            {"name": name, "pid": one.process.pid if one.process else 0, "restarts": one.restarts}
            for name, one in self.running.items()
        ]

    def report(self, number: int) -> ConferenceReport:
        """What is known of one conference."""
        known = self.known[number]
        planned = {source.key for one in self.plan.conferences if one.id == number for source in one.sources}
        viewers = VIEWERS.validate_python([viewer for listed in known.viewers.values() for viewer in listed])
        return ConferenceReport.model_validate({
            "id": number, "sources": [data for key, data in known.sources.items() if key in planned],
            "program": known.program, "recording": known.recording or {}, "viewers": len(viewers),
            "labels": together(viewers),
        })

    async def _tell(self) -> None:
        while True:
            await asyncio.sleep(REPORT_EVERY)
            for number in list(self.known):
                try:
                    self.bus.state("relay.report", report=self.report(number).model_dump(mode="json"))
                except ValidationError as error:
                    log.error("relay_report_wrong", error=str(error)[:300])

    async def _send(self, to: str, word: Word) -> None:
        await self._router.send_multipart([to.encode("latin-1"), json.dumps(word).encode()])

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def serve(settings: Settings) -> None:
    """Run a supervisor until SIGTERM or SIGINT."""
    supervisor = Supervisor(settings, Bus(settings.folder("run")))
    door = await http.open_door(supervisor)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    work = asyncio.create_task(supervisor.run())
    end = asyncio.create_task(stop.wait())
    done, pending = await asyncio.wait([work, end], return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    await door.cleanup()
    if work in done:
        work.result()
