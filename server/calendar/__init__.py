"""Days that somebody must keep: until when ballots stay sealed, until when one may complain.

Other features put entries inside their own transaction:

    from server import calendar
    until = calendar.add_months(calendar.local_day(tx.now), 6)
    calendar.put(tx, meeting_id, calendar.Note(kind="ballots_sealed", subject=f"paper:{vote.id}", day=until, title="…"))
    by = calendar.working_days(tx).after(calendar.local_day(tx.now), 15)
"""

from server.calendar.commands import Note, call_off, put
from server.calendar.days import WorkingDays, add_months, local_day
from server.calendar.exceptions import working_days

__all__ = ["Note", "WorkingDays", "add_months", "call_off", "local_day", "put", "working_days"]
