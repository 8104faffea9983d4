"""A control room for tests: the machine that chooses what is shown, and sources that send by the clock of the test."""

from dataclasses import dataclass, field

from server.relay.daemon.program.machine import MOST_PAST, SLATE, Action, FloorLine, Machine, Rules, Switch

STEP = 0.04
WAYS = Rules(("primary", "backup"))
FLOOR = Rules(("site-12", "primary", "backup"), floor="site-12")


@dataclass
class Room:
    """A machine whose sources send 25 pictures a second, an IDR each `gop`, in the order of the test."""

    machine: Machine
    gop: int = 25
    now: float = 0.0
    count: dict[str, int] = field(default_factory=dict)
    done: list[tuple[float, Switch]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    out: list[tuple[float, str]] = field(default_factory=list)  # when, whose
    idr: dict[str, float] = field(default_factory=dict)
    size: int = 1000                                    # bytes of a picture
    whole: dict[str, int] = field(default_factory=dict)  # pictures since the newest IDR; 0: one was lost
    followed: list[bool] = field(default_factory=list)  # for each cut: can decoders follow it, by no more than a burst
    floor: list[str] = field(default_factory=list)      # what was told of the line of the room that has the floor

    def note(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, Switch):
                self.done.append((self.now, action))
                last = self.out[-1][0] if self.out else 0.0
                later = action.to in (SLATE, action.was) or self.idr[action.to] >= last
                self.followed.append(later or 0 < self.whole[action.to] <= MOST_PAST)
                self.out.append((self.now, action.to))  # its newest IDR and all that came after it
            elif isinstance(action, FloorLine):
                self.floor.append(action.state)
            else:
                self.asked.append(action.key)

    def lose(self, key: str) -> None:
        self.whole[key] = 0
        self.note(self.machine.broken(key, self.now))

    def run(self, seconds: float, *sending: str) -> None:
        for _ in range(round(seconds / STEP)):
            self.step(*sending)

    def step(self, *sending: str) -> None:
        self.now = round(self.now + STEP, 3)
        for key in sending:
            number = self.count.get(key, 0)
            self.count[key] = number + 1
            if number % self.gop == 0:
                self.idr[key], self.whole[key] = self.now, 1
            elif self.whole.get(key):
                self.whole[key] += 1
            self.note(self.machine.picture(key, self.now, number % self.gop == 0, self.size))
            if self.machine.chosen == key:
                self.out.append((self.now, key))
            self.machine.sound(key, self.now)
        self.note(self.machine.tick(self.now))
        if self.machine.showing == SLATE:
            self.machine.slate_shown(self.now)
            self.out.append((self.now, SLATE))


def room(rules: Rules = WAYS, gop: int = 25) -> Room:
    """A machine at the beginning of its clock."""
    return Room(Machine(rules, 0.0), gop)
