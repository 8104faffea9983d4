"""H.264 as bytes: what passes is recognised, what would harm a reader is named and nothing else happens."""

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.relay.daemon.ingest import nal, opus
from server.relay.daemon.units import Track
from tests.relay.clip import Recipe, clip, make, units


def test_an_sps_gives_the_size_that_was_coded() -> None:
    for recipe in (Recipe(seconds=1), Recipe(seconds=1, width=642, height=362), Recipe(seconds=1, b_frames=2)):
        with av.open(str(make(recipe))) as file:
            size, sets = nal.parameter_sets(file.streams.video[0].codec_context.extradata or b"")
        found = nal.shape(next(one for one in sets if nal.kind(one) == nal.SPS))
        assert size == 4
        assert (found.width, found.height, found.passable) == (recipe.width, recipe.height, True)


def test_b_slices_are_seen_and_only_where_they_are() -> None:
    for name, expected in (("h264", False), ("bframes", True)):
        with av.open(str(clip(name))) as file:
            video = file.streams.video[0]
            passing = nal.Passing(video.codec_context.extradata)
            taken = [passing.take(bytes(packet)) for packet in file.demux(video) if packet.size]
        assert any(picture is not None and picture.b_slices for picture in taken) is expected


def test_an_idr_comes_with_its_parameter_sets_even_when_they_were_sent_once() -> None:
    passing = nal.Passing(None)
    given_units = [one for one in units(clip("h264")) if one.track is Track.VIDEO]
    first = passing.take(given_units[0].payload)
    bare = b"".join(nal.START + one for one in nal.split(given_units[15].payload) if nal.kind(one) == nal.IDR)
    second = passing.take(bare)
    assert first is not None
    assert second is not None
    assert [nal.kind(one) for one in nal.split(second.payload)] == [nal.SPS, nal.PPS, nal.IDR]


def test_an_idr_without_parameter_sets_is_no_picture() -> None:
    with pytest.raises(nal.BadVideo):
        nal.Passing(None).take(nal.START + b"\x65\x88\x80")


def test_a_picture_of_countless_units_is_not_taken() -> None:
    with pytest.raises(nal.BadVideo):
        nal.Passing(None).take((nal.START + b"\x06\x01") * 100_000)


@given(data=st.binary(max_size=400), extradata=st.binary(max_size=60))
def test_any_bytes_are_a_picture_or_bad(data: bytes, extradata: bytes) -> None:
    passing = nal.Passing(None)
    for prefix in (b"", nal.START, nal.START + b"\x67", nal.START + b"\x68", nal.START + b"\x65"):
        try:
            picture = passing.take(prefix + data)
        except nal.BadVideo:
            continue
        assert picture is None or picture.payload.startswith(nal.START)
    try:
        nal.Passing(b"\x01" + extradata).take(data)
    except nal.BadVideo:
        return


@pytest.mark.parametrize(("packet", "length"), [
    (b"", 0), (b"\xfc", 960), (b"\xfd", 1920), (b"\x08", 960), (b"\x00", 480), (b"\x63", 0), (b"\xf3\x02", 960),
])
def test_how_long_an_opus_packet_is(packet: bytes, length: int) -> None:
    assert opus.samples(packet) == length


@given(st.binary(max_size=10))
def test_any_bytes_have_a_length_in_opus(packet: bytes) -> None:
    assert 0 <= opus.samples(packet) <= 63 * 2880
