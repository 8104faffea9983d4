"""A room's own connection becomes its stream, and a second one takes its place."""

import asyncio
from pathlib import Path

import pytest
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc import rtcrtpreceiver as private
from aiortc.contrib.media import MediaPlayer

from server.core.errors import Refused
from server.relay.daemon.guest import Guest
from server.relay.daemon.ingest.sink import Sink
from server.relay.daemon.ingest.whip import Room
from server.relay.daemon.streams import Publisher, Subscriber
from server.relay.daemon.units import Track
from tests.relay.clip import Recipe, make
from tests.relay.program.stage import folder, pictures, units_until

ANNEX_B = Recipe(container="ts")  # as encoders send it: aiortc packs only NAL units with start codes


async def speak(room: Room) -> tuple[RTCPeerConnection, MediaPlayer]:
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    player = MediaPlayer(str(make(ANNEX_B)), decode=False, loop=True)
    for track in (player.video, player.audio):
        connection.addTransceiver(track, direction="sendonly")
    await connection.setLocalDescription(await connection.createOffer())
    answer = await room.offer(connection.localDescription.sdp, Guest("site-12", "device-7"))
    await connection.setRemoteDescription(RTCSessionDescription(answer["sdp"], "answer"))
    return connection, player


def test_a_room_speaks_and_a_second_connection_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private, "decoder_worker", private.decoder_worker)  # a room replaces it for its whole process

    async def scene() -> None:
        publisher = Publisher(folder(tmp_path), "1/site-12")
        room = Room("ingest-1-site-12", Sink(publisher), "site-12")
        reader = Subscriber(folder(tmp_path))
        reader.follow("1/site-12")
        with pytest.raises(Refused):
            await room.offer("v=0", Guest("site-13", "device-7"))
        for _ in range(2):
            connection, player = await speak(room)
            found = await units_until(
                reader, lambda got: len(pictures(got)) > 15 and any(one.track is Track.AUDIO for one in got))
            assert pictures(found)[0].key
            assert pictures(found)[0].width == 320
            assert room.report().state == "running"
            await connection.close()
            for track in (player.video, player.audio):
                track.stop()
        await room.close()
        reader.close()
        publisher.close()

    asyncio.run(scene())
