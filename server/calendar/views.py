"""What screens see of the calendar."""

from datetime import date

from server.core.views import View


class EntryView(View):
    """A day to keep. `kind`: ballots_sealed, complaints and what else features put there.

    It ends with the day, in Vietnam.
    """

    id: int
    meeting_id: int
    meeting_title: str
    kind: str
    subject: str
    day: date
    title: str
    note: str
    called_off: bool


class EntryList(View):
    """Entries by day, the nearest first; at most 500."""

    entries: list[EntryView]


class ExceptionView(View):
    """A day that is off, or worked, other than the calendar of holidays says."""

    day: date
    working: bool
    reason: str


class ExceptionList(View):
    """All exceptional days by date."""

    days: list[ExceptionView]
