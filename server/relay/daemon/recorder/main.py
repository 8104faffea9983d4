"""The process that records the program of one conference into the relay's part of the data folder.

`<data>/relay/<folder>/` holds `<start>-<n>.mp4` and the index (index.py). A fragment of half a second is given to the
disk as soon as it is whole: a kill costs half a second and a picture, a power cut what the disk had not synced besides.
Without room the recording stops, says so, and begins again by itself when there is some.
Where recording is forbidden the plan asks for none: this process does not run, and no file is made.
"""

import asyncio
import re
import shutil
from pathlib import Path
from typing import Literal

import structlog

from server.core import clock
from server.relay.daemon.child import Child
from server.relay.daemon.ingest import nal
from server.relay.daemon.recorder import index
from server.relay.daemon.recorder.disk import Writer
from server.relay.daemon.recorder.fragments import HZ, Fragments, head
from server.relay.daemon.recorder.room import Room, Trouble
from server.relay.daemon.streams import Gaps, Subscriber, stream_name
from server.relay.daemon.units import Track, Unit
from server.relay.daemon.wire import Word
from server.relay.plan import RecordingPlan
from server.relay.reports import RecordingReport

log = structlog.get_logger(__name__)

MEGA = 1024 * 1024
FRAGMENT90 = HZ // 2
FAR90 = 10 * HZ           # times that jump further than this begin another file
TRY_AGAIN_S = (3.0, 10.0, 30.0, 60.0)  # after a disk could not be written
_FOLDER = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,80}(/[A-Za-z0-9][A-Za-z0-9._-]{0,80})*$")


def place(data: Path, conference: int, plan: RecordingPlan) -> Path:
    """The folder of a plan, always below `<data>/relay`. Raises ValueError for one that would lead out of it."""
    name = plan.folder or f"conference-{conference}"
    if not _FOLDER.match(name):
        raise ValueError("a recording's folder is letters, digits, dots and dashes")
    return data / "relay" / name


