"""Secrets that are shown once: PINs, one-time passwords, enrolment codes.

The stored answer of a repeated request must not hold a secret in the clear. So a secret is computed from the request
itself under the server's key: the same request gives the same secret, another request another one, and the tables keep
only what checks it.
"""

import base64
from typing import Any, TypeVar

from pydantic import BaseModel

from server.core.http import Call, Stored

ModelT = TypeVar("ModelT", bound=BaseModel)
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without what is misread: I, L, O, 0, 1


def secret_bytes(call: Call[Any], purpose: str, subject: int | str = "") -> bytes:
    """32 bytes that belong to this request."""
    request = f"{purpose}:{subject}:{call.actor.key}:{call.key}:{call.fingerprint}"
    return call.services.keys.mac("once", request.encode())


def digits(source: bytes, count: int) -> str:
    """`count` decimal digits out of 32 random bytes."""
    return str(int.from_bytes(source[:16], "big") % 10**count).zfill(count)


def letters(source: bytes, count: int) -> str:
    """`count` letters and digits that are hard to misread."""
    number, found = int.from_bytes(source, "big"), ""
    for _ in range(count):
        number, place = divmod(number, len(_ALPHABET))
        found += _ALPHABET[place]
    return found


def base32(source: bytes) -> str:
    """RFC 4648 base32 without padding: A–Z and 2–7 only, which every scanner types right."""
    return base64.b32encode(source).decode().rstrip("=")


def answered(model: type[ModelT], answer: ModelT | Stored) -> ModelT:
    """What `Call.write` gave, as the model: a repetition comes back as JSON."""
    return model.model_validate(answer.answer) if isinstance(answer, Stored) else answer
