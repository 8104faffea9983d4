"""TURN servers of the house: who gets them, with what, and how they are set."""

import base64
import hashlib
import hmac

import pytest

from server.core.config import ConfigError, Settings, load
from server.relay import turn

SET = {
    "NGHISU_RELAY_TURN": "turn:10.0.0.5:3478?transport=udp, turns:10.0.0.5:443", "NGHISU_RELAY_TURN_SECRET": "bi-mat",
}


def test_credentials_end_by_themselves_and_are_what_coturn_computes() -> None:
    found = turn.servers(load(SET), "site-12", 1_000_000.7)
    assert [one.url for one in found] == ["turn:10.0.0.5:3478?transport=udp", "turns:10.0.0.5:443"]
    username = f"{1_000_000 + 12 * 3600}:site-12"
    expected = base64.b64encode(hmac.new(b"bi-mat", username.encode(), hashlib.sha1).digest()).decode()
    assert {(one.username, one.credential) for one in found} == {(username, expected)}


def test_without_a_setting_there_is_none() -> None:
    assert turn.servers(Settings(), "wall-1", 0) == ()


@pytest.mark.parametrize(("changed", "named"), [
    ({"NGHISU_RELAY_TURN": "stun:stun.example.org"}, "relay_turn"),
    ({"NGHISU_RELAY_TURN": 'turn:a>; rel="x"'}, "relay_turn"),
    ({"NGHISU_RELAY_TURN_SECRET": ""}, "relay_turn_secret"),
    ({"NGHISU_RELAY_TURN_SECRET": "bi-mat" * 100}, "relay_turn_secret"),
    ({"NGHISU_RELAY_UDP_PORTS": "80-90"}, "relay_udp_ports"),
    ({"NGHISU_RELAY_UDP_PORTS": "41000-40000"}, "relay_udp_ports"),
    ({"NGHISU_RELAY_UDP_PORTS": "40000"}, "relay_udp_ports"),
])
def test_a_wrong_setting_is_named_and_the_secret_is_not_told(changed: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigError, match=named) as wrong:
        load({**SET, **changed})
    assert "bi-mat" not in str(wrong.value)
