"""The live source of the relay's tests: what it sends tells when it was painted."""

from itertools import pairwise
from pathlib import Path

import av

from server.core import clock
from tests.ports import free_port
from tests.relay import camera
from tests.relay.clip import Recipe
from tests.relay.timecode import read_frame


def test_pictures_over_rtmp_tell_the_moment_they_were_painted() -> None:
    url, before = f"rtmp://127.0.0.1:{free_port()}/live/test", clock.epoch_ms()
    with camera.running(url, "--fps", "10", "--seconds", "30"), av.open(url, options={"listen": "1"}) as line:
        pictures = line.decode(video=0)
        seen = [read_frame(next(pictures)) for _ in range(15)]
        after = clock.epoch_ms()
    assert None not in seen
    told = [one for one in seen if one is not None]
    assert before < told[0] < told[-1] < after
    assert all(later > sooner for sooner, later in pairwise(told))


def test_the_picture_changes_its_size_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "film.ts"
    camera.run(camera.Scene(Recipe(fps=10), seconds=1.5, change_s=1.0, then=(480, 270)), str(path))
    with av.open(str(path)) as film:
        assert [frame.width for frame in film.decode(video=0)] == [320] * 10 + [480] * 5
