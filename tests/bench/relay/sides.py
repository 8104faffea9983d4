"""The senders that are measured, each with the feeder, and one run of viewers against one of them."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from tests.bench.house import CLIENT_CORE, ROOT, SERVER_CORE, cpu_seconds, pin
from tests.bench.relay import janus

FED = 2.5  # seconds of source before the first viewer comes: more than a GOP
MB = 1024 * 1024


@dataclass
class Side:
    """A sender that runs and is fed."""

    name: str
    line: str
    options: dict[str, str]
    pids: list[int]
    folder: Path
    feeder: "subprocess.Popen[str]"
    bearers: list[str] = field(default_factory=list)

    def cpu(self) -> float:
        """CPU seconds of its processes so far."""
        return sum(cpu_seconds(pid) for pid in self.pids)

    def memory(self) -> float:
        """Resident memory of its processes, MB."""
        return sum(psutil.Process(pid).memory_info().rss for pid in self.pids) / MB


@dataclass
class Run:
    """What one run of viewers saw and cost."""

    viewers: int
    cpu_s: float = 0.0
    window_s: float = 0.0
    packets: int = 0
    memory_mb: float = 0.0          # more than before the viewers came
    seen: list[dict[str, Any]] = field(default_factory=list)
    window: tuple[int, int] = (0, 0)

    @property
    def cpu_per_viewer(self) -> float:
        """Percent of a core."""
        return self.cpu_s / self.window_s / self.viewers * 100

    @property
    def cpu_per_packet(self) -> float:
        """Microseconds."""
        return self.cpu_s / self.packets * 1e6


@contextlib.contextmanager
def ours(clip: str = "hd") -> Iterator[Side]:
    """Our fan-out."""
    with _module("ours", "tests.bench.relay.ours", clip) as side:
        yield side


@contextlib.contextmanager
def stock(clip: str = "hd") -> Iterator[Side]:
    """aiortc as it comes."""
    with _module("stock", "tests.bench.relay.stock", clip) as side:
        yield side


@contextlib.contextmanager
def peer(clip: str = "hd") -> Iterator[Side]:
    """Debian's Janus."""
    with tempfile.TemporaryDirectory(prefix="nghisu-bench-") as place:
        folder = Path(place)
        with janus.running(folder / "janus") as up:
            pin(up.pid, SERVER_CORE)
            with _feeder({"ports": up.ports, "log": str(folder / "feed.json"), "clip": clip}) as feeder:
                yield Side("janus", "tests.bench.relay.janus:Janus", {"url": up.url}, [up.pid], folder, feeder)


@contextlib.contextmanager
def _module(name: str, module: str, clip: str) -> Iterator[Side]:
    with tempfile.TemporaryDirectory(prefix="nghisu-bench-") as place:
        folder = Path(place)
        environ = {**os.environ, "NGHISU_DATA": str(folder), "NGHISU_LOG_LEVEL": "warning"}
        with _child(module, environ) as process:
            pin(process.pid, SERVER_CORE)
            up = json.loads(_line_of(process))
            for pid in up["pids"]:
                pin(pid, SERVER_CORE)
            with _feeder({"folder": up["folder"], "log": str(folder / "feed.json"), "clip": clip}) as feeder:
                line, options = "tests.relay.receivers:Whep", {"url": up["url"]}
                yield Side(name, line, options, up["pids"], folder, feeder, up["bearers"])


@contextlib.contextmanager
def _feeder(job: dict[str, Any]) -> Iterator["subprocess.Popen[str]"]:
    with _child("tests.bench.relay.feeder") as process:
        _tell(process, job)
        pin(process.pid, CLIENT_CORE)
        _line_of(process)
        time.sleep(FED)
        yield process


@contextlib.contextmanager
def _child(module: str, environ: dict[str, str] | None = None) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environ
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


def _tell(process: "subprocess.Popen[str]", job: dict[str, Any]) -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps(job) + "\n")
    process.stdin.flush()


def _line_of(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"{process.args} ended with {process.wait()}")
    return line.strip()


def run(side: Side, viewers: int, seconds: float, *, stagger: float = 0.06, settle: float = 3.0) -> Run:
    """Let viewers in, wait, measure a window, let them go. Raises RuntimeError when they fail."""
    out = side.folder / "seen.json"
    before = side.memory()
    found = Run(viewers)
    with _child("tests.relay.receivers") as process:
        _tell(process, {
            "out": str(out), "line": side.line, "options": side.options, "viewers": viewers, "stagger": stagger,
            "settle": settle, "seconds": seconds, "bearers": side.bearers,
        })
        pin(process.pid, CLIENT_CORE)
        for word in ("joined", "begin", "end", "gone"):
            if (said := _line_of(process)) != word:
                raise RuntimeError(f"{said!r} in the place of {word!r}")
            if word == "begin":
                began = side.cpu()
            elif word == "end":
                found.cpu_s = side.cpu() - began
                found.memory_mb = side.memory() - before
    written = json.loads(out.read_text())
    begin, end, found.packets = written["window"]
    found.window, found.window_s, found.seen = (begin, end), (end - begin) / 1e9, written["viewers"]
    return found


def sent(side: Side) -> dict[tuple[int, int], tuple[int, int]]:
    """End the feeder: (pts90, 1 for sound) → (ns when it was sent, 1 for an IDR)."""
    side.feeder.terminate()
    side.feeder.wait(15)
    rows = json.loads((side.folder / "feed.json").read_text())
    return {(pts90, track): (at, key) for pts90, track, key, _, at in rows}
