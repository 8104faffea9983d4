"""What gunicorn loads: the web process, with its listener on the bus.

    gunicorn --worker-class gevent --workers 1 'server.wsgi:web()'
"""

import threading
from typing import Any

import structlog
from flask import Flask

from server.app import create_app
from server.core import config, logs
from server.core.live import TopicName
from server.core.services import Services
from server.devices.topics import Roll
from server.relay.office import Office
from server.setup import migrate_or_end
from server.voting import deadlines

log = structlog.get_logger(__name__)

LOOK_EVERY = 10.0  # seconds in which an expired session loses its line


def web() -> Flask:
    """Make the app from the environment's settings and start hearing the other processes."""
    settings = config.load()
    logs.configure(settings.log_level)
    migrate_or_end(settings)
    app, _socketio = create_app(settings)
    parts: Services = app.extensions["nghisu"]
    Roll(parts.live).start()
    deadlines.start(parts.database, parts.writer, parts.keys)
    threading.Thread(target=_watch, args=(parts,), name="watch", daemon=True).start()
    office = Office(parts)
    office.start()

    def listen(word: dict[str, Any]) -> None:
        if word["kind"].startswith("relay."):
            office.heard(word)
        else:
            heard(parts, word)

    threading.Thread(target=parts.bus.listen, args=(listen,), name="bus", daemon=True).start()
    return app


def heard(parts: Services, word: dict[str, Any]) -> None:
    """Act on a word from the worker or the command line."""
    if word["kind"] == "topics":
        parts.live.publish({str(topic): int(version) for topic, version in word["touched"].items()})
    elif word["kind"] == "progress":
        view = TopicName.parse(word["topic"]).kind.views["console"]
        parts.live.show(word["topic"], view.model_validate(word["data"]))
    elif word["kind"] == "restored":
        parts.forget_all()


def _watch(parts: Services) -> None:
    pause = threading.Event()
    while not pause.wait(LOOK_EVERY):
        try:
            parts.look_around()
        except Exception as error:  # the database may be away for a moment; the next look finds what is left
            log.error("look_around_failed", error=repr(error))
