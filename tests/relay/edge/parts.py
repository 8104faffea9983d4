"""A centre's gate and an edge's feed in one process, over real sockets, with a program of made-up pictures."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import zmq

from server.core import clock
from server.core.config import Settings
from server.core.keys import Keys
from server.relay import curve
from server.relay.daemon.child import Child
from server.relay.daemon.feedline import feed_address
from server.relay.daemon.gate import Gate
from server.relay.daemon.ingest.feed import Feed
from server.relay.daemon.streams import Publisher, Subscriber
from server.relay.daemon.units import Flag, Track, Unit
from server.relay.daemon.wire import sockets_folder
from server.relay.plan import SourcePlan

PATIENCE = 20.0
GOP = 10


async def until(true: Callable[[], bool], what: str) -> None:
    """Wait for a condition."""
    limit = clock.monotonic() + PATIENCE
    while not true():
        assert clock.monotonic() < limit, f"never: {what}"
        await asyncio.sleep(0.02)


def public_key(data: Path) -> str:
    """The CURVE public key of the machine with this data folder."""
    return curve.pair(Keys(Settings(data=data).folder("keys"))).public.decode()


def child(data: Path, kind: str, config: dict[str, object]) -> Child:
    """What a child process would get; nobody hears its words."""
    settings = Settings(data=data)
    return Child(kind, kind, config, settings, sockets_folder(settings.folder("run")))


class Program:
    """Publishes `<conference>/program` or another stream: numbered pictures with an IDR every GOP, and sound."""

    def __init__(self, data: Path, stream: str = "3/program") -> None:
        self.publisher = Publisher(sockets_folder(Settings(data=data).folder("run")), stream)
        self.pictures = 0

    def picture(self, size: int = 200) -> Unit:
        """The next one."""
        flags = Flag.KEY if self.pictures % GOP == 0 else Flag.NONE
        unit = self.publisher.send(
            Track.VIDEO, self.pictures.to_bytes(4, "big").ljust(size, b"v"), self.pictures * 9000,
            capture_ns=clock.realtime_ns(), flags=flags, width=320, height=180,
        )
        self.pictures += 1
        return unit

    def sound(self) -> Unit:
        """A packet of sound."""
        return self.publisher.send(Track.AUDIO, b"a" * 40, self.pictures * 9000, capture_ns=clock.realtime_ns())

    async def play(self, every: float = 0.02, size: int = 200) -> None:
        """Go on until cancelled."""
        try:
            while True:
                self.picture(size)
                self.sound()
                await asyncio.sleep(every)
        finally:
            self.publisher.close()


@contextlib.asynccontextmanager
async def running(work: Awaitable[None]) -> AsyncIterator[None]:
    """Something that works in the background and may not fail."""
    task = asyncio.ensure_future(work)
    try:
        yield
        if task.done():
            task.result()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _opened(made: Gate) -> bool:
    try:
        made.open()
    except zmq.ZMQError as error:
        if error.errno != zmq.EADDRINUSE:
            raise
        made._auth.zap_socket.close()
        return False
    return True


@contextlib.asynccontextmanager
async def gate(
    data: Path, edges: dict[str, str], port: int | str = "*", conference: int = 3
) -> AsyncIterator[Gate]:
    """A gate for a conference; `edges`: label → public key."""
    listed = [{"label": label, "public_key": key} for label, key in edges.items()]
    made = Gate(child(data, "gate", {"conferences": [conference], "edges": listed, "port": port}))
    async with asyncio.timeout(PATIENCE):
        while not _opened(made):  # ZeroMQ lets go of the last one's authenticator a moment after it was closed
            await asyncio.sleep(0.05)
    async with running(made.run()):
        yield made
    made.child.line.close()


@dataclass
class Receiver:
    """What an edge's children would read."""

    feed: Feed
    units: list[Unit]

    def of(self, track: Track) -> list[Unit]:
        return [one for one in self.units if one.track is track]

    @property
    def numbers(self) -> list[int]:
        """Of the pictures."""
        return [int.from_bytes(one.payload[:4], "big") for one in self.of(Track.VIDEO)]


@contextlib.asynccontextmanager
async def edge(
    data: Path, centre: Path, port: int, *, low: bool = False, conference: int = 3
) -> AsyncIterator[Receiver]:
    """An edge that takes a conference of the centre."""
    address = feed_address("127.0.0.1", port, conference, curve.in_hex(public_key(centre)), low=low)
    source = SourcePlan(key="primary", kind="feed", address=address)
    config = {"conference": conference, "source": source.model_dump(mode="json")}
    feed = Feed(child(data, "ingest", config), source)
    receiver = Receiver(feed, [])
    subscriber = Subscriber(sockets_folder(Settings(data=data).folder("run")))
    subscriber.follow(f"{conference}/primary")

    async def read() -> None:
        while True:
            receiver.units.append((await subscriber.next())[1])

    async with running(read()), running(feed.run()):
        yield receiver
    subscriber.close()
    feed.child.line.close()
