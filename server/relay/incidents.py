"""Incidents: what the relay says of itself becomes a line in the log, and people write theirs."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from server.core.access import SYSTEM, Actor
from server.core.errors import Refused
from server.core.writer import Tx
from server.relay import lookup
from server.relay.models import Conference, Incident, Site
from server.relay.reports import Event

NOTE = "note"
AGAIN_WITHIN = timedelta(minutes=10)  # the same thing again so soon after it was settled is the same incident


@dataclass(frozen=True, slots=True)
class Words:
    """An incident's text in both languages; `{…}` is filled from the event's data."""

    vi: str
    en: str


SAID: dict[str, Words] = {
    "source_lost": Words("Mất tín hiệu {source}.", "{source_en} is lost."),
    "source_refused": Words("Không nhận được {source}: {why}", "{source_en} was refused: {why}"),
    "switched": Words("Đã chuyển sang {to}.", "Switched to {to_en}."),
    "process_died": Words("Tiến trình {process} dừng và được chạy lại.", "{process} died and was started again."),
    "recording_warning": Words("Ghi hình: {soon}.", "Recording: {soon_en}."),
    "recording_stopped": Words(
        "Ghi hình đã dừng: {now}. Máy tự ghi tiếp khi có chỗ.",
        "The recording has stopped: {now_en}. It begins again by itself when there is room.",
    ),
    "floor_lost": Words(
        "Mất đường truyền của {source} đang phát biểu: đã về hình trung tâm, tiếng trung tâm đã mở lại cho điểm cầu.",
        "The line of the room that has the floor is dead ({source_en}): the centre is shown, the room hears it again.",
    ),
    "edge_lost": Words(
        "Trạm biên của {site} mất đường truyền về trung tâm.", "The edge of {site} lost its line to the centre."
    ),
}
SOON = {
    "budget": Words("sắp hết dung lượng dành cho bản ghi", "the space given to it is nearly used up"),
    "disk": Words("ổ đĩa sắp đầy", "the disk is nearly full"),
}
NOW = {
    "budget": Words("hết dung lượng dành cho bản ghi", "the space given to it is used up"),
    "disk": Words("ổ đĩa gần đầy", "the disk is all but full"),
    "failed": Words("không ghi được vào ổ đĩa", "the disk cannot be written"),
}
"""Why a recording will stop, and why it has."""

SETTLES = {
    "source_back": ("source_lost", "source_refused"), "edge_back": ("edge_lost",),
    "recording_back": ("recording_stopped", "recording_warning"),
    "floor_on": ("floor_lost",), "floor_over": ("floor_lost",),
}
"""Events that settle an open incident of the same subject."""

PASSING = ("switched", "process_died")  # over as soon as they have happened: noted as settled


def happened(tx: Tx, event: Event) -> None:
    """Take an event of the relay into the log, or do nothing when it is not worth a line."""
    conference = tx.get(Conference, event.conference)
    if conference is None:
        return
    subject = _subject(event)
    if event.code in SETTLES:
        _settle(tx, conference, event, subject)
    elif event.code in SAID:
        _note(tx, conference, event, subject)


def _note(tx: Tx, conference: Conference, event: Event, subject: str) -> None:
    site = _site_of_edge(tx, conference, subject)
    if event.code == "edge_lost" and site is None:
        return  # the gate tells every conference: this one does not invite that edge
    words = _words(event, site.name if site is not None else "")
    known = count(tx, conference, event.code, subject, words, site_id=site.id if site is not None else None)
    if event.code in PASSING:
        known.resolved_at = tx.now
    tx.record(
        "relay.incident", SYSTEM, conference.meeting_id, incident=known.id, code=event.code, subject=subject,
        times=known.times, data=dict(event.data),
    )


def count(
    tx: Tx, conference: Conference, code: str, subject: str, words: Words, *, site_id: int | None = None
) -> Incident:
    """A line of the server's own that repeats: counted while it is open or soon after, else a new one.

    In the transaction of whoever records it.
    """
    known = tx.scalar(
        select(Incident).where(
            Incident.conference_id == conference.id, Incident.code == code, Incident.subject == subject,
            Incident.resolved_at.is_(None) | (Incident.last_at > tx.now - AGAIN_WITHIN), Incident.by == "",
        ).order_by(Incident.id.desc()).limit(1)
    )
    if known is None:
        known = Incident(
            conference_id=conference.id, site_id=site_id, code=code, subject=subject, at=tx.now, times=0, by="",
            resolved_by="", resolution="",
        )
        tx.add(known)
    known.times, known.last_at, known.resolved_at = known.times + 1, tx.now, None
    known.text, known.text_en = words.vi[:500], words.en[:500]
    tx.flush()
    lookup.touch(tx, conference)
    return known


def settle(tx: Tx, conference: Conference, codes: tuple[str, ...], subject: str) -> list[int]:
    """Settle the open lines of a subject, in the transaction of whoever records and touches; returns their ids."""
    found = tx.scalars(
        select(Incident).where(
            Incident.conference_id == conference.id, Incident.code.in_(codes), Incident.subject == subject,
            Incident.resolved_at.is_(None),
        )
    ).all()
    for incident in found:
        incident.resolved_at = tx.now
    return [one.id for one in found]


def _settle(tx: Tx, conference: Conference, event: Event, subject: str) -> None:
    found = settle(tx, conference, SETTLES[event.code], subject)
    if found:
        tx.record(
            "relay.incident_settled", SYSTEM, conference.meeting_id, incidents=found, code=event.code, subject=subject,
        )
        lookup.touch(tx, conference)


SOURCES = {
    "primary": Words("nguồn chính", "The primary source"), "backup": Words("nguồn dự phòng", "The backup source"),
    "hold": Words("hình giữ tạm", "the last picture"), "slate": Words("bảng chờ", "the slate"),
}


def _subject(event: Event) -> str:
    for name in ("source", "key", "process", "edge", "label"):
        if name in event.data:
            return str(event.data[name])[:60]
    return ""


def _site_of_edge(tx: Tx, conference: Conference, subject: str) -> Site | None:
    """The site of this conference whose edge is called so ("edge-7")."""
    kind, _, number = subject.partition("-")
    if kind != "edge" or not number.isdecimal():
        return None
    return tx.scalar(select(Site).where(Site.conference_id == conference.id, Site.device_id == int(number)).limit(1))


def _words(event: Event, site: str) -> Words:
    filled = {name: str(value)[:200] for name, value in event.data.items()} | {"site": site}
    source = filled.get("source") or filled.get("key") or ""
    filled |= {"source": _source(source).vi, "source_en": _source(source).en}
    filled |= {"to": _source(filled.get("to", "")).vi, "to_en": _source(filled.get("to", "")).en}
    why = filled.get("why", "")
    for name, known in (("soon", SOON), ("now", NOW)):
        said = known.get(why, Words(why or "…", why or "…"))
        filled |= {name: said.vi, f"{name}_en": said.en}
    template = SAID[event.code]
    return Words(template.vi.format_map(_Blank(filled))[:500], template.en.format_map(_Blank(filled))[:500])


def _source(key: str) -> Words:
    if key.startswith("site-"):
        return Words(f"điểm cầu số {key[5:]}", f"site {key[5:]}")
    return SOURCES.get(key, Words(key, key))


class _Blank(dict[str, str]):
    """An event that lacks a field must not lose the incident."""

    def __missing__(self, key: str) -> str:
        return "…"


def write(tx: Tx, actor: Actor, meeting_id: int, text: str, site_id: int | None) -> int:
    """Somebody notes an incident; returns its id."""
    conference = lookup.open_conference(tx, meeting_id)
    site = lookup.site_of(tx, conference, site_id) if site_id is not None else None
    made = Incident(
        conference_id=conference.id, site_id=site.id if site else None, code=NOTE, text=text, text_en=text,
        by=actor.name[:120], at=tx.now, last_at=tx.now, times=1, subject="", resolved_by="", resolution="",
    )
    tx.add(made)
    tx.flush()
    tx.record("relay.incident", actor, meeting_id, incident=made.id, code=NOTE, site=site_id, text=text)
    lookup.touch(tx, conference)
    return made.id


def note_of_site(
    tx: Tx, conference: Conference, site_id: int, code: str, words: Words, *, settled: bool = False
) -> Incident:
    """A line about a site by the server itself (for example: moved down), in the transaction of whoever records it."""
    made = Incident(
        conference_id=conference.id, site_id=site_id, code=code, subject=f"site-{site_id}", text=words.vi[:500],
        text_en=words.en[:500], by="", at=tx.now, last_at=tx.now, times=1, resolved_by="", resolution="",
        resolved_at=tx.now if settled else None,
    )
    tx.add(made)
    tx.flush()
    lookup.touch(tx, conference)
    return made


def resolve(tx: Tx, actor: Actor, meeting_id: int, incident_id: int, text: str) -> None:
    """Somebody settled an incident. Raises Refused `relay_incident_not_found`, also when it is settled already."""
    conference = lookup.conference_of(tx, meeting_id)
    incident = tx.get(Incident, incident_id)
    if incident is None or incident.conference_id != conference.id or incident.resolved_at is not None:
        raise Refused("relay_incident_not_found")
    incident.resolved_at, incident.resolved_by, incident.resolution = tx.now, actor.name[:120], text
    tx.record("relay.incident_settled", actor, meeting_id, incidents=[incident.id], text=text)
    lookup.touch(tx, conference)
