"""Sources from the console: what may be chosen, what an encoder is told, and looking at one that is in use."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server.core import clock
from server.core.journal import JournalEntry
from server.relay import addresses, choices, passes
from server.relay.board import seen
from server.relay.models import Conference, RelaySource
from server.relay.reports import ConferenceReport, Probe, SourceReport
from tests.conftest import code
from tests.relay.control.conference import SECRET, Relay


def test_a_source_that_is_called_gets_an_address_with_a_key_nobody_guesses(relay: Relay) -> None:
    assert relay.put("/sources/primary", {"kind": "rtmp", "listen": True}).status_code == 204
    (row,) = relay.scene.rows_of(RelaySource)
    key = row.address.removeprefix("rtmp://0.0.0.0:1935/live/")
    assert len(key) == 20
    assert key not in relay.get("").text
    told = relay.post("/sources/primary/entry").json
    assert (told["url"], told["key"], told["token"]) == ("rtmp://localhost:1935/live", key, "")
    assert relay.put("/sources/primary", {"kind": "rtmp", "listen": True}).status_code == 204
    assert relay.stored() == row.address, "saving again keeps the key that was typed into the encoder"
    entries = relay.scene.rows_of(JournalEntry, action="relay.source_entry")
    assert [one.data["key"] for one in entries] == ["primary"]
    assert key not in str([one.data for one in relay.scene.rows_of(JournalEntry)])


def test_a_stored_answer_of_a_showing_holds_no_secret(relay: Relay) -> None:
    relay.put("/sources/backup", {"kind": "srt", "listen": True})
    first = relay.secretary.post(f"{relay.path}/sources/backup/entry", {}, key="hien-khoa-1").json
    again = relay.secretary.post(f"{relay.path}/sources/backup/entry", {}, key="hien-khoa-1").json
    assert first == again
    assert (first["url"], len(first["key"])) == ("srt://localhost:9001?mode=caller", 20)
    dumped = relay.scene.services.settings.data.joinpath("nghisu.db").read_bytes()
    assert dumped.count(first["key"].encode()) <= 1, "only where the source itself is kept"


def test_the_password_of_a_source_that_is_fetched_stays_hidden(relay: Relay) -> None:
    relay.source()
    assert code(relay.post("/sources/primary/entry")) == "relay_source_not_called"
    assert code(relay.post("/sources/backup/entry")) == "relay_source_not_found"
    # What was fetched from a camera is no address to listen at.
    assert relay.put("/sources/primary", {"kind": "rtsp", "listen": True}).status_code == 204
    assert "matkhau" not in relay.stored()


def test_an_encoder_gets_a_pass_that_opens_whip_for_its_source_until_a_day_after_the_start(relay: Relay) -> None:
    relay.put("/sources/primary", {"kind": "whip"})
    told = relay.post("/sources/primary/entry").json
    (conference,) = relay.scene.rows(Conference)
    assert told["url"] == f"http://localhost:8889/whip/{conference.id}"
    given = passes.read(relay.scene.services.keys, told["token"], clock.epoch_ms() / 1000)
    assert (given.conference, given.label, given.may) == (conference.id, "primary", "speak")
    assert told["expires_ms"] // 1000 == int(conference.starts_at.timestamp()) + 24 * 3600


def test_only_who_runs_the_relay_is_told_a_key(relay: Relay, client: Callable[..., Any]) -> None:
    relay.put("/sources/primary", {"kind": "rtmp", "listen": True})
    for role in ("administrator", "chair", "teller"):
        assert code(client(role).post(f"{relay.path}/sources/primary/entry", {})) == "forbidden"


def test_files_are_chosen_from_the_relays_folder_and_from_nowhere_else(relay: Relay) -> None:
    folder = relay.scene.services.settings.folder("relay")
    (folder / "dien tap.mp4").write_bytes(bytes(3 * 1024 * 1024))
    (folder / "ghi chú.txt").write_text("không phải phim")
    (folder / "recordings" / "1").mkdir(parents=True)
    (folder / "recordings" / "1" / "20260101T080000-1.mp4").write_bytes(b"x")
    (folder / "lối.mp4").symlink_to("/etc/hostname")
    assert relay.get("/source-choices").json["files"] == [{"name": "dien tap.mp4", "megabytes": 3.0}]
    for address in ("recordings/1/20260101T080000-1.mp4", "./dien tap.mp4", "../nghisu.db"):
        assert code(relay.put("/sources/primary", {"kind": "file", "address": address})) == "relay_address_wrong"
        assert code(relay.post("/sources/primary/probe", {"kind": "file", "address": address})) == "relay_address_wrong"


def test_capture_and_sound_devices_are_named(tmp_path: Path) -> None:
    (tmp_path / "video" / "video10").mkdir(parents=True)
    (tmp_path / "video" / "video2").mkdir()
    (tmp_path / "video" / "video2" / "name").write_text("HDMI Capture: HDMI\n")
    cards = tmp_path / "cards"
    cards.write_text(" 1 [Capture        ]: USB-Audio - HDMI Capture\n                      at usb-1\n")
    found = choices.choices(tmp_path, tmp_path / "video", cards)
    assert [(one.value, one.name) for one in found.devices] == [
        ("/dev/video2", "HDMI Capture: HDMI"), ("/dev/video10", ""),
    ]
    assert [(one.value, one.name) for one in found.sounds] == [("plughw:1,0", "USB-Audio - HDMI Capture")]
    assert choices.choices(tmp_path, tmp_path / "none", tmp_path / "none").sounds == []


@pytest.mark.parametrize(("kind", "sound"), [("device", "hw:0;rm"), ("device", "../x"), ("rtsp", "hw:0,0")])
def test_a_sound_device_belongs_to_a_capture_device(relay: Relay, kind: str, sound: str) -> None:
    body = {"kind": kind, "address": "/dev/video0" if kind == "device" else SECRET, "sound": sound}
    assert code(relay.put("/sources/primary", body)) == "relay_sound_wrong"
    good = {"kind": "device", "address": "/dev/video0", "sound": "plughw:1,0"}
    assert relay.put("/sources/primary", good).status_code == 204
    assert relay.topic()["conference"]["sources"][0]["sound"] == "plughw:1,0"


def test_a_source_in_use_is_looked_at_without_opening_it_a_second_time(relay: Relay) -> None:
    relay.live()
    number = relay.scene.rows(Conference)[0].id
    probe = Probe(video="hevc", width=1920, height=1080, fps=25, gop_s=2, audio="aac")
    now = SourceReport(key="primary", state="running", probe=probe, transcoding=("video", "audio"), cost_percent=36.4)
    seen.take(ConferenceReport(id=number, sources=(now,)))
    told = relay.post("/sources/primary/probe", {"kind": "rtsp"}).json
    assert (told["in_use"], told["probe"]["video"], told["transcoding"]) == (True, "hevc", ["video", "audio"])
    assert told["cost_percent"] == 36.4
    other = {"kind": "rtsp", "address": "rtsp://10.0.0.10/khac"}
    assert code(relay.post("/sources/primary/probe", other)) == "relay_away", "another address is asked of the relay"
    seen.conferences.clear()


def test_one_that_is_to_be_called_says_that_nobody_has_called(relay: Relay) -> None:
    assert relay.post("/sources/primary/probe", {"kind": "whip"}).json["why"] == "not_called"
    relay.put("/sources/primary", {"kind": "rtmp", "listen": True})
    number = relay.scene.rows(Conference)[0].id
    seen.take(ConferenceReport(id=number, sources=(SourceReport(key="primary", state="waiting"),)))
    assert relay.post("/sources/primary/probe", {"kind": "rtmp", "listen": True}).json["why"] == "not_called"
    seen.conferences.clear()


def test_what_an_encoder_types_in_is_taken_apart() -> None:
    rtmp = addresses.entry("rtmp", "rtmp://0.0.0.0:1935/live/K7", "10.1.2.3")
    assert (rtmp.url, rtmp.key) == ("rtmp://10.1.2.3:1935/live", "K7")
    srt = addresses.entry("srt", "srt://:9000?passphrase=bimatdai123&latency=200", "fe80::1")
    assert (srt.url, srt.key) == ("srt://[fe80::1]:9000?latency=200&mode=caller", "bimatdai123")
    assert addresses.entry("rtsp", "rtsp://10.0.0.1:8554/live/K7", "x").url == "rtsp://10.0.0.1:8554/live/K7"
