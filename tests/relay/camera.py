"""A live source for tests: `python -m tests.relay.camera --to URL`. Each picture carries the moment it was painted.

    --to rtsp://127.0.0.1:8554/live      ANNOUNCE and RECORD over TCP to whoever listens
    --to rtmp://127.0.0.1:1935/live/x    with AAC
    --to srt://127.0.0.1:9000            through ffmpeg, which knows SRT
    --to udp://127.0.0.1:5000            MPEG-TS
    --to http://127.0.0.1:8889/whip/1 --bearer PASS
    --to /some/folder/live.m3u8          HLS; any other path is a file

SIGUSR1 gives its pictures the size --then at once. It starts again when the connection is refused or lost, until
--seconds are over (0: until it is ended). The number in a picture (timecode.py) is the wall clock's milliseconds;
subtract it from the clock where the picture is seen.
"""

import argparse
import asyncio
import contextlib
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import aiohttp
import av
from aiortc import RTCConfiguration, RTCPeerConnection, RTCRtpSender, RTCSessionDescription

from server.core import clock
from tests.relay.clip import RATE, Recipe, shape, sound
from tests.relay.packets import Packets
from tests.relay.timecode import Painter, wall_words

ROOT = Path(__file__).parents[2]
RETRY = 0.3
SOUND_AHEAD = 0.06  # seconds: encoders of sound are late by their own length, and a muxer waits for the later track
CHANGE_NOW = threading.Event()  # set by SIGUSR1
FORMS = {"rtsp": "rtsp", "rtmp": "flv", "udp": "mpegts", "srt": "mpegts"}


@dataclass(frozen=True)
class Scene:
    """What a camera sends; `plus` is added to the pictures' numbers; after `change_s` s they are `then` large."""

    recipe: Recipe
    seconds: float = 0.0
    change_s: float = 0.0
    then: tuple[int, int] = (0, 0)
    plus: int = 0


class Shutter:
    """Paints and encodes in real time; `packets` sleeps until each is due."""

    def __init__(self, scene: Scene, video: av.VideoCodecContext | None, audio: av.AudioCodecContext | None) -> None:
        self.scene, self.video, self.audio = scene, video, audio
        self.began = clock.monotonic()
        self._painter = Painter(scene.recipe.width, scene.recipe.height, scene.recipe.noise)

    def packets(self) -> Iterator[tuple[str, av.Packet]]:
        """("video" or "audio", packet), for as long as the scene lasts."""
        recipe, index = self.scene.recipe, 0
        tones = sound(24 * 3600) if self.audio is not None else iter(())
        while not self.scene.seconds or index / recipe.fps < self.scene.seconds:
            due = index / recipe.fps
            for tone in tones:
                assert self.audio is not None
                for packet in self.audio.encode(tone):
                    yield "audio", packet
                if tone.pts >= (due + SOUND_AHEAD) * RATE:
                    break
            time.sleep(max(0.0, self.began + due - clock.monotonic()))
            if self.video is not None:
                for packet in self._picture(index):
                    yield "video", packet
            index += 1

    def _picture(self, index: int) -> list[av.Packet]:
        assert self.video is not None
        recipe = self.scene.recipe
        due = bool(self.scene.change_s) and index == int(self.scene.change_s * recipe.fps)
        if due or CHANGE_NOW.is_set():
            CHANGE_NOW.clear()
            width, height = self.scene.then
            self.video = av.CodecContext.create("libx264", "w")
            shape(self.video, replace(recipe, width=width, height=height))
            self._painter = Painter(width, height, recipe.noise)
        now = clock.epoch_ms()
        frame = self._painter.frame(now + self.scene.plus, index, wall_words(now))
        frame.pts, frame.time_base = index, Fraction(1, recipe.fps)
        return self.video.encode(frame)


def film(scene: Scene, to: str) -> None:
    """Send a scene to anything PyAV can write, or to SRT through ffmpeg. Raises av.FFmpegError when the line breaks."""
    scheme = to.split("://", 1)[0] if "://" in to else ""
    options = {"rtsp": {"rtsp_transport": "tcp"}}.get(scheme, {})
    if to.endswith(".m3u8"):
        options = {"hls_time": "1", "hls_list_size": "4", "hls_flags": "delete_segments"}
    with contextlib.ExitStack() as stack:
        target: Any = to
        if scheme == "srt":
            target = stack.enter_context(_through_ffmpeg(to))
        out = stack.enter_context(av.open(target, "w", format=FORMS.get(scheme), options=options, buffer_size=1316))
        streams: dict[str, Any] = {}
        if scene.recipe.video:
            streams["video"] = out.add_stream("libx264", rate=scene.recipe.fps)
            shape(streams["video"].codec_context, scene.recipe, repeat=scheme != "rtmp")
        if scene.recipe.audio:
            streams["audio"] = out.add_stream("libopus" if scene.recipe.audio == "opus" else "aac", rate=RATE)
            streams["audio"].codec_context.layout = "stereo"
        contexts = {kind: stream.codec_context for kind, stream in streams.items()}
        shutter = Shutter(scene, contexts.get("video"), contexts.get("audio"))
        for kind, packet in shutter.packets():
            packet.stream = streams[kind]
            out.mux(packet)


