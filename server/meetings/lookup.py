"""What other features may ask of meetings, and what they tell it.

Reads: `open_meeting`, `meeting_of`, `participant_of`, `topic`. Words from the features above (meetings may not import
them): `hooks` and the lists of checks. A feature registers at import time, for example

    lookup.hooks.agenda_documents = agenda_documents
    lookup.closing_checks.append(no_open_poll)
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.errors import Refused
from server.core.writer import Tx
from server.meetings.models import AgendaItem, Meeting, MeetingState, Participant
from server.meetings.views import AgendaDocument, OwnBallot, OwnRequest, Standing


@dataclass(frozen=True, slots=True)
class Missing:
    """What a step of the life cycle still lacks, or a warning before it: a stable code and words."""

    code: str
    text: str
    text_en: str


@dataclass(frozen=True, slots=True)
class Inside:
    """Since when somebody is in the room, and how he came in: scan, search, seat or console."""

    since: datetime
    method: str


@dataclass
class Hooks:
    """What the features above know. Each is a plain function of a reading session."""

    agenda_documents: Callable[[Session, int], dict[int, list[AgendaDocument]]] = field(
        default=lambda _session, _meeting_id: {}
    )
    """(session, meeting_id) → readable documents by agenda item id."""
    inside: Callable[[Session, int], dict[int, Inside]] = field(default=lambda _session, _meeting_id: {})
    """(session, meeting_id) → who is in the room now, by participant id."""
    inside_one: Callable[[Session, int], Inside | None] = field(default=lambda _session, _participant_id: None)
    """(session, participant_id) → whether this one is."""
    standing: Callable[[Session, Participant, bool], Standing] | None = None
    """(session, participant, present) → whether he may vote now."""
    own_ballot: Callable[[Session, int, int], OwnBallot | None] = field(
        default=lambda _session, _meeting_id, _participant_id: None
    )
    """(session, meeting_id, participant_id) → his receipt in the poll shown now."""
    own_request: Callable[[Session, int, int], OwnRequest | None] = field(
        default=lambda _session, _meeting_id, _participant_id: None
    )
    """(session, meeting_id, participant_id) → his request to speak."""
    presented: Callable[[Session, int], tuple[int, str, int, int] | None] = field(
        default=lambda _session, _meeting_id: None
    )
    """(session, meeting_id) → the page presented: version id, title, page, pages."""
    marked_secret: list[Callable[[Tx, Meeting], dict[str, object]]] = field(default_factory=list)
    """(transaction, meeting): the meeting is marked secret now: whatever leaves the room ends with that. Returns what
    the journal's row of the mark says of it."""


hooks = Hooks()

closing_checks: list[Callable[[Session, int], Missing | None]] = []
"""(session, meeting_id) → what forbids to close the meeting, for example an open poll."""

opening_warnings: list[Callable[[Session, int], Missing | None]] = []
"""(session, meeting_id) → what to think of before the meeting goes in session, for example no quorum."""

closing_warnings: list[Callable[[Session, int], Missing | None]] = []
"""(session, meeting_id) → what to think of before the meeting closes, for example a result nobody was told."""

presence_topics: list[Callable[[Session, int], list[str]]] = []
"""(session, meeting_id) → further topics that look different when somebody comes or goes."""

naming_topics: list[str] = []
"""Kinds of topics in which participants are named with their units, for example "floor"."""

item_removal_checks: list[Callable[[Session, int], None]] = []
"""(session, agenda_item_id): raise Refused when the item may not be removed."""

participant_removal_checks: list[Callable[[Session, int], None]] = []
"""(session, participant_id): raise Refused when the participant may not be removed."""

closed_hooks: list[Callable[[Session, int], None]] = []
"""(tx, meeting_id): tidy up in the transaction that closes the meeting."""


def topic(meeting_id: int, *parts: str | int) -> str:
    """The name of a meeting's topic: topic(7, "agenda") is "meeting/7/agenda"."""
    return "/".join(["meeting", str(meeting_id), *map(str, parts)])


def meeting_of(session: Session, meeting_id: int) -> Meeting:
    """The meeting, in whatever state. Raises Refused `meeting_not_found`."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise Refused("meeting_not_found")
    return meeting


def open_meeting(session: Session, meeting_id: int) -> Meeting:
    """The meeting, which may still be changed. Every command of a meeting asks this first.

    Raises Refused `meeting_not_found` or `meeting_closed`.
    """
    meeting = meeting_of(session, meeting_id)
    if meeting.state == MeetingState.CLOSED:
        raise Refused("meeting_closed")
    return meeting


def meeting_in_session(session: Session, meeting_id: int) -> Meeting:
    """The meeting, which sits now. Raises Refused `meeting_not_in_session` besides."""
    meeting = open_meeting(session, meeting_id)
    if meeting.state != MeetingState.IN_SESSION:
        raise Refused("meeting_not_in_session")
    return meeting


def participant_of(session: Session, meeting_id: int, participant_id: int) -> Participant:
    """A participant of this meeting. Raises Refused `participant_not_found`."""
    participant = session.get(Participant, participant_id)
    if participant is None or participant.meeting_id != meeting_id:
        raise Refused("participant_not_found")
    return participant


def item_of(session: Session, meeting_id: int, item_id: int) -> AgendaItem:
    """An agenda item of this meeting. Raises Refused `agenda_item_not_found`."""
    item = session.get(AgendaItem, item_id)
    if item is None or item.meeting_id != meeting_id:
        raise Refused("agenda_item_not_found")
    return item


def numbered_items(session: Session, meeting_id: int) -> list[tuple[str, AgendaItem]]:
    """The agenda in order with its numbers: [("1", …), ("2", …), ("2.1", …)]."""
    rows = session.scalars(
        select(AgendaItem).where(AgendaItem.meeting_id == meeting_id).order_by(AgendaItem.position, AgendaItem.id)
    ).all()
    numbered: list[tuple[str, AgendaItem]] = []
    for number, item in enumerate((row for row in rows if row.parent_id is None), 1):
        numbered.append((str(number), item))
        children = (row for row in rows if row.parent_id == item.id)
        numbered.extend((f"{number}.{place}", child) for place, child in enumerate(children, 1))
    return numbered
