"""What screens see of paper votes."""

from sqlalchemy.orm import Session

from server.core.live import meeting_topic
from server.voting.paper.views import ConsolePaperView, PaperView, TellerPaperView


@meeting_topic("paper", console=ConsolePaperView, teller=TellerPaperView, wall=PaperView, seat=PaperView)
def paper(session: Session, meeting_id: int, audience: str) -> ConsolePaperView | TellerPaperView | PaperView:
    """Topic `paper`."""
    raise NotImplementedError
