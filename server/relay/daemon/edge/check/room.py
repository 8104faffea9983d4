"""What a machine cannot know of its room: asked on the edge's page and kept with its date, or declared in settings."""

from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from server.core import clock
from server.core.config import ConfigError
from server.relay.daemon.edge.centre import write_whole

KEPT_MS = 30 * 24 * 3600 * 1000  # an answer that is older is none any more


class Room(BaseModel):
    """The answers; None: nobody has said. The meaning of each is that of readiness/figures.Figures."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    screen: bool | None = None
    speakers: bool | None = None
    microphone: bool | None = None
    camera: bool | None = None
    echo: bool | None = None
    no_hdcp: bool | None = None
    second_path: bool | None = None
    failover_s: Annotated[int, Field(ge=0, le=86_400)] | None = None
    ups_min: Annotated[int, Field(ge=0, le=100_000)] | None = None
    technician: bool | None = None
    phone_tree: bool | None = None
    antivirus: bool | None = None
    technician_name: Annotated[str, Field(max_length=120)] = ""
    technician_phone: Annotated[str, Field(max_length=40, pattern=r"^[0-9+(). ext/-]*$")] = ""


class Kept(BaseModel):
    """The answers given on the page, and when."""

    room: Room = Room()
    said_ms: int = 0

    @classmethod
    def load(cls, path: Path) -> Self:
        """Those on disk; none of a file that is not there, damaged or too old."""
        try:
            found = cls.model_validate_json(path.read_bytes())
        except (FileNotFoundError, ValidationError):
            return cls()
        return found if clock.epoch_ms() - found.said_ms < KEPT_MS else cls()

    def save(self, path: Path) -> None:
        """Keep them, whole or not at all."""
        write_whole(path, self.model_dump_json().encode())


def declared(settings: dict[str, Any]) -> Room:
    """The answers in the settings. Raises ConfigError that names the first wrong one."""
    try:
        return Room.model_validate(settings)
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(f"setting edge_room.{'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def together(settings: Room, page: Room) -> Room:
    """What was said on the page stands before what the settings say."""
    said = {name: value for name, value in page if value not in (None, "")}
    return settings.model_copy(update=said)
