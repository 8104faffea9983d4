"""Sites and the floor: they ask in the same queue as participants, and one speaks to all at a time."""

from sqlalchemy.orm import Session

from server.core.access import Actor
from server.core.errors import Refused
from server.core.writer import Tx
from server.floor import commands as floor
from server.relay import lookup
from server.relay.models import Conference, Site


def ask(tx: Tx, actor: Actor, meeting_id: int, site: Site, topic: str) -> int:
    """A site asks to speak; returns the request's id. Raises Refused `relay_not_running`, `relay_not_admitted`,
    `relay_cannot_speak`, `request_already_open` or `floor_full`.
    """
    conference = lookup.running_conference(tx, meeting_id)
    _may_speak(conference, site)
    made = floor.queue_site(tx, meeting_id, site.id, site.name, topic)
    tx.record("floor.requested", actor, meeting_id, request=made.id, site=site.id, topic=made.topic)
    lookup.touch(tx, conference)
    return made.id


def give(tx: Tx, actor: Actor, meeting_id: int, site_id: int) -> None:
    """The centre gives a site the floor, whether it asked or not; whoever had it has finished.

    Raises Refused `relay_not_running`, `relay_not_admitted`, `relay_cannot_speak` or `floor_full`.
    """
    conference = lookup.running_conference(tx, meeting_id)
    site = lookup.site_of(tx, conference, site_id)
    _may_speak(conference, site)
    request = floor.give_site(tx, meeting_id, site.id, site.name)
    tx.record("floor.called", actor, meeting_id, request=request.id, site=site.id)
    lookup.touch(tx, conference)


def take(tx: Tx, actor: Actor, meeting_id: int) -> None:
    """The centre takes the floor back from the site that has it. Raises Refused `request_not_speaking`."""
    conference = lookup.open_conference(tx, meeting_id)
    speaking = lookup.floor_of(tx, conference)
    if speaking is None or speaking.site_id is None:
        raise Refused("request_not_speaking")
    floor.end_site(tx, meeting_id, speaking.site_id)
    tx.record("floor.finished", actor, meeting_id, request=speaking.id, site=speaking.site_id)
    lookup.touch(tx, conference)


def withdraw(tx: Tx, actor: Actor, meeting_id: int, site: Site) -> None:
    """A site takes its request back, or gives the floor back. Raises Refused `request_not_found`."""
    conference = lookup.open_conference(tx, meeting_id)
    ended = floor.end_site(tx, meeting_id, site.id)
    if ended is None:
        raise Refused("request_not_found")
    tx.record("floor.withdrawn", actor, meeting_id, request=ended.id, site=site.id)
    lookup.touch(tx, conference)


def _may_speak(conference: Conference, site: Site) -> None:
    if lookup.allowed(conference, site) == "none":
        raise Refused("relay_not_admitted")
    if not site.may_speak:
        raise Refused("relay_cannot_speak")


def require_floor(session: Session, conference: Conference, site: Site) -> None:
    """Raise Refused `relay_floor_not_yours` unless this site has the floor now."""
    speaking = lookup.floor_of(session, conference)
    if speaking is None or speaking.site_id != site.id:
        raise Refused("relay_floor_not_yours")


def followers(session: Session, touched: frozenset[str]) -> set[str]:
    """Topics of the relay that follow from topics of a meeting: its floor, its agenda, the page it presents."""
    found: set[str] = set()
    for name in touched:
        parts = name.split("/")
        if len(parts) == 3 and parts[2] in FOLLOWED:  # noqa: PLR2004  (meeting/<id>/<name>)
            conference = lookup.find_conference(session, int(parts[1]))
            if conference is not None:
                for following in FOLLOWED[parts[2]]:
                    found.update(lookup.topics_of(session, conference, following))
    return found


FOLLOWED: dict[str, tuple[str, ...]] = {
    "floor": ("relay",), "agenda": ("relay", "relay-shared"), "presenter": ("relay-shared",),
    "documents": ("relay-shared",),
}
"""The agenda is followed by `relay` because the recording is marked with the item under discussion."""
