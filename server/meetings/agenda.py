"""Writes of the agenda: items on two levels, their order, and which one is current."""

from dataclasses import dataclass

from sqlalchemy import func, select

from server.core.access import Actor
from server.core.errors import Refused
from server.core.writer import Tx
from server.meetings import lookup
from server.meetings.models import AgendaItem, ItemState

MOST_ITEMS = 300


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: below `parent_id` (None: top level), in the order of the list that holds it."""

    id: int
    parent_id: int | None


def add_item(tx: Tx, actor: Actor, meeting_id: int, parent_id: int | None, **texts: str | int) -> int:
    """A new item at the end of its level; returns its id. `texts`: title, rapporteur, minutes, internal_note."""
    lookup.open_meeting(tx, meeting_id)
    if parent_id is not None and lookup.item_of(tx, meeting_id, parent_id).parent_id is not None:
        raise Refused("agenda_too_deep")
    last, count = tx.execute(
        select(func.max(AgendaItem.position), func.count()).where(AgendaItem.meeting_id == meeting_id)
    ).one()
    if count >= MOST_ITEMS:
        raise Refused("agenda_full", most=MOST_ITEMS)
    item = AgendaItem(meeting_id=meeting_id, parent_id=parent_id, position=(last or 0) + 1, **texts)
    tx.add(item)
    tx.flush()
    tx.record("agenda.item_added", actor, meeting_id, item=item.id, title=item.title, parent=parent_id)
    tx.touch(lookup.topic(meeting_id, "agenda"))
    return item.id


def change_item(tx: Tx, actor: Actor, meeting_id: int, item_id: int, **changes: object) -> None:
    """Change texts of an item."""
    lookup.open_meeting(tx, meeting_id)
    item = lookup.item_of(tx, meeting_id, item_id)
    for name, value in changes.items():
        setattr(item, name, value)
    tx.record("agenda.item_changed", actor, meeting_id, item=item_id, **changes)
    tx.touch(lookup.topic(meeting_id, "agenda"))


def remove_item(tx: Tx, actor: Actor, meeting_id: int, item_id: int) -> None:
    """Remove an item and its sub-items, unless one has begun or another feature still needs it."""
    lookup.open_meeting(tx, meeting_id)
    item = lookup.item_of(tx, meeting_id, item_id)
    below = list(tx.scalars(select(AgendaItem).where(AgendaItem.parent_id == item_id)))
    for one in (*below, item):
        if one.state != ItemState.PENDING:
            raise Refused("agenda_item_started")
        for check in lookup.item_removal_checks:
            check(tx, one.id)
    for one in below:
        tx.delete(one)
    tx.flush()
    tx.delete(item)
    tx.record("agenda.item_removed", actor, meeting_id, item=item_id, title=item.title)
    tx.touch(lookup.topic(meeting_id, "agenda"))


def order_items(tx: Tx, actor: Actor, meeting_id: int, order: list[Place]) -> None:
    """Put all items into this order. Raises `agenda_changed` unless it names each item once, and `agenda_too_deep`."""
    lookup.open_meeting(tx, meeting_id)
    items = {item.id: item for item in tx.scalars(select(AgendaItem).where(AgendaItem.meeting_id == meeting_id))}
    if sorted(items) != sorted(place.id for place in order):
        raise Refused("agenda_changed")
    top = {place.id for place in order if place.parent_id is None}
    for position, place in enumerate(order):
        if place.parent_id is not None and place.parent_id not in top:
            raise Refused("agenda_too_deep")
        items[place.id].position, items[place.id].parent_id = position, place.parent_id
    tx.record("agenda.ordered", actor, meeting_id, order=[[place.id, place.parent_id] for place in order])
    tx.touch(lookup.topic(meeting_id, "agenda"))


def start_item(tx: Tx, actor: Actor, meeting_id: int, item_id: int) -> None:
    """Make an item current. What was current is finished, but for its own parent."""
    lookup.meeting_in_session(tx, meeting_id)
    item = lookup.item_of(tx, meeting_id, item_id)
    if item.state == ItemState.CURRENT and not _current_below(tx, item):
        return
    for other in _current(tx, meeting_id):
        if other.id not in (item_id, item.parent_id):
            _finish(tx, other)
    if item.parent_id is not None:
        _make_current(tx, lookup.item_of(tx, meeting_id, item.parent_id))
    _make_current(tx, item)
    tx.record("agenda.started", actor, meeting_id, item=item_id, title=item.title)
    tx.touch(lookup.topic(meeting_id, "agenda"))


def finish_item(tx: Tx, actor: Actor, meeting_id: int, item_id: int) -> None:
    """Finish the current item and its current sub-item. Raises `agenda_item_not_current`."""
    lookup.open_meeting(tx, meeting_id)
    item = lookup.item_of(tx, meeting_id, item_id)
    if item.state != ItemState.CURRENT:
        raise Refused("agenda_item_not_current")
    for one in (*_current_below(tx, item), item):
        _finish(tx, one)
    tx.record("agenda.finished", actor, meeting_id, item=item_id, title=item.title)
    tx.touch(lookup.topic(meeting_id, "agenda"))


def finish_all(tx: Tx, meeting_id: int) -> None:
    """Finish whatever is current (the meeting closes)."""
    for item in _current(tx, meeting_id):
        _finish(tx, item)


def _current(tx: Tx, meeting_id: int) -> list[AgendaItem]:
    rows = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id, AgendaItem.state == ItemState.CURRENT)
    return list(tx.scalars(rows))


def _current_below(tx: Tx, item: AgendaItem) -> list[AgendaItem]:
    rows = select(AgendaItem).where(AgendaItem.parent_id == item.id, AgendaItem.state == ItemState.CURRENT)
    return list(tx.scalars(rows))


def _make_current(tx: Tx, item: AgendaItem) -> None:
    if item.state != ItemState.CURRENT:  # an item may be taken up again; its clock then starts afresh
        item.state, item.started_at, item.ended_at = ItemState.CURRENT, tx.now, None


def _finish(tx: Tx, item: AgendaItem) -> None:
    item.state, item.ended_at = ItemState.DONE, tx.now
