"""A real edge against the real server: enrolled, let in, moved down, shut out, alone, back, revoked."""

from pathlib import Path

import pytest

from tests.chaos.edge_story import tell
from tests.relay.net import missing

pytestmark = [
    pytest.mark.skipif(bool(missing()), reason=missing() or "-"), pytest.mark.timeout(400),
]


def test_an_edge_shows_what_the_centre_orders_keeps_its_slate_and_recording_and_comes_back(tmp_path: Path) -> None:
    took = tell(tmp_path, short=True)
    alone = took["centre killed: no picture of it for"]
    assert alone > took["centre started again: to its first picture"], "it was cut off, and not only for show"
    assert took["centre killed: from the last picture to the slate"] < alone
