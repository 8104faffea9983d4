"""The only place that reads the clock (DESIGN §2, Time)."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")  # one zone, no summer time


def now() -> datetime:
    """The present moment, timezone-aware, UTC."""
    return datetime.now(UTC)


def epoch_ms(moment: datetime | None = None) -> int:
    """Milliseconds since 1970-01-01T00:00Z of `moment`, or of now."""
    return int((moment or now()).timestamp() * 1000)


def monotonic() -> float:
    """Seconds on a clock that never goes back; for durations only."""
    return time.monotonic()


def realtime_ns() -> int:
    """Nanoseconds since 1970-01-01T00:00Z; comparable between processes of one machine."""
    return time.time_ns()
