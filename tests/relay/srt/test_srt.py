"""SRT between centre and edge: who is let in, what comes out, what is seen of secrets; over the real library."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import av
import pytest

from server.core.config import Settings
from server.core.keys import Keys
from server.relay import curve
from server.relay.daemon import giving
from server.relay.daemon.srt import library as srt
from server.relay.daemon.srt.library import SrtError
from server.relay.daemon.srt.secret import passphrase, stream_id
from server.relay.daemon.srt.sender import Sender
from server.relay.daemon.srt.stream import Stream
from server.relay.daemon.streams import Publisher, stream_name
from server.relay.daemon.units import Flag, Track, Unit
from server.relay.daemon.wire import sockets_folder
from server.relay.reports import ViewerReport
from tests.ports import free_port
from tests.relay.clip import clip, play, units
from tests.relay.edge.parts import child, public_key, running, until
from tests.relay.ingest.stage import both, ingesting, pictures, sounds
from tests.relay.lossy import LossyLine

DATA = range(128)  # the first byte of SRT's data packets; those with the highest bit set are its own words


def keys(data: Path) -> curve.Pair:
    return curve.pair(Keys(Settings(data=data).folder("keys")))


def listed(room: Path, turn: str = "1.0", rung: str = "top") -> dict[str, Any]:
    return {
        "label": "edge-7", "public_key": public_key(room), "srt": [{"conference": 3, "rung": rung, "turn": turn}],
    }


def secret(room: Path, centre: Path, turn: str = "1.0") -> str:
    return passphrase(keys(room), public_key(centre), label="edge-7", conference=3, turn=turn)


@contextlib.asynccontextmanager
async def centre_of(data: Path, room: Path, port: int) -> AsyncIterator[Sender]:
    """A centre whose program is a clip, with one edge on its list."""
    publisher = Publisher(sockets_folder(Settings(data=data).folder("run")), stream_name(3, "program"))
    sender = Sender(child(data, "srt", {"conferences": [3], "edges": [listed(room)], "port": port}))
    async with running(play(publisher, clip("h264"), size=(320, 180))), running(sender.run()):
        yield sender
    publisher.close()
    sender.child.line.close()


async def tried(port: int, stream: str, word: str) -> str:
    """What comes of a call: "in", or why not."""
    try:
        line = await asyncio.to_thread(srt.call, "127.0.0.1", port, stream=stream, passphrase=word, patience_ms=1500)
    except SrtError as error:
        return error.kind
    await asyncio.to_thread(line.close)
    return "in"


def test_both_ends_make_the_same_passphrase_and_a_new_turn_another(tmp_path: Path) -> None:
    room, centre = tmp_path / "room", tmp_path / "centre"
    there = passphrase(keys(centre), public_key(room), label="edge-7", conference=3, turn="1.0")
    assert secret(room, centre) == there
    stranger = passphrase(keys(tmp_path / "other"), public_key(centre), label="edge-7", conference=3, turn="1.0")
    assert len({there, stranger, secret(room, centre, "2.0")}) == 3


def test_a_program_in_mpeg_ts_comes_back_as_it_went_in() -> None:
    stream, made = Stream("top"), []
    sent = units(clip("h264"))
    first = next(at for at, one in enumerate(sent) if one.key)
    for number, one in enumerate(sent):
        flags = Flag.KEY if one.key else Flag.NONE
        made += stream.take(Unit(one.track, flags, 1, number, one.pts90 + 900_000, 0, one.payload, 320, 180))
        assert all(len(message) <= srt.PAYLOAD for message in made[-20:])
    stream.close()
    with av.open(io.BytesIO(b"".join(made)), format="mpegts") as read:
        got: dict[str, list[bytes]] = {"video": [], "audio": []}
        for packet in read.demux():
            if packet.size:
                got[packet.stream.type].append(bytes(packet))
    heard = [one.payload for one in sent[first:] if one.track is Track.AUDIO]
    assert got["audio"] == heard[:len(got["audio"])]
    assert len(got["audio"]) >= len(heard) - 6, "only what the muxer still held is missing"
    assert len(got["video"]) >= sum(one.track is Track.VIDEO for one in sent) - 3


def test_only_an_edge_on_the_list_with_the_passphrase_of_this_turn_gets_in(tmp_path: Path) -> None:
    room, centre, port = tmp_path / "room", tmp_path / "centre", free_port()

    async def scene() -> None:
        name, word = stream_id("edge-7", 3, "top"), secret(room, centre)
        async with centre_of(centre, room, port) as sender:
            await asyncio.sleep(0.3)
            assert await tried(port, name, word) == "in"
            assert await tried(port, name, secret(room, centre, "0.9")) == "refused"
            assert await tried(port, name, "") == "refused"
            assert await tried(port, stream_id("edge-7", 3, "low"), word) == "refused", "a rung it is not given"
            assert await tried(port, stream_id("edge-8", 3, "top"), word) == "refused"
            assert await tried(port, "", word) == "refused"
            sender.configure({"edges": []})
            assert await tried(port, name, word) == "refused"

    asyncio.run(scene())


@pytest.mark.parametrize("change", ["taken off", "new turn", "lower rung"])
def test_an_edge_whose_grant_changes_is_cut_off_at_once(tmp_path: Path, change: str) -> None:
    room, centre, port = tmp_path / "room", tmp_path / "centre", free_port()
    after = {"taken off": [], "new turn": [listed(room, "2.0")], "lower rung": [listed(room, rung="low")]}[change]

    async def scene() -> None:
        async with centre_of(centre, room, port) as sender:
            await asyncio.sleep(0.3)
            line = await asyncio.to_thread(
                srt.call, "127.0.0.1", port, stream=stream_id("edge-7", 3, "top"), passphrase=secret(room, centre)
            )
            await until(lambda: len(sender.callers) == 1, "the edge is on the line")
            sender.configure({"edges": [listed(room)]})
            assert len(sender.callers) == 1, "the same list again harms nobody"
            sender.configure({"edges": after})
            assert sender.callers == []
            assert sender.streams == {}, "nothing is packed that nobody takes"
            await until(lambda: not line.alive, "the line ends at the edge too")
            line.close()

    asyncio.run(scene())


def test_an_edge_takes_pictures_and_sound_untouched_and_no_command_line_holds_the_passphrase(tmp_path: Path) -> None:
    room, centre, port = tmp_path / "room", tmp_path / "centre", free_port()
    word = secret(room, centre)
    name = stream_id("edge-7", 3, "top").replace("#", "%23").replace("=", "%3D").replace(",", "%2C")
    address = f"srt://127.0.0.1:{port}?streamid={name}&passphrase={word}"

    async def scene() -> None:
        async with centre_of(centre, room, port), ingesting(room, kind="srt", address=address) as stage:
            found = await stage.units(both(30))
            assert word not in "".join(_command_lines())
            assert not any("address" in said and word in said for said in stage.desk.words)
        sent = {one.payload for one in units(clip("h264"))}
        assert all(one.payload in sent for one in sounds(found)), "Opus is not made anew"
        report = stage.desk.reports[-1]
        assert report["transcoding"] == []
        assert pictures(found)[0].key

    asyncio.run(scene())


@pytest.mark.parametrize(("percent", "is_told"), [
    (8, lambda resent, late: resent > 2 and late == 0), (97, lambda resent, late: resent > 20 and late > 1),
])
def test_what_is_sent_again_in_time_is_no_loss_and_what_comes_too_late_is_told_by_the_edge(
    tmp_path: Path, percent: int, is_told: Callable[[float, float], bool]
) -> None:
    room, centre, port = tmp_path / "room", tmp_path / "centre", free_port()
    query = urlencode({"streamid": stream_id("edge-7", 3, "top"), "passphrase": secret(room, centre)})

    async def scene() -> None:
        with LossyLine(media=DATA) as line:
            address = f"srt://127.0.0.1:{line.to(('127.0.0.1', port))}?{query}"
            async with centre_of(centre, room, port) as sender, ingesting(room, kind="srt", address=address) as stage:
                rows = heard_of(sender)
                await stage.units(both(10))
                line.percent = percent
                await until(lambda: bool(rows) and bool(stage.desk.reports) and is_told(
                    rows[-1].resent_percent, stage.desk.reports[-1]["loss_percent"]), "what the line loses")
                assert (rows[-1].way, rows[-1].label, rows[-1].rung) == ("srt", "edge-7", "top")
                if percent < 50:
                    assert max(row.loss_percent for row in rows) == 0
                    assert max(said["loss_percent"] for said in stage.desk.reports) == 0

    asyncio.run(scene())


def heard_of(sender: Sender) -> list[ViewerReport]:
    """What the sender tells of its edges from now on."""
    heard: list[ViewerReport] = []
    rows = sender.rows

    def listened() -> list[giving.Row]:
        found = rows()
        heard.extend(row for _, row in found)
        return found

    sender.rows = listened  # type: ignore[method-assign]
    return heard


def _command_lines() -> list[str]:
    found = []
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found.append(one.read_text(errors="replace"))
    return found
