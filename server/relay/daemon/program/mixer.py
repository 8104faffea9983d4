"""Carries out what the machine decides: which units go out, with which times, and the slate between them.

Knows no sockets and no clock: units and moments come in, `send` takes what goes out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from server.relay.daemon.program.machine import HOLD, SLATE, Action, Machine, Rules, Switch
from server.relay.daemon.program.slate import FPS, SILENCE, Picture, Slate
from server.relay.daemon.program.stamps import HZ, Stamps
from server.relay.daemon.streams import Gaps
from server.relay.daemon.units import OPUS_TICKS, Flag, Track, Unit

MOST_KEPT = 8 * 1024 * 1024   # bytes of pictures kept of a source that may be needed
SOUND_STEP = OPUS_TICKS / HZ
SOUND_BEHIND = 0.2            # silence that is later than this is not made up for


class Send(Protocol):
    """What takes units: streams.Publisher.send."""

    def __call__(
        self, track: Track, payload: bytes, pts90: int, *, capture_ns: int, flags: Flag = Flag.NONE, width: int = 0,
        height: int = 0,
    ) -> Unit: ...


@dataclass
class _Source:
    gaps: Gaps = field(default_factory=Gaps)
    kept: list[tuple[Unit, int]] = field(default_factory=list)  # from its newest IDR on, with the time of arrival
    size: int = 0

    def keep(self, unit: Unit, arrival90: int) -> bool:
        """Whether all since the newest IDR is still there."""
        if unit.key:
            self.kept.clear()
            self.size = 0
        if self.size + len(unit.payload) <= MOST_KEPT and (unit.key or self.kept):
            self.kept.append((unit, arrival90))
            self.size += len(unit.payload)
            return True
        self.drop()
        return False

    def drop(self) -> None:
        self.kept.clear()
        self.size = 0


class Mixer:
    """One program. Moments are seconds of the monotonic clock, `realtime_ns` CLOCK_REALTIME for our own pictures."""

    def __init__(self, rules: Rules, send: Send, now: float, realtime_ns: Callable[[], int]) -> None:
        self.machine = Machine(rules, now)
        self.size = (0, 0)          # of the newest picture that went out
        self.showing_since = now
        self._showing = HOLD
        self._send, self._realtime_ns = send, realtime_ns
        self._stamps = Stamps()
        self._sources: dict[str, _Source] = {}
        self._break = {Track.VIDEO, Track.AUDIO}
        self._heard: str | None = None
        self._slate: Slate | None = None
        self._circle: Iterator[Picture] = iter(())
        self._next_picture = self._next_silence = 0.0

    def configure(self, rules: Rules, now: float) -> list[Action]:
        """Take new rules; returns what the machine wants done or told."""
        return self._act(self.machine.configure(rules, now), now)

    def take(self, key: str, unit: Unit, now: float) -> list[Action]:
        """A unit of a source came."""
        source = self._sources.setdefault(key, _Source())
        holes = source.gaps.holes
        whole = source.gaps.take(unit)
        if unit.track is Track.AUDIO:
            if whole and self.machine.sound(key, now):
                self._sound(key, unit, now)
            return []
        actions = self.machine.broken(key, now) if source.gaps.holes != holes else []
        if not whole:
            source.drop()
            return actions
        if not source.keep(unit, int(now * HZ)):
            self.machine.forget_idr(key)
        before = self.machine.chosen
        done = self.machine.picture(key, now, unit.key, len(unit.payload))
        moved = any(isinstance(one, Switch) and one.why != "resumed" for one in done)
        if not moved and before == self.machine.chosen == key:
            self._picture(key, unit, int(now * HZ))
        return actions + self._act(done, now)

    def tick(self, now: float) -> list[Action]:
        """Time passes; slate and silence go out as they are due."""
        actions = self._act(self.machine.tick(now), now)
        if self.machine.showing == SLATE:
            self._show_slate(now)
            if self.machine.sounding(now) is None:
                self._silence(now)
        if self._showing != self.machine.showing:
            self._showing, self.showing_since = self.machine.showing, now
        return actions

    def use_slate(self, slate: Slate) -> None:
        """Words to show when nothing else can be; at its next turn it begins with an IDR."""
        self._slate = slate
        self._circle = slate.endless()

    def renew(self, now: float) -> bool:
        """Somebody needs an IDR: whether the program itself makes it (else the source has to)."""
        if self.machine.showing != SLATE or self._slate is None:
            return False
        self._circle = self._slate.endless()
        self._next_picture = now
        return True

    def _act(self, actions: list[Action], now: float) -> list[Action]:
        for action in actions:
            if not isinstance(action, Switch) or action.why == "resumed":
                continue
            self._break.add(Track.VIDEO)
            if action.to == SLATE:
                self._next_picture = now
                self._circle = self._slate.endless() if self._slate else iter(())
            else:
                self._catch_up(action.to)
        return actions

    def _catch_up(self, key: str) -> None:
        """Begin with a source's newest IDR. Only its newest picture is of now: the others' times are squeezed."""
        kept = self._sources[key].kept
        for unit, arrival90 in kept[:-1]:
            past = replace(unit, flags=unit.flags | Flag.PAST, capture_ns=self._realtime_ns())
            self._picture(key, past, arrival90)
        for unit, arrival90 in kept[-1:]:
            self._picture(key, unit, arrival90)

    def _picture(self, key: str, unit: Unit, arrival90: int) -> None:
        time = self._stamps.stamp(key, unit, arrival90)
        assert time is not None  # noqa: S101  (only sound is left out)
        if unit.width and unit.height:
            self.size = (unit.width, unit.height)
        self._pass_on(unit, time)

    def _sound(self, key: str | None, unit: Unit, now: float) -> None:
        if key != self._heard:
            self._heard = key
            self._break.add(Track.AUDIO)
        time = self._stamps.stamp(key or "", unit, int(now * HZ))
        if time is not None:
            self._pass_on(unit, time)

    def _show_slate(self, now: float) -> None:
        if self._slate is None or now < self._next_picture:
            return
        picture = next(self._circle)
        self._next_picture = max(self._next_picture + 1 / FPS, now)
        time = self._stamps.own(Track.VIDEO, int(now * HZ))
        flags = (Flag.KEY if picture.key else Flag.NONE) | self._mark(Track.VIDEO)
        width, height = self._slate.size
        self._send(
            Track.VIDEO, picture.payload, time, capture_ns=self._realtime_ns(), flags=flags, width=width, height=height
        )
        self.machine.slate_shown(now)

    def _silence(self, now: float) -> None:
        if now - self._next_silence > SOUND_BEHIND:
            self._next_silence = now
        while self._next_silence <= now:
            if self._heard is not None:
                self._heard = None
                self._break.add(Track.AUDIO)
            time = self._stamps.own(Track.AUDIO, int(self._next_silence * HZ))
            self._send(
                Track.AUDIO, SILENCE, time, capture_ns=self._realtime_ns(), flags=self._mark(Track.AUDIO)
            )
            self._next_silence += SOUND_STEP

    def _pass_on(self, unit: Unit, time: int) -> None:
        self._send(
            unit.track, unit.payload, time, capture_ns=unit.capture_ns, flags=unit.flags | self._mark(unit.track),
            width=unit.width, height=unit.height,
        )

    def _mark(self, track: Track) -> Flag:
        """DISCONTINUITY for the first unit of a track after a cut."""
        if track not in self._break:
            return Flag.NONE
        self._break.discard(track)
        return Flag.DISCONTINUITY
