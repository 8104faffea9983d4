"""A recorder's real process with a program that the test plays, and what a player finds in its files."""

import asyncio
import contextlib
import subprocess
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen
from typing import Any, NamedTuple

import av

from server.relay.daemon.recorder.fragments import Fragments, head
from server.relay.daemon.recorder.main import FRAGMENT90
from server.relay.daemon.streams import Publisher
from server.relay.daemon.units import OPUS_TICKS, Flag, Track, Unit
from tests.relay.clip import clip, units
from tests.relay.clip import play as play_clip
from tests.relay.ingest.stage import Desk
from tests.relay.program.stage import PATIENCE, child, folder
from tests.relay.timecode import read_frame

FOLDER = "hop-1"
TURN_MS = 6000  # of the clip "h264"
BEGUN = 4096  # bytes: a file's head has fewer


class Played(NamedTuple):
    """What plays: pictures that decode, packets of sound, seconds, and the time burned into the last picture, in ms."""

    pictures: int
    sounds: int
    seconds: float
    last_ms: int


def played(path: Path) -> Played:
    """Play a file to its end."""
    seen = heard = 0
    end, frame = 0.0, None
    with av.open(str(path)) as container:
        for packet in container.demux():
            if packet.stream.type == "audio":
                heard += packet.size > 0
                continue
            for frame in packet.decode():
                seen += 1
                end = frame.time or 0.0
    burned = read_frame(frame) if isinstance(frame, av.VideoFrame) else None
    return Played(seen, heard, end, -1 if burned is None else burned)


def jump(path: Path, second: float) -> int | None:
    """The time burned into the picture that a player shows at a second."""
    with av.open(str(path)) as container:
        container.seek(int(second * 1e6))
        for frame in container.decode(video=0):
            if frame.time is not None and frame.time >= second - 0.001:
                return read_frame(frame)
    return None


class Program(Publisher):
    """The program of conference 1, played by the test; its clock goes on from one clip to the next."""

    last: Unit | None = None  # the picture that was sent last
    base90 = 90_000           # added to the times of a clip, which may begin before 0

    def send(self, track: Track, payload: bytes, pts90: int, **more: Any) -> Unit:
        """Send, and remember."""
        unit = super().send(track, payload, self.base90 + pts90, **more)
        if track is Track.VIDEO:
            self.last = unit
        return unit

    @property
    def last_ms(self) -> int:
        """Media time of the last picture in its clip, over all its turns."""
        assert self.last is not None
        return (self.last.pts90 - self.base90 - OPUS_TICKS) // 90  # play() begins a packet of sound later


@dataclass
class Tape:
    """A recorder at work."""

    data: Path
    desk: Desk
    program: Program
    process: "Popen[bytes]"
    recording: dict[str, Any] = field(default_factory=dict)

    @property
    def files(self) -> list[Path]:
        """Its files, oldest first."""
        return sorted((self.data / "relay" / FOLDER).glob("2*.mp4"))

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for a condition."""
        async with asyncio.timeout(PATIENCE):
            while not true():
                await asyncio.sleep(0.02)

    async def begun(self) -> None:
        """Until the newest file holds pictures."""
        await self.until(lambda: bool(self.files) and self.files[-1].stat().st_size > BEGUN)

    async def change(self, **recording: Any) -> None:
        """Another plan."""
        self.recording |= recording
        config = {"conference": 1, "recording": self.recording}
        await self.desk.say("recorder-1", "configure", config=config)

    def events(self, code: str) -> list[dict[str, Any]]:
        """What it told the web process under that code."""
        return [one for one in self.desk.events if one["code"] == code]

    def end(self) -> None:
        """End it politely: what is collected is written."""
        self.process.terminate()
        self.process.wait(PATIENCE)


@contextlib.asynccontextmanager
async def taping(data: Path, **recording: Any) -> AsyncIterator[Tape]:
    """A recorder runs meanwhile; `recording`: fields of the plan."""
    plan = {"on": True, "folder": FOLDER, **recording}
    desk = Desk(folder(data))
    hearing = asyncio.create_task(desk.hear())
    program = Program(folder(data), "1/program")
    try:
        with child(data, "recorder", "recorder-1", {"conference": 1, "recording": plan}) as process:
            yield Tape(data, desk, program, process, plan)
    finally:
        hearing.cancel()
        program.close()
        desk.router.close()


@contextlib.asynccontextmanager
async def showing(tape: Tape, path: Path, size: tuple[int, int] = (320, 180)) -> AsyncIterator[None]:
    """A clip is the program meanwhile, again and again."""
    if tape.program.last is not None:
        tape.program.base90 = tape.program.last.pts90 + 6000
    task = asyncio.create_task(play_clip(tape.program, path, size=size))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def other_parameters(path: Path) -> Path:
    """The clip once more at the same size, by another encoder with other parameter sets, as another source sends."""
    command = ["-i", str(clip("h264")), "-c:v", "libx264", "-profile:v", "main", "-bf", "0", "-refs", "3",
               "-x264-params", "keyint=15:scenecut=0", "-c:a", "copy", str(path)]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *command], check=True)
    return path


def spliced(path: Path, *clips: Path) -> Path:
    """A recording of clips one after the other, written as the recorder writes it; each lasts `TURN_MS`."""
    turn90 = TURN_MS * 90
    program = [
        Unit(one.track, Flag.KEY if one.key else Flag.NONE, 1, 0, turn90 * at + one.pts90, 0, one.payload, 320, 180)
        for at, clip in enumerate(clips) for one in units(clip) if one.pts90 < turn90
    ]
    first = next(one for one in program if one.key)
    fragments, last90 = Fragments(first.pts90), 0
    with path.open("wb") as file:
        file.write(head(first))
        for one in program:
            if fragments.length90(one.pts90) >= FRAGMENT90:
                file.write(fragments.take(one.pts90 if one.track is Track.VIDEO else last90 + 3600))
            last90 = one.pts90 if one.track is Track.VIDEO else last90
            fragments.add(one)
        file.write(fragments.take(last90 + 3600))
    return path
