"""A room's own connection becomes its stream, and a second one takes its place."""

import asyncio
import inspect
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from aiortc import RTCConfiguration, RTCPeerConnection, RTCRtpReceiver, RTCSessionDescription
from aiortc import rtcrtpreceiver as private
from aiortc.contrib.media import MediaPlayer
from aiortc.jitterbuffer import JitterBuffer
from aiortc.rtp import RtpPacket

from server.core.errors import Refused
from server.relay.daemon.guest import Guest
from server.relay.daemon.ingest.sink import Sink
from server.relay.daemon.ingest.whip import ASK_AGAIN_S, LOST_S, Holes, Room, skip
from server.relay.daemon.streams import Publisher, Subscriber
from server.relay.daemon.units import Track
from server.relay.plan import SourcePlan
from tests.relay.camera import running
from tests.relay.clip import Recipe, make
from tests.relay.fanout.stage import CONFERENCE, stage, until
from tests.relay.program.stage import folder, pictures, units_until

ANNEX_B = Recipe(container="ts")  # as encoders send it: aiortc packs only NAL units with start codes


async def speak(room: Room) -> tuple[RTCPeerConnection, MediaPlayer]:
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    player = MediaPlayer(str(make(ANNEX_B)), decode=False, loop=True)
    for track in (player.video, player.audio):
        connection.addTransceiver(track, direction="sendonly")
    await connection.setLocalDescription(await connection.createOffer())
    try:
        answer = await room.offer(connection.localDescription.sdp, Guest("site-12", "device-7"))
    except Refused:
        await hang_up(connection, player)
        raise
    await connection.setRemoteDescription(RTCSessionDescription(answer["sdp"], "answer"))
    return connection, player


async def hang_up(connection: RTCPeerConnection, player: MediaPlayer) -> None:
    await connection.close()
    for track in (player.video, player.audio):
        if track is not None:
            track.stop()


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
            await hang_up(connection, player)
        await room.shut_out(frozenset({"device-7"}))
        assert room.connection is None
        with pytest.raises(Refused, match="relay_none"):
            await speak(room)
        reader.close()
        publisher.close()

    asyncio.run(scene())


def test_a_room_whose_device_is_revoked_is_cut_off_at_once_and_another_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = (SourcePlan(key="site-12", kind="whip"),)
    child = f"ingest-{CONFERENCE}-site-12"

    async def scene() -> None:
        async with stage(tmp_path, monkeypatch) as it:
            def state() -> str:
                return str(it.supervisor.known[CONFERENCE].sources.get("site-12", {}).get("state", ""))

            def speaking(holder: str) -> AbstractContextManager[object]:
                bearer = it.bearer("site-12", "speak", holder=holder)
                return running(f"{it.url}/whip/{CONFERENCE}", "--bearer", bearer)

            await it.apply(sources=room)
            with speaking("device-7"):
                await until(lambda: state() == "running")
                process = it.supervisor.running[child].process
                await it.apply(sources=room, shut=frozenset({"device-7"}))
                await until(lambda: state() == "lost")
                assert it.supervisor.running[child].process is process, "those who read the stream are not dropped"
                with speaking("device-8"):
                    await until(lambda: state() == "running")

    asyncio.run(scene())


def test_what_is_missing_is_asked_for_again_and_then_given_up() -> None:
    holes = Holes()
    assert holes.look({7}, 0.0) == ([], [])  # aiortc has just asked
    assert holes.look({7, 9}, ASK_AGAIN_S + 0.01) == ([7], [])
    assert holes.look({9}, 2 * ASK_AGAIN_S + 0.03) == ([9], [])  # 7 came
    assert holes.look({9}, LOST_S + 0.1) == ([], [9])
    assert holes.look(set(), 1.0) == ([], [])


def test_a_hole_takes_its_own_picture_with_it_and_lets_the_next_one_out() -> None:
    buffer = JitterBuffer(capacity=128, is_video=True)

    def put(number: int) -> bytes | None:
        one = RtpPacket(sequence_number=number & 0xFFFF, timestamp=number // 3 * 3000)
        one._data = b"%d " % number  # type: ignore[attr-defined]
        return getattr(buffer.add(one)[1], "data", None)

    start = 65_532  # the numbers wrap round in the middle
    given = [put(start + at) for at in range(12) if at != 4]
    assert given[:4] == [None, None, None, b"65532 65533 65534 "]
    assert not any(given[4:]), "all waits behind the hole"
    skip(buffer, [(start + 4) & 0xFFFF])
    assert put(start + 12) == b"65538 65539 65540 "


def test_the_names_of_aiortc_that_an_inlet_leans_on_are_there() -> None:
    source = inspect.getsource(RTCRtpReceiver)
    for name in ("__nack_generator", "__jitter_buffer", "__rtx_ssrc", "_send_rtcp_nack", "_send_rtcp_pli", "_track"):
        assert f"self.{name}" in source or f"def {name}" in source, name
    assert inspect.iscoroutinefunction(RTCRtpReceiver._handle_rtp_packet)
    assert hasattr(JitterBuffer(capacity=2), "_origin")
