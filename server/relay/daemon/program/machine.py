"""Which source is the program: a state machine without clock, sockets or threads; time is an argument, in seconds.

    PRIMARY ── no whole picture for `hold_s` ──> HOLD ── another living source, from its newest IDR ──> BACKUP
                                                 │ none living, or none to be followed within BRIDGE_S
                                                 └──> SLATE ── an IDR of any source ──> that source
    BACKUP ── the primary whole for `stable_s`, at its next IDR ──> PRIMARY

The room that has the floor stands before the primary while it sends, and is heard a moment after it began: by then its
own return is muted (`FloorLine`). A floor whose line is dead stays with its room, because giving and taking are
decisions of people: the centre is shown meanwhile, and the speaker whose line comes back goes on.

Only pictures say that a source lives: sound is no picture. What was shown stays on the screens during HOLD, so the
longest time without a new picture is `hold_s + BRIDGE_S`. Source: facts of the relay, failover; plan.ProgramPlan.

When nothing that lives is on the screens, or people gave the floor, nobody waits for an IDR: the newest one that is
kept goes out with all pictures since, though their moments are over, and decoders run through them. That is a burst, so
it is bounded (MOST_PAST, MOST_PAST_BYTES). A better source that is back has time: the one before is on the screens
until the next IDR, and a burst would only show.
"""

from dataclasses import dataclass, field
from math import inf
from typing import Literal

from server.relay.plan import ProgramPlan

BRIDGE_S = 2.0        # how long a living source may keep us waiting for its IDR before words are shown
ASK_EVERY_S = 0.5     # between two requests for an IDR of the same source
SOUND_S = 0.5         # sound that is older than this has stopped
MOST_PAST = 75        # pictures that are sent once more: a GOP of 2 s at 30 a second, and some
MOST_PAST_BYTES = 1_000_000  # that a viewer's budget holds (fanout/viewer.py): 2 s of 4 Mb/s
FLOOR_DEAD_S = 3.0    # without picture and sound of the room that has the floor: its line is dead
MUTED_WITHIN_S = 0.2  # from a room's first packet until its return is muted, with much to spare
HOLD, SLATE = "hold", "slate"

Why = Literal["start", "lost", "better", "floor", "floor_taken", "resumed", "back", "no_source"]


@dataclass(frozen=True)
class Rules:
    """`ranked`: keys of sources that may be shown, best first. Times in seconds. `floor` is the first of them or ""."""

    ranked: tuple[str, ...]
    hold_s: float = 0.7
    stable_s: float = 10.0
    floor: str = ""


def rules_of(plan: ProgramPlan, sources: list[str]) -> Rules:
    """The rules of a plan. Rooms are shown only while they have the floor."""
    floor = plan.floor if plan.floor is not None and plan.floor in sources else ""
    ways = tuple(key for key in ("primary", "backup") if key in sources and key != floor)
    return Rules(((floor,) if floor else ()) + ways, plan.hold_ms / 1000, float(plan.stable_s), floor)


@dataclass(frozen=True)
class Switch:
    """From now on `to` (a key or "slate") is shown. Begin with its newest IDR and all that came after it.

    `gap_s`: since the last picture of any kind; `away_s`: since the last picture of a source.
    """

    to: str
    was: str
    why: Why
    gap_s: float
    away_s: float


@dataclass(frozen=True)
class AskKey:
    """Ask whoever publishes `key` for an IDR."""

    key: str


FloorState = Literal["waiting", "on", "lost", "over"]


@dataclass(frozen=True)
class FloorLine:
    """What is known of the line of the room `key`: it has the floor and sends nothing yet, it sends, its line is dead;
    over: it has the floor no more.
    """

    key: str
    state: FloorState


Action = Switch | AskKey | FloorLine


@dataclass
class _Seen:
    """What was seen of a source: moments in seconds."""

    picture: float = -inf     # the last whole picture
    since: float = inf        # whole pictures without a break since
    idr: float = -inf         # the newest IDR
    since_idr: int = 0        # pictures since, with it
    bytes: int = 0            # of them
    sound: float = -inf
    asked: float = -inf
    fell: bool = False        # it was shown and lost, and has to prove itself again


