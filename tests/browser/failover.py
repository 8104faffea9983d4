"""The story of two sources and a wall: each dies, comes back, and what that cost those who watch."""

import contextlib
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.browser.relayed import now_ms
from tests.browser.screen import BACKUP_PLUS, Picture, Screen, longest_still_ms
from tests.relay import camera

# Two pictures that nobody can confuse: another size, another ground, and another number in the strip.
OPTIONS = {
    "primary": ("--gop", "2", "--fps", "15"),
    "backup": ("--gop", "2", "--fps", "15", "--size", "480x270", "--plus", str(BACKUP_PLUS)),
}


@dataclass(frozen=True)
class Step:
    """What happened, what was shown then, the longest time without a new picture on the screen, and the time until
    the new picture stood there; in ms.
    """

    what: str
    shows: str
    still_ms: int
    after_ms: int

    def __str__(self) -> str:
        return f"{self.what:34} shows {self.shows:8} longest still {self.still_ms:6} ms   after {self.after_ms:6} ms"


class Failover:
    """Two encoders that can be killed, and the wall that shows one of them."""

    def __init__(self, wall: Screen, primary: str, backup: str, pictures: Path) -> None:
        self.wall, self.pictures = wall, pictures
        self._addresses = {"primary": primary, "backup": backup}
        self._open: dict[str, tuple[contextlib.ExitStack, subprocess.Popen[bytes]]] = {}

    def begin(self, key: str) -> None:
        """Start an encoder."""
        if key not in self._open:
            stack = contextlib.ExitStack()
            process = stack.enter_context(camera.running(self._addresses[key], *OPTIONS[key]))
            self._open[key] = stack, process

    def kill(self, key: str) -> None:
        """kill -9 of an encoder."""
        stack, process = self._open.pop(key)
        process.kill()
        stack.close()

    def close(self) -> None:
        """End what still runs."""
        for key in list(self._open):
            self.kill(key)

    def run(self) -> list[Step]:
        """Once through all of it; ends with both sources alive and the primary on the screen."""
        for key in OPTIONS:
            self.begin(key)
        self._until("primary", 0)
        self.wall.page.wait_for_timeout(3000)  # the backup's encoder has called, too
        steps = [self._step("primary killed", "backup", lambda: self.kill("primary"))]
        steps.append(self._step("primary is back", "primary", lambda: self.begin("primary")))
        steps.append(self._step("both killed", "other", self.close))
        steps.append(self._step("primary is back after the slate", "primary", lambda: self.begin("primary")))
        self.begin("backup")
        return steps

    def _step(self, what: str, shows: str, act: Callable[[], None]) -> Step:
        began = now_ms()
        act()
        seen = self._until(shows, began)
        self.wall.page.wait_for_timeout(600)
        name = what.replace(" ", "-")
        self.wall.page.screenshot(path=self.pictures / f"{name}.png")
        first = next(at for at, one in enumerate(seen) if one.whose == shows)
        around = self.wall.pictures(began - 500)
        return Step(what, shows, longest_still_ms(around), seen[first].at_ms - began)

    def _until(self, shows: str, since_ms: int) -> list[Picture]:
        return self.wall.wait(lambda seen: len(seen) > 2 and all(one.whose == shows for one in seen[-2:]), since_ms)
