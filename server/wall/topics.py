"""What screens see of the wall."""

from sqlalchemy.orm import Session

from server.core import clock
from server.core.live import meeting_topic
from server.meetings import lookup
from server.wall.scenes import Scene, scene_of
from server.wall.views import WallView


@meeting_topic("wall", seat=WallView, wall=WallView, console=WallView)
def wall(session: Session, meeting_id: int, _audience: str) -> WallView:
    """Topic `wall`."""
    meeting = lookup.meeting_of(session, meeting_id)
    shown = scene_of(session, meeting_id)
    return WallView(
        scene=shown.scene if shown else Scene.WELCOME, poll_id=shown.poll_id if shown else None,
        text=shown.text if shown else None, beside=shown.beside if shown else "",
        since_ms=clock.epoch_ms(shown.since if shown else meeting.state_since),
        check_in_url=f"{session.info.get('address', '')}/seat/?m={meeting.join_code}",
    )
