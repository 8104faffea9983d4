"""The source under measurement: one clip in real time, again and again, each unit with its time in it.

`python -m tests.bench.relay.feeder < job.json` (Feed). Each picture carries its pts90 in an SEI (user data, ITU-T H.264
D.1.6), each packet of sound is that number and filling. What was sent when stands in `log`: a JSON list of
[pts90, 1 for sound, 1 for an IDR, bytes, ns of CLOCK_REALTIME just before it was given away].

To ours and to stock aiortc units go over the relay's own ZeroMQ stream; to Janus as RTP over loopback, made by the same
packetizer.
"""

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import struct
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from server.core import clock
from server.relay.daemon.fanout.packets import h264_payloads
from server.relay.daemon.streams import Publisher
from server.relay.daemon.units import OPUS_TICKS, Flag, Track
from tests.relay import clip
from tests.relay.tally import STAMP

VIDEO_TYPE, AUDIO_TYPE = 96, 111
SOUND_BYTES = 160
BURST, PAUSE = 8, 0.002  # packets, and seconds after them: an IDR of 100 kB in 20 ms
_VCL = re.compile(rb"\x00\x00(\x00)?\x01[\x65\x41\x61\x01\x21]")
_head = struct.Struct("!BBHII").pack


@dataclass
class Feed:
    """What to send: a clip of tests/relay/clip.py, to a stream's folder, or to two UDP ports [video, sound]."""

    log: str
    clip: str = "hd"
    folder: str = ""
    stream: str = "1/program"
    ports: tuple[int, int] = (0, 0)


def stamped(picture: bytes, pts90: int) -> bytes:
    """A picture in Annex B with an SEI before its first slice."""
    found = _VCL.search(picture)
    assert found is not None
    words = STAMP + f"{pts90:016x}".encode()
    sei = b"\0\0\0\1\x06\x05" + bytes([len(words)]) + words + b"\x80"
    return picture[:found.start()] + sei + picture[found.start():]


def sound(pts90: int) -> bytes:
    """What stands for a packet of Opus: nobody here plays it."""
    return (b"\xfc" + STAMP + f"{pts90:016x}".encode()).ljust(SOUND_BYTES, b"\x55")


class Rtp:
    """Plain RTP to two ports, as an encoder would send it to Janus."""

    def __init__(self, ports: tuple[int, int]) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * 1024 * 1024)
        self._places = {Track.VIDEO: ("127.0.0.1", ports[0]), Track.AUDIO: ("127.0.0.1", ports[1])}
        self._seq = {Track.VIDEO: 0, Track.AUDIO: 0}

    def send(self, track: Track, payload: bytes, pts90: int) -> None:
        """One unit, a large one in small bursts: at once it overruns a socket's buffer, and Janus would lose parts."""
        video = track is Track.VIDEO
        parts = h264_payloads(payload) if video else [payload]
        stamp = (pts90 if video else pts90 * 48 // 90) & 0xFFFFFFFF
        for index, part in enumerate(parts):
            kind = VIDEO_TYPE | (0x80 if index + 1 == len(parts) else 0) if video else AUDIO_TYPE
            seq, self._seq[track] = self._seq[track], (self._seq[track] + 1) & 0xFFFF
            self._socket.sendto(_head(0x80, kind, seq, stamp, 1 + track) + part, self._places[track])
            if index % BURST == BURST - 1:
                time.sleep(PAUSE)


async def feed(job: Feed, stop: asyncio.Event) -> list[list[int]]:
    """Send until told to stop; what was sent."""
    publisher = Publisher(Path(job.folder), job.stream) if job.folder else None
    rtp = Rtp(job.ports) if job.ports[0] else None
    recipe = clip.KNOWN[job.clip]
    listed = clip.units(clip.make(recipe))
    pictures = [one.pts90 for one in listed if one.track is Track.VIDEO]
    length = -(-(pictures[-1] + pictures[1] - pictures[0]) // OPUS_TICKS) * OPUS_TICKS
    listed = [one for one in listed if 0 <= one.pts90 < length]
    began, loop, sent = clock.monotonic(), 0, []
    while True:
        for one in listed:
            pts90 = loop * length + one.pts90
            wait = began + pts90 / 90_000 - clock.monotonic()
            if wait > 0:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), wait)
            if stop.is_set():
                return sent
            payload = stamped(one.payload, pts90) if one.track is Track.VIDEO else sound(pts90)
            now = clock.realtime_ns()
            if publisher is not None:
                flags = Flag.KEY if one.key else Flag.NONE
                publisher.send(
                    one.track, payload, pts90, capture_ns=now, flags=flags, width=recipe.width, height=recipe.height
                )
            if rtp is not None:
                rtp.send(one.track, payload, pts90)
            sent.append([pts90, int(one.track), int(one.key), len(payload), now])
        loop += 1


async def main() -> None:
    """Until SIGTERM."""
    given = json.loads(sys.stdin.readline())
    job = Feed(**{**given, "ports": tuple(given.get("ports", (0, 0)))})
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    with contextlib.suppress(OSError):
        os.nice(-5)  # it shares its core with the viewers, and has to be on time
    print("feeding", flush=True)
    Path(job.log).write_text(json.dumps(await feed(job, stop)))


if __name__ == "__main__":
    asyncio.run(main())
