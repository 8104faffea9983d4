"""The two ends of test_turn.py, each in a namespace: `centre FOLDER`, and `room` that knows only its TURN server.

They speak in lines of JSON on stdin and stdout: what the page's own POST would carry.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from aiortc import RTCConfiguration, RTCIceServer, RTCPeerConnection, RTCSessionDescription

ENOUGH = 15       # pictures
PATIENCE = 40.0   # seconds for them
HOPELESS = 6.0    # seconds after which a room without TURN has seen nothing


def say(**words: Any) -> None:
    """One line."""
    print(json.dumps(words), flush=True)


async def hear() -> Any:
    """The next line; None at the end."""
    line = await asyncio.to_thread(sys.stdin.readline)
    return json.loads(line) if line else None


async def centre(folder: Path) -> None:
    """A relay with a source; answers offers."""
    # not above: the load's receivers take aiortc's decoders away, and the room needs them
    from tests.relay.fanout.stage import CONFERENCE, post, stage  # noqa: PLC0415

    async with stage(folder, pytest.MonkeyPatch(), relay_host="127.0.0.1") as made, made.source():
        say(ready=True)
        while (offer := await hear()) is not None:
            headers = {"Content-Type": "application/sdp", "Authorization": f"Bearer {made.bearer('site-12')}"}
            _, answer, _ = await post(made, f"/whep/{CONFERENCE}", offer["sdp"].encode(), **headers)
            say(sdp=answer)


async def room() -> None:
    """One viewer; says how many pictures it decoded."""
    given = await hear()
    servers = [RTCIceServer(**one) for one in given["servers"]]
    connection = RTCPeerConnection(RTCConfiguration(iceServers=servers))
    receiver = connection.addTransceiver("video", direction="recvonly").receiver
    await connection.setLocalDescription(await connection.createOffer())
    say(sdp=connection.localDescription.sdp)
    answer = await hear()
    seen = 0
    try:
        async with asyncio.timeout(PATIENCE if servers else HOPELESS):
            await connection.setRemoteDescription(RTCSessionDescription(answer["sdp"], "answer"))
            while seen < ENOUGH:
                await receiver.track.recv()
                seen += 1
    except TimeoutError:
        pass
    say(seen=seen)
    await connection.close()


if __name__ == "__main__":
    asyncio.run(room() if sys.argv[1] == "room" else centre(Path(sys.argv[2])))
