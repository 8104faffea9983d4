"""What is let in as a source, and what never is."""

from pathlib import Path

import pytest

from server.relay.daemon.ingest.address import SrtWay, captured, opening
from server.relay.daemon.ingest.opened import opened
from server.relay.daemon.ingest.why import BadSource
from server.relay.plan import SourcePlan


def plan(**fields: object) -> SourcePlan:
    return SourcePlan.model_validate({"key": "primary", **fields})


@pytest.mark.parametrize(("kind", "address", "why"), [
    ("file", "../nghisu.db", "file_outside"),
    ("file", "/etc/passwd", "file_outside"),
    ("file", "link.mp4", "file_outside"),
    ("file", "", "file_outside"),
    ("file", "none.mp4", "file_missing"),
    ("hls", "file:///etc/passwd", "address_not_allowed"),
    ("hls", "concat:a|b", "address_wrong"),
    ("rtsp", "http://10.0.0.1/x", "address_not_allowed"),
    ("rtsp", "rtsp://", "address_wrong"),
    ("rtsp", "rtsp://10.0.0.1:99999/x", "address_wrong"),
    ("rtmp", "rtmp://10.0.0.1/live swfUrl=x", "address_wrong"),
    ("hls", "http://169.254.169.254/latest", "address_not_allowed"),
    ("hls", "http://[fe80::1]/x", "address_not_allowed"),
    ("hls", "http://[::ffff:169.254.169.254]/x", "address_not_allowed"),
    ("hls", "http://2852039166/latest", "address_not_allowed"),
    ("hls", "http://0xa9fea9fe/latest", "address_not_allowed"),
    ("rtsp", "rtsp://169.254.43518/x", "address_not_allowed"),
    ("srt", "srt://10.0.0.1", "address_wrong"),
    ("srt", "srt://10.0.0.1:9000?passphrase=ngan", "address_wrong"),
    ("mpegts", "udp://239.0.0.1", "address_wrong"),
    ("device", "/dev/sda", "address_not_allowed"),
    ("device", "/dev/video9\n-i", "address_not_allowed"),
    ("device", "/dev/video77", "device_missing"),
    ("whip", "", "not_for_here"),
])
def test_an_address_that_is_not_allowed_is_named_by_its_reason(
    tmp_path: Path, kind: str, address: str, why: str
) -> None:
    (tmp_path / "link.mp4").symlink_to("/etc/hostname")
    with pytest.raises(BadSource) as bad:
        opening(plan(kind=kind, address=address), tmp_path)
    assert bad.value.why == why


def test_a_sound_device_s_name_is_no_place_for_parameters(tmp_path: Path) -> None:
    with pytest.raises(BadSource) as bad:
        opening(plan(kind="device", address="/dev/video0", sound="hw:1 -f lavfi"), tmp_path)
    assert bad.value.why == "address_not_allowed"


def test_libav_may_open_nothing_but_what_the_kind_needs(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").touch()
    for kind, address in (
        ("file", "a.mp4"), ("hls", "https://10.0.0.1/a.m3u8"), ("rtsp", "rtsp://10.0.0.1/a"), ("rtmp", "rtmp://10.0.0.1/a/b"),
    ):
        allowed = opening(plan(kind=kind, address=address), tmp_path).options["protocol_whitelist"].split(",")
        assert ("file" in allowed) == (kind == "file")
        assert not {"concat", "subfile", "data", "pipe", "gopher"} & set(allowed)


def test_only_known_parameters_of_an_address_are_used(tmp_path: Path) -> None:
    address = "srt://10.0.0.1:9000?mode=listener&passphrase=bi-mat-dai&latency=300000&dump=/x"
    how = opening(plan(kind="srt", address=address), tmp_path)
    assert how.srt == SrtWay("10.0.0.1", 9000, listen=False, passphrase="bi-mat-dai", latency_ms=300)
    assert "bi-mat-dai" not in repr(how)
    assert not how.command, "a passphrase in a command line could be seen by every account"
    udp = opening(plan(kind="mpegts", address="udp://239.1.1.1:5000?localaddr=10.0.0.2&block=1&fifo_size=1"), tmp_path)
    assert "localaddr=10.0.0.2" in udp.url
    assert "block=" not in udp.url
    assert "fifo_size=1&" not in udp.url


def test_a_capture_device_s_pictures_and_sound_come_as_one_stream() -> None:
    """The path behind V4L2 and ALSA, with ffmpeg's own test picture in the place of the hardware."""
    import threading  # noqa: PLC0415  (kept beside its one use)

    how = captured(
        ("-re", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=15"), ("-re", "-f", "lavfi", "-i", "sine=440")
    )
    seen: set[str] = set()
    with opened(how, threading.Event()) as container:
        for packet in container.demux():
            seen.add(packet.stream.type)
            if seen == {"video", "audio"}:
                break
