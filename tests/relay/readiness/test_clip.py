"""The clip of a rehearsal: what it must be for the test to mean anything."""

import asyncio
from pathlib import Path

import av

from server.relay.readiness import clip
from server.relay.readiness.thresholds import REHEARSAL_KBPS


def test_a_rehearsal_fills_its_rate_with_pictures_that_pass_through_untouched(tmp_path: Path) -> None:
    made = tmp_path / "rehearsal" / "low.mkv"
    clip.make(made, "low", seconds=4)
    with av.open(str(made)) as opened:
        video, sound = opened.streams.video[0], opened.streams.audio[0]
        assert (video.codec_context.name, video.codec_context.has_b_frames, video.width) == ("h264", False, 640)
        assert sound.codec_context.name == "opus"
        packets = [one for one in opened.demux() if one.size]
        pictures = [one for one in packets if one.stream is video]
        assert len(pictures) == 4 * clip.FPS
        assert [place for place, one in enumerate(pictures) if one.is_keyframe] == [0, 25, 50, 75]
        kbps = sum(one.size for one in packets) * 8 / 1000 / 4
    assert abs(kbps - REHEARSAL_KBPS["low"]) < 0.06 * REHEARSAL_KBPS["low"]
    assert [one.name for one in made.parent.iterdir()] == ["low.mkv"], "nothing half-made stays"


def test_a_clip_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    made = tmp_path / "low.mkv"
    made.write_bytes(b"kept")
    asyncio.run(clip.ensure(made, "low"))
    assert made.read_bytes() == b"kept"


def test_the_clip_of_a_rehearsal_is_made_when_it_is_first_asked_for_and_others_are_not(tmp_path: Path) -> None:
    asyncio.run(clip.prepare("rehearsal/low.mkv", tmp_path))
    asyncio.run(clip.prepare("drills/low.mkv", tmp_path))
    assert [one.name for one in tmp_path.rglob("*.mkv")] == ["low.mkv"]
