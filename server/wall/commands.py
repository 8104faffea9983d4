"""The write of the wall."""

from server.core.access import Actor
from server.core.writer import Tx
from server.meetings import lookup
from server.wall.scenes import Scene, show


def set_scene(
    tx: Tx, actor: Actor, meeting_id: int, scene: Scene, *, poll_id: int | None = None, text: str | None = None,
    beside: str = "",
) -> None:
    """The console chooses what the wall shows. Raises Refused `meeting_closed` and what `show` raises."""
    lookup.open_meeting(tx, meeting_id)
    show(tx, meeting_id, scene, poll_id=poll_id, text=text, beside=beside)
    tx.record("wall.shown", actor, meeting_id, scene=scene.value, poll=poll_id, text=text, beside=beside)
