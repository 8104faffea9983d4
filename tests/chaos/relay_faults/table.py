"""The table of figures."""

from dataclasses import dataclass

HEAD = f"{'fault':<34}{'interruption':>14}{'recovery':>12}{'others':>10}  remarks"


@dataclass(frozen=True)
class Cost:
    """What a fault cost, in seconds.

    interruption: the longest time without a picture among those it hit, from its beginning until recovery; recovery:
    from its end until pictures are as before; others: the longest time without a picture among everybody else.
    """

    fault: str
    interruption: float
    recovery: float
    other: float
    remark: str = ""

    def row(self) -> str:
        """A line of the table."""
        figures = f"{self.interruption:>12.2f} s{self.recovery:>10.2f} s{self.other:>8.2f} s"
        return f"{self.fault:<34}{figures}  {self.remark}".rstrip()
