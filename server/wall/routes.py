"""HTTP of the wall."""

from typing import Annotated, Literal

from pydantic import Field

import server.wall.refusals
import server.wall.topics  # noqa: F401  (declares the topic)
from server.core.access import Permission
from server.core.http import Api, Call
from server.core.views import Input
from server.wall import commands
from server.wall.scenes import Scene

api = Api("wall")


class SceneIn(Input):
    """A scene and what it needs: `poll_id` for result (and vote, if wished), `text` for a notice,
    `beside` for what stands beside the relay's picture (empty: the picture alone).
    """

    scene: Scene
    poll_id: Annotated[int, Field(ge=1, le=2**53)] | None = None
    text: Annotated[str, Field(max_length=500)] | None = None
    beside: Literal["", "agenda", "document"] = ""


@api.put("/api/meetings/<int:meeting_id>/wall", Permission.MEETING_MANAGE, "Chọn màn hình cho tường", body=SceneIn)
def set_scene(call: Call[SceneIn], meeting_id: int) -> None:
    """All walls of the meeting show it; it stays across restarts."""
    said = call.body
    call.write(lambda tx: commands.set_scene(
        tx, call.actor, meeting_id, said.scene, poll_id=said.poll_id, text=said.text, beside=said.beside
    ))
