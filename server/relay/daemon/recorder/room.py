"""How much a recording may still write: its budget, and what must stay free on the disk for the server itself. Pure."""

from dataclasses import dataclass
from typing import Literal

Trouble = Literal["", "budget", "disk", "failed"]
"""What is, or soon will be, in the way: the budget, the disk, or a disk that cannot be written."""

WARN_BUDGET, AGAIN_BUDGET = 0.9, 0.95   # shares of the budget: warn from the one; begin again below the other
WARN_FREE, AGAIN_FREE = 4.0, 1.5        # of what must stay free: warn below the one; begin again above the other


@dataclass(frozen=True, slots=True)
class Room:
    """What there is, in MB (1,048,576 bytes): written and allowed of a recording, free and to be left on the disk."""

    used: float
    budget: float
    free: float
    least_free: float

    @property
    def trouble(self) -> Trouble:
        """What to warn of."""
        if self.free < self.least_free * WARN_FREE:
            return "disk"
        return "budget" if self.used >= self.budget * WARN_BUDGET else ""

    @property
    def full(self) -> Trouble:
        """Why nothing more may be written; "" while it may."""
        if self.free < self.least_free:
            return "disk"
        return "budget" if self.used >= self.budget else ""

    @property
    def again(self) -> bool:
        """Whether a recording that was stopped may begin again: with some room, or it would stop at once."""
        return self.free >= self.least_free * AGAIN_FREE and self.used < self.budget * AGAIN_BUDGET
