"""HTTP of sites: a site's own page, watching and speaking (WHEP and WHIP through the web process), edges."""

import json
from datetime import timedelta
from typing import Any, Literal

from flask import Response
from sqlalchemy.orm import Session

from server.core import clock
from server.core.access import Actor, Permission
from server.core.errors import Refused
from server.core.http import Call
from server.devices.models import Device
from server.documents import library
from server.documents.pictures import PageQuery, page_picture
from server.meetings.models import Participant, ParticipantRole
from server.meetings.views import Created
from server.relay import edges, link, lookup, passes, sharing, shown, sites, speaking, turn
from server.relay.api import R, RelayApi
from server.relay.board import seen
from server.relay.bodies import (
    EdgeKeyIn,
    EdgeReportIn,
    HeadcountIn,
    OfferIn,
    PassIn,
    SiteRequestIn,
    WatchedIn,
    WhepPatchIn,
)
from server.relay.lookup import Shown
from server.relay.models import Conference, Site
from server.relay.passes import Pass
from server.relay.views.edges import EdgeView
from server.relay.views.sessions import IceServerView, RelayPass, SessionAnswer
from server.relay.views.sites import OwnSite

api = RelayApi("relay-sites")

ATTEND = Permission.RELAY_ATTEND
WATCH = (Permission.MEETING_SIT, Permission.MEETING_CONSOLE, Permission.MEETING_WATCH, ATTEND)
READ = (Permission.MEETING_SIT, Permission.MEETING_CONSOLE)
SPEAK = (Permission.MEETING_SIT, ATTEND)
PASS_LASTS = timedelta(hours=12)
LONGEST_SESSION = 64  # the relay's names are shorter


@api.get(f"{R}/site", ATTEND, "Điểm cầu này", answer=OwnSite)
def own_site(call: Call[None], meeting_id: int) -> OwnSite:
    """What this site's page shows of itself."""
    with call.read() as session:
        return shown.own_site(session, meeting_id, call.actor.device_id)


def _own(session: Session, call: Call[Any], meeting_id: int) -> Site:
    return lookup.site_of_device(session, meeting_id, call.actor.device_id)[1]


@api.put(f"{R}/site/headcount", ATTEND, "Báo số người tại điểm cầu này", body=HeadcountIn)
def count_own_heads(call: Call[HeadcountIn], meeting_id: int) -> None:
    """By the site itself."""
    call.write(lambda tx: sites.count_heads(
        tx, call.actor, meeting_id, _own(tx, call, meeting_id).id, call.body.people
    ))


@api.post(f"{R}/site/floor", ATTEND, "Điểm cầu đăng ký phát biểu", body=SiteRequestIn, answer=Created)
def ask_floor(call: Call[SiteRequestIn], meeting_id: int) -> Created:
    """In the same queue as everybody."""
    return call.write(lambda tx: Created(
        id=speaking.ask(tx, call.actor, meeting_id, _own(tx, call, meeting_id), call.body.topic)
    ))


@api.delete(f"{R}/site/floor", ATTEND, "Điểm cầu rút đăng ký hoặc thôi phát biểu")
def leave_floor(call: Call[None], meeting_id: int) -> None:
    """One's own request."""
    call.write(lambda tx: speaking.withdraw(tx, call.actor, meeting_id, _own(tx, call, meeting_id)))


def _viewer(session: Session, actor: Actor, meeting_id: int) -> tuple[Conference, Site | None, str]:
    """Which conference this actor may watch here, as which site, and under which label.

    Raises Refused `relay_secret`, `relay_none`, `relay_not_running` or `relay_not_admitted`.
    """
    shown.relayable(session, meeting_id, None)
    found = _shown_to(session, actor, meeting_id)
    if found is None:
        raise Refused("relay_none")
    conference, site = found.conference, found.site
    if site is None:
        return conference, None, _label(actor)
    if lookup.allowed(conference, site) == "none":
        raise Refused("relay_not_admitted")
    return conference, site, f"site-{site.id}"


