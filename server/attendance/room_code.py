"""The code on the wall that proves somebody is in the room: six digits that change every minute.

A delegate's own seat asks for it when he was not scanned at the door. It is the HMAC of meeting and minute, so nothing
is stored; the present minute and two before and after are good, because people type slowly and clocks differ.
"""

from datetime import datetime
from hmac import compare_digest

from server.core.clock import epoch_ms
from server.core.keys import Keys

MINUTE_MS = 60_000
GRACE = 2  # minutes
DIGITS = 6


def code_at(keys: Keys, meeting_id: int, minute: int) -> str:
    """The code of one minute (counted since 1970)."""
    mac = keys.mac("room-code", f"{meeting_id}:{minute}".encode())
    return str(int.from_bytes(mac[:8], "big") % 10**DIGITS).zfill(DIGITS)


def minute_of(moment: datetime) -> int:
    """The minute of a moment, counted since 1970."""
    return epoch_ms(moment) // MINUTE_MS


def is_good(keys: Keys, meeting_id: int, code: str, now: datetime) -> bool:
    """Whether the wall shows this code now, or did or will within two minutes."""
    minutes = range(minute_of(now) - GRACE, minute_of(now) + GRACE + 1)
    # All are compared, so that the time taken tells nothing.
    return sum([compare_digest(code_at(keys, meeting_id, minute), code) for minute in minutes]) > 0
