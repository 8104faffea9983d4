"""The supervisor with real children: what runs is what the plan says, through deaths, changes and late words."""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest
import zmq
import zmq.asyncio

from server.core import bus as bus_module
from server.core import clock
from server.core.bus import Bus
from server.core.config import Settings
from server.core.errors import Refused
from server.relay.daemon.streams import Subscriber
from server.relay.daemon.supervisor import Supervisor
from server.relay.daemon.wire import Peer, Word, sockets_folder
from server.relay.plan import ConferencePlan, RecordingPlan, RelayPlan, SourcePlan
from tests.ports import free_port, relay_ports
from tests.relay.clip import clip

PATIENCE = 30.0


@dataclass
class House:
    """A supervisor under test, the words it told the web process, and a peer that asks like the web process."""

    supervisor: Supervisor
    peer: Peer
    words: list[dict[str, Any]] = field(default_factory=list)

    async def apply(self, plan: RelayPlan) -> None:
        await self.peer.ask("", "apply", plan=plan.model_dump(mode="json"))

    def pid(self, name: str) -> int:
        process = self.supervisor.running[name].process
        assert process is not None
        return process.pid

    async def until(self, true: Callable[[], bool]) -> None:
        limit = clock.monotonic() + PATIENCE
        while not true():
            assert clock.monotonic() < limit, self.words[-3:]
            await asyncio.sleep(0.05)

    def heard(self, kind: str) -> list[dict[str, Any]]:
        return [word for word in self.words if word["kind"] == kind]

    def shows_pictures(self) -> bool:
        reports = self.heard("relay.report")
        return bool(reports) and any(one["state"] == "running" for one in reports[-1]["report"]["sources"])


def planned(revision: int, recording: RecordingPlan = RecordingPlan()) -> RelayPlan:  # noqa: B008  (it is frozen)
    sources = (SourcePlan(key="primary", kind="file", address="clip.mp4"),)
    conference = ConferencePlan(id=3, meeting_id=1, state="live", low=False, sources=sources, recording=recording)
    return RelayPlan(revision=revision, conferences=(conference,))


async def nothing(_sender: str, _word: Word) -> Word | None:
    return None


@contextlib.asynccontextmanager
async def house(data: Path) -> AsyncIterator[House]:
    settings = Settings(data=data, relay_port=free_port())
    shutil.copy(clip("h264"), settings.folder("relay") / "clip.mp4")
    os.environ["NGHISU_DATA"] = str(data)
    supervisor = Supervisor(settings, Bus(settings.folder("run")), fanouts=1)
    words: zmq.asyncio.Socket = zmq.asyncio.Context.instance().socket(zmq.PULL)
    words.bind(bus_module._address(settings.folder("run")))
    ready = asyncio.Event()
    run = asyncio.create_task(supervisor.run(ready))
    await asyncio.wait_for(ready.wait(), PATIENCE)
    peer = Peer(supervisor.folder, "web", nothing)
    made = House(supervisor, peer)

    async def listen() -> None:
        while True:
            made.words.append(json.loads(await words.recv()))

    others = [asyncio.create_task(peer.listen()), asyncio.create_task(listen())]
    try:
        yield made
    finally:
        for task in (run, *others):
            task.cancel()
        await asyncio.gather(run, *others, return_exceptions=True)
        peer.close()
        supervisor.bus.close()
        words.close(0)


@pytest.fixture(autouse=True)
def _same_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NGHISU_DATA", "")


def test_it_says_hello_and_carries_out_the_plan_it_is_given(tmp_path: Path) -> None:
    async def story() -> None:
        async with house(tmp_path) as it:
            await it.until(lambda: bool(it.heard("relay.hello")))
            await it.apply(planned(1))
            reader = Subscriber(it.supervisor.folder)
            reader.follow("3/program")
            name, unit = await asyncio.wait_for(reader.next(), PATIENCE)
            assert name == "3/program"
            assert unit.payload
            await it.until(it.shows_pictures)
            reader.close()
            await it.apply(RelayPlan(revision=2))
            assert it.supervisor.running == {}
            assert (await it.peer.ask("", "status"))["children"] == []

    asyncio.run(story())


