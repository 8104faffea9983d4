"""create_app(): the one place where the parts are wired together."""

import functools
import json
from typing import Any

import structlog
from flask import Flask
from flask_socketio import SocketIO
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.proxy_fix import ProxyFix

from server.core import http, limits, logs, meta, pages, sockets
from server.core.bus import Bus
from server.core.config import Settings
from server.core.db import Database
from server.core.jobs import Jobs
from server.core.keys import Keys
from server.core.live import Live
from server.core.services import Services
from server.core.writer import Writer
from server.features import APIS
from server.meetings.access import Places, place_of_unit
from server.people.sessions import Sessions

log = structlog.get_logger(__name__)


def make_services(settings: Settings) -> Services:
    """The parts of one process."""
    database = Database(settings.database, settings.address)
    live = Live(database, settings.push_per_second)
    sessions, places = Sessions(database), Places()
    keys = Keys(settings.folder("keys"))

    @functools.cache
    def epoch() -> str:
        with database.read() as session:
            return meta.epoch(session)

    def forget_sessions() -> None:
        sessions.forget()
        places.forget()
        try:
            live.hang_up(sessions.ended(live.session_ids()))
        except SQLAlchemyError as error:  # what ended them is done and must be answered; look_around tries again
            log.error("hang_up_failed", error=repr(error))

    def forget() -> None:
        epoch.cache_clear()
        sessions.forget()
        places.forget()
        live.forget()
        keys.reload()
        live.hang_up()

    def look_around() -> None:
        with database.read() as session:
            restored = meta.epoch(session) != epoch()
        if restored:
            forget()
        else:
            live.hang_up(sessions.ended(live.session_ids()))

    return Services(
        settings=settings, database=database, writer=Writer(database, live.publish), live=live,
        keys=keys, bus=Bus(settings.folder("run")), jobs=Jobs(settings.folder("run")),
        build=_build(settings), epoch=epoch, actor_of=sessions.actor_of, forget_sessions=forget_sessions,
        forget_all=forget,
        look_around=look_around, place_of_meeting=places.of_meeting, place_of_unit=place_of_unit,
    )


def create_app(settings: Settings) -> tuple[Flask, SocketIO]:
    """The web process: HTTP and sockets over one set of services."""
    logs.configure(settings.log_level)
    parts = make_services(settings)
    app = Flask("server", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = http.JSON_LIMIT
    app.config["MAX_FORM_MEMORY_SIZE"] = http.JSON_LIMIT
    app.extensions["nghisu"] = parts
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=1, x_host=1)  # type: ignore[method-assign]
    limits.attach(app)
    http.register(app, [*APIS, pages.api])
    return app, sockets.make_socketio(app, parts)


def _build(settings: Settings) -> str:
    """The id of the front end's build, "" when it was not built."""
    try:
        found: Any = json.loads((settings.web_dist / "build.json").read_text("utf-8"))
        return str(found["build"])
    except (OSError, ValueError, KeyError):
        return ""
