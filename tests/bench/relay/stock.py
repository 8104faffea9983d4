"""What a relay of stock aiortc does: packets passed through `MediaRelay`, aiortc's own senders. The "before".

`NGHISU_DATA=… python -m tests.bench.relay.stock` prints one JSON line (ours.Up) and serves WHEP until SIGTERM. It reads
the feeder's stream, as our fan-out does.
"""

import asyncio
import json
import os
import signal
from dataclasses import asdict
from fractions import Fraction
from typing import Any

import av
from aiohttp import web
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaRelay

from server.core import config
from server.relay.daemon.streams import Subscriber
from server.relay.daemon.units import Track
from server.relay.daemon.wire import sockets_folder
from tests.bench.relay.ours import Up, serve
from tests.relay.packets import Packets


async def read(folder: Any, tracks: dict[Track, Packets]) -> None:
    """Units become packets."""
    subscriber = Subscriber(folder)
    subscriber.follow("1/program")
    while True:
        _, unit = await subscriber.next()
        packet = av.Packet(unit.payload)
        packet.pts, packet.time_base = unit.pts90, Fraction(1, 90_000)
        tracks[unit.track].queue.put_nowait(packet)


async def main() -> None:
    """Until SIGTERM."""
    folder = sockets_folder(config.load().folder("run"))
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    tracks = {Track.VIDEO: Packets("video"), Track.AUDIO: Packets("audio")}
    relay = MediaRelay()
    connections: dict[str, RTCPeerConnection] = {}

    async def offer(request: web.Request) -> web.Response:
        connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        number = f"{id(connection):x}"
        connections[number] = connection
        for track in tracks.values():
            connection.addTrack(relay.subscribe(track))
        await connection.setRemoteDescription(RTCSessionDescription(await request.text(), "offer"))
        await connection.setLocalDescription(await connection.createAnswer())
        place = {"Location": f"/whep/{number}"}
        said = connection.localDescription.sdp
        return web.Response(status=201, text=said, content_type="application/sdp", headers=place)

    async def leave(request: web.Request) -> web.Response:
        await connections.pop(request.match_info["id"]).close()
        return web.Response()

    work = asyncio.create_task(read(folder, tracks))
    app = web.Application()
    app.add_routes([web.post("/whep", offer), web.delete("/whep/{id}", leave)])
    runner, url = await serve(app)
    print(json.dumps(asdict(Up(url, str(folder), [os.getpid()]))), flush=True)
    await stop.wait()
    work.cancel()
    await asyncio.gather(work, *(one.close() for one in connections.values()), return_exceptions=True)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
