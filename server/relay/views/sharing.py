"""What the host shares with the rooms: agenda, papers and the page it presents."""

from server.core.views import View
from server.meetings.views import AgendaItemView


class SharedPage(View):
    """The page the host presents: its picture is at relay/pages/<version_id>/<page>.webp of this meeting."""

    version_id: int
    title: str
    page: int
    pages: int


class PaperShared(View):
    """A paper the rooms may read. `number`: of the host's agenda item it belongs to."""

    version_id: int
    number: str
    title: str
    pages: int


class PaperOffered(PaperShared):
    """A paper of the host, for its console: `shared` when it is approved for the rooms."""

    id: int
    shared: bool


class SharedView(View):
    """What the host shares with a room, to be read only. Topic `relay-shared` for wall, seat and console of an
    attached meeting (a wall gets no `papers`); a site's page has it in `OwnSite`.
    """

    conference: str
    agenda: list[AgendaItemView]
    papers: list[PaperShared]
    page: SharedPage | None


class SharedNews(View):
    """Topic `relay-shared` for a site's page: its version says when to ask for `OwnSite` again.

    One topic goes to all sites, admitted or not; what a site may see is decided for each where it asks.
    """

    conference: str
