"""Orders of the centre become a plan for the edge's own supervisor; its reports become a heartbeat."""

from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Literal
from urllib.parse import urlencode

from server.relay.curve import Pair, in_hex
from server.relay.daemon.feedline import feed_address
from server.relay.daemon.ingest.feed_state import WHY_AUDIO, WHY_LOW
from server.relay.daemon.srt.secret import passphrase, stream_id
from server.relay.edge_words import EdgeConference, EdgeFigures, EdgeOrders
from server.relay.plan import RUNGS, ConferencePlan, ProgramPlan, RecordingPlan, RelayPlan, Rung, SourcePlan

VERSION = version("nghisu")
STABLE_S = 2  # the centre has chosen among sources already: the edge only waits for its line


def label_of(conference: EdgeConference) -> str:
    """The name of all viewers in this building on the board."""
    return f"site-{conference.site_id}"


@dataclass(frozen=True)
class Home:
    """What an edge knows of itself and of its centre. `backup`: an SRT address somebody gave by hand, "" for none."""

    mine: Pair
    centre_host: str
    backup: str = ""


def plan_of(orders: EdgeOrders, home: Home, revision: int) -> RelayPlan:
    """What the edge's supervisor ought to run."""
    served = tuple(
        _conference(orders, one, home) for one in orders.conferences
        if one.watch and one.state in ("rehearsal", "live") and one.allowed != "none"
    )
    return RelayPlan(revision=revision, conferences=served)


def _conference(orders: EdgeOrders, one: EdgeConference, home: Home) -> ConferencePlan:
    label = label_of(one)
    return ConferencePlan(
        id=one.conference_id, meeting_id=one.meeting_id, state="live" if one.state == "live" else "rehearsal",
        sources=tuple(_sources(orders, one, home)), program=ProgramPlan(stable_s=STABLE_S, slate=one.slate),
        recording=RecordingPlan(on=one.recording and one.state == "live", folder=f"recordings/{one.conference_id}"),
        caps=_caps(label, one, home), muted=frozenset({label} if one.muted else ()),
    )


def _caps(label: str, one: EdgeConference, home: Home) -> dict[str, Rung]:
    """What the building's screens may have at most.

    The centre sends no better pictures than the site may have: they are not made small here once more. Only an address
    that was given by hand could bring better ones.
    """
    return {label: one.allowed} if home.backup or one.allowed == "audio" else {}


def _sources(orders: EdgeOrders, one: EdgeConference, home: Home) -> list[SourcePlan]:
    """The ways of the same program, the better first: the feed; or SRT with the feed's low rung behind it."""
    srt = _srt(orders, one, home) if one.line == "srt" and orders.srt_port and orders.feed_key else ""
    feed = _feed(orders, one, home, second_rung(one.allowed) if srt else one.allowed) if orders.feed_port else ""
    ways = [("srt", srt), ("feed", feed if orders.feed_key else ""), ("srt", home.backup)]
    found = [(kind, address) for kind, address in ways if address][:2]
    keys: tuple[Literal["primary", "backup"], ...] = ("primary", "backup")
    if found and found[0][1] == home.backup:
        keys = ("backup",)
    return [
        SourcePlan.model_validate({"key": key, "kind": kind, "address": address})
        for key, (kind, address) in zip(keys, found, strict=False)
    ]


def second_rung(allowed: Rung) -> Rung:
    """The rung of a second way: it costs the line little while the first one runs."""
    return "low" if allowed == "top" else allowed


def _feed(orders: EdgeOrders, one: EdgeConference, home: Home, best: Rung) -> str:
    host = orders.feed_host or home.centre_host
    return feed_address(host, orders.feed_port, one.conference_id, in_hex(orders.feed_key), low=one.low, best=best)


def _srt(orders: EdgeOrders, one: EdgeConference, home: Home) -> str:
    """The address of the centre's SRT; its passphrase is made here and stays in this machine's memory."""
    host = orders.feed_host or home.centre_host
    secret = passphrase(
        home.mine, orders.feed_key, label=orders.label, conference=one.conference_id, turn=one.srt_turn
    )
    query = urlencode({"streamid": stream_id(orders.label, one.conference_id, one.allowed), "passphrase": secret})
    return f"srt://{f'[{host}]' if ':' in host else host}:{orders.srt_port}?{query}"


def figures_of(report: dict[str, Any], allowed: Rung = "top", freezes: int = 0) -> EdgeFigures:
    """The heartbeat of a report (reports.ConferenceReport as JSON). `freezes`: breaks of the picture of late."""
    program, recording, labels = report.get("program") or {}, report.get("recording") or {}, report.get("labels", [])
    shown = program.get("showing") if program.get("showing") in ("primary", "backup") else "primary"
    source: dict[str, Any] = next((one for one in report.get("sources", []) if one["key"] == shown), {})
    return EdgeFigures(
        viewers=int(report.get("viewers", 0)), showing=str(program.get("showing", ""))[:20],
        rung=_rung(source, allowed), recording=bool(recording.get("on")),
        loss_percent=max((float(one["loss_percent"]) for one in labels), default=0.0),
        round_trip_ms=max((float(one["round_trip_ms"]) for one in labels), default=0.0),
        line_loss_percent=float(source.get("loss_percent", 0)), freezes=freezes,
        free_megabytes=int(recording.get("free_megabytes", 0)), warning=str(recording.get("warning", "")),
        version=VERSION,
    )


def _rung(source: dict[str, Any], allowed: Rung) -> Rung:
    if source.get("state") != "running":
        return "none"
    rungs: dict[str, Rung] = {WHY_LOW: "low", WHY_AUDIO: "audio"}
    return max(rungs.get(str(source.get("why", "")), "top"), allowed, key=RUNGS.index)