@contextlib.contextmanager
def _through_ffmpeg(to: str) -> Iterator[Any]:
    probing = ["-fflags", "nobuffer", "-probesize", "500000", "-analyzeduration", "1500000", "-f", "mpegts", "-i", "-"]
    sending = ["-c", "copy", "-flush_packets", "1", "-muxdelay", "0", "-muxpreload", "0", "-f", "mpegts", to]
    with subprocess.Popen(["ffmpeg", "-v", "error", *probing, *sending], stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        try:
            yield process.stdin
        finally:
            with contextlib.suppress(OSError):
                process.stdin.close()
            process.terminate()


async def speak(scene: Scene, to: str, bearer: str) -> None:
    """Send a scene over WHIP (RFC 9725). Raises OSError when it is refused or the connection breaks."""
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    tracks = {kind: Packets(kind) for kind in ("video", "audio")}
    for kind, track in tracks.items():
        sender = connection.addTransceiver(track, "sendonly")
        offered = RTCRtpSender.getCapabilities(kind).codecs
        sender.setCodecPreferences([one for one in offered if one.mimeType in ("video/H264", "audio/opus")])
    await connection.setLocalDescription(await connection.createOffer())
    headers = {"Content-Type": "application/sdp", **({"Authorization": f"Bearer {bearer}"} if bearer else {})}
    async with aiohttp.ClientSession() as http:
        try:
            async with http.post(to, data=connection.localDescription.sdp, headers=headers) as answer:
                if answer.status != 201:
                    raise OSError(f"refused: {answer.status} {(await answer.text())[:300]}")
                place = answer.headers["Location"]
                await connection.setRemoteDescription(RTCSessionDescription(await answer.text(), "answer"))
            over = asyncio.Event()
            connection.on("connectionstatechange", lambda: _watch(connection, over))
            _shoot(scene, tracks, over)
            await over.wait()
            if connection.connectionState in ("failed", "closed"):
                raise ConnectionError("the line broke")
            with contextlib.suppress(aiohttp.ClientError):
                await http.delete(answer.url.join(answer.url.with_path(place)), headers=headers)
        finally:
            await connection.close()


def _watch(connection: RTCPeerConnection, over: asyncio.Event) -> None:
    if connection.connectionState in ("failed", "closed"):
        over.set()


def _shoot(scene: Scene, tracks: dict[str, Packets], over: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    video, audio = av.CodecContext.create("libx264", "w"), av.CodecContext.create("libopus", "w")
    shape(video, scene.recipe)
    audio.sample_rate, audio.layout, audio.format, audio.time_base = RATE, "stereo", "s16", Fraction(1, RATE)

    def work() -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            for kind, packet in Shutter(scene, video, audio).packets():
                if over.is_set():
                    return
                loop.call_soon_threadsafe(tracks[kind].queue.put_nowait, packet)
            loop.call_soon_threadsafe(over.set)

    threading.Thread(target=work, daemon=True).start()


def run(scene: Scene, to: str, bearer: str = "") -> None:
    """Send, and start again when the line breaks, until the scene is over."""
    limit = clock.monotonic() + scene.seconds
    while not scene.seconds or clock.monotonic() < limit:
        left = replace(scene, seconds=limit - clock.monotonic()) if scene.seconds else scene
        try:
            if to.startswith("http"):
                asyncio.run(speak(left, to, bearer))
            else:
                film(left, to)
        except (av.FFmpegError, OSError, aiohttp.ClientError) as error:
            print(f"{type(error).__name__}: {error}"[:300], file=sys.stderr, flush=True)
            time.sleep(RETRY)
        else:
            return


@contextlib.contextmanager
def running(to: str, *options: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The camera as a process of its own: `with running("rtsp://…", "--fps", "10"):`."""
    command = [sys.executable, "-m", "tests.relay.camera", "--to", to, *options]
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def size(text: str) -> tuple[int, int]:
    """WIDTHxHEIGHT."""
    width, _, height = text.partition("x")
    return int(width), int(height)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--to", required=True)
    parser.add_argument("--bearer", default="")
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--size", type=size, default=(320, 180))
    parser.add_argument("--fps", type=int, default=15)
    parser.add_argument("--gop", type=float, default=1.0, help="seconds")
    parser.add_argument("--kbps", type=int, default=300)
    parser.add_argument("--noise", type=float, default=0.0)
    parser.add_argument("--b-frames", type=int, default=0)
    parser.add_argument("--audio", choices=["opus", "aac", "none"], default="")
    parser.add_argument("--change", type=float, default=0.0, help="seconds after which pictures have the size --then")
    parser.add_argument("--then", type=size, default=(480, 270))
    parser.add_argument("--plus", type=int, default=0, help="added to the pictures' numbers: tells cameras apart")
    given = parser.parse_args()
    signal.signal(signal.SIGUSR1, lambda *_: CHANGE_NOW.set())
    audio = given.audio or ("aac" if given.to.startswith(("rtmp", "srt", "udp")) or ".m3u8" in given.to else "opus")
    recipe = Recipe(
        audio="" if audio == "none" else audio, width=given.size[0], height=given.size[1], fps=given.fps,
        gop_s=given.gop, kbps=given.kbps, noise=given.noise, b_frames=given.b_frames,
    )
    run(Scene(recipe, given.seconds, given.change, given.then, given.plus), given.to, given.bearer)


if __name__ == "__main__":
    main()
