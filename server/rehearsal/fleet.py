"""Many seats on one loop, and the waiting that measurements are made of."""

import contextlib
import os
import resource
from collections.abc import Callable, Iterable
from typing import Any

from server.rehearsal.browser import Target
from server.rehearsal.loop import Loop, now
from server.rehearsal.seat import Copy, Decoder, Seat

SPARE_FILES = 200


def percentile(values: Iterable[float], share: float) -> float:
    """The nearest-rank percentile: the smallest value that at least `share` (0–1) of all values do not exceed."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    return ordered[max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1)]


def pin_to(core: int) -> None:
    """Keep this process on one core, where the machine has several and lets us."""
    with contextlib.suppress(OSError, AttributeError):
        if (os.cpu_count() or 1) > 1:
            os.sched_setaffinity(0, {core})


def allow_files(count: int) -> None:
    """Raise the limit of open files. Raises OSError when the machine does not allow as many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + SPARE_FILES
    if soft < wanted:
        if hard < wanted:
            raise OSError(f"this machine allows {hard} open files, {wanted} are needed: raise `ulimit -n`")
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class Awaited:
    """Who has got a topic at some version, and when the last one did."""

    def __init__(self, topic: str, version: int, seats: Iterable[Seat]) -> None:
        self.topic, self.version = topic, version
        self.missing = {seat for seat in seats if seat.version(topic) < version}
        self.last = 0.0

    def take(self, seat: Seat, copy: Copy) -> None:
        """A seat got the topic."""
        if copy.version >= self.version and seat in self.missing:
            self.missing.discard(seat)
            self.last = max(self.last, copy.moment)

    def done(self) -> bool:
        """Whether every seat has it."""
        return not self.missing


class Fleet:
    """All simulated seats of this process."""

    def __init__(self, target: Target, loop: Loop | None = None) -> None:
        self.loop = loop or Loop()
        self.target = target
        self.seats: list[Seat] = []
        self._decode = Decoder()
        self._awaited: list[Awaited] = []

    def add(self, token: str = "", topics: Iterable[str] = (), surface: str = "seat") -> Seat:
        """One more seat; it connects at `start`."""
        seat = Seat(
            self.loop, self.target, surface, token=token, topics=topics, decode=self._decode, took=self._took
        )
        self.seats.append(seat)
        return seat

    def _took(self, seat: Seat, topic: str, copy: Copy) -> None:
        for awaited in self._awaited:
            if awaited.topic == topic:
                awaited.take(seat, copy)

    def connect(self, seconds: float = 60.0) -> float:
        """Start every seat that is not on the line; the time in seconds until the last one is. Raises TimeoutError."""
        began = now()
        for seat in self.seats:
            if not seat.online:
                seat.start()
        if not self.loop.run(self.all_online, seconds):
            missing = sum(not seat.online for seat in self.seats)
            raise TimeoutError(f"{missing} of {len(self.seats)} seats are not on the line after {seconds:.0f} s")
        return max((seat.ready_at for seat in self.seats), default=began) - began

    def all_online(self) -> bool:
        """Whether every seat is on the line."""
        return all(seat.online for seat in self.seats)

    def everybody_has(self, topic: str, version: int, seconds: float = 30.0) -> float:
        """Wait until every seat has the topic at this version or newer; when the last got it. Raises TimeoutError."""
        return self.wait(Awaited(topic, version, self.seats), seconds)

    def expect(self, topic: str) -> Awaited:
        """Begin to wait for the next version of a topic, before the change is asked for."""
        newest = max((seat.version(topic) for seat in self.seats), default=0)
        awaited = Awaited(topic, newest + 1, self.seats)
        self._awaited.append(awaited)
        return awaited

    def wait(self, awaited: Awaited, seconds: float = 30.0) -> float:
        """Wait for it; the moment the last seat got it. Raises TimeoutError."""
        if awaited not in self._awaited:
            self._awaited.append(awaited)
        try:
            if not self.loop.run(awaited.done, seconds):
                raise TimeoutError(f"{len(awaited.missing)} seats lack {awaited.topic} after {seconds:.0f} s")
        finally:
            self._awaited.remove(awaited)
        return awaited.last

    def each(self, ask: Callable[[Seat, Callable[[Any], None]], None], seconds: float = 60.0) -> list[Any]:
        """Let every seat ask something at once; all answers. `ask(seat, done)`. Raises TimeoutError."""
        answers: list[Any] = []
        for seat in self.seats:
            ask(seat, answers.append)
        if not self.loop.run(lambda: len(answers) >= len(self.seats), seconds):
            raise TimeoutError(f"{len(self.seats) - len(answers)} answers are missing after {seconds:.0f} s")
        return answers

    def close(self) -> None:
        """Hang up all seats."""
        for seat in self.seats:
            seat.stop()
        self.loop.close()
