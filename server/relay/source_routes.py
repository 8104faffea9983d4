"""HTTP of sources: setting up, looking at, and what an encoder that calls is to be told."""

import re
from datetime import timedelta

from flask import request

from server.core import clock
from server.core.access import Permission
from server.core.config import Settings
from server.core.http import Call
from server.people import once
from server.relay import addresses, choices, commands, edges, link, lookup, passes
from server.relay.api import R, RelayApi
from server.relay.board import seen
from server.relay.bodies import SourceIn
from server.relay.models import Conference, RelaySource
from server.relay.passes import Pass
from server.relay.plan import SourcePlan
from server.relay.views.sources import ProbeView, SourceChoices, SourceEntry

api = RelayApi("relay-sources")

MANAGE = Permission.RELAY_MANAGE
SOURCE = f"{R}/sources/<any(primary,backup):key>"
PROBE_PATIENCE = 12.0  # seconds: a probe looks for at most eight
KEY_LETTERS = 20
PASS_AT_LEAST, PASS_AFTER_START, PASS_AT_MOST = timedelta(hours=12), timedelta(hours=24), timedelta(days=30)


@api.put(SOURCE, MANAGE, "Khai báo nguồn", body=SourceIn)
def put_source(call: Call[SourceIn], meeting_id: int, key: str) -> None:
    """Its address is never shown again with its secrets."""
    secret = once.letters(once.secret_bytes(call, "relay-source"), KEY_LETTERS)
    call.write(lambda tx: commands.put_source(tx, call.actor, meeting_id, key, call.body, secret=secret))


@api.delete(SOURCE, MANAGE, "Bỏ nguồn")
def drop_source(call: Call[None], meeting_id: int, key: str) -> None:
    """Not the last one of a live conference."""
    call.write(lambda tx: commands.drop_source(tx, call.actor, meeting_id, key))


@api.get(f"{R}/source-choices", MANAGE, "Tệp và thiết bị có thể làm nguồn", answer=SourceChoices)
def show_choices(call: Call[None], meeting_id: int) -> SourceChoices:  # noqa: ARG001  (the path asks for the permission)
    """What lies in the relay's folder and what is plugged into this machine."""
    return choices.choices(call.services.settings.folder("relay"))


@api.post(f"{SOURCE}/probe", MANAGE, "Dò nguồn", body=SourceIn, answer=ProbeView, idempotent=False)
def probe_source(call: Call[SourceIn], meeting_id: int, key: str) -> ProbeView:
    """Look at a source before it is used; without an address, at the stored one.

    One that is in use is not opened a second time: many encoders serve one caller only.
    """
    with call.read() as session:
        conference = lookup.conference_of(session, meeting_id)
        stored = session.get(RelaySource, (conference.id, key))
    source = _as_plan(key, call.body, stored)
    known = _in_use(conference, stored, source)
    if known is not None:
        return known
    run = call.services.settings.folder("run")
    found = link.ask(run, "probe", patience=PROBE_PATIENCE, source=source.model_dump(mode="json"))
    return ProbeView.model_validate({
        "probe": found.get("probe"), "transcoding": list(found.get("transcoding", ())),
        "cost_percent": found.get("cost_percent", 0), "why": str(found.get("why", "")),
    })


def _as_plan(key: str, what: SourceIn, stored: RelaySource | None) -> SourcePlan:
    return SourcePlan.model_validate({
        "key": key, "kind": what.kind, "address": addresses.checked(what.kind, addresses.wanted(stored, what)),
        "listen": what.listen, "transport": what.transport, "sound": addresses.sound_checked(what.kind, what.sound),
    })


def _in_use(conference: Conference, stored: RelaySource | None, source: SourcePlan) -> ProbeView | None:
    """What the relay says of this very source while it has it; one that is called can be looked at only so."""
    report = seen.report_of(conference.id)
    same = stored is not None and (stored.kind, stored.address, stored.listen) == (
        source.kind, source.address, source.listen
    )
    now = next((one for one in report.sources if one.key == source.key), None) if report and same else None
    if now is not None and now.probe is not None and now.state == "running":
        return ProbeView(
            probe=now.probe, transcoding=list(now.transcoding), cost_percent=now.cost_percent, why="", in_use=True
        )
    if source.kind == "whip" or (now is not None and source.listen):
        return ProbeView(probe=None, transcoding=[], cost_percent=0, why="not_called")
    return None


@api.post(f"{SOURCE}/entry", MANAGE, "Địa chỉ và khóa cho máy mã hóa", answer=SourceEntry)
def show_entry(call: Call[None], meeting_id: int, key: str) -> SourceEntry:
    """What is typed into an encoder that calls the server. Each showing is in the journal."""
    call.write(lambda tx: commands.show_entry(tx, call.actor, meeting_id, key))
    with call.read() as session:  # not within the command: a stored answer must hold no secret
        conference = lookup.conference_of(session, meeting_id)
        source = lookup.source_of(session, conference, key)
    settings = call.services.settings
    if source.kind != "whip":
        found = addresses.entry(source.kind, source.address, _host(settings))
        return SourceEntry(kind=source.kind, url=found.url, key=found.key, token="", expires_ms=None)
    now = clock.now()
    expires = min(max(now + PASS_AT_LEAST, conference.starts_at + PASS_AFTER_START), now + PASS_AT_MOST)
    token = passes.issue(call.services.keys, Pass(conference.id, key, "speak", int(expires.timestamp())))
    url = f"{edges.relay_address(settings, _host(settings))}/whip/{conference.id}"
    return SourceEntry(kind="whip", url=url, key="", token=token, expires_ms=clock.epoch_ms(expires))


def _host(settings: Settings) -> str:
    """How encoders reach this machine: as its settings say, else as this console did."""
    return edges.relay_host(settings) if settings.public_url else re.sub(r":[0-9]+$", "", request.host).strip("[]")