@dataclass
class Machine:
    """The state. Tell it of every picture and sound in order of time, and `tick` it at least every 100 ms."""

    rules: Rules
    began: float
    showing: str = HOLD
    chosen: str | None = None  # whose pictures go out; stays during HOLD, so that the source may simply go on
    switches: int = 0
    last_gap_s: float = 0.0
    _seen: dict[str, _Seen] = field(default_factory=dict)
    _floor_heard: float = -inf          # picture or sound of the room that has the floor
    _floor_on: float = inf              # when that began
    _floor_told: FloorLine | None = None
    _cut_off: str = ""                  # who was shown and lost the floor, until something else is shown
    _out: float = field(init=False)     # the last picture that went out, of whatever kind
    _source: float = field(init=False)  # the last picture of a source that went out

    def __post_init__(self) -> None:
        self._out = self._source = self.began

    def configure(self, rules: Rules, now: float) -> list[Action]:
        """Take new rules. A room that lost the floor is cut off at once."""
        if rules.floor != self.rules.floor:
            self._of(rules.floor).fell = False
            self._floor_heard, self._floor_on = -inf, inf
        self.rules = rules
        if self.chosen is not None and self.chosen not in rules.ranked:
            self._cut_off, self.chosen, self.showing = self.chosen, None, HOLD
        return self._decide(now) + self._floor_line(now)

    def picture(self, key: str, now: float, idr: bool, size: int = 0) -> list[Action]:
        """A whole picture of `size` bytes came from a source. It is to go out when `key` is `chosen` afterwards."""
        seen = self._of(key)
        if now - seen.picture > self.rules.hold_s:
            seen.since = now
        seen.since = min(seen.since, now)
        seen.picture = now
        if idr:
            seen.idr, seen.since_idr, seen.bytes = now, 0, 0
        seen.since_idr += 1
        seen.bytes += size
        self._hear_floor(key, now)
        actions = self._resume(key, now) + self._decide(now)
        if key == self.chosen:
            self._out = self._source = now
        return actions

    def broken(self, key: str, now: float) -> list[Action]:
        """A picture of a source was lost: those that follow cannot be used up to its next IDR."""
        seen = self._of(key)
        seen.since = inf
        seen.idr = -inf
        return self.ask(key, now) if key in self.rules.ranked else []

    def forget_idr(self, key: str) -> None:
        """What came since the newest IDR of a source is not kept any more: only its next one will do."""
        self._of(key).idr = -inf

    def ask(self, key: str, now: float) -> list[Action]:
        """Ask a source for an IDR, not too often."""
        seen = self._of(key)
        if now - seen.asked < ASK_EVERY_S:
            return []
        seen.asked = now
        return [AskKey(key)]

    def sound(self, key: str, now: float) -> bool:
        """A packet of sound of a source came: whether it is to go out."""
        self._of(key).sound = now
        self._hear_floor(key, now)
        return key == self.sounding(now)

    def tick(self, now: float) -> list[Action]:
        """Time passes."""
        return self._decide(now) + self._floor_line(now)

    def slate_shown(self, now: float) -> None:
        """A picture of the slate went out."""
        self._out = now

    def sounding(self, now: float) -> str | None:
        """Whose sound goes out, None for silence.

        That of the room that has the floor, also without a picture of it; else that of the picture; without a living
        picture the best that there is. Never two at once.
        """
        floor = self.rules.floor
        if floor and now - self._floor_on >= MUTED_WITHIN_S and self._sounds(floor, now):
            return floor
        current = self.chosen
        if current is not None and self._lives(current, now):
            return current
        order = sorted((key for key in self.rules.ranked if key != floor), key=lambda key: key != current)
        return next((key for key in order if self._sounds(key, now)), None)

    @property
    def floor_state(self) -> FloorState | Literal[""]:
        """How the line of the room that has the floor is, as last told; empty without one."""
        return self._floor_told.state if self._floor_told is not None else ""

    def _hear_floor(self, key: str, now: float) -> None:
        if key == self.rules.floor:
            if now - self._floor_heard > FLOOR_DEAD_S:
                self._floor_on = now
            self._floor_heard = now

    def _floor_line(self, now: float) -> list[Action]:
        """What is new of the line of the room that has the floor."""
        told, key = self._floor_told, self.rules.floor
        line: FloorLine | None = None
        if key:
            quiet = now - self._floor_heard
            line = FloorLine(key, "on" if quiet <= FLOOR_DEAD_S else "lost" if quiet < inf else "waiting")
        if line == told:
            return []
        self._floor_told = line
        over: list[Action] = [FloorLine(told.key, "over")] if told is not None and told.key != key else []
        return over + ([line] if line is not None else [])

    def _of(self, key: str) -> _Seen:
        return self._seen.setdefault(key, _Seen())

    def _lives(self, key: str, now: float) -> bool:
        return now - self._of(key).picture <= self.rules.hold_s

    def _sounds(self, key: str, now: float) -> bool:
        return now - self._of(key).sound <= SOUND_S

    def _steady(self, key: str, now: float) -> bool:
        seen = self._of(key)
        patience = 0.0 if key == self.rules.floor and not seen.fell else self.rules.stable_s
        return now - seen.since >= patience

    def _resume(self, key: str, now: float) -> list[Action]:
        """The chosen source goes on by itself after it was given up for lost, before another took its place."""
        if key != self.chosen or self.showing != HOLD:
            return []
        return [self._switch(key, now, "resumed")]

    def _decide(self, now: float) -> list[Action]:
        ranked, current = self.rules.ranked, self.chosen
        living = [key for key in ranked if self._lives(key, now)]
        if current is not None and current in living:
            better = [key for key in living[:living.index(current)] if self._steady(key, now)]
            return self._take(better, now, {self.rules.floor})
        if self._starting(now):
            living = [key for key in living if key == ranked[0]]
        actions = self._take(living, now, set(living))
        taken = any(isinstance(action, Switch) for action in actions)
        return actions if taken else actions + self._wait(now, bool(living))

    def _starting(self, now: float) -> bool:
        """At the start the best source gets its chance before another is taken."""
        return self.chosen is None and self.showing == HOLD and now - self.began <= self.rules.hold_s

    def _take(self, keys: list[str], now: float, hurried: set[str]) -> list[Action]:
        """Switch to the best of `keys` that can follow what was shown; `hurried` ones also by pictures of the past."""
        for key in keys:
            if key != self.chosen and (self._of(key).idr >= self._out or (key in hurried and self._kept(key))):
                return [self._switch(key, now, self._reason(key, now))]
        return self.ask(keys[0], now) if keys else []

    def _kept(self, key: str) -> bool:
        """Whether all since its newest IDR is there, and little enough to be sent at once."""
        seen = self._of(key)
        return seen.idr > -inf and seen.since_idr <= MOST_PAST and seen.bytes <= MOST_PAST_BYTES

    def _reason(self, key: str, now: float) -> Why:
        if self.chosen is None:
            return "floor_taken" if self._cut_off else "back" if self.switches else "start"
        if key == self.rules.floor:
            return "floor"
        return "better" if self._lives(self.chosen, now) else "lost"

    def _wait(self, now: float, hope: bool) -> list[Action]:
        """Nothing to switch to yet: the last picture stays, then words come."""
        if self.showing == SLATE:
            return []
        quiet = now - self._out
        if quiet > self.rules.hold_s + (BRIDGE_S if hope else 0.0):
            return [self._switch(SLATE, now, "no_source")]
        if quiet > self.rules.hold_s:
            self.showing = HOLD
        return []

    def _switch(self, to: str, now: float, why: Why) -> Switch:
        if self.chosen is not None and to != self.chosen and not self._lives(self.chosen, now):
            self._of(self.chosen).fell = True
        done = Switch(to, self.chosen or self._cut_off or self.showing, why, now - self._out, now - self._source)
        self.showing, self._cut_off = to, ""
        self.chosen = None if to == SLATE else to
        self.switches += 1
        self.last_gap_s = done.gap_s
        self._out = now
        if to != SLATE:
            self._source = now
        return done
