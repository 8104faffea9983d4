"""Tables of the relay. A conference belongs to one meeting, the host's; sites are the rooms that receive it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base


class Organiser(StrEnum):
    """Whose conference is relayed."""

    CENTRAL = "central"    # Trung ương
    PROVINCE = "province"  # Tỉnh


class ConferenceState(StrEnum):
    """planned → rehearsal → live → ended; a rehearsal may be broken off, and what ended by mistake goes on."""

    PLANNED = "planned"
    REHEARSAL = "rehearsal"
    LIVE = "live"
    ENDED = "ended"


class Admission(StrEnum):
    """Who decides whether a site gets the relay: its verdict, or the centre by hand and with a reason."""

    VERDICT = "verdict"
    ADMITTED = "admitted"
    REFUSED = "refused"


class Conference(Base):
    """An online conference that is relayed; at most one a meeting. Its number is in passes: never given again."""

    __tablename__ = "conference"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), unique=True)
    name: Mapped[str] = mapped_column(String(300))
    organiser: Mapped[Organiser] = mapped_column(String(10))
    starts_at: Mapped[datetime]
    plan: Mapped[str] = mapped_column(Text, default="", doc="kế hoạch: who connects when, with what")
    phone: Mapped[str] = mapped_column(String(40), default="", doc="of the centre's technicians; every site shows it")
    state: Mapped[ConferenceState] = mapped_column(String(10), default=ConferenceState.PLANNED)
    state_since: Mapped[datetime]
    rehearsal_at: Mapped[datetime | None] = mapped_column(doc="when the last rehearsal began")
    live_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    reported_at: Mapped[datetime | None] = mapped_column(doc="when its report was last made after the end")
    top: Mapped[str] = mapped_column(String(5), default="1080p", doc="what the top rung is: 1080p or 720p")
    hold_ms: Mapped[int] = mapped_column(default=700)
    stable_s: Mapped[int] = mapped_column(default=10)
    low: Mapped[bool] = mapped_column(default=True)
    recording: Mapped[bool] = mapped_column(default=False)
    recording_forbidden: Mapped[str] = mapped_column(String(300), default="", doc="why; empty: it may be recorded")
    budget_mb: Mapped[int] = mapped_column(default=20_000)
    share_agenda: Mapped[bool] = mapped_column(default=False, doc="sites see the host's agenda")
    share_documents: Mapped[bool] = mapped_column(default=False, doc="sites see the papers approved (SharedPaper)")


class RelaySource(Base):
    """A way the conference comes in. The address may hold a password or a stream key: it is never shown again."""

    __tablename__ = "relay_source"

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(10), primary_key=True, doc="primary or backup")
    kind: Mapped[str] = mapped_column(String(10), doc="plan.SourceKind without feed")
    address: Mapped[str] = mapped_column(String(500), default="")
    listen: Mapped[bool] = mapped_column(default=False)
    transport: Mapped[str] = mapped_column(String(3), default="tcp")
    sound: Mapped[str] = mapped_column(String(120), default="", doc="an ALSA device beside a V4L2 one")


class SharedPaper(Base):
    """A paper of the host that is approved for the rooms; it is shared while the conference shares documents."""

    __tablename__ = "relay_shared_paper"

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)


class Site(Base):
    """A committee room that is invited. Its viewers are labelled site-<id>: the number is never given again."""

    __tablename__ = "relay_site"
    __table_args__ = (
        UniqueConstraint("conference_id", "device_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True, doc="None: outside of this server")
    name: Mapped[str] = mapped_column(String(200), doc="the unit's name when it was invited, or free")
    address: Mapped[str] = mapped_column(String(300), default="")
    contact: Mapped[str] = mapped_column(String(120), default="", doc="who answers for the room")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    technician: Mapped[str] = mapped_column(String(120), default="", doc="who is on the spot")
    technician_phone: Mapped[str] = mapped_column(String(40), default="")
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id", ondelete="SET NULL"), index=True)
    local_meeting_id: Mapped[int | None] = mapped_column(
        ForeignKey("meeting.id", ondelete="SET NULL"), unique=True,
        doc="the room's own meeting on this server: its walls and seats may show the relay",
    )
    line: Mapped[str] = mapped_column(String(4), default="feed", doc="how its edge takes the conference: feed or srt")
    line_turn: Mapped[int] = mapped_column(default=0, doc="grows whenever its SRT passphrase is to be another")
    admission: Mapped[Admission] = mapped_column(String(8), default=Admission.VERDICT)
    admission_reason: Mapped[str] = mapped_column(String(300), default="")
    verdict: Mapped[str | None] = mapped_column(String(1), doc="A to D: the newest readiness test's; None: not tested")
    verdict_at: Mapped[datetime | None]
    may_speak: Mapped[bool] = mapped_column(default=True, doc="false: its test found no way to speak back")
    cap: Mapped[str] = mapped_column(String(5), default="top", doc="the best rung, set by hand")
    held: Mapped[str] = mapped_column(String(5), default="top", doc="the best rung while its line is bad (watch.py)")
    headcount: Mapped[int] = mapped_column(default=0)
    headcount_at: Mapped[datetime | None]


class Spell(Base):
    """A time a site was connected without a long gap. Its number stays bounded: connections.py joins further ones."""

    __tablename__ = "relay_spell"
    __table_args__ = (Index("ix_relay_spell_site", "site_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("relay_site.id", ondelete="CASCADE"))
    live: Mapped[bool] = mapped_column(doc="false: in a rehearsal")
    from_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(doc="when it was last known to be connected; the end, once it has ended")
    ended: Mapped[bool] = mapped_column(default=False)
    best: Mapped[str] = mapped_column(String(5), doc="the best rung it had meanwhile")
    worst: Mapped[str] = mapped_column(String(5))
    gaps: Mapped[int] = mapped_column(default=0, doc="short breaks within it")


class Incident(Base):
    """Something that went wrong or was noted. One that repeats while it is open is counted, not written again."""

    __tablename__ = "relay_incident"

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("relay_site.id", ondelete="SET NULL"), index=True)
    code: Mapped[str] = mapped_column(String(30), doc="reports.EventCode, 'note' when a person wrote it, or a watch's")
    subject: Mapped[str] = mapped_column(String(60), default="", doc="what it is about: a source's key, a process")
    text: Mapped[str] = mapped_column(String(500))
    text_en: Mapped[str] = mapped_column(String(500), doc="the same as text when a person wrote it")
    by: Mapped[str] = mapped_column(String(120), default="", doc="who wrote it; empty: the server itself")
    at: Mapped[datetime]
    last_at: Mapped[datetime]
    times: Mapped[int] = mapped_column(default=1)
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str] = mapped_column(String(120), default="")
    resolution: Mapped[str] = mapped_column(String(500), default="")


class RelayEdge(Base):
    """The CURVE key of an enrolled edge (a device of kind edge)."""

    __tablename__ = "relay_edge"

    device_id: Mapped[int] = mapped_column(ForeignKey("device.id", ondelete="CASCADE"), primary_key=True)
    public_key: Mapped[str] = mapped_column(String(40), doc="Z85 (RFC 32)")
    given_at: Mapped[datetime]
