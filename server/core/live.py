"""Live state: topics, who watches them, and the pushes after a commit (DESIGN §2).

A topic is a small whole state with a version. After a commit the writer hands over {topic: version}; each topic is
built once per audience that watches it, framed once, and written to every watcher. A topic that changes often is pushed
at most `push_per_second` times a second: the first change at once, then the newest state.

Personal topics come last and one by one, each when nothing else is ready: a thousand ballots touch a thousand of them,
each takes a read of its own, and whoever cast the ballot has the receipt in the answer already.
"""

import heapq
import json
import threading
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import structlog
from pydantic import BaseModel
from sqlalchemy import Text, bindparam, select
from sqlalchemy.orm import Session

from server.core import clock, metrics
from server.core.access import Actor, Permission
from server.core.db import Database
from server.core.errors import Refused
from server.core.journal import TopicVersion
from server.core.offload import give_way
from server.core.websocket import text_frame

log = structlog.get_logger(__name__)

MOST_TOPICS = 64
MOST_FRAMES = 2000  # kept frames; a meeting has some twenty
LONGEST_WAY = 0.1  # seconds a personal push waits for everything else
MOST_ATTEMPTS, NEXT_ATTEMPT = 5, 1.0  # a push that failed (the database was away) is tried again; seconds
AUDIENCES: Mapping[str, Permission] = {
    "seat": Permission.MEETING_SIT,
    "wall": Permission.MEETING_WATCH,
    "console": Permission.MEETING_CONSOLE,
    "door": Permission.ATTENDANCE_CHECK_IN,
    "teller": Permission.BALLOTS_COUNT,
    "site": Permission.RELAY_ATTEND,
}


class Line(Protocol):
    """What live needs of a websocket."""

    def push(self, topic: str, frame: bytes) -> None:
        """Write a prepared frame."""

    def close(self) -> None:
        """End the connection."""


@dataclass(eq=False)
class Connection:
    """One screen on the line."""

    sid: str
    actor: Actor
    surface: str
    line: Line
    since_ms: int
    build: str = ""
    topics: set[str] = field(default_factory=set)


Build = Callable[[Session, int, str], BaseModel]


@dataclass(frozen=True)
class TopicKind:
    """How one kind of topic is read. `views` names the model each audience gets (for types and documentation)."""

    name: str
    views: Mapping[str, type[BaseModel]]
    build: Build
    personal: bool = False


kinds: dict[str, TopicKind] = {}


def meeting_topic(name: str, **views: type[BaseModel]) -> Callable[[Build], Build]:
    """Declare `meeting/<id>/<name>`, built by the decorated function (session, meeting_id, audience) -> model."""

    def declare(build: Build) -> Build:
        kinds[name] = TopicKind(name, views, build)
        return build

    return declare


def personal_topic(name: str, view: type[BaseModel]) -> Callable[[Callable[[Session, int, int], BaseModel]], Any]:
    """Declare `meeting/<id>/<name>/<participant_id>`, for that participant's seat only."""

    def declare(build: Callable[[Session, int, int], BaseModel]) -> Callable[[Session, int, int], BaseModel]:
        def build_for(session: Session, meeting_id: int, person: str) -> BaseModel:
            return build(session, meeting_id, int(person))

        kinds[name] = TopicKind(name, {"seat": view}, build_for, personal=True)
        return build

    return declare


@dataclass(frozen=True, slots=True)
class TopicName:
    """A parsed topic name."""

    text: str
    meeting_id: int
    kind: TopicKind
    participant_id: int | None = None

    @classmethod
    def parse(cls, text: str) -> "TopicName":
        """Raises Refused `topic_unknown`."""
        parts = text.split("/") if isinstance(text, str) and len(text) < 100 else []  # noqa: PLR2004
        if len(parts) in (3, 4) and parts[0] == "meeting" and _is_id(parts[1]) and parts[2] in kinds:
            kind = kinds[parts[2]]
            if kind.personal and len(parts) == 4 and _is_id(parts[3]):  # noqa: PLR2004
                return cls(text, int(parts[1]), kind, int(parts[3]))
            if not kind.personal and len(parts) == 3:  # noqa: PLR2004
                return cls(text, int(parts[1]), kind)
        raise Refused("topic_unknown", topic=str(text)[:60])


def _is_id(text: str) -> bool:
    return text.isdecimal() and len(text) < 19  # noqa: PLR2004  (what a 64-bit column holds)


