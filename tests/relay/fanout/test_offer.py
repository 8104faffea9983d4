"""Offers from strangers: whatever they say, the answer is an SDP or a refusal in words."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

import server.relay.refusals  # noqa: F401  (declares what can be refused)
from server.core.errors import Refused
from server.relay.daemon.fanout.offer import checked

MEDIA = """m={kind} 9 UDP/TLS/RTP/SAVPF {pt}
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=candidate:1 1 udp 2113937151 6ba7b810-9dad-11d1-80b4-00c04fd430c8.local 53000 typ host
a=end-of-candidates
a=ice-ufrag:abcd
a=ice-pwd:0123456789012345678901
a=fingerprint:sha-256 {print}
a=setup:actpass
a=mid:{mid}
a={direction}
a=rtcp-mux
a=rtpmap:{pt} {codec}
"""
HEAD = "v=0\no=- 1 2 IN IP4 127.0.0.1\ns=-\nt=0 0\n"


def media(kind: str, mid: str, direction: str = "recvonly") -> str:
    codec = "H264/90000" if kind == "video" else "opus/48000/2"
    return MEDIA.format(
        kind=kind, mid=mid, pt=96 if kind == "video" else 111, codec=codec, direction=direction,
        print=":".join(["AB"] * 32),
    )


GOOD = HEAD + "a=group:BUNDLE 0 1\n" + media("video", "0") + media("audio", "1")


def test_a_browser_s_offer_is_taken_and_its_candidates_are_left_out() -> None:
    clean, kinds = checked(GOOD)
    assert kinds == ("video", "audio")
    assert ".local" not in clean
    assert "end-of-candidates" not in clean


@pytest.mark.parametrize("bad", [
    "", "v=0", "hello", GOOD[:300], HEAD,
    GOOD.replace("a=group:BUNDLE 0 1\n", ""),                          # two connections
    HEAD + "a=group:BUNDLE 0 1\n" + media("video", "0") * 2,           # two pictures
    HEAD + "a=group:BUNDLE 0\n" + media("video", "0", "sendonly"),     # wants to send
    HEAD + "a=group:BUNDLE 0\n" + media("video", "0").replace("a=rtcp-mux\n", ""),
    HEAD + "a=group:BUNDLE 0\n" + media("video", "0").replace("a=ice-pwd", "a=nothing"),
    GOOD + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\n",
    GOOD + "a=x\n" * 3000,
    GOOD + "a=" + "y" * 70_000,
])
def test_an_offer_of_another_shape_is_refused(bad: str) -> None:
    with pytest.raises(Refused) as refused:
        checked(bad)
    assert refused.value.code == "relay_offer_wrong"


@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.text(max_size=30))
def test_a_damaged_offer_is_taken_or_refused_and_never_more(at: int, cut: int, noise: str) -> None:
    with suppress(Refused):
        clean, kinds = checked(GOOD[:at] + noise + GOOD[at + cut :])
        assert not any(line.startswith("a=candidate:") for line in clean.splitlines())
        assert kinds
