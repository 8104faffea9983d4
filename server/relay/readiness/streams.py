"""The conferences that only tests of sites use: reserved numbers above every row, one for each rung.

They stand in the plan only while somebody tests (turns.py), so their processes run for minutes, not for days.
"""

from server.relay.plan import ConferencePlan, SourcePlan
from server.relay.readiness.thresholds import TestRung

METER = 2_000_000_000
"""The conference of passes that open the meter: no stream has this number."""
NUMBERS: dict[TestRung, int] = {"1080p": METER + 1, "720p": METER + 2, "low": METER + 3, "audio": METER + 4}
FOLDER = "rehearsal"
"""Below the relay's folder in the data folder: where the clips lie."""


def clip_name(rung: TestRung) -> str:
    """The file of a rung's rehearsal; sound alone is taken from the low one."""
    return f"{FOLDER}/{'low' if rung == 'audio' else rung}.mkv"


def plan_of(rung: TestRung) -> ConferencePlan:
    """A rehearsal as a conference: a file that loops, through the same ingest, program and fan-out as any other."""
    source = SourcePlan(key="primary", kind="file", address=clip_name(rung))
    return ConferencePlan(id=NUMBERS[rung], meeting_id=1, state="rehearsal", sources=(source,), low=False)


def is_rehearsal(conference: int) -> bool:
    """Whether a number is one of ours."""
    return conference >= METER