class Live:
    """The watchers of this process and what they are shown."""

    def __init__(self, database: Database, push_per_second: int = 10) -> None:
        self.database = database
        self.interval = 1 / push_per_second
        self.connections: dict[str, Connection] = {}
        self.rooms: dict[tuple[str, str], set[Connection]] = defaultdict(set)
        self.on_change: Callable[[], None] = lambda: None  # called when a screen comes or goes
        self.listeners: list[Callable[[Mapping[str, int]], None]] = []  # told what changed, at once; must be quick
        self._frames: dict[tuple[str, str], tuple[int, bytes]] = {}
        self._shown: dict[str, tuple[int, BaseModel]] = {}
        self._versions: dict[int, dict[str, int]] = defaultdict(dict)  # of topics, by meeting
        self._known_meetings: set[int] = set()                         # whose versions were read from the database
        self._due: dict[str, float] = {}
        self._order: list[tuple[float, str]] = []     # heap of what is due
        self._personal: list[tuple[float, str]] = []  # the same for personal topics
        self._attempts: dict[str, int] = {}
        self._last: dict[str, float] = {}
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    # -- screens come and go

    def join(self, connection: Connection) -> None:
        """A screen is on the line."""
        self.connections[connection.sid] = connection
        metrics.screens.labels(connection.surface).inc()
        self.on_change()

    def leave(self, sid: str) -> None:
        """A screen is gone."""
        connection = self.connections.pop(sid, None)
        if connection is None:
            return
        for topic in connection.topics:
            self._drop(topic, connection)
        metrics.screens.labels(connection.surface).dec()
        self.on_change()

    def watch(self, connection: Connection, names: Iterable[tuple[TopicName, int]]) -> None:
        """Join rooms and send each topic that is newer than the version the screen has (0: it has none)."""
        wanted = list(names)
        for name, _ in wanted:
            connection.topics.add(name.text)
            self.rooms[name.text, connection.surface].add(connection)
        with self.database.read() as session:
            for name, known in wanted:
                version = self._version_now(session, name)
                if known == 0 or known != version:
                    connection.line.push(name.text, self._frame(session, name, connection.surface, version))

    def unwatch(self, connection: Connection, topic: str) -> None:
        """Leave a room."""
        connection.topics.discard(topic)
        self._drop(topic, connection)

    def _drop(self, topic: str, connection: Connection) -> None:
        members = self.rooms.get((topic, connection.surface))
        if members is not None:
            members.discard(connection)
            if not members:
                del self.rooms[topic, connection.surface]

    # -- state changes

    def publish(self, touched: Mapping[str, int]) -> None:
        """These topics have these versions now: push them soon. Cheap; called by the writer."""
        moment = clock.monotonic()
        for topic, version in touched.items():
            versions = self._versions[_meeting_of(topic)]
            versions[topic] = max(version, versions.get(topic, 0))
            if topic not in self._due:
                self._schedule(topic, max(moment, self._last.get(topic, 0.0) + self.interval))
        for listener in self.listeners:
            listener(touched)
        self._ensure_thread()
        self._wake.set()

    def _schedule(self, topic: str, due: float) -> None:
        self._due[topic] = due
        personal = topic.count("/") == 3  # noqa: PLR2004  (meeting/<id>/<name>/<participant_id>)
        heapq.heappush(self._personal if personal else self._order, (due, topic))

    def show(self, topic: str, view: BaseModel) -> None:
        """A topic that lives in memory only (who is connected, rendering progress); versions are milliseconds."""
        before = self._shown.get(topic)
        if before is not None and before[1] == view:
            return
        version = max(clock.epoch_ms(), before[0] + 1 if before else 0)
        self._shown[topic] = (version, view)
        self.publish({topic: version})

    def forget(self) -> None:
        """Drop every cached frame and version, and what was shown from memory (after a restore)."""
        self._frames.clear()
        self._versions.clear()
        self._known_meetings.clear()
        self._shown.clear()

    def session_ids(self) -> set[int]:
        """The sessions whose screens are on the line."""
        return {one.actor.session_id for one in self.connections.values() if one.actor.session_id is not None}

    def hang_up(self, sessions: Container[int | None] | None = None) -> None:
        """End every connection, or those of these sessions; a screen that still may comes back by itself."""
        for connection in list(self.connections.values()):
            if sessions is None or connection.actor.session_id in sessions:
                connection.line.close()

    def _ensure_thread(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._loop, name="live", daemon=True)
            self._thread.start()

    def _loop(self) -> None:
        gave_way = False
        while True:
            self._wake.clear()
            moment = clock.monotonic()
            if self._order and self._order[0][0] <= moment:
                self._push_first(self._order, moment)
            elif self._personal and self._personal[0][0] <= moment:
                if gave_way:
                    self._push_first(self._personal, moment)
                else:
                    give_way(LONGEST_WAY)  # and look again: something that comes first may be due by now
                gave_way = not gave_way
            else:
                heads = [heap[0][0] for heap in (self._order, self._personal) if heap]
                self._wake.wait(min(heads) - moment if heads else None)

    def _push_first(self, heap: list[tuple[float, str]], moment: float) -> None:
        _, topic = heapq.heappop(heap)
        if len(self._last) > 10_000:  # noqa: PLR2004  (personal topics of long-gone meetings)
            self._last.clear()
        self._last[topic] = moment  # before _due is cleared: a change from now on waits for the next interval
        self._due.pop(topic, None)
        try:
            self._push(topic)
            self._attempts.pop(topic, None)
        except Exception as error:  # one view that fails must not stop the others
            log.error("push_failed", topic=topic, error=repr(error))
            self._try_again(topic)

    def _try_again(self, topic: str) -> None:
        tried = self._attempts.pop(topic, 0) + 1
        if tried < MOST_ATTEMPTS and topic not in self._due:
            self._attempts[topic] = tried
            self._schedule(topic, clock.monotonic() + NEXT_ATTEMPT)

    def _push(self, topic: str) -> None:
        audiences = [audience for audience in AUDIENCES if self.rooms.get((topic, audience))]
        if not audiences:
            return
        name = TopicName.parse(topic)
        with self.database.read() as session:
            version = self._version_now(session, name)
            for audience in audiences:
                self._send_room(topic, audience, self._frame(session, name, audience, version))

    def _send_room(self, topic: str, audience: str, frame: bytes) -> None:
        started = clock.monotonic()
        members = list(self.rooms.get((topic, audience), ()))
        for connection in members:
            connection.line.push(topic, frame)
        metrics.push_seconds.observe(clock.monotonic() - started)
        metrics.pushes.inc(len(members))

    def _version_now(self, session: Session, name: TopicName) -> int:
        shown = self._shown.get(name.text)
        if shown:
            return shown[0]
        versions = self._versions[name.meeting_id]
        if name.meeting_id not in self._known_meetings:
            # All of the meeting in one query: after a restart a thousand screens ask for eight topics each. Merged,
            # because a commit may be announced while the rows are on their way.
            for topic, version in session.execute(_VERSIONS, {"prefix": f"meeting/{name.meeting_id}/"}):
                versions[topic] = max(version, versions.get(topic, 0))
            self._known_meetings.add(name.meeting_id)
        return versions.get(name.text, 0)

    def _frame(self, session: Session, name: TopicName, audience: str, version: int) -> bytes:
        cached = self._frames.get((name.text, audience))
        if cached is not None and cached[0] == version:
            return cached[1]
        shown = self._shown.get(name.text)
        if shown:
            view = shown[1]
        else:
            who = str(name.participant_id) if name.kind.personal else audience
            view = name.kind.build(session, name.meeting_id, who)
        frame = topic_frame(name.text, version, view)
        if not name.kind.personal:
            if len(self._frames) > MOST_FRAMES:
                self._frames.clear()
            self._frames[name.text, audience] = (version, frame)
        return frame


def topic_frame(topic: str, version: int, view: BaseModel) -> bytes:
    """The websocket frame of one push: Engine.IO message 4, Socket.IO event 2."""
    body = f'["topic",{{"topic":{json.dumps(topic)},"version":{version},"data":{view.model_dump_json()}}}]'
    return text_frame("42" + body)


_TOPIC = TopicVersion.__table__.c
_VERSIONS = select(_TOPIC.topic, _TOPIC.version).where(_TOPIC.topic.startswith(bindparam("prefix", type_=Text)))


def _meeting_of(topic: str) -> int:
    """The meeting of a topic's name; 0 for a name that is none."""
    number = topic.split("/", 2)[1] if topic.startswith("meeting/") else ""
    return int(number) if number.isdecimal() else 0
