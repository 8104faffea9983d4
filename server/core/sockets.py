"""The Socket.IO side of live state: connect, subscribe, unsubscribe, clock. Sockets carry no commands (DESIGN §2)."""

import logging
import traceback
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any

import socketio
import structlog
from flask import Flask
from flask_socketio import SocketIO
from sqlalchemy.orm import Session

from server.core import clock
from server.core.access import require
from server.core.errors import Refused
from server.core.http import SURFACES, cookie_name
from server.core.live import AUDIENCES, MOST_TOPICS, Connection, TopicName
from server.core.services import Services
from server.core.websocket import ENVIRON_KEY, MOST_BYTES_IN, LiveWebSocket

log = structlog.get_logger(__name__)

LONGEST_BUILD = 64
OURS = str(Path(__file__).parents[1])


def make_socketio(app: Flask, parts: Services) -> SocketIO:
    """Attach Socket.IO (websocket transport only) to the app."""
    made = SocketIO(
        app, async_mode="gevent", transports=["websocket"], manage_session=False, ping_interval=10, ping_timeout=10,
        max_http_buffer_size=MOST_BYTES_IN, cors_allowed_origins=None, logger=False, engineio_logger=False,
        async_handlers=False,  # one screen's events in their order, without a greenlet for each
    )
    engine = made.server.eio
    engine._async = {**engine._async, "websocket": LiveWebSocket}  # the one private name we need; see core/websocket.py
    for name in ("engineio.server", "socketio.server"):
        logging.getLogger(name).addFilter(_one_line)
    SocketHandlers(made.server, parts).attach()
    return made


def _one_line(record: logging.LogRecord) -> bool:
    """The libraries log a stack for every packet they cannot read; a hostile screen must not fill the log with them."""
    if not record.exc_info or record.exc_info[1] is None:
        return True
    error = record.exc_info[1]
    if any(frame.filename.startswith(OURS) for frame in traceback.extract_tb(error.__traceback__)[-3:]):
        return True  # our own fault: keep the whole story
    log.warning("socket_packet_refused", error=repr(error)[:200])
    return False


class SocketHandlers:
    """The events a screen can send.

    Registered with python-socketio itself: Flask-SocketIO would make a Flask request of every event, which is a tenth
    of the work when a thousand screens come back.
    """

    def __init__(self, server: socketio.Server, parts: Services) -> None:
        self.server = server
        self.parts = parts

    def attach(self) -> None:
        """Register the handlers."""
        self.server.on("connect", self.connect)
        self.server.on("disconnect", self.disconnect)
        self.server.on("subscribe", _guarded(self.subscribe))
        self.server.on("unsubscribe", _guarded(self.unsubscribe))
        self.server.on("clock", _guarded(self.tell_clock))

    def connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> bool | None:
        """Let a signed-in screen in. False refuses the connection."""
        said = auth if isinstance(auth, dict) else {}
        surface = said.get("surface")
        if surface not in SURFACES or surface not in AUDIENCES:
            return False
        token = _cookie(environ.get("HTTP_COOKIE", ""), cookie_name(surface))
        actor = self.parts.actor_of(token, surface, environ.get("REMOTE_ADDR", ""))
        if not actor.signed_in:
            return False
        line: LiveWebSocket = environ[ENVIRON_KEY]
        build = said.get("build")
        connection = Connection(
            sid=sid, actor=actor, surface=surface, line=line, since_ms=clock.epoch_ms(),
            build=build[:LONGEST_BUILD] if isinstance(build, str) else "",
        )
        self.parts.live.join(connection)
        said = {"epoch": self.parts.epoch(), "build": self.parts.build, "now": clock.epoch_ms()}
        self.server.emit("hello", said, to=sid)
        return None

    def disconnect(self, sid: str, *_reason: object) -> None:
        """A screen is gone."""
        self.parts.live.leave(sid)

    def subscribe(self, sid: str, said: Any = None) -> dict[str, Any]:
        """Watch topics; see the wire protocol in README. Each refused topic is named with its code."""
        connection = self.parts.live.connections.get(sid)
        wanted = said.get("topics") if isinstance(said, dict) else None
        if connection is None or not isinstance(wanted, list):
            return {"ok": False, "refused": []}
        room = MOST_TOPICS - len(connection.topics)
        with self.parts.database.read() as session:
            accepted, refused = self._sort(session, connection, wanted[: MOST_TOPICS * 2], room)
        self.parts.live.watch(connection, accepted)
        return {"ok": not refused, "refused": refused}

    def _sort(
        self, session: Session, connection: Connection, wanted: list[Any], room: int
    ) -> tuple[list[tuple[TopicName, int]], list[dict[str, str]]]:
        accepted: list[tuple[TopicName, int]] = []
        refused: list[dict[str, str]] = []
        for item in wanted:
            topic = item.get("topic") if isinstance(item, dict) else None
            known = item.get("version") if isinstance(item, dict) else None
            try:
                if len(accepted) >= room:
                    raise Refused("too_many_topics")
                name = self._permitted(session, connection, topic)
                accepted.append((name, known if isinstance(known, int) else 0))
            except Refused as error:
                log.info("topic_refused", topic=str(topic)[:60], code=error.code, who=connection.actor.key)
                refused.append({"topic": str(topic)[:60], "code": error.code})
        return accepted, refused

    def _permitted(self, session: Session, connection: Connection, topic: Any) -> TopicName:
        name = TopicName.parse(topic)
        permission = AUDIENCES[connection.surface]
        require(connection.actor, permission)
        require(connection.actor, permission, self.parts.place_of_meeting(session, name.meeting_id))
        if name.kind.personal and name.participant_id != connection.actor.participant_id:
            raise Refused("forbidden")
        if connection.surface not in name.kind.views:
            raise Refused("topic_unknown", topic=name.text)
        return name

    def unsubscribe(self, sid: str, said: Any = None) -> dict[str, Any]:
        """Stop watching topics."""
        connection = self.parts.live.connections.get(sid)
        topics = said.get("topics") if isinstance(said, dict) else None
        if connection is None or not isinstance(topics, list):
            return {"ok": False}
        for topic in topics[:MOST_TOPICS]:
            if isinstance(topic, str):
                self.parts.live.unwatch(connection, topic)
        return {"ok": True}

    def tell_clock(self, _sid: str, *_said: object) -> dict[str, int]:
        """The server's time, for the screen's offset."""
        return {"now": clock.epoch_ms()}


def _guarded(handler: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Whatever a handler did not expect is logged and answered, and the line stays."""

    def guarded(*said: Any) -> dict[str, Any]:
        try:
            return handler(*said)
        except Exception as error:  # the next event of this screen may be a good one
            log.error("socket_event_failed", error=repr(error))
            return {"ok": False, "refused": []}

    return guarded


def _cookie(header: str, name: str) -> str:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found else ""