def _shown_to(session: Session, actor: Actor, meeting_id: int) -> Shown | None:
    """The conference this actor's room sees: a site's own device in the host's meeting, or the room's own meeting."""
    if actor.may(ATTEND) and actor.device_id is not None:
        return Shown(*lookup.site_of_device(session, meeting_id, actor.device_id))
    return lookup.shown_in(session, meeting_id)


def _own_name(actor: Actor) -> str:
    """Who this is, alone: whose a connection is."""
    return f"device-{actor.device_id}" if actor.participant_id is None and actor.device_id else _label(actor)


def _label(actor: Actor) -> str:
    if actor.participant_id is not None:
        return f"seat-{actor.participant_id}"
    if actor.device_id is not None:
        return f"wall-{actor.device_id}"
    return f"console-{actor.account_id or 0}"


@api.get(
    f"{R}/pages/<int:version_id>/<int:page>.webp", WATCH, "Ảnh một trang trung tâm chia sẻ", query=PageQuery,
    media="image/webp",
)
def show_shared_page(call: Call[None], meeting_id: int, version_id: int, page: int) -> Response:
    """A page of a paper the host shares with this room. Walls get what is presented, as in any meeting."""
    only_presented = not call.actor.may((*READ, ATTEND), call.place)
    with call.read() as session:
        shown.relayable(session, meeting_id, None)
        conference = sharing.require_shared(session, _shown_to(session, call.actor, meeting_id))
        sharing.require_page(session, conference, version_id, only_presented=only_presented)
        version = library.readable(session, conference.meeting_id, version_id)
    return page_picture(call.services, version, page, call.query.size)


def _speaker(session: Session, actor: Actor, meeting_id: int) -> tuple[Conference, Site]:
    """The site that speaks through this actor: its own device, or the chair of its attached meeting."""
    conference, site, _ = _viewer(session, actor, meeting_id)
    if site is None:
        raise Refused("relay_floor_not_yours")
    if actor.participant_id is not None:
        participant = session.get(Participant, actor.participant_id)
        if participant is None or participant.role != ParticipantRole.CHAIR:
            raise Refused("relay_floor_not_yours")
    speaking.require_floor(session, conference, site)
    return conference, site


def _ask(call: Call[Any], kind: str, **data: Any) -> dict[str, Any]:
    return link.ask(call.services.settings.folder("run"), kind, **data)


def _answered(call: Call[Any], label: str, answer: dict[str, Any]) -> SessionAnswer:
    found = turn.servers(call.services.settings, label, clock.epoch_ms() / 1000)
    servers = [IceServerView(urls=one.url, username=one.username, credential=one.credential) for one in found]
    return SessionAnswer(id=str(answer["id"]), sdp=str(answer["sdp"]), ice_servers=servers)


@api.post(f"{R}/whep", WATCH, "Nhận hình tiếp phát (WHEP)", body=OfferIn, answer=SessionAnswer, idempotent=False)
def watch(call: Call[OfferIn], meeting_id: int) -> SessionAnswer:
    """An SDP offer gets its answer from the relay."""
    with call.read() as session:
        conference, _, label = _viewer(session, call.actor, meeting_id)
    guest: dict[str, Any] = {"label": label, "owner": _own_name(call.actor), "meeting": meeting_id}
    answer = _ask(call, "whep.offer", conference=conference.id, sdp=call.body.sdp, **guest)
    seen.joined(str(answer["id"]), label)
    return _answered(call, guest["label"], answer)


@api.patch(f"{R}/whep/<session_id>", WATCH, "Đổi mức hình đang nhận", body=WhepPatchIn, idempotent=False)
def change_watching(call: Call[WhepPatchIn], meeting_id: int, session_id: str) -> None:  # noqa: ARG001  (the path names it)
    """The best rung this viewer wishes; it is never above what its site may have."""
    said = call.body
    body = json.dumps({"rung": said.rung}) if said.rung is not None else said.candidates
    _ask(call, "whep.patch", viewer=session_id, owner=_own_name(call.actor), body=body)


@api.delete(f"{R}/whep/<session_id>", WATCH, "Thôi nhận hình", idempotent=False)
def stop_watching(call: Call[None], meeting_id: int, session_id: str) -> None:  # noqa: ARG001  (the path names it)
    """The viewer leaves."""
    _ask(call, "whep.delete", viewer=session_id, owner=_own_name(call.actor))


