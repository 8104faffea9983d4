"""The relay's part of the web process: hears the media processes, sends the plan, keeps board and incident log."""

import queue
import threading
from typing import Any

import structlog
from pydantic import ValidationError
from sqlalchemy import select

from server.core.services import Services
from server.relay import commands, incidents, link, lookup
from server.relay.board import board, seen
from server.relay.models import Conference
from server.relay.planner import Planner
from server.relay.reports import ConferenceReport, Event
from server.relay.watch import SiteWatch

log = structlog.get_logger(__name__)

BOARD_EVERY = 1.0
MOST_EVENTS = 1000


class Office:
    """One a web process; does nothing in the isolated profile."""

    def __init__(self, parts: Services) -> None:
        self._parts = parts
        self._open = parts.settings.profile != "isolated"
        run = parts.settings.folder("run")
        self.planner = Planner(
            parts.database, lambda wanted: self._told(link.ask(run, "apply", plan=wanted.model_dump(mode="json")))
        )
        self._watch = SiteWatch(parts)
        self._events: queue.Queue[Event] = queue.Queue(MOST_EVENTS)

    def start(self) -> None:
        """Begin, on threads (greenlets in the web process)."""
        if not self._open:
            self._end_what_ran()
            return
        self._parts.live.listeners.append(self.planner.changed)
        self.planner.start()
        self._watch.start()
        for work, name in ((self._note, "relay-events"), (self._show, "relay-board")):
            threading.Thread(target=work, name=name, daemon=True).start()

    def _end_what_ran(self) -> None:
        with self._parts.database.read() as session:
            left = session.scalars(select(Conference.id).where(Conference.state.in_(lookup.RUNNING))).all()
        for number in left:
            self._parts.writer.run(lambda tx, one=number: commands.end_in_isolation(tx, one))  # type: ignore[misc]

    def heard(self, word: dict[str, Any]) -> None:
        """A word of the relay: hello, report or event."""
        if not self._open:
            return
        try:
            if word["kind"] == "relay.hello":
                self.planner.afresh()
            elif word["kind"] == "relay.report":
                report = ConferenceReport.model_validate(word["report"])
                seen.take(report)
                self._watch.heard(report)
            elif word["kind"] == "relay.event":
                self._events.put_nowait(Event.model_validate(word["event"]))
        except (ValidationError, queue.Full) as error:
            log.error("relay_word_refused", error=str(error)[:300])

    def _told(self, _answer: dict[str, Any]) -> None:
        """The relay has taken the plan."""

    def _note(self) -> None:
        while True:
            event = self._events.get()
            try:
                self._parts.writer.run(lambda tx, said=event: incidents.happened(tx, said))  # type: ignore[misc]
            except Exception as error:  # the next event may be noted
                log.error("relay_event_lost", code=event.code, error=repr(error))

    def _show(self) -> None:
        pause = threading.Event()
        while not pause.wait(BOARD_EVERY):
            try:
                self.show()
            except Exception as error:  # the database may be away for a moment
                log.error("relay_board_failed", error=repr(error))

    def show(self) -> None:
        """Push the board of each meeting whose console watches it."""
        live = self._parts.live
        for topic, _audience in list(live.rooms):
            if topic.endswith("/relay-board"):
                with self._parts.database.read() as session:
                    live.show(topic, board(session, int(topic.split("/")[1]), seen))
