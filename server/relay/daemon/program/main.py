"""The process of the program: reads the sources of one conference and publishes `<conference>/program`."""

from server.relay.daemon.child import Child
from server.relay.daemon.program.stamps import Stamps, now90
from server.relay.daemon.streams import Gaps, Publisher, Subscriber, stream_name


async def run(child: Child) -> None:
    """Pass the primary source through, with times of our own, for ever."""
    conference = int(child.config["conference"])
    publisher = Publisher(child.folder, stream_name(conference, "program"))
    reader = Subscriber(child.folder)
    reader.follow(stream_name(conference, "primary"))
    stamps, gaps = Stamps(), Gaps()
    try:
        while True:
            _, unit = await reader.next()
            if not gaps.take(unit):
                continue
            time = stamps.stamp(unit, now90())
            if time is not None:
                publisher.send(
                    unit.track, unit.payload, time, capture_ns=unit.capture_ns, flags=unit.flags, width=unit.width,
                    height=unit.height,
                )
    finally:
        reader.close()
        publisher.close()
