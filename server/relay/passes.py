"""Passes: who may watch, speak into or feed from a conference, checked by the media processes without a database.

    <conference>.<label>.<may>.<meeting>.<holder>.<expires, seconds since 1970>.<mac, hex>
    3.site-12.watch.12.device-7.1795590000.9f2c…

The web process gives one out after its own checks; whoever shows it is let in until it expires, or until the device it
was given to is revoked (plan.py, `shut`). The mac is HMAC-SHA-256 under the server's key (core/keys.py), shortened to
16 bytes as RFC 2104 §5 allows. It is sent as a Bearer token (RFC 6750; WHEP and WHIP ask for that) and never logged.
"""

import re
from dataclasses import dataclass
from typing import Literal

from server.core.errors import Refused
from server.core.keys import Keys

PURPOSE = "relay-pass"
MAC_BYTES = 16
LONGEST = 160
_SHAPE = re.compile(
    r"(?P<body>(?P<conference>[0-9]{1,10})\.(?P<label>[a-z]+(-[0-9]{1,10})?)\.(?P<may>watch|speak)"
    r"\.(?P<meeting>[0-9]{1,10})\.(?P<holder>([a-z]+-[0-9]{1,10})?)\.(?P<expires>[0-9]{10}))\.(?P<mac>[0-9a-f]{32})"
)


@dataclass(frozen=True)
class Pass:
    """What a pass says. `label` names the viewer on the board: "site-12", "wall-3", "seat-44", "console-1".

    `meeting`: for whose screens it was given out (guest.py); 0: for nobody's in particular. `holder`: who alone it was
    given to, where that is not said by the label: "device-7" for the page of site 12.
    """

    conference: int
    label: str
    may: Literal["watch", "speak"]
    expires_s: int
    meeting: int = 0
    holder: str = ""


def issue(keys: Keys, given: Pass) -> str:
    """The text of a pass."""
    body = f"{given.conference}.{given.label}.{given.may}.{given.meeting}.{given.holder}.{given.expires_s}"
    return f"{body}.{keys.mac(PURPOSE, body.encode())[:MAC_BYTES].hex()}"


def read(keys: Keys, text: str, now_s: float) -> Pass:
    """The pass of a text. Raises Refused `relay_pass_wrong` or `relay_pass_expired`."""
    found = _SHAPE.fullmatch(text) if len(text) <= LONGEST else None
    if found is None or not keys.check(PURPOSE, found["body"].encode(), bytes.fromhex(found["mac"])):
        raise Refused("relay_pass_wrong")
    if int(found["expires"]) < now_s:
        raise Refused("relay_pass_expired")
    may: Literal["watch", "speak"] = "speak" if found["may"] == "speak" else "watch"
    return Pass(
        int(found["conference"]), found["label"], may, int(found["expires"]), int(found["meeting"]), found["holder"]
    )
