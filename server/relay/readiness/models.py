"""Tables of readiness: one row a test, with its signed certificate."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base


class ReadinessTest(Base):
    """A test of a site and what came of it. Never changed, never removed: it outlives its site and its conference."""

    __tablename__ = "relay_readiness"
    __table_args__ = (Index("ix_relay_readiness_site", "site_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id", ondelete="SET NULL"), index=True)
    conference_id: Mapped[int] = mapped_column(doc="no foreign key: the certificate stays when a plan is thrown away")
    site_id: Mapped[int]
    tested_at: Mapped[datetime]
    phase: Mapped[str] = mapped_column(String(8), doc="early, eve, t60 or during, see timeline.py")
    letter: Mapped[str] = mapped_column(String(1))
    text: Mapped[str] = mapped_column(Text, doc="the certificate: canonical JSON")
    sha256: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(128), doc="hex Ed25519 over the UTF-8 text")
    public_key: Mapped[str] = mapped_column(String(64), doc="hex; which of the server's keys signed")

    @property
    def body(self) -> dict[str, Any]:
        """What was certified."""
        return dict(json.loads(self.text))
