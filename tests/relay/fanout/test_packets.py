"""Packets: what is cut can be put together, and runs are what the kernel can cut."""

from aiortc.codecs.h264 import h264_depayload
from hypothesis import given
from hypothesis import strategies as st

from server.relay.daemon.fanout.packets import (
    FRAGMENT,
    MOST_IN_RUN,
    ROOM,
    h264_payloads,
    nal_units,
    profile_of,
    runs_of,
)

SPS, PPS = b"\x67\x64\x00\x1f\xac", b"\x68\xee\x3c\x80"


def annex_b(*units: bytes, code: bytes = b"\0\0\0\1") -> bytes:
    return b"".join(code + unit for unit in units)


def put_together(payloads: list[bytes]) -> list[bytes]:
    return list(nal_units(b"".join(map(h264_depayload, payloads))))


sizes = st.lists(st.integers(1, 5 * ROOM), min_size=1, max_size=6)


@given(sizes)
def test_what_was_cut_into_packets_is_put_together_by_a_stranger(lengths: list[int]) -> None:
    units = [bytes([0x65]) + b"\x5a" * length for length in lengths]
    assert put_together(h264_payloads(annex_b(*units))) == units


@given(sizes)
def test_no_packet_is_larger_than_the_path_and_all_of_a_run_but_the_last_are_alike(lengths: list[int]) -> None:
    payloads = h264_payloads(annex_b(*(bytes([0x41]) + b"\x7e" * length for length in lengths)))
    runs = list(runs_of(payloads))
    assert [one for run in runs for one in run.payloads] == payloads
    for run in runs:
        assert len(run.payloads) <= MOST_IN_RUN
        assert {len(one) for one in run.payloads[:-1]} <= {ROOM}
        assert len(run.payloads[-1]) <= ROOM
    assert [run.last_in_frame for run in runs] == [False] * (len(runs) - 1) + [True]


def test_parameter_sets_travel_together_and_a_large_picture_in_pieces_of_one_size() -> None:
    idr = b"\x65" + b"\x11" * (3 * FRAGMENT)
    payloads = h264_payloads(annex_b(b"\x09\xf0", SPS, PPS, idr))
    assert payloads[0][0] & 31 == 24
    assert [len(one) for one in payloads[1:]] == [ROOM] * 3
    assert put_together(payloads) == [SPS, PPS, idr]


def test_three_byte_start_codes_and_nothing_at_all_are_understood() -> None:
    assert list(nal_units(annex_b(SPS, PPS, code=b"\0\0\1"))) == [SPS, PPS]
    assert h264_payloads(b"") == []
    assert h264_payloads(b"no start code") == []
    assert h264_payloads(annex_b(b"\x09\xf0")) == []


def test_the_profile_is_read_from_the_parameter_set() -> None:
    assert profile_of(annex_b(b"\x09\xf0", SPS, PPS)) == 100
    assert profile_of(annex_b(b"\x41\x00")) == 0


def test_a_run_is_laid_out_with_room_for_each_packet_s_seal() -> None:
    run = next(iter(runs_of([b"a" * ROOM, b"b" * 10])))
    laid = run.laid_out(96, 7, 0xFFFF, 5, 1216)
    assert len(laid) == 1216 + 12 + 10
    assert laid[:4] == bytes([0x80, 96, 0xFF, 0xFF])
    assert laid[1216:1220] == bytes([0x80, 96 | 0x80, 0, 0])
