"""How a site's line is now: of the screens that watch from the centre, and of its edge's way from the province.

An edge's figures are those of the way between province and building, counted where the program leaves (gate.py,
srt/sender.py) and, for what an SRT line did not bring in time, where it arrives (the edge's heartbeat). What the
building's own screens lose behind the edge stands apart (EdgeReportIn.loss_percent): it says nothing of this line.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from server.relay.bodies import EdgeReportIn
from server.relay.lookup import worse
from server.relay.models import Site
from server.relay.reports import ConferenceReport, EdgeWay, LabelReport

Labels = Mapping[tuple[str, EdgeWay], LabelReport]


def by_label(report: ConferenceReport | None) -> Labels:
    """What a report says, by label and way ("" for all that is no edge)."""
    return {(one.label, one.way): one for one in report.labels} if report is not None else {}


@dataclass(frozen=True)
class SiteLines:
    """What is known of one site's lines; None where nothing comes. `edge.way` tells which way the edge is reached."""

    screens: LabelReport | None = None
    edge: LabelReport | None = None
    beat: EdgeReportIn | None = None
    second_way: bool = False

    @property
    def there(self) -> bool:
        """Whether the site is on the line at all."""
        return self.screens is not None or self.edge is not None or self.beat is not None


def lines_of(site: Site, labels: Labels, beat: EdgeReportIn | None) -> SiteLines:
    """A site's lines. `beat`: its edge's last heartbeat, None when it has no edge or that is silent.

    An edge set to SRT keeps the feed's low rung as its second way: that counts only while SRT brings nothing.
    """
    ways = _ways(site, labels)
    edge = ways[0] if ways else None
    return SiteLines(
        screens=labels.get((f"site-{site.id}", "")), edge=_as_it_arrives(edge, beat) if edge is not None else None,
        beat=beat, second_way=edge is not None and edge.way != _way(site),
    )


def _way(site: Site) -> EdgeWay:
    return "srt" if site.line == "srt" else "feed"


def _ways(site: Site, labels: Labels) -> list[LabelReport]:
    """The ways over which its edge gets something, the one that is set first."""
    order: tuple[EdgeWay, ...] = (_way(site), "feed")
    found = [labels.get((f"edge-{site.device_id}", way)) for way in order]
    return [one for one in found if one is not None and one.rung != "none"]


def _as_it_arrives(edge: LabelReport, beat: EdgeReportIn | None) -> LabelReport:
    """What left the centre, corrected by what the edge says came."""
    if beat is None:
        return edge
    rung = edge.rung if beat.rung == "none" else worse(edge.rung, beat.rung)
    lost = max(edge.loss_percent, beat.line_loss_percent)
    return edge.model_copy(update={"rung": rung, "loss_percent": lost})
