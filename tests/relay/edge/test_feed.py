"""The encrypted feed between the centre's gate and an edge."""

import asyncio
import contextlib
import random
from pathlib import Path

import pytest
import zmq
import zmq.asyncio

from server.core.keys import Keys
from server.relay import curve
from server.relay.daemon.feedline import FeedAddress, Figures, Take, feed_address
from server.relay.daemon.units import Flag, Track
from tests.relay.edge.parts import GOP, PATIENCE, Program, edge, gate, public_key, running, until


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    return tmp_path / "centre"


@pytest.fixture
def room(tmp_path: Path) -> Path:
    return tmp_path / "room"


def test_edge_on_the_list_gets_pictures_from_an_idr_on_and_sound(centre: Path, room: Path) -> None:
    async def scene() -> None:
        program = Program(centre)
        async with (
            gate(centre, {"edge-7": public_key(room)}) as door, running(program.play()),
            edge(room, centre, door.port) as got,
        ):
            await until(lambda: len(got.of(Track.VIDEO)) > 40 and len(got.of(Track.AUDIO)) > 20, "pictures and sound")
            assert got.of(Track.VIDEO)[0].key
            assert got.of(Track.VIDEO)[0].flags & Flag.DISCONTINUITY
            assert got.numbers == list(range(got.numbers[0], got.numbers[0] + len(got.numbers)))
            assert [line.label for line in door.lines.values()] == ["edge-7"]

    asyncio.run(scene())


def test_edge_that_comes_between_two_idrs_begins_without_waiting_for_the_next(centre: Path, room: Path) -> None:
    async def scene() -> None:
        program = Program(centre)
        async with gate(centre, {"edge-7": public_key(room)}) as door:
            await asyncio.sleep(0.3)  # PUB/SUB joins
            for _ in range(GOP + 4):
                program.picture()
            await until(lambda: len(door.gops["3/program"].units) == 4, "the gate has the group")
            async with edge(room, centre, door.port) as got:
                await until(lambda: len(got.numbers) == 4, "the group")
                assert got.numbers == [10, 11, 12, 13]
        program.publisher.close()

    asyncio.run(scene())


def test_edge_whose_key_is_not_on_the_list_gets_nothing(centre: Path, room: Path, tmp_path: Path) -> None:
    async def scene() -> None:
        listed = {"edge-7": public_key(room)}
        async with (
            gate(centre, listed) as door, running(Program(centre).play()),
            edge(tmp_path / "stranger", centre, door.port) as stranger, edge(room, centre, door.port) as got,
        ):
            await until(lambda: len(got.units) > 60, "pictures for the one on the list")
            assert stranger.units == []
            assert [line.label for line in door.lines.values()] == ["edge-7"]

    asyncio.run(scene())


def test_edge_taken_off_the_list_gets_nothing_more_and_one_put_on_it_begins(centre: Path, room: Path) -> None:
    async def scene() -> None:
        listed = [{"label": "edge-7", "public_key": public_key(room)}]
        async with gate(centre, {}) as door, running(Program(centre).play()), edge(room, centre, door.port) as got:
            await asyncio.sleep(0.5)
            assert got.units == []
            door.configure({"conferences": [3], "edges": listed})
            await until(lambda: len(got.units) > 20, "pictures after it was put on the list")
            door.configure({"conferences": [3], "edges": []})
            await asyncio.sleep(0.5)
            had = len(got.units)
            await asyncio.sleep(1)
            assert len(got.units) == had
            assert door.lines == {}

    asyncio.run(scene())


def test_feed_goes_on_when_the_gate_starts_again_and_shows_no_picture_twice(centre: Path, room: Path) -> None:
    async def scene() -> None:
        keys = {"edge-7": public_key(room)}
        async with running(Program(centre).play()), contextlib.AsyncExitStack() as stack:
            async with gate(centre, keys) as door:
                port = door.port
                got = await stack.enter_async_context(edge(room, centre, port))
                await until(lambda: len(got.units) > 20, "pictures")
            had = len(got.numbers)
            async with gate(centre, keys, port):
                await until(lambda: len(got.numbers) > had + 20, "pictures again")
            assert got.numbers == sorted(set(got.numbers))
            first = next(unit for unit in got.of(Track.VIDEO)[had:] if unit.flags & Flag.DISCONTINUITY)
            assert first.key

    asyncio.run(scene())


def test_newer_line_of_an_edge_takes_the_place_of_the_older(centre: Path, room: Path) -> None:
    async def scene() -> None:
        async with (
            gate(centre, {"edge-7": public_key(room)}) as door, running(Program(centre).play()),
            edge(room, centre, door.port) as first,
        ):
            await until(lambda: len(first.units) > 5, "pictures")
            old = set(door.lines)
            copied = curve.pair(Keys(room / "keys"))
            socket = _dealer(door.port, public_key(centre).encode(), copied)
            await socket.send(Take(streams={"3/program": "sound"}).model_dump_json().encode())
            await until(lambda: bool(set(door.lines) - old), "the newer line")
            assert len(door.lines) == 1
            socket.close()

    asyncio.run(scene())


