"""Tables of devices."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base


class Device(Base):
    """A wall, door, seat tablet, site page or edge that is enrolled at a unit, and may be fixed to one meeting."""

    __tablename__ = "device"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(8), doc="wall, door, seat, site or edge")
    name: Mapped[str] = mapped_column(String(120))
    code_hash: Mapped[str | None] = mapped_column(String(64), doc="hex HMAC-SHA-256 of the one-time enrolment code")
    code_expires_at: Mapped[datetime | None]
    enrolled_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
