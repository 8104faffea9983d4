"""The passphrase of an edge's SRT line: both ends compute it, so it is never sent, stored or shown.

X25519 (RFC 7748) of the pair that the feed uses already (curve.py), then HKDF-SHA-256 (RFC 5869) over the edge's label,
the conference and a `turn`: a new turn is a new passphrase.
"""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from zmq.utils import z85

from server.relay.curve import Pair

LETTERS = 40  # hex digits: 160 bits; SRT takes 10 to 79 letters


def passphrase(mine: Pair, theirs: str, *, label: str, conference: int, turn: str) -> str:
    """The passphrase of one edge, conference and turn; `theirs` is the other end's public key (Z85).

    Raises ValueError for a key that is none.
    """
    shared = X25519PrivateKey.from_private_bytes(z85.decode(mine.secret)).exchange(
        X25519PublicKey.from_public_bytes(z85.decode(theirs))
    )
    about = f"nghisu/relay-srt {label} {conference} {turn}".encode()
    return HKDF(SHA256(), LETTERS // 2, None, about).derive(shared).hex()


def stream_id(label: str, conference: int, rung: str) -> str:
    """What an edge says when it calls (SRT Access Control syntax: `#!::u=user,r=resource`)."""
    return f"#!::u={label},r={conference}/{rung}"
