"""A viewer's offer, taken apart before aiortc sees it: small, whole, of the shape a WHEP player sends.

Candidates of the other side are left out: we offer host addresses, the viewer's checks come to those, and where they
come from is where packets go. So nobody can make us send to an address that did not ask with our password
(RFC 8445 §7.3), and a browser's .local candidates (mDNS) need no looking up.
"""

import re

from aiortc import sdp as aiortc_sdp

from server.core.errors import Refused

LARGEST_OFFER = 64 * 1024
MOST_LINES = 1500
MOST_MEDIA = 2
RECEIVES, SENDS = ("recvonly", "sendrecv"), ("sendonly", "sendrecv")  # a player's ways, a publisher's
_LEFT_OUT = re.compile(r"^a=(candidate:|end-of-candidates|remote-candidates)")


def checked(offer: str, ways: tuple[str, ...] = RECEIVES) -> tuple[str, tuple[str, ...]]:
    """The offer without candidates, and the kinds it is about ("video", "audio"), each in one of these `ways`.

    Raises `relay_offer_wrong`.
    """
    lines = offer.splitlines()  # as aiortc does: a lone CR or U+2028 must not hide a candidate from us
    if len(offer) > LARGEST_OFFER or len(lines) > MOST_LINES or not offer.startswith("v=0"):
        raise Refused("relay_offer_wrong")
    clean = "\r\n".join(line for line in lines if line and not _LEFT_OUT.match(line)) + "\r\n"
    try:
        parsed = aiortc_sdp.SessionDescription.parse(clean)
    except Exception as error:  # aiortc's parser raises whatever a bad line makes it raise
        raise Refused("relay_offer_wrong") from error
    kinds = tuple(media.kind for media in parsed.media)
    bundled = [group for group in parsed.group if group.semantic == "BUNDLE"]
    whole = all(_whole(media) and media.direction in ways for media in parsed.media)
    if (
        not 1 <= len(kinds) <= MOST_MEDIA or len(set(kinds)) != len(kinds) or not set(kinds) <= {"video", "audio"}
        or not whole or (len(kinds) > 1 and not bundled)
    ):
        raise Refused("relay_offer_wrong")
    return clean, kinds


def _whole(media: aiortc_sdp.MediaDescription) -> bool:
    """Whether a media section has what a connection needs."""
    return bool(
        media.ice is not None and media.ice.usernameFragment and media.ice.password and media.rtcp_mux
        and media.dtls and media.dtls.fingerprints and media.rtp.muxId
    )
