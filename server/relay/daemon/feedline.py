"""What the centre's gate and an edge say to each other over the encrypted feed.

One DEALER of the edge talks to one ROUTER of the gate. Twice a second the edge sends a `Take`: the whole of what it
wants and how it fares, so a lost or doubled one does no harm. The gate sends access units as they travel inside a relay
(units.py), each stream from an IDR on, and answers each `Take` with `clock|` and a `Clock`.

Why not PUB/SUB, as inside a machine: a PUB drops single messages of a slow line, and all pictures after the first lost
one are worthless. Per line the gate knows that it is full, drops up to the next IDR and never slows another.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import parse_qs, urlsplit

from pydantic import Field

from server.relay.curve import from_hex
from server.relay.plan import Part, Rung

EVERY_S = 0.5          # between two Takes
SILENCE_S = 3.0        # without a word: the line is dead
HEARTBEAT_MS = 1000    # ZMTP's own, for lines that are cut without a word (RFC 37)
CLOCK = b"clock|"
LARGEST_TAKE = 4096    # bytes
DOMAIN = "relay"       # of the authenticator (ZAP, RFC 27)

Stream = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,9}/(program|low)$")]
Tracks = Literal["all", "pictures", "sound"]
Count = Annotated[int, Field(ge=0, le=2**63 - 1)]


class Figures(Part):
    """How the line fares, measured by the edge since it began."""

    rung: Rung = "none"
    holes: Count = 0
    kbps: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    delay_ms: Annotated[int, Field(ge=0, le=600_000)] = 0
    rtt_ms: Annotated[int, Field(ge=0, le=600_000)] = 0


class Take(Part):
    """What an edge wants: streams and which tracks of each. `sent_ns` is its own clock, given back in `Clock`."""

    streams: dict[Stream, Tracks] = Field(max_length=16)
    again: Annotated[tuple[Stream, ...], Field(max_length=16)] = ()
    sent_ns: Count = 0
    figures: dict[Annotated[str, Field(pattern=r"^[1-9][0-9]{0,9}$")], Figures] = Field(default={}, max_length=8)


class Clock(Part):
    """The gate's answer: `sent_ns` of the Take, and CLOCK_REALTIME of the gate when it answered."""

    sent_ns: int
    gate_ns: int


@dataclass(frozen=True)
class FeedAddress:
    """Where a feed is taken: `feed://host:port/<conference>?key=<64 hex digits of the gate's public key>`.

    More in the query: `low=1`: the centre offers a low rung; `best=low|audio`: this edge may have no better rung.
    """

    host: str
    port: int
    conference: int
    key: bytes
    low: bool = False
    best: Literal["top", "low", "audio"] = "top"

    @property
    def levels(self) -> tuple[Literal["top", "low", "audio"], ...]:
        """The rungs it may take, best first."""
        offered: tuple[Literal["top", "low", "audio"], ...] = ("top", "low", "audio") if self.low else ("top", "audio")
        return offered[offered.index(self.best if self.best in offered else "audio"):]

    @property
    def endpoint(self) -> str:
        """For ZeroMQ."""
        return f"tcp://[{self.host}]:{self.port}" if ":" in self.host else f"tcp://{self.host}:{self.port}"

    @classmethod
    def parse(cls, text: str) -> "FeedAddress":
        """Read an address. Raises ValueError."""
        parts = urlsplit(text)
        asked = parse_qs(parts.query)
        if parts.scheme != "feed" or not parts.hostname or not parts.port or not _NUMBER.match(parts.path):
            raise ValueError("not the address of a feed")
        key = from_hex(asked.get("key", [""])[0])
        best: Literal["top", "low", "audio"] = "top"
        if "best" in asked:
            best = "low" if asked["best"] == ["low"] else "audio"
        return cls(parts.hostname, parts.port, int(parts.path[1:]), key, asked.get("low") == ["1"], best)


_NUMBER = re.compile(r"^/[1-9][0-9]{0,9}$")


def feed_address(host: str, port: int, conference: int, key_hex: str, *, low: bool, best: str = "top") -> str:
    """The text of an address."""
    where = f"[{host}]" if ":" in host else host
    limits = f"{'&low=1' if low else ''}{f'&best={best}' if best != 'top' else ''}"
    return f"feed://{where}:{port}/{conference}?key={key_hex}{limits}"
