"""Who asks for a connection: named on the board by a label, and alone in what is his by an owner."""

import re
from collections import OrderedDict
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from server.core import clock
from server.core.errors import Refused
from server.relay.daemon.fanout.budget import Bucket
from server.relay.daemon.wire import Word

LABEL = re.compile(r"[a-z]+(-[0-9]{1,10})?")
OWNER = re.compile(r"[a-z0-9-]{1,40}")
OF_OWNER = (12.0, 0.5)     # offers at once, and a second in the long run
OF_LABEL = (80.0, 8.0)     # a building's walls and seats share the label of their site
KEPT = 4000


class Guest(NamedTuple):
    """`owner`: the account, seat, device or pass an offer came with; only it may change or end what it began.

    `meeting`: whose screens these are (0: nobody's in particular); they are let go of when it no longer takes part.
    `holder`: whom a pass was given to, where the owner is the pass itself.
    """

    label: str
    owner: str
    meeting: int = 0
    holder: str = ""

    def is_one_of(self, names: AbstractSet[str]) -> bool:
        """Whether this is somebody of these names ("device-7")."""
        return self.owner in names or self.holder in names

    @classmethod
    def of(cls, word: Word) -> "Guest":
        """The guest of a word. Raises `relay_offer_wrong`."""
        label, owner, meeting = str(word.get("label", "")), str(word.get("owner", "")), word.get("meeting", 0)
        holder = str(word.get("holder", ""))
        if not LABEL.fullmatch(label) or not OWNER.fullmatch(owner) or not isinstance(meeting, int):
            raise Refused("relay_offer_wrong")
        if holder and not OWNER.fullmatch(holder):
            raise Refused("relay_offer_wrong")
        return cls(label, owner, meeting, holder)


class Turnstile:
    """Counts offers: nobody, and no label, takes all of the relay's time."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def count(self, guest: Guest) -> None:
        """Raises `too_many_requests` for one that offers again and again."""
        now = clock.monotonic()
        if not (self._bucket(f"owner {guest.owner}", OF_OWNER, now).take(1, now)
                and self._bucket(f"label {guest.label}", OF_LABEL, now).take(1, now)):
            raise Refused("too_many_requests")

    def _bucket(self, name: str, limits: tuple[float, float], now: float) -> Bucket:
        bucket = self._buckets.pop(name, None) or Bucket.full(limits[1], limits[0], now)
        self._buckets[name] = bucket
        if len(self._buckets) > KEPT:
            self._buckets.popitem(last=False)
        return bucket