class Recorder:
    """One recording at work."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.conference = int(child.config["conference"])
        self.plan = RecordingPlan.model_validate(child.config["recording"])
        self.folder = place(child.settings.data, self.conference, self.plan)
        self.writer: Writer | None = None
        self.fragments = Fragments(0)
        self.shape = (0, 0)
        self.last90 = 0
        self.stopped: Trouble = ""
        self._before = 0          # bytes in this folder, without the file at work
        self._failures, self._again_at = 0, 0.0
        self._said: tuple[Trouble, bool] = ("", False)
        self._indexing = asyncio.Lock()
        self._ending: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Record until cancelled; what is collected then is written too."""
        self.child.handlers["configure"] = self._configure
        if not self.plan.on:
            await asyncio.Event().wait()  # until the plan ends this process
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # nobody else on this machine reads it
        self._before = self._size()
        self.stopped = self._room().full
        reader, gaps = Subscriber(self.child.folder), Gaps()
        reader.follow(self._stream)
        report = asyncio.create_task(self._report())
        try:
            while True:
                _, unit = await reader.next()
                if gaps.take(unit) and self.plan.on and not self.stopped:
                    await self._take(unit)
        finally:
            report.cancel()
            reader.close()
            self._finish()
            await asyncio.gather(*self._ending)

    @property
    def _stream(self) -> str:
        return stream_name(self.conference, "program")

    async def _configure(self, word: Word) -> None:
        plan = RecordingPlan.model_validate(word["config"]["recording"])
        marked = plan.mark != self.plan.mark
        self.plan = plan
        if not plan.on:  # from this moment, not from the moment that this process is ended
            self._finish()
        if marked and self.writer is not None:
            await self._note("mark")

    async def _take(self, unit: Unit) -> None:
        if unit.track is Track.VIDEO:
            if unit.key and (self.writer is None or self._another(unit)):
                self._finish()
                await self._begin(unit)
            elif unit.pts90 <= self.last90:
                return
            self.last90 = unit.pts90
        if self.writer is None:
            return
        if self.fragments.length90(unit.pts90) >= FRAGMENT90:
            self._write(self.fragments.take(unit.pts90 if unit.track is Track.VIDEO else self._end90))
        self.fragments.add(unit)

    def _another(self, idr: Unit) -> bool:
        """Whether it cannot stand in the same file. Other parameters alone can: they stand before each IDR (avc3)."""
        return (idr.width, idr.height) != self.shape or not self.last90 < idr.pts90 < self.last90 + FAR90

    @property
    def _end90(self) -> int:
        return self.last90 + HZ // 25

    async def _begin(self, idr: Unit) -> None:
        try:
            start = head(idr)
        except nal.BadVideo as error:
            log.error("relay_recording_picture_wrong", error=str(error))
            return
        self.shape, self.fragments, self.last90 = (idr.width, idr.height), Fragments(idr.pts90), idr.pts90
        stamp = clock.now().strftime("%Y%m%dT%H%M%S")
        number = 1
        while (path := self.folder / f"{stamp}-{number}.mp4").exists():
            number += 1
        try:
            self.writer = Writer(path, self._fail)
        except OSError as error:
            self._fail(error)
            return
        self._write(start)
        await self._note("file")

    def _write(self, piece: bytes) -> None:
        if self.writer is None or not piece:
            return
        self.writer.write(piece)
        if full := self._room().full:
            self._stop(full)

    def _finish(self) -> None:
        self._write(self.fragments.take(self._end90))
        self._end()

    def _stop(self, why: Trouble) -> None:
        self.stopped = why
        self._end()

    def _end(self) -> None:
        """The file at work is done: its thread writes what waits."""
        writer, self.writer, self.fragments = self.writer, None, Fragments(0)
        if writer is not None:
            self._before += writer.taken
            task = asyncio.create_task(writer.close())
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    def _fail(self, error: OSError) -> None:
        log.error("relay_recording_failed", error=error.strerror)
        self._again_at = clock.monotonic() + TRY_AGAIN_S[min(self._failures, len(TRY_AGAIN_S) - 1)]
        self._failures += 1
        self._stop("failed")

    async def _note(self, what: Literal["file", "mark"]) -> None:
        """One line of the index; media go on meanwhile, in the file's own thread."""
        if self.writer is None:
            return
        entry = index.Entry(
            what=what, file=self.writer.path.name, second=self._second(), mark=self.plan.mark,
            at_ms=clock.epoch_ms(), width=self.shape[0], height=self.shape[1],
        )
        try:
            async with self._indexing:
                await asyncio.to_thread(index.note, self.folder, entry)
        except OSError as error:
            self._fail(error)

    def _second(self) -> float:
        return round((self.last90 - self.fragments.zero90) / HZ, 2) if self.writer is not None else 0.0

    def _size(self) -> int:
        return sum(one.stat().st_size for one in self.folder.glob("*.mp4"))

    def _room(self) -> Room:
        return Room(
            used=(self._before + (self.writer.taken if self.writer is not None else 0)) / MEGA,
            budget=self.plan.budget_mb, free=shutil.disk_usage(self.folder).free / MEGA,
            least_free=self.child.settings.recording_least_free_mb,
        )

    async def _go_on(self) -> None:
        """Begin again if whatever stopped it is over: somebody made room, or gave a larger budget."""
        self._before = await asyncio.to_thread(self._size)
        if self._room().again and (self.stopped != "failed" or clock.monotonic() >= self._again_at):
            self.stopped = ""
            await self.child.line.tell("keyframe", stream=self._stream)

    async def _report(self) -> None:
        while True:
            if self.stopped:
                await self._go_on()
            room = self._room()
            said = RecordingReport(
                on=self.writer is not None, file=self.writer.path.name if self.writer is not None else "",
                seconds=int(self._second()), megabytes=int(room.used), free_megabytes=int(room.free),
                warning=self.stopped or room.trouble, stopped=bool(self.stopped),
            )
            await self.child.report("recording", said.model_dump())
            await self._tell(said.warning, self.stopped)
            await asyncio.sleep(1.0)

    async def _tell(self, warning: Trouble, stopped: Trouble) -> None:
        """Say once that it stopped, that it goes on, or what will stop it."""
        before, standing = self._said
        if stopped and not standing:
            await self.child.event("recording_stopped", why=stopped)
            standing = True
        elif standing and self.writer is not None and self.writer.kept:
            await self.child.event("recording_back")
            self._failures, standing = 0, False
        elif warning and warning != before and not standing:
            await self.child.event("recording_warning", why=warning)
        self._said = (warning, standing)


async def run(child: Child) -> None:
    """Record for ever."""
    await Recorder(child).run()