@api.post(f"{R}/whep/<session_id>/watched", WATCH, "Báo chất lượng hình nhận được", body=WatchedIn, idempotent=False)
def watched(call: Call[WatchedIn], meeting_id: int, session_id: str) -> None:
    """What the receiver saw in its last seconds; kept in memory. What is told of others is not heard."""
    with call.read() as session:
        label = _viewer(session, call.actor, meeting_id)[2]
    if len(session_id) > LONGEST_SESSION or seen.labels.get(session_id, label) != label:
        return
    if session_id not in seen.labels:  # this process started after the viewer joined
        seen.joined(session_id, label)
    seen.watch(session_id, label, call.body)


@api.post(f"{R}/whip", SPEAK, "Truyền hình về trung tâm (WHIP)", body=OfferIn, answer=SessionAnswer, idempotent=False)
def speak(call: Call[OfferIn], meeting_id: int) -> SessionAnswer:
    """For the site that has the floor."""
    with call.read() as session:
        conference, site = _speaker(session, call.actor, meeting_id)
        key = f"site-{site.id}"
    guest: dict[str, Any] = {"label": key, "owner": _own_name(call.actor), "meeting": meeting_id}
    answer = _ask(call, "whip.offer", conference=conference.id, key=key, sdp=call.body.sdp, **guest)
    return _answered(call, guest["label"], answer)


@api.delete(f"{R}/whip/<session_id>", SPEAK, "Thôi truyền hình về trung tâm", idempotent=False)
def stop_speaking(call: Call[None], meeting_id: int, session_id: str) -> None:  # noqa: ARG001  (the path names it)
    """The connection ends; the floor stays until it is given back."""
    _ask(call, "whip.delete", viewer=session_id, owner=_own_name(call.actor))


@api.post(f"{R}/pass", WATCH, "Cấp mã xem cho phần mềm khác", body=PassIn, answer=RelayPass, idempotent=False)
def give_pass(call: Call[PassIn], meeting_id: int) -> RelayPass:
    """For standard WHEP and WHIP clients, at the relay's own address."""
    may: Literal["watch", "speak"] = call.body.may
    with call.read() as session:
        conference, _, label = _viewer(session, call.actor, meeting_id)
        if may == "speak":
            _speaker(session, call.actor, meeting_id)
    expires = clock.now() + PASS_LASTS
    given = Pass(conference.id, label, may, int(expires.timestamp()), meeting_id, _own_name(call.actor))
    verb = "whip" if may == "speak" else "whep"
    return RelayPass(
        url=f"{edges.relay_address(call.services.settings)}/{verb}/{conference.id}",
        token=passes.issue(call.services.keys, given), expires_ms=clock.epoch_ms(expires),
    )


def _edge(session: Session, actor: Actor) -> Device:
    device = session.get(Device, actor.device_id) if actor.device_id is not None else None
    if device is None or device.kind != "edge":
        raise Refused("relay_edge_only")
    return device


@api.get("/api/relay/edge", Permission.SIGNED_IN, "Việc của trạm biên này", answer=EdgeView)
def show_edge(call: Call[None]) -> EdgeView:
    """Which conferences it serves, and the centre's feed."""
    with call.read() as session:
        return edges.view(session, _edge(session, call.actor), call.services.settings, call.services.keys)


@api.put("/api/relay/edge/key", Permission.SIGNED_IN, "Gửi khóa công khai của trạm biên", body=EdgeKeyIn)
def give_key(call: Call[EdgeKeyIn]) -> None:
    """Its CURVE public key: from then on the gate lets it in."""
    call.write(lambda tx: edges.give_key(tx, call.actor, _edge(tx, call.actor), call.body.public_key))


@api.post(
    "/api/relay/edge/report", Permission.SIGNED_IN, "Trạm biên báo tình trạng", body=EdgeReportIn, idempotent=False
)
def edge_report(call: Call[EdgeReportIn]) -> None:
    """A heartbeat; kept in memory."""
    with call.read() as session:
        seen.beat(_edge(session, call.actor).id, call.body)
