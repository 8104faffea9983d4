"""aiortc's connection to one viewer with our sender in the place of its own.

aiortc does ICE, DTLS, the SDP and the parsing of RTCP. A `RTCRtpSender` becomes an `Outlet` by its class: nothing of
aiortc's own sending is left, only what it is asked by the connection (send, stop, _handle_rtcp_packet).
"""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCRtpSender, RTCSessionDescription
from aiortc.codecs import CODECS, get_capabilities
from aiortc.rtcrtpparameters import RTCRtpCodecParameters, RTCRtpSendParameters
from aiortc.rtp import AnyRtcpPacket, RtcpByePacket, RtcpSdesPacket, RtcpSenderInfo, RtcpSourceInfo, RtcpSrPacket

from server.core.errors import Refused
from server.relay.daemon.fanout import offer as offers
from server.relay.daemon.fanout.link import Link, LinkLost
from server.relay.daemon.fanout.viewer import Viewer
from server.relay.daemon.guest import Guest

log = structlog.get_logger(__name__)

CONNECT_WITHIN = 15.0  # seconds from the answer to SRTP keys
MORE_PROFILES = {"4d001f": 77, "64001f": 100, "640c1f": 100}  # main, high, constrained high; aiortc knows baseline
PROFILES = {"42": 66, "4d": 77, "64": 100}


def know_profiles() -> None:
    """Teach aiortc to negotiate the H.264 profiles we pass through beside its own two (once a process)."""
    known = {str(codec.parameters.get("profile-level-id")) for codec in CODECS["video"]}
    sample = next(codec for codec in CODECS["video"] if codec.mimeType == "video/H264")
    for profile in MORE_PROFILES:
        if profile not in known:
            number = max(codec.payloadType or 0 for codec in CODECS["video"]) + 1
            CODECS["video"] += [
                RTCRtpCodecParameters(
                    mimeType="video/H264", clockRate=90_000, payloadType=number,
                    rtcpFeedback=list(sample.rtcpFeedback),
                    parameters={**sample.parameters, "profile-level-id": profile},
                ),
                RTCRtpCodecParameters(
                    mimeType="video/rtx", clockRate=90_000, payloadType=number + 1, parameters={"apt": number},
                ),
            ]


class Outlet(RTCRtpSender):
    """A sender that sends nothing by itself: it opens the viewer's link and hands over what the viewer reports."""

    _viewer: Viewer
    _opened: Callable[[], None]
    _registered = False

    async def send(self, parameters: RTCRtpSendParameters) -> None:
        """The connection stands: packets may go out under the negotiated payload types."""
        if self._registered:
            return
        self._registered = True
        self.transport._register_rtp_sender(self, parameters)
        if self.kind == "video":
            self._viewer.profiles = profiles_of(parameters.codecs)
        else:
            self._viewer.sound.kind = parameters.codecs[0].payloadType or 0
        if self._viewer.link is None:
            try:
                self._viewer.link = Link(self.transport)
            except LinkLost:
                self._viewer.lost = True
        self._opened()

    async def stop(self) -> None:
        """The connection ends."""
        if self._registered:
            self.transport._unregister_rtp_sender(self)

    async def _handle_rtcp_packet(self, packet: AnyRtcpPacket) -> None:
        self._viewer.heard(self.kind, packet)

    async def tell(self, cname: str, report: RtcpSenderInfo | None) -> None:
        """Send a sender report, or BYE without one (RFC 3550 §6.4.1, §6.6)."""
        source = RtcpSourceInfo(ssrc=self._ssrc, items=[(1, cname.encode())])
        first: Any = RtcpByePacket([self._ssrc]) if report is None else RtcpSrPacket(self._ssrc, report)
        await self.transport._send_rtp(bytes(first) + (b"" if report is None else bytes(RtcpSdesPacket([source]))))


def profiles_of(codecs: list[RTCRtpCodecParameters]) -> dict[int, tuple[int, int]]:
    """profile_idc → (payload type, payload type of its RTX or 0); 0 → the one for any other profile."""
    rtx = {codec.parameters.get("apt"): codec.payloadType or 0 for codec in codecs if codec.name.lower() == "rtx"}
    found: dict[int, tuple[int, int]] = {}
    for codec in codecs:
        if codec.name.lower() != "rtx":
            profile = PROFILES.get(str(codec.parameters.get("profile-level-id", "42e01f"))[:2].lower(), 0)
            found.setdefault(profile, (codec.payloadType or 0, rtx.get(codec.payloadType, 0)))
    if found:
        found.setdefault(0, found.get(66) or next(iter(found.values())))
    return found


class Peer:
    """One viewer's connection."""

    def __init__(
        self, viewer: Viewer, guest: Guest, ssrcs: dict[str, tuple[int, int]], on_open: Callable[[], None]
    ) -> None:
        self.viewer, self.guest = viewer, guest
        self.outlets: dict[str, Outlet] = {}
        self._on_open = on_open
        self._ssrcs = ssrcs
        self._connection = RTCPeerConnection(
            RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        )

    async def answer(self, offer: str) -> str:
        """Answer an offer. Raises `relay_offer_wrong`."""
        clean, kinds = offers.checked(offer)
        for kind in kinds:
            self._add(kind)
        try:
            await self._connection.setRemoteDescription(RTCSessionDescription(sdp=clean, type="offer"))
            await self._connection.setLocalDescription(await self._connection.createAnswer())
        except Exception as error:  # an offer aiortc cannot answer: no common codec, a bad line
            log.info("relay_offer_refused", viewer=self.viewer.id, why=repr(error)[:200])
            await self.close()
            raise Refused("relay_offer_wrong") from error
        return str(self._connection.localDescription.sdp)

    def _add(self, kind: str) -> None:
        transceiver = self._connection.addTransceiver(kind, direction="sendonly")
        names = ("video/h264", "video/rtx") if kind == "video" else ("audio/opus",)
        transceiver.setCodecPreferences(
            [codec for codec in get_capabilities(kind).codecs if codec.mimeType.lower() in names]
        )
        sender: Any = transceiver.sender
        sender.__class__ = Outlet
        sender._viewer, sender._opened = self.viewer, self._on_open
        sender._ssrc, sender._rtx_ssrc = self._ssrcs[kind]
        self.outlets[kind] = sender

    @property
    def state(self) -> str:
        """aiortc's connectionState."""
        return str(self._connection.connectionState)

    async def close(self) -> None:
        """Say good-bye and end the connection."""
        self.viewer.lost = True
        for outlet in self.outlets.values():
            if outlet._registered and self.state == "connected":
                try:
                    await outlet.tell("", None)
                except (ConnectionError, LinkLost):
                    break
        if self.viewer.link is not None:
            self.viewer.link.close()
        await asyncio.wait_for(self._connection.close(), 5)
