"""Figures of a site without a fault, for tests that break one of them."""

from typing import Any

from server.relay.readiness.figures import Figures, Rehearsal

GOOD_RUNG = Rehearsal(loss=10, jitter=8, round_trip=30, decoded=9990, freezes=0, frames=250, kbps=3900)
ROOM = {
    "screen": True, "speakers": True, "microphone": True, "camera": True, "echo": True, "no_hdcp": True,
    "second_path": True, "failover_s": 20, "ups_min": 45, "technician": True, "phone_tree": True, "antivirus": True,
    "clock_off_ms": 120, "agrees": True,
}


def good(**changed: Any) -> Figures:
    """A fit site, but for what is named."""
    rungs = {"top": GOOD_RUNG, "low": GOOD_RUNG, "audio": GOOD_RUNG}
    return Figures(**{"down": 10_000, "up": 8_000, **rungs, **ROOM, **changed})


def rung(**changed: Any) -> Rehearsal:
    """A good rehearsal, but for what is named."""
    return GOOD_RUNG.model_copy(update=changed)
