"""Topics of attendance: counts, and the seat plan."""

import re

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from server.attendance.models import Presence
from server.attendance.presence import counts
from server.attendance.views import Arrival, AttendanceView, ConsoleAttendanceView, SeatsView
from server.core.clock import epoch_ms
from server.core.live import meeting_topic
from server.meetings import lookup
from server.meetings.lookup import Missing
from server.meetings.models import Participant
from server.people.models import Person

LATEST = 12


@meeting_topic(
    "attendance", seat=AttendanceView, wall=AttendanceView, console=ConsoleAttendanceView, door=AttendanceView
)
def attendance(session: Session, meeting_id: int, audience: str) -> AttendanceView | ConsoleAttendanceView:
    """How many are here; for the console also who came last."""
    now = counts(session, meeting_id)
    figures = {
        "convened": now.convened, "present": now.present, "entitled": now.entitled,
        "entitled_present": now.entitled_present, "excused": now.excused, "guests_present": now.guests_present,
        "quorum_needed": now.quorum_needed, "quorum_met": now.quorum_met,
    }
    if audience != "console":
        return AttendanceView(**figures)
    return ConsoleAttendanceView(**figures, latest=_latest(session, meeting_id))


def _latest(session: Session, meeting_id: int) -> list[Arrival]:
    rows = session.execute(
        select(Participant.id, Person.name, Participant.seat, Presence.entered_at, Presence.method)
        .join(Presence, Presence.participant_id == Participant.id).join(Person, Participant.person_id == Person.id)
        .where(Presence.meeting_id == meeting_id, Presence.left_at.is_(None))
        .order_by(Presence.entered_at.desc(), Presence.id.desc()).limit(LATEST)
    )
    return [
        Arrival(participant_id=number, name=name, seat=seat, at_ms=epoch_ms(at), method=method)
        for number, name, seat, at, method in rows
    ]


@meeting_topic("seats", wall=SeatsView, console=SeatsView, door=SeatsView)
def seats(session: Session, meeting_id: int, _audience: str) -> SeatsView:
    """Every seat that belongs to somebody. No names: a wall shows it to everyone."""
    joined = and_(Presence.participant_id == Participant.id, Presence.left_at.is_(None))
    rows = session.execute(
        select(Participant.seat, Presence.id, Participant.excused_reason).outerjoin(Presence, joined)
        .where(Participant.meeting_id == meeting_id, Participant.seat.is_not(None))
    ).all()
    ordered = sorted(rows, key=lambda row: seat_order(row[0] or ""))
    letters = ("p" if inside is not None else "a" if excused is None else "x" for _, inside, excused in ordered)
    return SeatsView(seats=[seat or "" for seat, _, _ in ordered], states="".join(letters))


def seat_order(label: str) -> tuple[int, str, int]:
    """Row letters (A … Z, AA …), then the number: A2 before A10."""
    row, number = re.match(r"([A-Z]*)([0-9]*)", label).groups()  # type: ignore[union-attr]  # it matches anything
    return len(row), row, int(number or 0)


def quorum_warning(session: Session, meeting_id: int) -> Missing | None:
    """What to think of before the meeting goes in session."""
    now = counts(session, meeting_id)
    if now.quorum_met:
        return None
    return Missing(
        "no_quorum",
        f"Mới có {now.present}/{now.convened} đại biểu có mặt, cần {now.quorum_needed}.",
        f"{now.present} of {now.convened} convened are present; {now.quorum_needed} are needed.",
    )


lookup.opening_warnings.append(quorum_warning)
lookup.naming_topics.append("attendance")
