"""Namespaces, lines between them, and processes inside them."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from tests.relay.net.forwarder import Conditions, Counts

ROOT = Path(__file__).parents[3]
HOLD = "import sys; print('ready', flush=True); sys.stdin.read()"


def missing() -> str:
    """What is not there on this machine, in words; "" when lines can be made."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    for tool in ("ip", "nsenter", "unshare"):
        if shutil.which(tool) is None:
            return f"no {tool} (iproute2, util-linux)"
    if not os.access("/dev/net/tun", os.R_OK | os.W_OK):
        return "no /dev/net/tun"
    tried = subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "this kernel or container allows no network namespace"


class Machine:
    """A namespace of its own: loopback, lines, processes. It lives as long as the process that holds it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._holder = subprocess.Popen(
            ["unshare", "--net", sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._holder.stdout is not None
        self._holder.stdout.readline()
        self._started: list[subprocess.Popen[bytes]] = []
        self.run(["ip", "link", "set", "lo", "up"])

    @property
    def pid(self) -> int:
        """Of the process that holds the namespace."""
        return self._holder.pid

    def inside(self, command: list[str]) -> list[str]:
        """The command line that runs a command in this namespace."""
        return ["nsenter", f"--net=/proc/{self.pid}/ns/net", *command]

    def run(self, command: list[str], **more: Any) -> subprocess.CompletedProcess[bytes]:
        """Run a command to its end; raises when it fails."""
        return subprocess.run(self.inside(command), check=True, **more)

    def start(self, command: list[str], *, env: dict[str, str] | None = None, **more: Any) -> subprocess.Popen[bytes]:
        """Start a process; whatever is left of them is ended with the network. nsenter execs: the pid is its own."""
        process = subprocess.Popen(
            self.inside(command), env={**os.environ, **(env or {})}, cwd=more.pop("cwd", ROOT), **more
        )
        self._started.append(process)
        return process

    def close(self) -> None:
        """End what runs here, and the namespace."""
        for process in self._started:
            if process.poll() is None:
                process.terminate()
        for process in self._started:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        assert self._holder.stdin is not None
        assert self._holder.stdout is not None
        self._holder.stdin.close()
        self._holder.wait(10)
        self._holder.stdout.close()


class Line:
    """A line between two machines; `a` and `b` are the addresses of its ends."""

    def __init__(self, one: Machine, other: Machine, number: int, how: Conditions) -> None:
        self.a, self.b = f"10.99.{number}.1", f"10.99.{number}.2"
        self.how = how
        self._process = subprocess.Popen(
            [
                sys.executable, "-m", "tests.relay.net", str(one.pid), self.a, str(other.pid), self.b,
                f"line{number}",
            ],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT,
        )
        self._say()

    def change(self, **fields: Any) -> None:
        """Other conditions from now on; what is not named stays."""
        self.how = replace(self.how, **fields)
        self._say()

    def cut(self) -> None:
        """Nothing passes any more, without a word to either end."""
        self.change(cut=True)

    def mend(self) -> None:
        """It passes again."""
        self.change(cut=False)

    def counts(self) -> tuple[Counts, Counts]:
        """What went from a to b, and from b to a."""
        said = self._say()
        return Counts(**said["there"]), Counts(**said["back"])

    def _say(self) -> dict[str, Any]:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(asdict(self.how)).encode() + b"\n")
        process.stdin.flush()
        said: dict[str, Any] = json.loads(process.stdout.readline())
        return said

    def close(self) -> None:
        """Take it away."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


class Network:
    """Machines and the lines between them."""

    def __init__(self) -> None:
        self._machines: list[Machine] = []
        self._lines: list[Line] = []
        self._cables = 0

    def machine(self, name: str) -> Machine:
        """A new machine with loopback alone."""
        made = Machine(name)
        self._machines.append(made)
        return made

    def line(self, one: Machine, other: Machine, **conditions: Any) -> Line:
        """A line over the wide-area network."""
        made = Line(one, other, len(self._lines) + 1, Conditions(**conditions))
        self._lines.append(made)
        return made

    def cable(self, one: Machine, other: Machine) -> tuple[str, str]:
        """A good cable (veth) in one building; the addresses of its ends."""
        self._cables += 1
        number, name = self._cables, f"cable{self._cables}"
        addresses = f"10.98.{number}.1", f"10.98.{number}.2"
        one.run(["ip", "link", "add", name, "type", "veth", "peer", "name", name, "netns", str(other.pid)])
        for machine, address in zip((one, other), addresses, strict=True):
            machine.run(["ip", "addr", "add", f"{address}/24", "dev", name])
            machine.run(["ip", "link", "set", name, "up"])
        return addresses

    def close(self) -> None:
        """End everything."""
        for machine in self._machines:
            for process in machine._started:  # all stop together, before any line is taken away
                if process.poll() is None:
                    process.terminate()
        for thing in (*self._lines, *self._machines):
            thing.close()


@contextlib.contextmanager
def network() -> Iterator[Network]:
    """A network that is gone afterwards."""
    made = Network()
    try:
        yield made
    finally:
        made.close()
