"""Which rung a viewer has earned: down at once, up slowly (facts/relay.md). Before the low rung is given up for sound
alone, it is made lighter: that costs all who watch it some sharpness, and this viewer keeps its picture.

Pure: it is told the loss of each receiver report (RFC 3550 §6.4.1, fraction lost since the report before) and the
time, in seconds of a monotonic clock.
"""

from dataclasses import dataclass

from server.relay.plan import RUNGS, Rung

BAD_PERCENT = 5.0      # two reports in a row above this: a rung down
WORST_PERCENT = 15.0   # the same, where the rung below has no pictures: what is sent again mends less than that
CLEAN_PERCENT = 1.0    # a report below this is clean
BAD_REPORTS = 2
CLEAN_SECONDS = 30.0   # of clean reports before a rung up
LONGEST_WAIT = 240.0   # after promotions that did not hold
HOLD_SECONDS = 60.0    # a promotion that lasts so long was right
STRAIN_PERCENT = 8.0   # one report of the low rung above this: it is made lighter for a while
SETTLE_SECONDS = 3.0   # after a step down: until then reports speak of what was sent before it
REPORT_SPACING = 0.4   # reports that come faster count once: two in one bad moment are one


def lower(one: Rung, other: Rung) -> Rung:
    """The lower of two rungs."""
    return RUNGS[max(RUNGS.index(one), RUNGS.index(other))]


@dataclass
class Ladder:
    """One viewer's way up and down. `cap` is the plan's, `wish` the viewer's own."""

    now: float
    cap: Rung = "top"
    wish: Rung = "top"
    earned: Rung = "top"
    low_offered: bool = True
    bad: int = 0
    clean_since: float | None = None
    wait: float = CLEAN_SECONDS
    changed_at: float = 0
    stepped_at: float = -SETTLE_SECONDS  # the last thing done against loss: a step down, or lighter pictures
    light_until: float = 0
    light_for: float = CLEAN_SECONDS
    last_report: float = -10.0

    @property
    def rung(self) -> Rung:
        """What it may have now."""
        best = lower(self.earned, lower(self.cap, self.wish))
        return "audio" if best == "low" and not self.low_offered else best

    @property
    def _bearable(self) -> float:
        return BAD_PERCENT if self.rung == "top" and self.low_offered else WORST_PERCENT

    def light(self, now: float) -> bool:
        """Whether its line carries the low rung only when that is made of fewer bits."""
        return self.rung == "low" and now < self.light_until

    def report(self, loss_percent: float, now: float) -> None:
        """A receiver report of the pictures came."""
        if now - self.last_report < REPORT_SPACING:
            return
        self.last_report = now
        if self._strained(loss_percent, now):
            return
        if loss_percent > self._bearable:
            if now - self.stepped_at < SETTLE_SECONDS:
                return
            self.bad += 1
            self.clean_since = None
            if self.bad >= BAD_REPORTS:
                self.demote(now)
            return
        self.bad = 0
        if loss_percent > CLEAN_PERCENT or self.light(now):
            self.clean_since = None
        elif self.clean_since is None:
            self.clean_since = now
        elif now - self.clean_since >= self.wait:
            self._promote(now)

    def _strained(self, loss_percent: float, now: float) -> bool:
        """Whether a report was answered by lighter pictures; each time they were needed again they last longer."""
        settled = now - self.stepped_at >= SETTLE_SECONDS
        if self.rung != "low" or not settled or loss_percent <= STRAIN_PERCENT:
            return False
        if self.light(now):
            self.light_until = max(self.light_until, now + CLEAN_SECONDS)
            return False
        again = self.light_until and now - self.light_until < HOLD_SECONDS
        self.light_for = min(LONGEST_WAIT, self.light_for * 2) if again else CLEAN_SECONDS
        self.light_until = now + self.light_for
        self.bad, self.clean_since, self.stepped_at = 0, None, now
        return True

    def demote(self, now: float) -> None:
        """One rung down: loss, or pictures that had to be dropped again and again."""
        if self.earned in ("audio", "none"):
            return
        if self.changed_at and now - self.changed_at < HOLD_SECONDS:
            self.wait = min(LONGEST_WAIT, self.wait * 2)
        if self.low_offered:
            self.earned = "low" if self.rung == "top" else "audio"
        else:
            self.earned = "audio"
        self.bad, self.clean_since, self.changed_at, self.stepped_at = 0, None, now, now

    def _promote(self, now: float) -> None:
        if self.earned == "top":
            self.wait = CLEAN_SECONDS
            return
        self.earned = "low" if self.earned == "audio" and self.low_offered else "top"
        self.clean_since, self.changed_at = now, now
