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


class SeatsView(View):
    """Topic `seats`: the seat plan in the order of seat labels (row letters, then numbers).

    Two parallel rows, because a list of objects would not fit 500 seats into 16 kB: `seats[i]` is in state `states[i]`,
    one letter each: a absent, p present, x excused.
    """

    seats: list[str]
    states: str


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


class DoorPerson(View):
    """Somebody found by name at the door."""

    participant_id: int
    name: str
    title: str
    unit: str
    seat: str | None
    role: str
    entered_ms: int | None


class DoorSearch(View):
    """At most twenty, by name."""

    people: list[DoorPerson]


class RoomCode(View):
    """The code on the wall, when it changes, and the address in its QR."""

    code: str
    changes_ms: int
    url: str
