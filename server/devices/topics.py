"""Which screens are on the line: a topic that lives in memory, because it is gone with the process anyway."""

import threading
from collections import Counter

from sqlalchemy.orm import Session

from server.core.live import Connection, Live, meeting_topic
from server.devices.views import ScreensView, ScreenView

PAUSE = 0.5  # seconds: a thousand seats that come back together make a few pushes, not a thousand
LONGEST = 5.0
MOST_NAMED = 40


@meeting_topic("screens", console=ScreensView)
def screens(_session: Session, _meeting_id: int, _audience: str) -> ScreensView:
    """Before the first screen has come or gone."""
    return ScreensView(seats=0, walls=0, doors=0, consoles=0, screens=[])


class Roll:
    """Counts the screens of each meeting that a console watches."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._changed = threading.Event()
        live.on_change = self._changed.set

    def start(self) -> None:
        """Begin to count, on a thread (a greenlet in the web process)."""
        threading.Thread(target=self._loop, name="screens", daemon=True).start()

    def _loop(self) -> None:
        pause = threading.Event()
        while True:
            self._changed.wait(LONGEST)  # also without a word: a screen may have begun to watch another meeting
            pause.wait(PAUSE)
            self._changed.clear()
            self.count()

    def count(self) -> None:
        """Show each watched meeting its screens."""
        watched = {topic for topic, audience in list(self._live.rooms) if topic.endswith("/screens")}
        for topic in watched:
            self._live.show(topic, view(list(self._live.connections.values()), topic.removesuffix("screens")))


def view(connections: list[Connection], prefix: str) -> ScreensView:
    """The screens that watch any topic beginning with `prefix` ("meeting/7/")."""
    here = [one for one in connections if any(topic.startswith(prefix) for topic in one.topics)]
    surfaces = Counter(one.surface for one in here)
    named = [one for one in here if one.surface != "seat"][:MOST_NAMED]
    return ScreensView(
        seats=surfaces["seat"], walls=surfaces["wall"], doors=surfaces["door"], consoles=surfaces["console"],
        screens=[
            ScreenView(surface=one.surface, name=one.actor.name, since_ms=one.since_ms, build=one.build)
            for one in named
        ],
    )
