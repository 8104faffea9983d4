"""Orders of the centre become a plan for the edge's own supervisor; its reports become a heartbeat."""

from typing import Any

from server.relay.curve import in_hex
from server.relay.daemon.feedline import feed_address
from server.relay.daemon.ingest.feed_state import WHY_AUDIO, WHY_LOW
from server.relay.edge_words import EdgeConference, EdgeFigures, EdgeOrders
from server.relay.plan import ConferencePlan, ProgramPlan, RecordingPlan, RelayPlan, Rung, SourcePlan

STABLE_S = 2  # the centre has chosen among sources already: the edge only waits for its line


def label_of(conference: EdgeConference) -> str:
    """The name of all viewers in this building on the board."""
    return f"site-{conference.site_id}"


def plan_of(orders: EdgeOrders, centre_host: str, revision: int, backup: str = "") -> RelayPlan:
    """What the edge's supervisor ought to run. `backup`: an SRT address of the same program, for lossy lines."""
    served = tuple(
        _conference(orders, one, centre_host, backup) for one in orders.conferences
        if one.watch and one.state in ("rehearsal", "live") and one.allowed != "none"
    )
    return RelayPlan(revision=revision, conferences=served)


def _conference(orders: EdgeOrders, one: EdgeConference, centre_host: str, backup: str) -> ConferencePlan:
    sources: list[SourcePlan] = []
    if orders.feed_port and orders.feed_key:
        where = feed_address(
            orders.feed_host or centre_host, orders.feed_port, one.conference_id, in_hex(orders.feed_key),
            low=True, best=one.allowed,
        )
        sources.append(SourcePlan(key="primary", kind="feed", address=where))
    if backup:
        sources.append(SourcePlan(key="backup", kind="srt", address=backup))
    label = label_of(one)
    return ConferencePlan(
        id=one.conference_id, meeting_id=one.meeting_id, state="live" if one.state == "live" else "rehearsal",
        sources=tuple(sources), program=ProgramPlan(stable_s=STABLE_S, slate=one.slate),
        recording=RecordingPlan(on=one.recording, folder=f"recordings/{one.conference_id}"),
        caps={label: one.allowed}, muted=frozenset({label} if one.muted else ()),
    )


def figures_of(report: dict[str, Any]) -> EdgeFigures:
    """The heartbeat of a report (reports.ConferenceReport as JSON)."""
    source: dict[str, Any] = next((one for one in report.get("sources", []) if one["key"] == "primary"), {})
    program, recording, labels = report.get("program") or {}, report.get("recording") or {}, report.get("labels", [])
    return EdgeFigures(
        viewers=int(report.get("viewers", 0)), showing=str(program.get("showing", ""))[:20],
        rung=_rung(source), recording=bool(recording.get("on")),
        loss_percent=max((float(one["loss_percent"]) for one in labels), default=0.0),
        round_trip_ms=max((float(one["round_trip_ms"]) for one in labels), default=0.0),
        freezes=float(program.get("switches", 0)),
        free_megabytes=int(recording.get("free_megabytes", 0)), warning=str(recording.get("warning", "")),
    )


def _rung(source: dict[str, Any]) -> Rung:
    if source.get("state") != "running":
        return "none"
    rungs: dict[str, Rung] = {WHY_LOW: "low", WHY_AUDIO: "audio"}
    return rungs.get(str(source.get("why", "")), "top")
