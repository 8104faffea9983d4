"""Tables of documents. The contents lie in the file store under their SHA-256 (files.py)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.core.db import Base


class VersionState(StrEnum):
    """queued → rendering → ready or refused."""

    QUEUED = "queued"
    RENDERING = "rendering"
    READY = "ready"
    REFUSED = "refused"


class Document(Base):
    """A paper under an agenda item. What delegates see is its newest ready version."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None] = mapped_column(doc="taken back; no screen shows it any more")

    versions: Mapped[list["DocumentVersion"]] = relationship(
        back_populates="document", order_by="DocumentVersion.number", cascade="all, delete-orphan"
    )


class DocumentVersion(Base):
    """One uploaded file of a document."""

    __tablename__ = "document_version"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(doc="from 1")
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int] = mapped_column(doc="bytes")
    file_name: Mapped[str] = mapped_column(String(120), doc="cleaned display name")
    uploaded_at: Mapped[datetime]
    pages: Mapped[int] = mapped_column(default=0, doc="0 until it is ready")
    state: Mapped[VersionState] = mapped_column(String(10), default=VersionState.QUEUED, index=True)
    attempts: Mapped[int] = mapped_column(default=0, doc="how often rendering was begun")
    refusal_code: Mapped[str | None] = mapped_column(String(40))
    refusal_params: Mapped[dict[str, Any] | None] = mapped_column(JSON, doc="what fills the refusal's sentence")

    document: Mapped[Document] = relationship(back_populates="versions")


class Presented(Base):
    """The page a meeting's presenter shows; no row: none."""

    __tablename__ = "presented"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("document_version.id", ondelete="CASCADE"), index=True)
    page: Mapped[int] = mapped_column(doc="from 1")
