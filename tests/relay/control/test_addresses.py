"""What is shown of a source's address, and where a secret may not be typed."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from server.core.config import ConfigError, load
from server.relay.addresses import shown
from server.relay.command import edge
from server.relay.daemon.edge import main
from server.relay.daemon.edge.centre import Link


@pytest.mark.parametrize(("address", "listen", "seen"), [
    ("rtsp://an:bi-mat@10.0.0.9:554/h264?token=bi-mat", False, "rtsp://***@10.0.0.9:554/h264?token=***"),
    ("rtsp://10.0.0.9/user=admin&password=bi-mat&channel=1", False, "rtsp://10.0.0.9/user=***&password=***&channel=***"),
    ("rtsp://10.0.0.9/user=admin_password=bi-mat_channel=1", False, "rtsp://10.0.0.9/user=***"),
    ("rtsp://0.0.0.0:8554/live/bi-mat", True, "rtsp://0.0.0.0:8554/live/***"),
    ("rtmp://10.0.0.9/live/bi-mat", False, "rtmp://10.0.0.9/live/***"),
    ("rtmp://0.0.0.0/bi-mat", True, "rtmp://0.0.0.0/***"),
    ("srt://10.0.0.9:9000?passphrase=bi-mat&streamid=bi-mat", False, "srt://10.0.0.9:9000?passphrase=***&streamid=***"),
    ("https://an:bi-mat@10.0.0.9/a.m3u8?sig=bi-mat#bi-mat", False, "https://***@10.0.0.9/a.m3u8?sig=***"),
    ("clip.mp4", False, "clip.mp4"),
])
def test_an_address_is_shown_without_its_secrets(address: str, listen: bool, seen: str) -> None:
    assert shown(address, listen=listen) == seen


def test_an_edge_takes_a_passphrase_from_the_keyboard_and_not_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NGHISU_DATA", str(tmp_path))
    kept = main.link_path(load())
    Link(url="http://10.0.0.1", token="x").save(kept)
    address = "srt://10.0.0.1:9000?passphrase=mot-bi-mat-dai"
    refused = CliRunner().invoke(edge, ["--backup", address, "--enrol-only"])
    assert isinstance(refused.exception, ConfigError)
    assert "mot-bi-mat" not in str(refused.exception) + refused.output
    typed = CliRunner().invoke(edge, ["--backup", "-", "--enrol-only"], input=f"{address}\n")
    assert typed.exit_code == 0
    assert "mot-bi-mat" not in typed.output
    found = Link.load(kept)
    assert found is not None
    assert found.backup == address
    assert kept.stat().st_mode & 0o077 == 0
