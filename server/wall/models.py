"""The wall's table."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base


class WallScene(Base):
    """What the walls of a meeting show; no row: the welcome."""

    __tablename__ = "wall_scene"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    scene: Mapped[str] = mapped_column(String(12))
    poll_id: Mapped[int | None] = mapped_column(doc="whose result; voting checks it (scenes.scene_checks)")
    text: Mapped[str | None] = mapped_column(String(500))
    beside: Mapped[str] = mapped_column(String(10), default="", doc="relay: agenda or document beside the picture")
    since: Mapped[datetime]
