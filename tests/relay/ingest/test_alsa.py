"""A microphone through ALSA without hardware: its `file` plugin plays a tone where a sound card would be."""

import subprocess
import threading
from array import array
from itertools import pairwise
from pathlib import Path

import av
import pytest

from server.relay.daemon.ingest.address import SOUND, captured
from server.relay.daemon.ingest.opened import opened

ALSA = Path("/usr/share/alsa/alsa.conf")
CARD = """</usr/share/alsa/alsa.conf>
pcm.!default {{
  type plug
  slave.pcm {{ type file slave.pcm {{ type null }} file /dev/null infile "{}" format raw }}
}}
"""
RATE = 48_000


@pytest.mark.skipif(not ALSA.exists(), reason="no ALSA configuration (libasound2-data)")
def test_a_tone_at_the_microphone_is_heard_beside_the_camera(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tone = ["-f", "lavfi", "-i", f"sine=1000:sample_rate={RATE}", "-t", "30", "-ac", "2", "-f", "s16le"]
    subprocess.run(["ffmpeg", "-v", "error", *tone, str(tmp_path / "tone.raw")], check=True)
    (tmp_path / "asound.conf").write_text(CARD.format(tmp_path / "tone.raw"))
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    assert SOUND.match("default")
    how = captured(("-re", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=15"), ("-f", "alsa", "-i", "default"))
    heard = array("h")
    pictures = 0
    with opened(how, threading.Event()) as container:
        for packet in container.demux():
            if packet.stream.type == "video":
                pictures += 1
            for frame in packet.decode() if packet.stream.type == "audio" else ():
                assert isinstance(frame, av.AudioFrame)
                heard.frombytes(bytes(frame.planes[0])[:frame.samples * 4])
            if pictures > 5 and len(heard) >= 2 * RATE:
                break
    left = heard[:2 * RATE:2]
    crossed = sum(one < 0 <= other for one, other in pairwise(left))
    assert abs(crossed - 1000) < 10  # waves in a second