def test_an_edge_that_calls_under_the_name_of_another_s_line_gets_a_line_of_its_own(centre: Path, room: Path) -> None:
    other = room.parent / "other"

    async def scene() -> None:
        listed = {"edge-7": public_key(room), "edge-8": public_key(other)}
        async with gate(centre, listed) as door:
            async def called(by: Path, label: str) -> zmq.asyncio.Socket:
                socket = _dealer(door.port, public_key(centre).encode(), curve.pair(Keys(by / "keys")), b"same")
                take = Take(streams={"3/program": "all"}, figures={"3": Figures(rung="top")})
                while [line.label for line in door.lines.values()] != [label]:
                    await socket.send(take.model_dump_json().encode())
                    await asyncio.sleep(0.05)
                return socket

            async with asyncio.timeout(PATIENCE):
                first = await called(room, "edge-7")
                first.close()
                await asyncio.sleep(0.3)  # the name is free; its line is kept for a while, it may come back
                assert [line.label for line in door.lines.values()] == ["edge-7"]
                second = await called(other, "edge-8")
            assert [(number, row.label) for number, row in door.rows()] == [(3, "edge-8")]
            second.close()

    asyncio.run(scene())


def test_garbage_at_the_gate_harms_nobody(centre: Path, room: Path) -> None:
    async def scene() -> None:
        async with (
            gate(centre, {"edge-7": public_key(room), "edge-8": public_key(room.parent / "other")}) as door,
            running(Program(centre).play()), edge(room, centre, door.port) as got,
        ):
            await until(lambda: len(got.units) > 5, "pictures")
            dice = random.Random(4)
            for _ in range(5):
                _reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
                writer.write(dice.randbytes(300))
                await writer.drain()
                writer.close()
            bad = _dealer(door.port, public_key(centre).encode(), curve.pair(Keys(room.parent / "other" / "keys")))
            for word in (b"", b"{", b'{"streams": {"../../x": "all"}}', b'{"streams": 4}', dice.randbytes(2000)):
                await bad.send(word)
            await bad.send_multipart([b"a", b"b", b"c"])
            had = len(got.units)
            await until(lambda: len(got.units) > had + 50, "pictures go on")
            assert got.numbers == list(range(got.numbers[0], got.numbers[0] + len(got.numbers)))
            bad.close()

    asyncio.run(scene())


def test_feed_measures_the_line_and_brings_moments_of_capture_to_its_own_clock(centre: Path, room: Path) -> None:
    async def scene() -> None:
        async with (
            gate(centre, {"edge-7": public_key(room)}) as door, running(Program(centre).play()),
            edge(room, centre, door.port) as got,
        ):
            await until(lambda: got.feed.figures().kbps > 0 and bool(got.feed.offset.ns), "figures")
            assert got.feed.figures().rung == "top"
            assert got.feed.figures().delay_ms < 1000
            await until(lambda: any(line.figures for line in door.lines.values()), "the gate knows them")

    asyncio.run(scene())


@pytest.mark.parametrize("text", [
    "", "tcp://h:1/3?key=" + "0" * 64, "feed://h/3?key=" + "0" * 64, "feed://h:1/x?key=" + "0" * 64, "feed://h:1/3",
    "feed://h:1/3?key=00", "feed://h:1/3?key=" + "z" * 64,
])
def test_address_of_a_feed_that_is_wrong_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        FeedAddress.parse(text)


@pytest.mark.parametrize("host", ["10.0.0.1", "fd00::1", "trung-tam.lan"])
def test_address_of_a_feed_is_read_as_it_was_written(host: str) -> None:
    key = "ab" * 32
    read = FeedAddress.parse(feed_address(host, 8890, 12, key, low=True))
    assert (read.host, read.port, read.conference, read.low) == (host, 8890, 12, True)
    assert curve.in_hex(read.key.decode()) == key


def _dealer(port: int, server: bytes, mine: curve.Pair, name: bytes = b"") -> zmq.asyncio.Socket:
    socket = zmq.asyncio.Context.instance().socket(zmq.DEALER)
    if name:
        socket.setsockopt(zmq.IDENTITY, name)
    socket.curve_serverkey, socket.curve_publickey, socket.curve_secretkey = server, mine.public, mine.secret
    socket.setsockopt(zmq.LINGER, 0)
    socket.connect(f"tcp://127.0.0.1:{port}")
    return socket
