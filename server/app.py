"""create_app(): the one place where the parts are wired together."""

import functools
import json
from typing import Any

from flask import Flask
from flask_socketio import SocketIO
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


def make_services(settings: Settings) -> Services:
    """The parts of one process."""
    database = Database(settings.database, settings.address)
    live = Live(database, settings.push_per_second)
    sessions, places = Sessions(database), Places()

    @functools.cache
    def epoch() -> str:
        with database.read() as session:
            return meta.epoch(session)

    def forget_sessions() -> None:
        sessions.forget()
        places.forget()

    def forget() -> None:
        epoch.cache_clear()
        forget_sessions()
        live.forget()

    return Services(
        settings=settings, database=database, writer=Writer(database, live.publish), live=live,
        keys=Keys(settings.folder("keys")), bus=Bus(settings.folder("run")), jobs=Jobs(settings.folder("run")),
        build=_build(settings), epoch=epoch, actor_of=sessions.actor_of, forget_sessions=forget_sessions,
        forget_all=forget, place_of_meeting=places.of_meeting, place_of_unit=place_of_unit,
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
