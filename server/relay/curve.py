"""Keys of the encrypted feed between the centre and edges (CurveZMQ, RFC 26): each end has one pair.

The secret half is derived from the server's root secret (core/keys.py, `keys/root.key`, mode 0600) and never stored: a
backup brings the same pair back. Public halves are 40 letters of Z85 (RFC 32); in an address, 64 of hex.
"""

from dataclasses import dataclass, field

import zmq
from zmq.utils import z85

from server.core.keys import Keys

PURPOSE = "relay-feed"
PUBLIC_LETTERS = 40


@dataclass(frozen=True)
class Pair:
    """A CURVE pair in Z85; the secret half is never shown."""

    public: bytes
    secret: bytes = field(repr=False)


def pair(keys: Keys) -> Pair:
    """This server's (or this edge's) pair."""
    secret = z85.encode(keys.derive(PURPOSE))
    return Pair(zmq.curve_public(secret), secret)


def in_hex(public: str) -> str:
    """A Z85 public key as 64 hex digits, for addresses. Raises ValueError."""
    raw = z85.decode(public)
    if len(raw) != 32:  # noqa: PLR2004  (the size of a Curve25519 key)
        raise ValueError("not a CURVE public key")
    return raw.hex()


def from_hex(digits: str) -> bytes:
    """The Z85 public key of 64 hex digits. Raises ValueError."""
    raw = bytes.fromhex(digits)
    if len(raw) != 32:  # noqa: PLR2004
        raise ValueError("not a CURVE public key")
    return z85.encode(raw)
