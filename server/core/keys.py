"""Server secrets in the data folder (`keys/`, mode 0600), made on first use and never logged."""

import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from server.core.trouble import WrongData


class Keys:
    """Purpose-bound keys derived from one root secret: a leak of one purpose does not open another."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = folder / "root.key"
        self._root = _read_or_make(self._path)

    def reload(self) -> None:
        """Read the root secret again: a restore brings back that of the backup."""
        self._root = _read_or_make(self._path)

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose."""
        return hmac.digest(self._root, purpose.encode(), hashlib.sha256)

    def mac(self, purpose: str, message: bytes) -> bytes:
        """HMAC-SHA-256 (RFC 2104) of `message` under the purpose's key."""
        return hmac.digest(self.derive(purpose), message, hashlib.sha256)

    def check(self, purpose: str, message: bytes, mac: bytes) -> bool:
        """Constant-time check of a (possibly shortened, at least 10 bytes) mac."""
        return len(mac) >= 10 and hmac.compare_digest(self.mac(purpose, message)[: len(mac)], mac)  # noqa: PLR2004

    def sign(self, message: bytes) -> str:
        """Hex Ed25519 signature (RFC 8032) by this server's signing key."""
        return self._signing_key().sign(message).hex()

    @property
    def public_key(self) -> str:
        """The signing key's public half, 32 bytes in hex: give it to whoever is to check records elsewhere."""
        return self._signing_key().public_key().public_bytes_raw().hex()

    def verify(self, message: bytes, signature: str) -> bool:
        """Whether this server signed `message`."""
        return verify(self.public_key, message, signature)

    def _signing_key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.derive("record-signature"))


def verify(public_key: str, message: bytes, signature: str) -> bool:
    """Whether `signature` (hex) over `message` was made by the holder of `public_key` (hex)."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _read_or_make(path: Path) -> bytes:
    if not path.exists():
        _make(path)
    secret = path.read_bytes()
    if len(secret) != 32:  # noqa: PLR2004  (the size of the key)
        raise WrongData(f"{path} is damaged: restore it from a backup")
    return secret


def _make(path: Path) -> None:
    descriptor, draft = tempfile.mkstemp(dir=path.parent)  # mkstemp makes it readable by its owner only
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(32))
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)  # of two processes that start together, one wins and both then read the same key
    Path(draft).unlink()
