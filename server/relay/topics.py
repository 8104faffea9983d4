"""What screens see of the relay."""

from sqlalchemy.orm import Session

from server.core.live import meeting_topic
from server.meetings import lookup as meetings
from server.meetings.topics import agenda
from server.meetings.views import AgendaView
from server.relay import lookup, shown
from server.relay.board import board, seen
from server.relay.views import (
    RelayBoardView,
    RelayConsoleView,
    RelayScreenView,
    SharedPage,
    SharedView,
)


@meeting_topic(
    "relay", console=RelayConsoleView, wall=RelayScreenView, seat=RelayScreenView, site=RelayScreenView
)
def relay(session: Session, meeting_id: int, audience: str) -> RelayConsoleView | RelayScreenView:
    """What is set up, or whether there is a picture."""
    if audience == "console":
        return shown.console(session, meeting_id)
    return shown.screen(session, meeting_id, audience)


@meeting_topic("relay-board", console=RelayBoardView)
def relay_board(session: Session, meeting_id: int, _audience: str) -> RelayBoardView:
    """What happens now."""
    return board(session, meeting_id, seen)


@meeting_topic("relay-shared", site=SharedView, wall=SharedView, seat=SharedView, console=SharedView)
def relay_shared(session: Session, meeting_id: int, audience: str) -> SharedView:
    """The host's agenda and presented page, as far as it shares them with this room."""
    found = lookup.shown_in(session, meeting_id)
    guest = found is not None and (found.site is not None or audience == "site")
    if found is None or not guest or found.conference.state not in lookup.RUNNING:
        return SharedView(conference="", agenda=[], page=None)
    conference = found.conference
    items = []
    if conference.share_agenda:
        view = agenda(session, conference.meeting_id, "wall")
        items = view.items if isinstance(view, AgendaView) else []
        if not conference.share_documents:
            items = [one.model_copy(update={"documents": []}) for one in items]
    page = meetings.hooks.presented(session, conference.meeting_id) if conference.share_documents else None
    return SharedView(
        conference=conference.name, agenda=list(items),
        page=SharedPage(version_id=page[0], title=page[1], page=page[2], pages=page[3]) if page else None,
    )
