"""The incident log as it is read: filtered, searched, a page at a time."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core.http import LARGEST_ID
from server.core.text import fold
from server.relay.models import Conference, Incident, Site
from server.relay.shown import incident_view
from server.relay.views.records import IncidentList

Kind = Literal["source", "site", "recording", "process", "readiness", "note"]
PAGE, MOST_SEARCHED = 100, 5_000
CODES: dict[Kind, tuple[str, ...]] = {
    "source": ("source_lost", "source_refused", "switched"),
    "site": ("site_lost", "site_held", "site_released", "edge_lost"),
    "recording": ("recording_warning", "recording_stopped"), "process": ("process_died",),
    "readiness": ("readiness_eve", "readiness_t60"), "note": ("note",),
}


class IncidentQuery(BaseModel):
    """Which incidents. `search`: words of the text, the settling or the site, without diacritics if one likes.

    `skip`: how many of the newest to leave out.
    """

    state: Literal["all", "open", "settled"] = "all"
    kind: Kind | None = None
    site_id: int | None = Field(default=None, ge=1, le=LARGEST_ID)
    search: Annotated[str, Field(max_length=100)] = ""
    skip: int = Field(default=0, ge=0, le=MOST_SEARCHED)


def page(session: Session, conference: Conference, query: IncidentQuery) -> IncidentList:
    """The newest that fit; `total`: how many fit in all, of the newest five thousand."""
    names = {
        one.id: one.name for one in session.scalars(select(Site).where(Site.conference_id == conference.id))
    }
    found = [one for one in _chosen(session, conference, query) if _says(one, names, fold(query.search))]
    open_ones = session.scalar(
        select(func.count()).select_from(Incident)
        .where(Incident.conference_id == conference.id, Incident.resolved_at.is_(None))
    )
    return IncidentList(
        incidents=[incident_view(one) for one in found[query.skip : query.skip + PAGE]], total=len(found),
        open=open_ones or 0,
    )


def _chosen(session: Session, conference: Conference, query: IncidentQuery) -> Sequence[Incident]:
    rows = select(Incident).where(Incident.conference_id == conference.id)
    if query.state != "all":
        rows = rows.where(
            Incident.resolved_at.is_(None) if query.state == "open" else Incident.resolved_at.is_not(None)
        )
    if query.kind is not None:
        rows = rows.where(Incident.code.in_(CODES[query.kind]))
    if query.site_id is not None:
        rows = rows.where(Incident.site_id == query.site_id)
    return session.scalars(rows.order_by(Incident.last_at.desc(), Incident.id.desc()).limit(MOST_SEARCHED)).all()


def _says(incident: Incident, names: dict[int, str], folded: str) -> bool:
    if not folded:
        return True
    texts = (incident.text, incident.text_en, incident.resolution, incident.by, names.get(incident.site_id or 0, ""))
    return all(any(word in fold(text) for text in texts) for word in folded.split())
