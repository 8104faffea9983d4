"""Tables of the calendar."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base


class CalendarEntry(Base):
    """A whole day to keep, put there by a command of some feature.

    `subject` names what it is about, as that feature writes it ("paper:12"). Saying the same `kind` of the same
    `subject` again moves the entry; one that was called off stays, so that subscribed calendars hear of it.
    """

    __tablename__ = "calendar_entry"
    __table_args__ = (UniqueConstraint("meeting_id", "subject", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80))
    day: Mapped[date] = mapped_column(index=True, doc="in Vietnam")
    title: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(Text, default="", doc="why: the article of the regulation")
    uid: Mapped[str] = mapped_column(String(40), unique=True, doc="the same for ever in every calendar that has it")
    serial: Mapped[int] = mapped_column(default=0, doc="how often it was changed (SEQUENCE of RFC 5545)")
    changed_at: Mapped[datetime]
    called_off: Mapped[bool] = mapped_column(default=False)


class CalendarDay(Base):
    """A day that is not what the calendar of holidays says: the Government gave it off, or had it worked instead."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(300))
