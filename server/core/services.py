"""The parts that are wired together once (app.py) and used everywhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import current_app
from sqlalchemy.orm import Session

from server.core.access import Actor, Place
from server.core.bus import Bus
from server.core.config import Settings
from server.core.db import Database
from server.core.jobs import Jobs
from server.core.keys import Keys
from server.core.live import Live
from server.core.writer import Writer


@dataclass(frozen=True)
class Services:
    """One running server's parts."""

    settings: Settings
    database: Database
    writer: Writer
    live: Live
    keys: Keys
    bus: Bus
    jobs: Jobs
    build: str                                           # id of the front end's build
    epoch: Callable[[], str]                             # id of the state of the database; a restore changes it
    # Filled by people and meetings, because core knows no feature:
    actor_of: Callable[[str, str, str], Actor]           # (token, surface, address) -> actor
    # A role or a sign-in changed: read sessions afresh, and hang up the screens of those that ended.
    forget_sessions: Callable[[], None]
    forget_all: Callable[[], None]                       # drop every cache and hang up (after a restore)
    look_around: Callable[[], None]                      # hang up ended sessions; notice a restore nobody told of
    place_of_meeting: Callable[[Session, int], Place]    # raises Refused("meeting_not_found")
    place_of_unit: Callable[[Session, int], Place]       # raises Refused("unit_not_found")


def services() -> Services:
    """The services of the app that handles the current request."""
    return cast("Services", current_app.extensions["nghisu"])
