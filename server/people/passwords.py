"""Passwords: Argon2id (RFC 9106), hashed off the event loop because one hash takes tens of milliseconds."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.core.errors import Refused
from server.core.offload import offload

SHORTEST, LONGEST = 10, 200

_hasher = PasswordHasher()
# Checked when the account does not exist, so that the answer takes as long as for one that does.
_NOBODY = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """The Argon2id hash of `password`."""
    return offload(lambda: _hasher.hash(password))


def check_password(stored: str | None, password: str) -> bool:
    """Whether `password` is the one hashed in `stored`; takes the same time when there is no such account."""

    def check() -> bool:
        try:
            return _hasher.verify(stored or _NOBODY, password)
        except (VerificationError, InvalidHashError):
            return False

    return offload(check) and stored is not None


def require_strong(password: str, account_name: str, old: str | None = None) -> None:
    """Raise Refused `password_weak` unless the new password is fit for use."""
    too_close = account_name.lower() in password.lower() or password == old
    if not SHORTEST <= len(password) <= LONGEST or too_close or len(set(password)) < 5:  # noqa: PLR2004
        raise Refused("password_weak")
