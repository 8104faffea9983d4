"""Passes: only the server that gave one out lets it in, as long as it lasts, for what it says."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import server.relay.refusals  # noqa: F401  (declares the codes)
from server.core.errors import Refused
from server.core.keys import Keys
from server.relay.passes import Pass, issue, read

NOW = 1_795_000_000
GIVEN = Pass(3, "site-12", "watch", NOW + 60, 12, "device-7")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return Keys(tmp_path_factory.mktemp("keys"))


def code(keys: Keys, text: str, now: float = NOW) -> str:
    with pytest.raises(Refused) as refused:
        read(keys, text, now)
    return refused.value.code


def test_a_pass_says_what_was_given(keys: Keys) -> None:
    assert read(keys, issue(keys, GIVEN), NOW) == GIVEN


def test_it_ends_when_it_says(keys: Keys) -> None:
    text = issue(keys, GIVEN)
    assert read(keys, text, NOW + 60) == GIVEN
    assert code(keys, text, NOW + 61) == "relay_pass_expired"


def test_another_server_s_pass_is_wrong(keys: Keys, tmp_path: Path) -> None:
    assert code(keys, issue(Keys(tmp_path), GIVEN)) == "relay_pass_wrong"


@given(data=st.data())
def test_a_changed_letter_makes_it_wrong(keys: Keys, data: st.DataObject) -> None:
    text = issue(keys, GIVEN)
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.characters(codec="utf-8"))
    changed = text[:place] + letter + text[place + 1:]
    if changed != text:
        assert code(keys, changed) == "relay_pass_wrong"


def test_a_watcher_cannot_make_himself_a_speaker(keys: Keys) -> None:
    assert code(keys, issue(keys, GIVEN).replace(".watch.", ".speak.")) == "relay_pass_wrong"


SIGNED_BY_NOBODY = "3.wall-1.watch.0..1795000060." + "0" * 32


@pytest.mark.parametrize("text", ["", ".", "3.wall-1.watch.0..1795000060.", "x" * 5000, SIGNED_BY_NOBODY])
def test_nonsense_is_wrong(keys: Keys, text: str) -> None:
    assert code(keys, text) == "relay_pass_wrong"
