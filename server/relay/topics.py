"""What screens see of the relay."""

from sqlalchemy.orm import Session

from server.core.live import meeting_topic
from server.relay import lookup, sharing, shown
from server.relay.board import board, seen
from server.relay.views.board import RelayBoardView
from server.relay.views.conference import RelayConsoleView, RelayScreenView
from server.relay.views.sharing import SharedNews, SharedView


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


@meeting_topic("relay-shared", wall=SharedView, seat=SharedView, console=SharedView, site=SharedNews)
def relay_shared(session: Session, meeting_id: int, audience: str) -> SharedView | SharedNews:
    """What the host shares with the room whose own meeting this is; to a site only that it changed."""
    if audience == "site":
        conference = lookup.find_conference(session, meeting_id)
        return SharedNews(conference=conference.name if conference is not None else "")
    return sharing.seen_by(session, lookup.shown_in(session, meeting_id), wall=audience == "wall")
