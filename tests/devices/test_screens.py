"""The roll of the screens on the line."""

from server.core import clock
from server.core.access import Actor
from server.core.live import Connection, Live
from server.devices.topics import MOST_NAMED, Roll, view


class Line:
    """A screen's websocket, which keeps what it was sent."""

    def __init__(self):
        self.frames = []

    def push(self, topic, frame):
        self.frames.append((topic, frame))

    def close(self):
        pass


def screen(surface, topic, name="Ai đó"):
    connection = Connection(
        sid=f"{surface}{clock.monotonic()}", actor=Actor("device:1", name, ""), surface=surface, line=Line(), since_ms=1
    )
    connection.topics.add(topic)
    return connection


def test_screens_are_counted_by_meeting():
    here = [screen(surface, "meeting/7/agenda") for surface in ("seat", "seat", "wall", "door", "console")]
    counted = view([*here, screen("seat", "meeting/70/agenda")], "meeting/7/")
    assert (counted.seats, counted.walls, counted.doors, counted.consoles) == (2, 1, 1, 1)
    assert [one.surface for one in counted.screens] == ["wall", "door", "console"]


def test_the_list_of_names_is_bounded():
    many = [screen("wall", "meeting/7/wall") for _ in range(MOST_NAMED + 10)]
    counted = view(many, "meeting/7/")
    assert (counted.walls, len(counted.screens)) == (MOST_NAMED + 10, MOST_NAMED)


def test_only_meetings_whose_roll_somebody_reads_are_counted(services):
    live = Live(services.database)
    roll = Roll(live)
    shown = []
    live.show = lambda topic, _view: shown.append(topic)
    console = screen("console", "meeting/7/screens")
    live.join(console)
    live.rooms["meeting/7/screens", "console"].add(console)
    live.rooms["meeting/8/agenda", "seat"].add(screen("seat", "meeting/8/agenda"))
    roll.count()
    assert shown == ["meeting/7/screens"]