def test_a_killed_child_comes_back_and_its_death_is_told_and_the_others_live_on(tmp_path: Path) -> None:
    async def story() -> None:
        async with house(tmp_path) as it:
            await it.apply(planned(1))
            await it.until(it.shows_pictures)
            before = {name: it.pid(name) for name in it.supervisor.running}
            os.kill(before["ingest-3-primary"], signal.SIGKILL)
            await it.until(lambda: it.pid("ingest-3-primary") != before["ingest-3-primary"])
            await it.until(lambda: "process_died" in [word["event"]["code"] for word in it.heard("relay.event")])
            it.words.clear()
            await it.until(it.shows_pictures)
            del before["ingest-3-primary"]
            assert {name: it.pid(name) for name in before} == before

    asyncio.run(story())


def test_a_change_restarts_only_what_it_is_about(tmp_path: Path) -> None:
    async def story() -> None:
        async with house(tmp_path) as it:
            await it.apply(planned(1))
            await it.until(it.shows_pictures)
            before = {name: it.pid(name) for name in it.supervisor.running}
            await it.apply(planned(2, RecordingPlan(on=True, folder="3")))
            assert "recorder-3" in it.supervisor.running
            assert {name: it.pid(name) for name in before} == before

    asyncio.run(story())


def test_an_older_plan_that_comes_late_changes_nothing(tmp_path: Path) -> None:
    async def story() -> None:
        async with house(tmp_path) as it:
            await it.apply(planned(5))
            await it.apply(RelayPlan(revision=4))
            assert "ingest-3-primary" in it.supervisor.running

    asyncio.run(story())


BAD = [{"kind": "apply", "plan": {"revision": "x"}}, {"kind": "nonsense"}, {"kind": "whep.offer"}]


@pytest.mark.parametrize("word", BAD)
def test_a_bad_word_is_refused_and_the_next_one_answered(tmp_path: Path, word: dict[str, Any]) -> None:
    async def story() -> None:
        async with house(tmp_path) as it:
            said = dict(word)
            with pytest.raises(Refused):
                await it.peer.ask("", said.pop("kind"), **said)
            assert (await it.peer.ask("", "status"))["revision"] == 0

    asyncio.run(story())


def test_nothing_outlives_a_killed_supervisor_and_the_next_one_finds_its_ports_free(tmp_path: Path) -> None:
    port = free_port()
    sources = (
        SourcePlan(key="primary", kind="file", address="clip.mp4"),
        SourcePlan(key="backup", kind="srt", address=f"srt://127.0.0.1:{port}", listen=True),
    )
    recording = RecordingPlan(on=True, folder="3")
    conference = ConferencePlan(id=3, meeting_id=1, state="live", low=False, sources=sources, recording=recording)
    plan = RelayPlan(revision=1, conferences=(conference,)).model_dump(mode="json")
    settings = Settings(data=tmp_path)
    shutil.copy(clip("h264"), settings.folder("relay") / "clip.mp4")
    environ = {**os.environ, "NGHISU_DATA": str(tmp_path), **relay_ports()}

    @contextlib.asynccontextmanager
    async def relay() -> AsyncIterator[psutil.Process]:
        """A supervisor that carries the plan out, with its encoder's door open."""
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "server.relay.daemon", env=environ)
        peer = Peer(sockets_folder(settings.folder("run")), "web", nothing)
        listen = asyncio.create_task(peer.listen())
        await peer.ask("", "apply", plan=plan)
        family = psutil.Process(process.pid)
        async with asyncio.timeout(PATIENCE):
            while not _takes(port):
                await asyncio.sleep(0.1)
        try:
            yield family
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            listen.cancel()
            peer.close()

    async def story() -> None:
        async with relay() as first:
            children = first.children(recursive=True)
            assert len(children) >= 5
            next(one for one in children if "program-3" in one.cmdline()).suspend()  # one that cannot end by itself
            first.kill()
            _, alive = await asyncio.to_thread(psutil.wait_procs, children, PATIENCE)
            assert alive == []
        async with relay() as second:
            pass
        await asyncio.to_thread(psutil.wait_procs, second.children(recursive=True) if second.is_running() else [], 5)

    asyncio.run(story())


def _takes(port: int) -> bool:
    """Whether somebody listens at a UDP port of 127.0.0.1."""
    wanted = f"0100007F:{port:04X}"
    return any(wanted in line for line in Path("/proc/net/udp").read_text().splitlines())
