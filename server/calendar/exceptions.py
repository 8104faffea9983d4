"""Days off and days worked that no calendar of holidays knows."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.calendar.days import WorkingDays
from server.calendar.models import CalendarDay


def working_days(session: Session) -> WorkingDays:
    """The working days of this server: holidays of Vietnam and what the administrator entered."""
    days = session.scalars(select(CalendarDay)).all()
    return WorkingDays(off=[one.day for one in days if not one.working], on=[one.day for one in days if one.working])
