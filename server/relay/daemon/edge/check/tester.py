"""When an edge tests its room: by a button of its page, by `nghisu edge --test`, by itself an hour before the start."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from pydantic import BaseModel, ValidationError

from server.core import clock
from server.core.config import Settings
from server.relay.daemon.edge.centre import Centre, CentreAway, Link, NotEnrolled, write_whole
from server.relay.daemon.edge.check.room import Kept, Room, declared, together
from server.relay.daemon.edge.check.run import Step, run
from server.relay.edge_words import EdgeConference, EdgeOrders, EdgeVerdict

if TYPE_CHECKING:
    from server.relay.daemon.edge.main import Edge

log = structlog.get_logger(__name__)

AGAIN_S = 600.0  # between two tests it begins by itself


class LastTest(BaseModel):
    """The newest test of this edge, kept on disk for its page."""

    verdict: EdgeVerdict | None = None
    problem: str = ""


def room_path(settings: Settings) -> Path:
    """Where the answers of the page are kept."""
    return settings.folder("relay") / "room.json"


def room_of(settings: Settings) -> Room:
    """What is known of the room now. Raises ConfigError."""
    return together(declared(settings.edge_room), Kept.load(room_path(settings)).room)


def chosen(orders: EdgeOrders) -> EdgeConference | None:
    """The conference to test for: the next one that has not ended."""
    return next((one for one in orders.conferences if one.state != "ended"), None)


async def test_once(settings: Settings, link: Link) -> EdgeVerdict:
    """A test from the command line. Raises CentreAway or NotEnrolled."""
    talk = Centre(link)
    try:
        conference = chosen(await talk.orders())
        if conference is None:
            raise CentreAway("no conference invites this room")
        return await run(talk, conference.meeting_id, room_of(settings), lambda _step: None)
    finally:
        await talk.close()


class Tester:
    """The tests of a running edge: one at a time."""

    def __init__(self, edge: "Edge") -> None:
        self.edge = edge
        self.step: Step = ""
        self._path = edge.settings.folder("relay") / "test.json"
        self._task: asyncio.Task[None] | None = None
        self._tried = float("-inf")
        self.last = self._load()

    @property
    def running(self) -> bool:
        """Whether a test is under way."""
        return self._task is not None and not self._task.done()

    def look(self, orders: EdgeOrders) -> None:
        """Begin by itself where the centre says that the test is due."""
        due = next((one for one in orders.conferences if one.test_due), None)
        if due is not None and not self.running and clock.monotonic() - self._tried > AGAIN_S:
            log.info("edge_tests_by_itself", conference=due.conference_id)
            self._begin(due)

    def begin(self) -> bool:
        """By the button; False when there is nothing to test for, or a test is under way."""
        conference = chosen(self.edge.orders) if self.edge.orders else None
        if conference is None or self.running:
            return False
        self._begin(conference)
        return True

    def _begin(self, conference: EdgeConference) -> None:
        self._tried = clock.monotonic()
        self._task = asyncio.create_task(self._run(conference))

    async def _run(self, conference: EdgeConference) -> None:
        talk = Centre(self.edge.link)
        try:
            found = await run(talk, conference.meeting_id, room_of(self.edge.settings), self._tell)
            self.last = LastTest(verdict=found)
            write_whole(self._path, self.last.model_dump_json().encode())
        except (CentreAway, NotEnrolled) as error:
            self.last = self.last.model_copy(update={"problem": str(error)[:200] or "not enrolled"})
            log.warning("edge_test_failed", why=self.last.problem)
        finally:
            self._tell("")
            await talk.close()

    def _tell(self, step: Step) -> None:
        self.step = step

    def _load(self) -> LastTest:
        try:
            return LastTest.model_validate_json(self._path.read_bytes())
        except (FileNotFoundError, ValidationError):
            return LastTest()
