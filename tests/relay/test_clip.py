"""The clips and the time code that the relay's tests stand on."""

import re
from itertools import pairwise
from pathlib import Path

import av
import pytest
from PIL import Image

from server.relay.daemon.units import Track
from tests.relay import clip
from tests.relay.timecode import Painter, read_frame, read_image, read_luma

NOW_MS = 1_795_590_123_456


def codes(path: Path) -> list[tuple[int, int | None]]:
    """(width, number) of each picture."""
    with av.open(str(path)) as file:
        return [(frame.width, read_frame(frame)) for frame in file.decode(video=0)]


def nals(annexb: bytes) -> list[int]:
    """The types of the NAL units of an access unit."""
    return [found[0] & 31 for found in re.findall(rb"\x00\x00\x01(.)", annexb, re.DOTALL)]


@pytest.mark.parametrize("name", ["h264", "bframes", "hevc", "aac", "resize"])
def test_every_picture_of_a_clip_tells_its_media_time(name: str) -> None:
    recipe = clip.KNOWN[name]
    assert [code for _, code in codes(clip.clip(name))] == [
        index * 1000 // recipe.fps for index in range(recipe.fps * recipe.seconds)
    ]


def test_the_same_recipe_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = clip.clip("h264").read_bytes()
    monkeypatch.setattr(clip, "CACHE", tmp_path)
    again = clip.clip("h264")
    assert again.parent == tmp_path
    assert again.read_bytes() == first


def test_units_are_whole_and_in_order() -> None:
    listed = clip.units(clip.clip("h264"))
    pictures = [one for one in listed if one.track is Track.VIDEO]
    assert len(pictures) == 90
    assert [one.key for one in pictures[:16]] == [True, *[False] * 14, True]
    for one in pictures:
        assert (nals(one.payload)[-3:] == [7, 8, 5]) is one.key  # SPS and PPS before each IDR
    assert [one.pts90 for one in pictures] == [index * 6000 for index in range(90)]
    sound = [one.pts90 for one in listed if one.track is Track.AUDIO]
    assert {later - sooner for sooner, later in pairwise(sound)} == {1800}


def test_the_clip_that_grows_changes_its_size_once() -> None:
    assert [width for width, _ in codes(clip.clip("resize"))] == [320] * 45 + [480] * 45


def test_a_strip_survives_being_made_smaller_and_a_broken_one_is_no_number() -> None:
    picture = Image.frombytes("L", (1280, 720), Painter(1280, 720, noise=0.3).luma(NOW_MS, 7, "12:00:00.4"))
    assert read_image(picture) == NOW_MS
    assert read_image(picture.resize((640, 360))) == NOW_MS
    picture.paste(255, (0, 0, 400, 80))
    assert read_image(picture) is None
    assert read_luma(bytes([16]) * 320 * 180, 320, 180) is None
