"""What the host shares with the rooms, to be read only: its agenda, and the papers approved for sharing, one by one.

The default is refusal. A room sees something only while the conference is in rehearsal or live, only when it is
admitted, and never of or in a meeting marked secret. A paper is shared while three things hold: the conference shares
documents, the host approved this very paper, and the host's own delegates can read it (a recalled one leaves at once).
"""

from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.errors import Refused
from server.core.journal import TopicVersion
from server.meetings import lookup as meetings
from server.meetings.topics import agenda
from server.meetings.views import AgendaItemView, AgendaView
from server.relay import lookup
from server.relay.lookup import Shown
from server.relay.models import Conference, SharedPaper
from server.relay.views.sharing import PaperOffered, PaperShared, SharedPage, SharedView

NOTHING = SharedView(conference="", agenda=[], papers=[], page=None)


def offered(session: Session, conference: Conference) -> list[PaperOffered]:
    """Every paper the host's delegates can read, in the agenda's order, and whether it is approved for sharing."""
    approved = set(session.scalars(
        select(SharedPaper.document_id).where(SharedPaper.conference_id == conference.id)
    ))
    readable = meetings.hooks.agenda_documents(session, conference.meeting_id)
    return [
        PaperOffered(
            id=paper.id, version_id=paper.version_id, number=number, title=paper.title, pages=paper.pages,
            shared=paper.id in approved,
        )
        for number, item in meetings.numbered_items(session, conference.meeting_id)
        for paper in readable.get(item.id, ())
    ]


def papers(session: Session, conference: Conference) -> list[PaperShared]:
    """The papers the rooms may read now."""
    if not conference.share_documents:
        return []
    return [
        PaperShared(version_id=one.version_id, number=one.number, title=one.title, pages=one.pages)
        for one in offered(session, conference) if one.shared
    ]


def require_shared(session: Session, found: Shown | None) -> Conference:
    """The conference of which this room may see more than the picture.

    Raises Refused `relay_none`, `relay_not_shared` (the host's own rooms read in the host's own meeting),
    `relay_not_running`, `relay_secret` or `relay_not_admitted`.
    """
    if found is None:
        raise Refused("relay_none")
    conference, site = found.conference, found.site
    if site is None:
        raise Refused("relay_not_shared")
    if conference.state not in lookup.RUNNING:
        raise Refused("relay_not_running")
    rooms = [conference.meeting_id, *([site.local_meeting_id] if site.local_meeting_id is not None else [])]
    if any(meetings.meeting_of(session, room).secret for room in rooms):
        raise Refused("relay_secret")
    if lookup.allowed(conference, site) == "none":
        raise Refused("relay_not_admitted")
    return conference


def seen_by(session: Session, found: Shown | None, *, wall: bool = False) -> SharedView:
    """What this room sees of it; nothing when it may not. A wall has no list of papers: it shows what is presented."""
    try:
        conference = require_shared(session, found)
    except Refused:
        return NOTHING
    shared = _shared(session, conference)
    return shared.model_copy(update={"papers": []}) if wall else shared


_made: WeakKeyDictionary[object, dict[int, tuple[int, SharedView]]] = WeakKeyDictionary()
"""By database: conference → (version, what is shared with whoever may see it)."""


def _shared(session: Session, conference: Conference) -> SharedView:
    """Made once for each version of the host's topic: hundreds of site pages ask for it every few seconds."""
    topic = meetings.topic(conference.meeting_id, "relay-shared")
    version = session.scalar(select(TopicVersion.version).where(TopicVersion.topic == topic)) or 0
    known = _made.setdefault(session.get_bind(), {})
    kept = known.get(conference.id)
    if kept is not None and version and kept[0] == version:
        return kept[1]
    approved = papers(session, conference)
    shared = SharedView(
        conference=conference.name, agenda=_agenda(session, conference), papers=approved,
        page=presented(session, conference, approved),
    )
    known[conference.id] = (version, shared)
    return shared


def _agenda(session: Session, conference: Conference) -> list[AgendaItemView]:
    view = agenda(session, conference.meeting_id, "wall") if conference.share_agenda else None
    items = view.items if isinstance(view, AgendaView) else []
    return [one.model_copy(update={"documents": []}) for one in items]


def presented(session: Session, conference: Conference, approved: list[PaperShared]) -> SharedPage | None:
    """The page the host presents, when its paper is one of those approved."""
    page = meetings.hooks.presented(session, conference.meeting_id)
    if page is None or page[0] not in {one.version_id for one in approved}:
        return None
    return SharedPage(version_id=page[0], title=page[1], page=page[2], pages=page[3])


def require_page(session: Session, conference: Conference, version_id: int, *, only_presented: bool) -> None:
    """Raise Refused `relay_not_shared` unless this version may be looked at; the same for one that does not exist,
    is another meeting's, or was recalled: whoever guesses numbers learns nothing.
    """
    shared = _shared(session, conference)
    shown = {shared.page.version_id} if shared.page is not None else set()
    if version_id not in (shown if only_presented else {one.version_id for one in shared.papers}):
        raise Refused("relay_not_shared")
