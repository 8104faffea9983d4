"""The simulated seat's own small client: what it sends can be read, and what it reads may come in any pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wsproto import ConnectionType
from wsproto.connection import Connection
from wsproto.events import TextMessage

from server.core.websocket import text_frame
from server.rehearsal.fleet import percentile
from server.rehearsal.wire import FrameReader, HttpReader, WireError, frame, parse_packet


def in_pieces(data: bytes, sizes: list[int]) -> list[bytes]:
    pieces = []
    for size in sizes:
        pieces.append(data[:size])
        data = data[size:]
    return [*pieces, data]


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65535, 65536, 70000])
def test_a_frame_of_ours_is_read_by_a_server(length: int) -> None:
    server = Connection(ConnectionType.SERVER)
    server.receive_data(frame("x" * length))
    got = "".join(event.data for event in server.events() if isinstance(event, TextMessage))
    assert got == "x" * length


@given(st.lists(st.text(max_size=300), max_size=5), st.lists(st.integers(0, 200), max_size=8))
def test_frames_may_come_in_any_pieces(texts: list[str], sizes: list[int]) -> None:
    reader = FrameReader()
    got = []
    for piece in in_pieces(b"".join(text_frame(text) for text in texts), sizes):
        got += [payload.decode() for _, payload in reader.feed(piece)]
    assert got == texts


@given(st.integers(0, 150))
def test_answers_may_come_in_any_pieces(cut: int) -> None:
    whole = (
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
        b"HTTP/1.1 404 NOT FOUND\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        b"HTTP/1.1 204 NO CONTENT\r\n\r\n"
    )
    reader = HttpReader()
    found = [*reader.feed(whole[:cut]), *reader.feed(whole[cut:])]
    assert [(one.status, one.body) for one in found] == [(200, b"hello"), (404, b"abc"), (204, b"")]


def test_what_is_not_the_protocol_is_an_error() -> None:
    with pytest.raises(WireError):
        list(HttpReader().feed(b"SSH-2.0-x\r\n\r\n"))
    for text in (b"", b"9", b"49", b"x"):
        with pytest.raises(WireError):
            parse_packet(text)


def test_packets_are_understood() -> None:
    assert parse_packet(b'0{"sid":"a"}').data == {"sid": "a"}
    assert parse_packet(b"2").kind == "ping"
    assert (parse_packet(b'42["topic",{"version":3}]').kind, parse_packet(b'4312[{"ok":true}]').ack) == ("event", 12)


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100), (0.001, 1)])
def test_percentiles_are_values_that_occurred(share: float, value: int) -> None:
    assert percentile(range(1, 101), share) == value


def test_the_percentile_of_few_values() -> None:
    assert percentile([7.0], 0.99) == 7.0
    assert percentile([], 0.5) == 0.0
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
