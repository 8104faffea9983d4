"""One line: two TUN devices in two namespaces and a process that carries IP packets between them, as badly as told.

    python -m tests.relay.net PID_A ADDRESS_A PID_B ADDRESS_B DEVICE

Reads conditions as JSON lines from stdin (fields of `Conditions`), answers each with a JSON line of `Counts`, and ends
with its input.
"""

import ctypes
import fcntl
import heapq
import json
import os
import random
import select
import struct
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from server.core import clock

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
CLONE_NEWNET = 0x40000000
MTU = 1500
LARGEST = 65_536
BURST = 64  # packets read in one go


@dataclass
class Conditions:
    """How bad the line is, in each direction. `kbps` 0: as fast as it can. `queue_ms`: what fits into the queue before
    the bottleneck; more is dropped (tail drop). `reorder`: jitter may change the order, as netem's does."""

    loss: float = 0.0
    delay_ms: float = 0.0
    jitter_ms: float = 0.0
    kbps: int = 0
    queue_ms: float = 200.0
    cut: bool = False
    reorder: bool = False


@dataclass
class Counts:
    """Since the line was made."""

    packets: int = 0
    lost: int = 0
    overflowed: int = 0
    bytes: int = 0


@dataclass
class Direction:
    """One way: what comes out of `source` goes into `target` when its time has come."""

    source: int
    target: int
    dice: random.Random
    counts: Counts = field(default_factory=Counts)
    _free_at: float = 0.0
    _last_at: float = 0.0
    _number: int = 0
    queue: list[tuple[float, int, bytes]] = field(default_factory=list)

    def put(self, packet: bytes, how: Conditions, now: float) -> None:
        """A packet entered the line."""
        self.counts.packets += 1
        self.counts.bytes += len(packet)
        if how.cut or self.dice.random() < how.loss:
            self.counts.lost += 1
            return
        leaves = now
        if how.kbps:
            leaves = max(now, self._free_at)
            if (leaves - now) * 1000 > how.queue_ms:
                self.counts.overflowed += 1
                return
            leaves += len(packet) * 8 / (how.kbps * 1000)
            self._free_at = leaves
        at = leaves + max(0.0, how.delay_ms + self.dice.uniform(-how.jitter_ms, how.jitter_ms)) / 1000
        if not how.reorder:
            at = self._last_at = max(at, self._last_at)
        self._number += 1
        heapq.heappush(self.queue, (at, self._number, packet))

    def deliver(self, now: float) -> None:
        """What is due comes out."""
        while self.queue and self.queue[0][0] <= now:
            try:
                os.write(self.target, heapq.heappop(self.queue)[2])
            except OSError:  # the device went down with its namespace
                self.counts.lost += 1

    @property
    def next_at(self) -> float | None:
        """When the next packet is due."""
        return self.queue[0][0] if self.queue else None


def open_tun(pid: int, name: str) -> int:
    """A TUN device in the network namespace of a process; we go back to ours afterwards."""
    libc = ctypes.CDLL(None, use_errno=True)
    home = os.open("/proc/self/ns/net", os.O_RDONLY)
    there = os.open(f"/proc/{pid}/ns/net", os.O_RDONLY)
    try:
        if libc.setns(there, CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")
        device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    finally:
        libc.setns(home, CLONE_NEWNET)
        os.close(home)
        os.close(there)
    return device


def bring_up(pid: int, name: str, address: str, other: str) -> None:
    """Give the device its address and set it up."""
    for command in (
        ["ip", "addr", "add", address, "peer", other, "dev", name], ["ip", "link", "set", name, "mtu", str(MTU), "up"],
    ):
        subprocess.run(["nsenter", f"--net=/proc/{pid}/ns/net", *command], check=True)


def carry(there: Direction, back: Direction, heard: Callable[[str], Conditions], how: Conditions) -> None:
    """Work until stdin ends."""
    words = b""
    while True:
        now = clock.monotonic()
        due = [at for at in (there.next_at, back.next_at) if at is not None]
        ready, _, _ = select.select([there.source, back.source, 0], [], [], max(0.0, min(due) - now) if due else None)
        for way in (there, back):
            if way.source in ready:
                read(way, how)
        if 0 in ready:
            more = os.read(0, 4096)
            if not more:
                return
            *lines, words = (words + more).split(b"\n")
            for line in lines:
                how = heard(line.decode())
        now = clock.monotonic()
        there.deliver(now)
        back.deliver(now)


def read(way: Direction, how: Conditions) -> None:
    """Take what the device has."""
    for _ in range(BURST):
        try:
            packet = os.read(way.source, LARGEST)
        except BlockingIOError:
            return
        way.put(packet, how, clock.monotonic())


def main() -> None:
    """Make the devices and carry packets."""
    pid_a, address_a, pid_b, address_b, name = sys.argv[1:]
    a, b = open_tun(int(pid_a), name), open_tun(int(pid_b), name)
    bring_up(int(pid_a), name, address_a, address_b)
    bring_up(int(pid_b), name, address_b, address_a)
    dice = random.Random(name)
    there, back = Direction(a, b, dice), Direction(b, a, dice)

    def heard(line: str) -> Conditions:
        conditions = Conditions(**json.loads(line))
        print(json.dumps({"there": asdict(there.counts), "back": asdict(back.counts)}), flush=True)
        return conditions

    carry(there, back, heard, Conditions())
