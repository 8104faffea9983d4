"""Opus packets as bytes (RFC 6716, 3.1): how long a packet is, without decoding it."""

_SILK = (480, 960, 1920, 2880)
_HYBRID = (480, 960)
_CELT = (120, 240, 480, 960)
PACKET = 960  # samples of 48 kHz: 20 ms


def samples(packet: bytes) -> int:
    """Samples per channel at 48 kHz in a packet; 0 when it is none."""
    if not packet:
        return 0
    config = packet[0] >> 3
    if config < 12:  # noqa: PLR2004  (table 2)
        each = _SILK[config % 4]
    elif config < 16:  # noqa: PLR2004
        each = _HYBRID[config % 2]
    else:
        each = _CELT[config % 4]
    code = packet[0] & 3
    if code == 3:  # noqa: PLR2004  (an arbitrary number of frames, told by the second byte)
        return each * (packet[1] & 63) if len(packet) > 1 else 0
    return each * (1, 2, 2)[code]
