"""The process that records the program of one conference into the relay's part of the data folder.

`<data>/relay/<folder>/` holds `<start>-<n>.mp4` and `index.jsonl`: one line for each file and for each agenda mark,
with the file and the second in it. A fragment of a second is written and synced before the next: a crash loses at most
one second.
Where recording is forbidden the plan asks for none: this process does not run, and no file is made.
"""

import asyncio
import json
import os
import re
import shutil
from io import FileIO
from pathlib import Path
from typing import Literal

import structlog

from server.core import clock
from server.relay.daemon.child import Child
from server.relay.daemon.ingest import nal
from server.relay.daemon.recorder.fragments import HZ, Fragments, head
from server.relay.daemon.streams import Gaps, Subscriber, stream_name
from server.relay.daemon.units import Track, Unit
from server.relay.daemon.wire import Word
from server.relay.plan import RecordingPlan
from server.relay.reports import RecordingReport

log = structlog.get_logger(__name__)

MEGA = 1024 * 1024
FRAGMENT90 = HZ * 9 // 10        # the picture that is waited for makes it a second at most
LEAST_FREE_MB = 500              # below it the recording stops, so that the server itself can go on
WARN_FREE_MB = 2_000
WARN_BUDGET = 0.9
_FOLDER = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,80}(/[A-Za-z0-9][A-Za-z0-9._-]{0,80})*$")

Warning_ = Literal["", "budget", "disk", "failed"]


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
        self.file: FileIO | None = None
        self.path = Path()
        self.fragments = Fragments(0)
        self.shape = (0, 0)
        self.last90 = 0
        self.written = 0          # bytes in this folder, of all files
        self.warning: Warning_ = ""
        self.said: Warning_ = ""
        self.stopped = False

    async def run(self) -> None:
        """Record until cancelled; what is collected then is written too."""
        self.child.handlers["configure"] = self._configure
        if not self.plan.on:
            await asyncio.Event().wait()  # until the plan ends this process
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # nobody else on this machine reads it
        self.written = sum(one.stat().st_size for one in self.folder.glob("*.mp4"))
        reader, gaps = Subscriber(self.child.folder), Gaps()
        reader.follow(stream_name(self.conference, "program"))
        report = asyncio.create_task(self._report())
        try:
            while True:
                _, unit = await reader.next()
                if gaps.take(unit) and not self.stopped:
                    await self._take(unit)
        finally:
            report.cancel()
            reader.close()
            self._finish()

    async def _configure(self, word: Word) -> None:
        plan = RecordingPlan.model_validate(word["config"]["recording"])
        marked = plan.mark != self.plan.mark
        self.plan = plan
        if marked and self.file is not None:
            self._note("mark")

    async def _take(self, unit: Unit) -> None:
        if unit.track is Track.VIDEO:
            size = (unit.width, unit.height)
            if unit.key and (self.file is None or size != self.shape or unit.pts90 < self.last90):
                self._finish()
                self._begin(unit, size)
            self.last90 = unit.pts90
        if self.file is None:
            return
        if self.fragments.length90(unit.pts90) >= FRAGMENT90:
            await asyncio.to_thread(self._write, self.fragments.take(self._after(unit)))
        self.fragments.add(unit)

    def _after(self, unit: Unit) -> int:
        return unit.pts90 if unit.track is Track.VIDEO else self.last90 + HZ // 25

    def _begin(self, idr: Unit, size: tuple[int, int]) -> None:
        try:
            start = head(idr)
        except nal.BadVideo as error:
            log.error("relay_recording_picture_wrong", error=str(error))
            return
        self.shape, self.fragments = size, Fragments(idr.pts90)
        stamp = clock.now().strftime("%Y%m%dT%H%M%S")
        number = 1
        while (path := self.folder / f"{stamp}-{number}.mp4").exists():
            number += 1
        try:
            self.path, self.file = path, FileIO(path, "xb")
        except OSError as error:
            self._fail(error)
            return
        self._write(start)
        self._note("file")

    def _write(self, data: bytes) -> None:
        if self.file is None or not data:
            return
        try:
            self.file.write(data)
            os.fsync(self.file.fileno())
            self.written += len(data)
        except OSError as error:
            self._fail(error)
            return
        self._weigh()

    def _weigh(self) -> None:
        """Warn before budget or disk are used up, and stop when they are."""
        free, used = self._free_mb(), self.written / MEGA
        self.warning = (
            "disk" if free < WARN_FREE_MB else "budget" if used >= self.plan.budget_mb * WARN_BUDGET else ""
        )
        if free < LEAST_FREE_MB or used >= self.plan.budget_mb:
            self._stop()

    def _stop(self) -> None:
        self.stopped = True
        if self.file is not None:
            self.file.close()
            self.file = None

    def _fail(self, error: OSError) -> None:
        log.error("relay_recording_failed", error=error.strerror)
        self.warning = "failed"
        self._stop()

    def _finish(self) -> None:
        if self.file is None:
            return
        self._write(self.fragments.take(self.last90 + HZ // 25))
        if self.file is not None:
            self.file.close()
            self.file = None

    def _note(self, what: Literal["file", "mark"]) -> None:
        """One line of the index, on the disk before anything else."""
        line = {
            "what": what, "file": self.path.name, "second": self._second(), "mark": self.plan.mark,
            "at_ms": clock.epoch_ms(), "width": self.shape[0], "height": self.shape[1],
        }
        try:
            with (self.folder / "index.jsonl").open("a", encoding="utf-8") as index:
                index.write(json.dumps(line, ensure_ascii=False) + "\n")
                index.flush()
                os.fsync(index.fileno())
        except OSError as error:
            self._fail(error)

    def _second(self) -> float:
        return round(max(0, self.last90 - self.fragments.zero90) / HZ, 2) if self.fragments.zero90 else 0.0

    def _free_mb(self) -> int:
        return shutil.disk_usage(self.folder).free // MEGA

    async def _report(self) -> None:
        while True:
            said = RecordingReport(
                on=self.file is not None, file=self.path.name, seconds=int(self._second()),
                megabytes=self.written // MEGA, free_megabytes=self._free_mb(), warning=self.warning,
            )
            await self.child.report("recording", said.model_dump())
            if self.warning and self.warning != self.said:
                code: Literal["recording_stopped", "recording_warning"] = (
                    "recording_stopped" if self.stopped else "recording_warning")
                await self.child.event(code, why=self.warning)
            self.said = self.warning
            await asyncio.sleep(1.0)


async def run(child: Child) -> None:
    """Record for ever."""
    await Recorder(child).run()
