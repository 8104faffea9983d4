"""Scenes: their names, what each needs, and how one is put on the wall."""

from collections.abc import Callable
from enum import StrEnum

from sqlalchemy.orm import Session

from server.core.errors import Refused
from server.core.text import clean
from server.core.writer import Tx
from server.meetings import lookup
from server.wall.models import WallScene


class Scene(StrEnum):
    """What the wall can show."""

    WELCOME = "welcome"
    AGENDA = "agenda"
    DOCUMENT = "document"
    VOTE = "vote"
    RESULT = "result"
    PAPER = "paper"
    SPEAKER = "speaker"
    ATTENDANCE = "attendance"
    NOTICE = "notice"
    BLANK = "blank"
    RELAY = "relay"


WITH_POLL = (Scene.VOTE, Scene.RESULT)

scene_checks: dict[Scene, Callable[[Session, int, int | None], None]] = {}
"""Scene → (session, meeting_id, poll_id): raise Refused unless it may be shown. The feature that knows registers it."""


def scene_of(session: Session, meeting_id: int) -> WallScene | None:
    """What the wall shows now; None is the welcome."""
    return session.get(WallScene, meeting_id)


def show(
    tx: Tx, meeting_id: int, scene: Scene, *, poll_id: int | None = None, text: str | None = None, beside: str = ""
) -> None:
    """Put a scene on the wall, in the transaction of whoever records it.

    Raises Refused `wall_scene_incomplete` or what the scene's check raises.
    """
    words = clean(text or "")
    if (scene is Scene.NOTICE) != bool(words) or (poll_id is not None and scene not in WITH_POLL):
        raise Refused("wall_scene_incomplete")
    if beside and scene is not Scene.RELAY:
        raise Refused("wall_scene_incomplete")
    if scene in scene_checks:
        scene_checks[scene](tx, meeting_id, poll_id)
    shown = scene_of(tx, meeting_id)
    if shown is None:
        shown = WallScene(meeting_id=meeting_id)
        tx.add(shown)
    shown.scene, shown.poll_id, shown.text, shown.since = scene, poll_id, words or None, tx.now
    shown.beside = beside
    # The wall's view of the vote is that of the result it shows.
    tx.touch(lookup.topic(meeting_id, "wall"), lookup.topic(meeting_id, "vote"))
