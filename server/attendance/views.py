"""What screens see of attendance."""

from server.core.views import View


class AttendanceView(View):
    """Topic `attendance` for seat, wall and door: counts only. Guests are never in `convened`."""

    convened: int
    present: int
    entitled: int
    entitled_present: int
    excused: int
    guests_present: int
    quorum_needed: int
    quorum_met: bool


class Arrival(View):
    """One of the newest arrivals, for the console."""

    participant_id: int
    name: str
    seat: str | None
    at_ms: int
    method: str


class ConsoleAttendanceView(AttendanceView):
    """Topic `attendance` for the console."""

    latest: list[Arrival]


class SeatView(View):
    """One seat. `state`: empty, absent, present, excused or down."""

    seat: str
    state: str


class SeatsView(View):
    """Topic `seats`: the seat plan in the order of seat labels (row letters, then numbers)."""

    seats: list[SeatView]


class CheckInAnswer(View):
    """Answer to a scan or manual check-in. `outcome`: welcome, or again (already inside: amber)."""

    outcome: str
    participant_id: int
    name: str
    title: str
    unit: str
    seat: str | None
    role: str
    entered_ms: int
    entered_by: str
    present: int
    convened: int
