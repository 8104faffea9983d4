"""The private names of aiortc, aioice and pylibsrtp that the fan-out leans on: when one is gone, this says which.

aiortc is pinned exactly (pyproject.toml); run this before raising the pin.
"""

import asyncio
import inspect
from importlib.metadata import version
from typing import Any

from aiortc import RTCConfiguration, RTCPeerConnection, RTCRtpSender
from aiortc.codecs import CODECS, get_capabilities
from aiortc.rtcdtlstransport import RTCDtlsTransport, RtpRouter
from pylibsrtp import Policy, Session
from pylibsrtp._binding import ffi, lib

from server.relay.daemon.fanout.link import TAGS
from server.relay.daemon.fanout.peer import MORE_PROFILES, Outlet, know_profiles


def test_the_pinned_release_is_the_one_that_is_installed() -> None:
    assert version("aiortc") == "1.16.0"


def test_a_sender_is_asked_only_what_ours_answers() -> None:
    assert inspect.iscoroutinefunction(RTCRtpSender.send)
    assert inspect.iscoroutinefunction(RTCRtpSender.stop)
    assert inspect.iscoroutinefunction(RTCRtpSender._handle_rtcp_packet)
    assert list(inspect.signature(RTCRtpSender.send).parameters) == ["self", "parameters"]
    routed = inspect.getsource(RtpRouter.route_rtcp) + inspect.getsource(RTCDtlsTransport._handle_rtcp_data)
    assert "self.senders.get(report.ssrc)" in routed
    assert "recipient._handle_rtcp_packet(packet)" in routed


def test_a_connection_lets_its_sender_become_ours_and_shows_what_we_need() -> None:
    async def story() -> None:
        connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        sender: Any = connection.addTransceiver("video", direction="sendonly").sender
        sender.__class__ = Outlet
        assert isinstance(sender, Outlet)
        assert sender.kind == "video"
        assert isinstance(sender._ssrc, int)
        assert isinstance(sender._rtx_ssrc, int)
        transport: Any = sender.transport
        for name in ("_register_rtp_sender", "_unregister_rtp_sender", "_send_rtp", "_tx_srtp", "_ssl", "transport"):
            assert hasattr(transport, name), name
        assert transport.transport._connection._nominated == {}
        await connection.close()

    asyncio.run(story())


def test_an_srtp_session_can_be_sealed_in_place() -> None:
    session: Any = Session(Policy(key=bytes(range(30)), ssrc_type=Policy.SSRC_ANY_OUTBOUND))
    packet = bytes([0x80, 96, 0, 1]) + bytes(8) + b"payload"
    room, length = ffi.new("char[]", 64), ffi.new("int *")
    ffi.memmove(room, packet, len(packet))
    length[0] = len(packet)
    assert lib.srtp_protect(session._srtp[0], room, length) == 0
    assert length[0] == len(packet) + TAGS[b"SRTP_AES128_CM_SHA1_80"]
    opener = Session(Policy(key=bytes(range(30)), ssrc_type=Policy.SSRC_ANY_INBOUND))
    assert opener.unprotect(bytes(ffi.buffer(room, length[0]))) == packet


def test_all_profiles_of_h264_that_pass_through_can_be_negotiated() -> None:
    know_profiles()
    know_profiles()
    known = [str(one.parameters.get("profile-level-id")) for one in CODECS["video"] if one.name == "H264"]
    assert {"42e01f", "42001f", *MORE_PROFILES} == set(known)
    assert len(known) == len(set(known))
    assert any(one.mimeType == "video/rtx" for one in get_capabilities("video").codecs)
