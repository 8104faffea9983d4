"""A token bucket: so many bytes a second, so many at once."""

from dataclasses import dataclass


@dataclass
class Bucket:
    """`rate` in bytes a second, `depth` in bytes."""

    rate: float
    depth: float
    level: float
    at: float

    @classmethod
    def full(cls, rate: float, depth: float, now: float) -> "Bucket":
        """A full bucket."""
        return cls(rate, depth, depth, now)

    def take(self, amount: float, now: float) -> bool:
        """Take `amount` bytes out, if they are there."""
        self.level = min(self.depth, self.level + (now - self.at) * self.rate)
        self.at = now
        if self.level < amount:
            return False
        self.level -= amount
        return True

    def resize(self, rate: float, depth: float) -> None:
        """Another rate and depth, from now on."""
        self.rate, self.depth = rate, depth
