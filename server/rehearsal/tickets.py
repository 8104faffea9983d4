"""Tickets: whoever can read the server's key on this machine may hold a rehearsal, without a password.

A ticket is `<expires, epoch ms>.<nonce>.<HMAC>`: made by the command `nghisu rehearse` on the server itself, exchanged
once at POST /api/sign-in/ticket within a minute. It opens only the rehearsal account (commands.py).
"""

import secrets

from server.core.keys import Keys

PURPOSE = "rehearsal ticket"
LASTS_MS = 60_000


def issue(keys: Keys, now_ms: int) -> str:
    """A ticket that is good for one sign-in within LASTS_MS."""
    said = f"{now_ms + LASTS_MS}.{secrets.token_hex(12)}"
    return f"{said}.{keys.mac(PURPOSE, said.encode()).hex()}"


def nonce_of(keys: Keys, ticket: str, now_ms: int) -> str | None:
    """The nonce of a ticket that is ours and still good, else None. The caller sees to it that it is used once."""
    said, _, mac = ticket.rpartition(".")
    expires, _, nonce = said.partition(".")
    if len(mac) != 64 or not set(mac) <= set("0123456789abcdef"):  # noqa: PLR2004  (hex of SHA-256)
        return None
    if not keys.check(PURPOSE, said.encode(), bytes.fromhex(mac)):
        return None
    # Only what we signed ourselves is parsed.
    return nonce if now_ms < int(expires) <= now_ms + LASTS_MS else None
