"""TURN servers of the house: who gets them, with what, and how they are set."""

import asyncio
import base64
import contextlib
import hashlib
import hmac
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiortc import RTCConfiguration, RTCIceServer, RTCPeerConnection

from server.core import clock
from server.core.config import ConfigError, Settings, load
from server.relay import turn
from tests.ports import free_port
from tests.relay.coturn import configured

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


@contextlib.contextmanager
def coturn(folder: Path, port: int, secret: str) -> Iterator[None]:
    """Debian's TURN server on loopback."""
    command = configured(folder, secret, port, ("127.0.0.1",), "127.0.0.1")
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.terminate()


async def relayed(settings: Settings, now_s: float) -> bool:
    """Whether a viewer with the credentials of this moment gets an address at the TURN server."""
    given = [RTCIceServer(one.url, one.username, one.credential) for one in turn.servers(settings, "site-12", now_s)]
    connection = RTCPeerConnection(RTCConfiguration(iceServers=given))
    connection.addTransceiver("video", direction="recvonly")
    await connection.setLocalDescription(await connection.createOffer())
    found = " typ relay" in connection.localDescription.sdp
    await connection.close()
    return found


@pytest.mark.skipif(shutil.which("turnserver") is None, reason="no turnserver (coturn)")
@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_coturn_lets_in_who_has_our_credentials_for_as_long_as_they_last(tmp_path: Path, transport: str) -> None:
    port, now = free_port(), clock.epoch_ms() / 1000
    settings = Settings(relay_turn=f"turn:127.0.0.1:{port}?transport={transport}", relay_turn_secret="bi-mat-cua-nha")
    other = settings.model_copy(update={"relay_turn_secret": "khac"})

    async def scene() -> None:
        async with asyncio.timeout(40):
            while not await relayed(settings, now):  # it takes a moment to start
                await asyncio.sleep(0.2)
            assert not await relayed(settings, now - turn.LASTS_S - 60)
            assert not await relayed(other, now)

    with coturn(tmp_path, port, settings.relay_turn_secret):
        asyncio.run(scene())
