"""The console's board: what happens now, in every room."""

from typing import Literal

from server.core.views import View
from server.relay.plan import Rung
from server.relay.reports import ProgramReport, RecordingReport, SourceReport

Light = Literal["green", "amber", "red", "off"]
LightReason = Literal["", "untested", "refused", "absent", "floor", "loss", "slow", "freezes", "held", "inside"]


class BoardSites(View):
    """The board's columns: the n-th entry of each is about the n-th site. Rounded: percent ×10, whole ms."""

    id: list[int]
    light: list[Light]
    why: list[LightReason]
    rung: list[Rung]
    loss: list[int]
    rtt: list[int]
    freezes: list[int]
    people: list[int]
    verdict: list[str]


class RelayBoardView(View):
    """Topic `relay-board` for the console: what happens now; made anew each second while the relay runs.

    `relay`: off (nothing ought to run), running, or away (it ought to, and says nothing).
    """

    at_ms: int
    relay: Literal["off", "running", "away"]
    sources: list[SourceReport]
    program: ProgramReport | None
    recording: RecordingReport | None
    viewers: int
    walls: int
    seats: int
    people: int
    sites_watching: int
    sites: BoardSites
